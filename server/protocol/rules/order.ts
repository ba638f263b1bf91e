// The changes that all rules are made of: an order is a value, and a changed one is a new value. Lines and tickets are
// copied with all their fields, also those of the server that a screen's order does not have.
import { isOver } from '../status.ts';
import type { LineView, OrderState, TicketNotice, TicketView } from '../views.ts';

/**
 * Whether nothing is left to do on any screen: no ticket is open or held, nothing is to be acknowledged, and the order
 * is served or over upstream. Lines of a closed ticket were over before they came, and nobody waits for them.
 */
export function isFinished(order: OrderState): boolean {
  if (order.tickets.some((ticket) => ticket.state === 'open' || ticket.state === 'held' || ticket.notices.length > 0))
    return false;
  if (order.lines.some((line) => line.flag !== null && line.flag.kind !== 'added')) return false;
  if (isOver(order)) return true;
  const closed = new Set(order.tickets.filter(({ state }) => state === 'closed').map(({ id }) => id));
  return order.lines.every(({ state, ticketId }) => state === 'served' || state === 'voided' || closed.has(ticketId));
}

/** The order with its change and closing times set. */
export function touched<O extends OrderState>(order: O, now: string): O {
  return { ...order, changedAt: now, closedAt: isFinished(order) ? (order.closedAt ?? now) : null };
}

/** @returns the same order where no line changes */
export function withLines<O extends OrderState>(order: O, change: (line: LineView) => LineView, now: string): O {
  const lines = order.lines.map(change);
  return lines.every((line, i) => line === order.lines[i]) ? order : touched({ ...order, lines }, now);
}

export function withTicket<O extends OrderState>(order: O, ticket: TicketView, now: string): O {
  return touched({ ...order, tickets: order.tickets.map((other) => (other.id === ticket.id ? ticket : other)) }, now);
}

/**
 * Adds notices, each kind once. After several unseen changes a notice keeps the first value: the kitchen knows that
 * one.
 */
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
