// Orders for later. An order that is due at 20:00 is held until 20:00 less a station's lead, and then fired by itself:
// its clock begins there. A due time that is past, or nearer than the lead, holds nothing. Pure.
import { leadSeconds, type Lead } from '../facts.ts';
import type { OrderState, TicketView } from '../views.ts';
import { fireTickets, holdTickets, isUntouched } from './held.ts';
import { mergeNotices, touched } from './order.ts';

/** The leads of a restaurant's stations, by id, as they count: a station's own, or else the restaurant's. */
export type Leads = Readonly<Record<string, Lead>>;

type ForLater = Pick<OrderState, 'dueAt' | 'type' | 'tickets'>;

/** When the station is to begin, in ms since 1970. Null where the order is for now. */
export const fireTime = ({ dueAt, type }: Pick<ForLater, 'dueAt' | 'type'>, stationId: string, leads: Leads) =>
  dueAt === null ? null : Date.parse(dueAt) - leadSeconds(leads[stationId], type) * 1000;

/**
 * Until when dishes that come to this station now are held for the due time.
 * @returns null where they are to be cooked at once: also those that are added to a part of the order that somebody
 * started before its time
 */
export function waitsUntil(order: ForLater, stationId: string, leads: Leads, now: string): string | null {
  const at = fireTime(order, stationId, leads);
  if (at === null || at <= Date.parse(now) || isStartedEarly(order, stationId)) return null;
  return new Date(at).toISOString();
}

/** Whether a person has started the station's part before its time, or the whole order: they keep that time. */
function isStartedEarly(order: ForLater, stationId: string): boolean {
  const early = order.tickets.filter(({ state, heldUntil }) => state !== 'held' && heldUntil !== null);
  return early.length > 0 && (early.some(isAt(stationId)) || !order.tickets.some(({ heldFor }) => heldFor === 'due'));
}

const isAt =
  (stationId: string) =>
  (ticket: TicketView): boolean =>
    ticket.stationId === stationId;

/**
 * Fires the tickets whose time has come, and sets the times of the others, which a change of the due time or of a lead
 * moves. A ticket of an order that somebody holds is theirs from its time on.
 * @returns the same order where nothing changes
 */
export function followDue<O extends OrderState>(order: O, leads: Leads, now: string): O {
  const tickets = order.tickets.map((ticket) => {
    if (ticket.heldFor !== 'due') return ticket;
    const heldUntil = new Date(fireTime(order, ticket.stationId, leads) ?? now).toISOString();
    return ticket.heldUntil === heldUntil ? ticket : { ...ticket, heldUntil };
  });
  const timed = tickets.every((ticket, i) => ticket === order.tickets[i]) ? order : { ...order, tickets };
  const isTime = ({ heldFor, heldUntil }: TicketView) =>
    heldFor === 'due' && Date.parse(heldUntil ?? now) <= Date.parse(now);
  if (!timed.tickets.some(isTime)) return timed;
  return order.hold ? handedOver(timed, isTime, now) : fireTickets(timed, isTime, now);
}

/** They wait for the person who holds the order. Their clock shows since when. */
function handedOver<O extends OrderState>(order: O, which: (ticket: TicketView) => boolean, now: string): O {
  return touched(
    {
      ...order,
      tickets: order.tickets.map((ticket) =>
        which(ticket) ? { ...ticket, firedAt: now, heldFor: 'order', heldUntil: null } : ticket,
      ),
    },
    now,
  );
}

/**
 * The order before a change of its due time is merged. A ticket that was fired for the old time, and that nobody has
 * begun with, waits again where the new time is far enough ahead; its station is told. One that a person started early
 * goes on.
 */
export function waitAgain<O extends OrderState>(
  order: O,
  changed: Pick<OrderState, 'dueAt' | 'type'>,
  leads: Leads,
  now: string,
): O {
  if (changed.dueAt === null || order.hold || !isDueChange(order.dueAt, changed.dueAt)) return order;
  const free = ({ id, state, stationId }: TicketView) =>
    state === 'open' &&
    (fireTime(changed, stationId, leads) ?? 0) > Date.parse(now) &&
    !isStartedEarly(order, stationId) &&
    isUntouched(order, id);
  const waiting = new Set(order.tickets.filter(free).map(({ id }) => id));
  const held = holdTickets(order, ({ id }) => waiting.has(id), now, 'due');
  if (held === order) return order;
  const notice = { kind: 'due' as const, at: now, from: order.dueAt };
  const tickets = held.tickets.map((ticket) =>
    waiting.has(ticket.id) ? { ...ticket, notices: mergeNotices(ticket.notices, [notice]) } : ticket,
  );
  return { ...held, tickets };
}

/** Whether the due time has moved by a minute or more: less of it is seen on no screen. */
export const isDueChange = (from: string | null, to: string | null): boolean =>
  from === null || to === null ? from !== to : Math.abs(Date.parse(from) - Date.parse(to)) >= 60_000;
