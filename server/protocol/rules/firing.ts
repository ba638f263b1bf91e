// Fire, hold and rush: a person decides when dishes are to be cooked. Pure.
import { isCanceled } from '../status.ts';
import type { OrderState, TicketView } from '../views.ts';
import { fireTickets, holdTickets, isUntouched } from './held.ts';
import { mergeNotices, touched } from './order.ts';
import type { PerformContext, Performed } from './performed.ts';

/**
 * @param course null: all that a hold keeps, so that courses go on by themselves; else all that waits for its due time;
 * else all of it
 * @param ticketId this ticket alone
 */
export function fire<O extends OrderState>(
  order: O,
  { course = null, ticketId }: { course?: number | null | undefined; ticketId?: string | undefined },
  now: string,
): Performed<O> {
  if (ticketId !== undefined) return fireTicket(order, ticketId, now);
  if (course !== null && !order.tickets.some((ticket) => ticket.course === course))
    return { conflict: { code: 'nothing-held' } };
  const isForLater = order.tickets.some(({ heldFor }) => heldFor === 'due');
  const which =
    course !== null
      ? (ticket: TicketView) => ticket.course === course
      : order.hold
        ? ({ heldFor }: TicketView) => heldFor === 'order'
        : isForLater
          ? ({ heldFor }: TicketView) => heldFor === 'due'
          : () => true;
  return { after: released(fireTickets(order, which, now), now) };
}

function fireTicket<O extends OrderState>(order: O, ticketId: string, now: string): Performed<O> {
  const ticket = order.tickets.find(({ id }) => id === ticketId);
  if (!ticket) return { conflict: { code: 'ticket-gone' } };
  if (ticket.state !== 'open' && ticket.state !== 'held')
    return { conflict: { code: 'ticket-state', state: ticket.state } };
  return {
    after: released(
      fireTickets(order, ({ id }) => id === ticketId, now),
      now,
    ),
  };
}

/** The last ticket that a hold kept ends it. */
function released<O extends OrderState>(order: O, now: string): O {
  return order.hold && !order.tickets.some(({ heldFor }) => heldFor === 'order')
    ? touched({ ...order, hold: null }, now)
    : order;
}

export function hold<O extends OrderState>(order: O, { now, by }: PerformContext): Performed<O> {
  if (order.hold) return { after: order };
  if (isCanceled(order)) return { conflict: { code: 'order-canceled' } };
  const begun = new Set(
    order.lines
      .filter(({ state }) => state === 'cooking' || state === 'ready' || state === 'served')
      .map(({ ticketId }) => ticketId),
  );
  const waiting = new Set(order.lines.filter(({ state }) => state === 'waiting').map(({ ticketId }) => ticketId));
  const free = ({ id, state }: TicketView) => state === 'open' && waiting.has(id) && !begun.has(id);
  if (!order.tickets.some((ticket) => free(ticket) || ticket.state === 'held'))
    return { conflict: { code: 'nothing-to-hold' } };
  return { after: touched({ ...holdTickets(order, free, now), hold: { at: now, by } }, now) };
}

/** Takes an early start back. */
export function waitForDue<O extends OrderState>(order: O, ticketId: string, now: string): Performed<O> {
  const ticket = order.tickets.find(({ id }) => id === ticketId);
  if (ticket?.heldFor === 'due') return { after: order };
  const isEarly = ticket?.state === 'open' && ticket.heldUntil !== null && isUntouched(order, ticketId);
  return isEarly
    ? { after: holdTickets(order, ({ id }) => id === ticketId, now, 'due') }
    : { conflict: { code: 'nothing-to-hold' } };
}

/** Every open ticket gets a notice, until its station has seen it. */
export function rush<O extends OrderState>(order: O, on: boolean, { now, by }: PerformContext): Performed<O> {
  if ((order.rush !== null) === on) return { after: order };
  if (on && isCanceled(order)) return { conflict: { code: 'order-canceled' } };
  const tickets = order.tickets.map((ticket) => {
    if (ticket.state !== 'open') return ticket;
    if (on) return { ...ticket, notices: mergeNotices(ticket.notices, [{ kind: 'rush', at: now }]) };
    return order.priority === 'RUSH'
      ? ticket
      : { ...ticket, notices: ticket.notices.filter(({ kind }) => kind !== 'rush') };
  });
  return { after: touched({ ...order, tickets, rush: on ? { at: now, by } : null }, now) };
}
