// Everything that the manager's "Now" view counts, derived in one pass from the one store, so that tiles and list
// cannot differ.
import { lateLimits } from '../../server/protocol/rules/late.ts';
import type { ParkedOrder } from '../../server/protocol/parked-orders.ts';
import type { Unconfirmed } from '../../server/protocol/messages.ts';
import type { Health, OrderView, StationView } from '../../server/protocol/views.ts';
import { cardState, isForLater } from '../order/cards.ts';
import { stationLoads, type StationLoad } from './station-loads.ts';
import { whyLate, type Late } from './why-late.ts';

export interface LateRow {
  /** The order's id, or `unread` for all orders that the server has not read yet. */
  id: string;
  /** Null: no screen has the order. */
  order: OrderView | null;
  parked: ParkedOrder | null;
  late: Late;
}

export interface NowFigures {
  open: number;
  /** The orders for later, which the kitchen has not been given yet. They are not open. */
  forLater: number;
  /** The open orders with a ticket in the kitchen, and the number of these with an overdue ticket. */
  inKitchen: number;
  kitchenLate: number;
  /** The open orders that are not late. A canceled order that nobody has seen is late, but not open. */
  onTime: number;
  /** Longest late first. */
  rows: LateRow[];
  /** Delayed orders by place; `rows` holds all of them. */
  late: Record<Late['where'], number>;
  /** The delayed orders with a manager's note. */
  noted: number;
  loads: StationLoad[];
  /** Open tickets, and those that no screen of their station has confirmed. */
  tickets: { open: number; unconfirmed: number };
}

export interface Now {
  orders: readonly OrderView[];
  stations: readonly StationView[];
  parked: readonly ParkedOrder[];
  unconfirmed: Unconfirmed | null;
  health: Health | null;
  now: number;
}

export function nowFigures({ orders, stations, parked, unconfirmed, health, now }: Now): NowFigures {
  const loads = stationLoads(orders, stations);
  const unseen = new Map<string, Unconfirmed['tickets']>();
  for (const ticket of unconfirmed?.tickets ?? [])
    unseen.set(ticket.orderId, [...(unseen.get(ticket.orderId) ?? []), ticket]);
  const waiting = new Map(parked.map((one) => [one.orderId, one]));
  const figures: NowFigures = {
    open: 0,
    forLater: 0,
    inKitchen: 0,
    kitchenLate: 0,
    onTime: 0,
    rows: [],
    late: { kitchen: 0, floor: 0, pipeline: 0 },
    noted: 0,
    loads,
    tickets: { open: loads.reduce((sum, { open }) => sum + open, 0), unconfirmed: unconfirmed?.count ?? 0 },
  };
  const judge = (id: string, order: OrderView | null, message: ParkedOrder | null): boolean => {
    const late = whyLate({ order, parked: message, unconfirmed: unseen.get(id) ?? [], stations: loads, health, now });
    if (late === null) return false;
    figures.rows.push({ id, order, parked: message, late });
    figures.late[late.where] += 1;
    if (order?.delayNote) figures.noted += 1;
    return true;
  };
  for (const order of orders) {
    const state = cardState(order);
    const isLater = state !== 'canceled' && isForLater(order);
    const isOpen = state !== 'canceled' && state !== 'served' && !isLater;
    const late = judge(order.id, order, waiting.get(order.id) ?? null);
    waiting.delete(order.id);
    if (isOpen) figures.open += 1;
    if (isLater) figures.forLater += 1;
    if (isOpen && !late) figures.onTime += 1;
    if (isOpen && order.tickets.some((ticket) => ticket.state === 'open')) {
      figures.inKitchen += 1;
      if (isLateInKitchen(order, loads, now)) figures.kitchenLate += 1;
    }
  }
  for (const message of waiting.values()) judge(message.orderId, null, message);
  judge('unread', null, null);
  figures.rows.sort((a, b) => a.late.since - b.late.since || (a.id < b.id ? -1 : 1));
  return figures;
}

/** A ticket has been open for longer than its station's threshold, or is past the order's due time. */
function isLateInKitchen(order: OrderView, loads: readonly StationLoad[], now: number): boolean {
  return order.tickets.some(
    ({ state, stationId, firedAt }) =>
      state === 'open' &&
      now >
        lateLimits(
          firedAt,
          order,
          loads.find(({ id }) => id === stationId),
        ).late,
  );
}
