// An order as the kitchen has it: upstream's lines with the kitchen's own states, and the tickets that they are on.
import { isOver } from '../protocol/status.ts';
import type { LineView, OrderView, TicketNotice, TicketView } from '../protocol/views.ts';

/** A line as screens are shown it, and its place in upstream's list. */
export type KitchenLine = LineView & { position: number };

/**
 * An order as screens are shown it, with the two things that they need not know. Values are never changed in place: a
 * line or ticket that is the same object is unchanged.
 */
export type KitchenOrder = Omit<OrderView, 'guestToken' | 'lines'> & { restaurantId: string; lines: KitchenLine[] };

/**
 * Nothing is left to do on any screen: no ticket open or held, nothing to acknowledge, and all of it served or over
 * upstream.
 */
export function isFinished(order: KitchenOrder): boolean {
  if (order.tickets.some((ticket) => ticket.state === 'open' || ticket.state === 'held' || ticket.notices.length > 0))
    return false;
  if (order.lines.some((line) => line.flag !== null && line.flag.kind !== 'added')) return false;
  return isOver(order) || order.lines.every((line) => line.state === 'served' || line.state === 'voided');
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

export function withTicket(order: KitchenOrder, ticket: TicketView, now: string): KitchenOrder {
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

/** The order without the server's own fields: the answer to a tap. The feed reads orders without them (boardJson). */
export function forScreens({ restaurantId: _, lines, tickets, ...order }: KitchenOrder): OrderView {
  return { ...order, lines: lines.map(({ position: __, ...line }) => line), tickets };
}
