// Decides which tickets of a station are begun by themselves: the first of those that have something left to cook. A
// rush goes first, then the oldest. Pure.
import { isCanceled } from '../status.ts';
import type { OrderState, TicketView } from '../views.ts';
import { withLines } from './order.ts';

/** An open ticket, as far as its beginning depends on it. */
export interface OpenTicket {
  readonly id: string;
  readonly firedAt: string;
  readonly rushed: boolean;
  /** Its dishes that nobody has begun, and those on the fire. */
  readonly waiting: number;
  readonly cooking: number;
}

/**
 * The tickets that are to be begun now.
 * @param open all open tickets of one station whose orders are not canceled
 * @param first how many may be on the fire by themselves
 */
export function ticketsToBegin<T extends OpenTicket>(open: readonly T[], first: number): T[] {
  return open
    .filter(({ waiting, cooking }) => waiting + cooking > 0)
    .sort(
      (a, b) =>
        Number(b.rushed) - Number(a.rushed) ||
        Date.parse(a.firedAt) - Date.parse(b.firedAt) ||
        (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
    )
    .slice(0, first)
    .filter(({ waiting }) => waiting > 0);
}

/** Begins all waiting dishes of these tickets, as far as they are open still. @param now RFC 3339 */
export function beginTickets<O extends OrderState>(order: O, ticketIds: ReadonlySet<string>, now: string): O {
  if (isCanceled(order)) return order;
  const isOpen = ({ id, state }: TicketView) => state === 'open' && ticketIds.has(id);
  const open = new Set(order.tickets.filter(isOpen).map(({ id }) => id));
  return withLines(
    order,
    (line) =>
      line.state === 'waiting' && open.has(line.ticketId) ? { ...line, state: 'cooking', startedAt: now } : line,
    now,
  );
}
