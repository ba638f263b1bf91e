// Orders for later, as the kitchen, the pass and the floor see what is to come: a list by due time, and counts for each
// quarter of an hour. Pure.
import { isCanceled } from '../../server/protocol/status.ts';
import type { LineView, OrderView, TicketView } from '../../server/protocol/views.ts';
import { isLive } from './cards.ts';

export interface Upcoming {
  readonly order: OrderView;
  /** Ms since 1970. */
  readonly dueAt: number;
  /** When the first of its tickets is fired; null while somebody holds the order. */
  readonly firesAt: number | null;
  readonly tickets: readonly TicketView[];
  readonly lines: readonly LineView[];
}

const cache = new WeakMap<OrderView, Map<string | null, Upcoming | null>>();

/** @param stationId null: all stations @returns null where nothing of the order waits for its due time there */
export function upcomingOf(order: OrderView, stationId: string | null): Upcoming | null {
  let byStation = cache.get(order);
  if (!byStation) cache.set(order, (byStation = new Map()));
  let upcoming = byStation.get(stationId);
  if (upcoming === undefined) byStation.set(stationId, (upcoming = read(order, stationId)));
  return upcoming;
}

function read(order: OrderView, stationId: string | null): Upcoming | null {
  if (order.dueAt === null || isCanceled(order)) return null;
  const tickets = order.tickets.filter(
    (ticket) => ticket.heldFor === 'due' && (stationId === null || ticket.stationId === stationId),
  );
  if (!tickets.length) return null;
  const ids = new Set(tickets.map(({ id }) => id));
  return {
    order,
    tickets,
    dueAt: Date.parse(order.dueAt),
    firesAt: order.hold ? null : Math.min(...tickets.map(({ heldUntil }) => Date.parse(heldUntil ?? order.dueAt!))),
    lines: order.lines.filter((line) => ids.has(line.ticketId) && isLive(line)),
  };
}

/** The next to be due first. */
export function allUpcoming(orders: Iterable<OrderView>, stationId: string | null): Upcoming[] {
  const all: Upcoming[] = [];
  for (const order of orders) {
    const upcoming = upcomingOf(order, stationId);
    if (upcoming) all.push(upcoming);
  }
  return all.sort(inOrder);
}

export const inOrder = (a: Upcoming, b: Upcoming): number => a.dueAt - b.dueAt || (a.order.id < b.order.id ? -1 : 1);

/** When the next of them is fired by itself. */
export function nextFire(all: readonly Upcoming[]): number | null {
  const times = all.flatMap(({ firesAt }) => (firesAt === null ? [] : [firesAt]));
  return times.length ? times.reduce((first, time) => Math.min(first, time)) : null;
}

export interface Quarter {
  /** Its begin, in ms since 1970: a quarter of an hour in every time zone. */
  readonly from: number;
  readonly orders: number;
  readonly dishes: number;
}

const QUARTER_MS = 15 * 60_000;

/** What is due in each quarter of an hour. A quarter without an order is left out. */
export function quartersOf(all: readonly Upcoming[]): Quarter[] {
  const quarters = new Map<number, Quarter>();
  for (const { dueAt, lines } of all) {
    const from = Math.floor(dueAt / QUARTER_MS) * QUARTER_MS;
    const { orders, dishes } = quarters.get(from) ?? { orders: 0, dishes: 0 };
    quarters.set(from, { from, orders: orders + 1, dishes: dishes + dishesOf(lines) });
  }
  return [...quarters.values()].sort((a, b) => a.from - b.from);
}

/** A dish by weight or volume is one dish. */
const dishesOf = (lines: readonly LineView[]): number =>
  lines.reduce((sum, { quantity, unit }) => sum + (unit === null && Number.isInteger(quantity) ? quantity : 1), 0);
