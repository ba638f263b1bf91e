// Held tickets: their fire, the hold that makes them, and their end where nothing is left on them. Pure.
import type { LineView, OrderState, TicketView } from '../views.ts';
import { touched } from './order.ts';
import { lineTransitions } from './states.ts';

/**
 * Their lines are to be cooked from now on, and their clocks begin. A ticket of an order for later that is fired before
 * its time keeps that time.
 */
export function fireTickets<O extends OrderState>(order: O, which: (ticket: TicketView) => boolean, now: string): O {
  const fired = new Set(order.tickets.filter((ticket) => ticket.state === 'held' && which(ticket)).map(({ id }) => id));
  if (!fired.size) return order;
  return touched(
    {
      ...order,
      tickets: order.tickets.map((ticket) =>
        fired.has(ticket.id)
          ? { ...ticket, state: 'open', firedAt: now, heldFor: null, heldUntil: timeAhead(ticket, now) }
          : ticket,
      ),
      lines: order.lines.map((line) => (fired.has(line.ticketId) ? moved(line, 'fire') : line)),
    },
    now,
  );
}

const timeAhead = ({ heldFor, heldUntil }: TicketView, now: string): string | null =>
  heldFor === 'due' && heldUntil !== null && Date.parse(heldUntil) > Date.parse(now) ? heldUntil : null;

/**
 * Holds tickets that nobody has begun with.
 * @param heldFor the order: until somebody fires them; its due time: until their time comes
 */
export function holdTickets<O extends OrderState>(
  order: O,
  which: (ticket: TicketView) => boolean,
  now: string,
  heldFor: 'order' | 'due' = 'order',
): O {
  const held = new Set(order.tickets.filter(which).map(({ id }) => id));
  if (!held.size) return order;
  return touched(
    {
      ...order,
      tickets: order.tickets.map((ticket) =>
        held.has(ticket.id) ? { ...ticket, state: 'held', heldFor, heldUntil: null } : ticket,
      ),
      lines: order.lines.map((line) => (held.has(line.ticketId) ? moved(line, 'hold') : line)),
    },
    now,
  );
}

/** Closes held tickets whose lines are all voided. The kitchen has not begun with them, so it needs no notice. */
export function closeEmptied<O extends OrderState>(order: O, now: string): O {
  const live = new Set(order.lines.filter(({ state }) => state === 'held').map(({ ticketId }) => ticketId));
  const emptied = new Set(
    order.tickets.filter(({ id, state }) => state === 'held' && !live.has(id)).map(({ id }) => id),
  );
  if (!emptied.size) return order;
  return touched(
    {
      ...order,
      tickets: order.tickets.map((ticket) =>
        emptied.has(ticket.id) ? { ...ticket, state: 'closed', notices: [], heldFor: null, heldUntil: null } : ticket,
      ),
      lines: order.lines.map((line) => (emptied.has(line.ticketId) && line.flag ? { ...line, flag: null } : line)),
    },
    now,
  );
}

/** Something on the ticket is to be cooked, and nothing on it is begun or done. */
export function isUntouched({ lines }: OrderState, ticketId: string): boolean {
  const states = lines.filter((line) => line.ticketId === ticketId).map(({ state }) => state);
  return states.includes('waiting') && states.every((state) => state === 'waiting' || state === 'voided');
}

function moved(line: LineView, event: 'fire' | 'hold'): LineView {
  const state = lineTransitions[line.state][event] ?? line.state;
  return state === line.state ? line : { ...line, state };
}
