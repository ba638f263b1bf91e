// The notices of changes to a whole order that its tickets get in a merge. Pure.
import { allergyReader } from '../allergies/reader.ts';
import type { KitchenOrder } from '../order/order.ts';
import { orderAllergyWords } from '../protocol/rules/allergy-seen.ts';
import { isDueChange } from '../protocol/rules/due.ts';
import { mergeNotices } from '../protocol/rules/order.ts';
import { isCanceled } from '../protocol/status.ts';
import type { TicketNotice, TicketView } from '../protocol/views.ts';

/**
 * Each open ticket that the kitchen had already gets a notice of changes to the whole order. A bumped ticket gets the
 * notice of a cancellation while one of its dishes is ready and not served.
 */
export function withNotices(
  before: KitchenOrder,
  head: Omit<KitchenOrder, 'tickets'>,
  tickets: TicketView[],
  now: string,
): TicketView[] {
  const notices: TicketNotice[] = [];
  if (isCanceled(head) && !isCanceled(before)) notices.push({ kind: 'canceled', at: now });
  if (head.table !== before.table) notices.push({ kind: 'table', at: now, from: before.table });
  if (head.type !== before.type) notices.push({ kind: 'type', at: now, from: before.type });
  if (isDueChange(before.dueAt, head.dueAt)) notices.push({ kind: 'due', at: now, from: before.dueAt });
  if (head.note !== before.note) notices.push({ kind: 'note', at: now, from: before.note });
  const allergies = orderAllergyWords(before, allergyReader);
  if (orderAllergyWords(head, allergyReader) !== allergies)
    notices.push({ kind: 'allergies', at: now, from: allergies });
  if (head.priority === 'RUSH' && before.priority !== 'RUSH') notices.push({ kind: 'rush', at: now });
  if (!notices.length) return tickets;
  const had = new Set(before.tickets.map(({ id }) => id));
  const ready = new Set(before.lines.filter(({ state }) => state === 'ready').map(({ ticketId }) => ticketId));
  return tickets.map((ticket) => {
    const told = had.has(ticket.id) ? noticesFor(ticket, ready.has(ticket.id), notices) : [];
    return told.length ? { ...ticket, notices: mergeNotices(ticket.notices, told) } : ticket;
  });
}

function noticesFor({ state }: TicketView, hasReady: boolean, notices: TicketNotice[]): TicketNotice[] {
  if (state === 'open') return notices;
  return state === 'bumped' && hasReady
    ? notices.filter(({ kind }) => kind === 'canceled' || kind === 'allergies')
    : [];
}
