// The switch that asks for one "Seen" of a ticket with an allergy, at its station before it is bumped, and of its order
// at the hand-over. A new allergy takes a "Seen" back. Pure.
import { isAfter, isUnseenDish } from '../commands.ts';
import type { AllergyReader } from '../readings.ts';
import type { OrderState } from '../views.ts';
import { allergiesOfLine, allergiesOfOrder } from './allergies.ts';
import { touched, withTicket } from './order.ts';
import type { PerformContext, Performed } from './performed.ts';

const isLiveLine = ({ voided, state }: OrderState['lines'][number]): boolean => !voided && state !== 'voided';

/** The allergies of the ticket's guests (of the whole order's for null), each as a text of its own. */
function allergiesAt(order: OrderState, ticketId: string | null, reader: AllergyReader): Set<string> {
  const lines = order.lines.filter((line) => isLiveLine(line) && (ticketId === null || line.ticketId === ticketId));
  if (!lines.length) return new Set();
  return new Set([
    ...allergiesOfOrder(order, reader).map(({ text }) => text),
    ...lines.flatMap((line) => allergiesOfLine(line, reader).map(({ text }) => `${line.id} ${text}`)),
  ]);
}

/** Whether somebody at the ticket's station must say that they have seen its allergies. */
export const mustSeeAtStation = (order: OrderState, ticketId: string, reader: AllergyReader): boolean =>
  order.tickets.some(({ id, allergySeen }) => id === ticketId && allergySeen === null) &&
  allergiesAt(order, ticketId, reader).size > 0;

/** Whether somebody at the hand-over must. */
export const mustSeeAtHandOver = (order: OrderState, reader: AllergyReader): boolean =>
  order.allergySeen === null && allergiesAt(order, null, reader).size > 0;

/** With a ticket, at its station; without, at the hand-over. An allergy that the screen did not show was not seen. */
export function seeAllergy<O extends OrderState>(
  order: O,
  ticketId: string | undefined,
  seen: string | undefined,
  { now, by, reader }: PerformContext,
): Performed<O> {
  const cameLater =
    order.tickets.some(({ notices }) => notices.some(({ kind, at }) => kind === 'allergies' && isAfter(at, seen))) ||
    order.lines.some(
      (line) =>
        (ticketId === undefined || line.ticketId === ticketId) &&
        allergiesOfLine(line, reader).length > 0 &&
        (isUnseenDish(line, seen) || (line.flag?.kind === 'changed' && isAfter(line.flag.at, seen))),
    );
  if (cameLater) return { conflict: { code: 'allergy-unseen' } };
  if (ticketId === undefined) {
    const already = order.allergySeen !== null || !mustSeeAtHandOver(order, reader);
    return { after: already ? order : touched({ ...order, allergySeen: { at: now, by } }, now) };
  }
  const ticket = order.tickets.find(({ id }) => id === ticketId);
  if (!ticket) return { conflict: { code: 'ticket-gone' } };
  if (!mustSeeAtStation(order, ticketId, reader)) return { after: order };
  const notices = ticket.notices.filter(({ kind }) => kind !== 'allergies');
  return { after: withTicket(order, { ...ticket, notices, allergySeen: { at: now, by } }, now) };
}

/** Takes back what was seen before an allergy came that nobody has seen. @returns the same order where none came */
export function withUnseen<O extends OrderState>(before: OrderState, after: O, reader: AllergyReader): O {
  const isNew = (ticketId: string | null) => {
    const former = allergiesAt(before, ticketId, reader);
    return [...allergiesAt(after, ticketId, reader)].some((allergy) => !former.has(allergy));
  };
  const tickets = after.tickets.map((ticket) =>
    ticket.allergySeen !== null && isNew(ticket.id) ? { ...ticket, allergySeen: null } : ticket,
  );
  const order = after.allergySeen !== null && isNew(null) ? { ...after, allergySeen: null } : after;
  return tickets.every((ticket, at) => ticket === after.tickets[at]) ? order : { ...order, tickets };
}

/** The texts of what the whole order's guests must not have, for a notice; null where there is none. */
export const orderAllergyWords = (
  order: Parameters<typeof allergiesOfOrder>[0],
  reader: AllergyReader,
): string | null => [...new Set(allergiesOfOrder(order, reader).map(({ text }) => text))].sort().join(', ') || null;
