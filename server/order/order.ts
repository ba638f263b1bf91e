// An order as the kitchen has it: upstream's lines with the kitchen's own states, and the tickets that they are on.
import { isOver } from '../protocol/status.ts';
import type { LineState, Priority, TicketState } from '../protocol/domain.ts';
import type { LineFlag, LineView, Modifier, OrderView, TicketNotice, TicketView } from '../protocol/views.ts';

export interface KitchenLine {
  id: string;
  position: number;
  sku: string | null;
  name: string;
  category: string | null;
  quantity: number;
  modifiers: Modifier[];
  allergens: string[];
  note: string | null;
  course: number | null;
  seat: string | null;
  voided: boolean;
  stationId: string;
  ticketId: string;
  state: LineState;
  flag: LineFlag | null;
  addedAt: string;
  startedAt: string | null;
  readyAt: string | null;
  servedAt: string | null;
}

export interface KitchenTicket {
  id: string;
  stationId: string;
  firing: number;
  state: TicketState;
  notices: TicketNotice[];
  firedAt: string;
  bumpedAt: string | null;
  bumpedBy: string | null;
  course: number | null;
  heldFor: 'course' | 'order' | null;
  heldUntil: string | null;
}

/** Times are RFC 3339. Values are never changed in place: a line or ticket that is the same object is unchanged. */
export interface KitchenOrder {
  id: string;
  restaurantId: string;
  number: string | null;
  status: string;
  version: number | null;
  type: string | null;
  table: string | null;
  guests: number | null;
  priority: Priority;
  placedAt: string | null;
  dueAt: string | null;
  note: string | null;
  receivedAt: string;
  changedAt: string;
  closedAt: string | null;
  rush: OrderView['rush'];
  hold: OrderView['hold'];
  delayNote: OrderView['delayNote'];
  lines: KitchenLine[];
  tickets: KitchenTicket[];
}

/**
 * Nothing is left to do on any screen: no ticket open or held, nothing to acknowledge, and all of it served or over
 * upstream.
 */
export function isFinished(order: KitchenOrder): boolean {
  if (order.tickets.some((ticket) => ticket.state === 'open' || ticket.state === 'held' || ticket.notices.length > 0))
    return false;
  if (order.lines.some((line) => line.flag !== null && line.flag.kind !== 'added')) return false;
  return isOver(order.status) || order.lines.every((line) => line.state === 'served' || line.state === 'voided');
}

/** The order with its change and closing times set. */
export function touched(order: KitchenOrder, now: string): KitchenOrder {
  return { ...order, changedAt: now, closedAt: isFinished(order) ? (order.closedAt ?? now) : null };
}

/** @returns the same order where no line changes */
export function withLines(order: KitchenOrder, change: (line: KitchenLine) => KitchenLine, now: string): KitchenOrder {
  const lines = order.lines.map(change);
  return lines.every((line, i) => line === order.lines[i]) ? order : touched({ ...order, lines }, now);
}

export function withTicket(order: KitchenOrder, ticket: KitchenTicket, now: string): KitchenOrder {
  return touched({ ...order, tickets: order.tickets.map((other) => (other.id === ticket.id ? ticket : other)) }, now);
}

/** Each kind once; of several changes before anyone looks, what it was first is what the kitchen knows. */
export function mergeNotices(pending: readonly TicketNotice[], fresh: readonly TicketNotice[]): TicketNotice[] {
  const kept = pending.filter((notice) => !fresh.some(({ kind }) => kind === notice.kind));
  return [
    ...kept,
    ...fresh.map((notice) => {
      const first = pending.find(({ kind }) => kind === notice.kind);
      return first?.from === undefined ? notice : { ...notice, from: first.from };
    }),
  ];
}

export function toView(order: KitchenOrder): OrderView {
  const { restaurantId: _, lines, tickets, number, ...rest } = order;
  return { ...rest, number: number ?? order.id, lines: lines.map(lineView), tickets: tickets.map(ticketView) };
}

function lineView({ position: _, ...line }: KitchenLine): LineView {
  return line;
}
function ticketView(ticket: KitchenTicket): TicketView {
  return ticket;
}
