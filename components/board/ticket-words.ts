// The words on a ticket.
import type { Courses } from '../../server/protocol/facts.ts';
import type { LineFlag, LineView, Modifier, OrderView, StationView, TicketView } from '../../server/protocol/views.ts';
import type { Row, StationTicket } from './station-tickets.ts';

const typeNames: Record<string, string> = { DINE_IN: 'Dine in', TAKEAWAY: 'Takeaway', DELIVERY: 'Delivery' };

export function typeWords(type: string): string {
  return typeNames[type] ?? type.charAt(0).toUpperCase() + type.slice(1).toLowerCase().replaceAll('_', ' ');
}

/** Where the order goes: the table, or else its type. */
export function placeWords({ table, type }: OrderView): string {
  if (table) return table.length <= 3 ? `Table ${table}` : table;
  return type ? typeWords(type) : '';
}

/** What stands beside the place. `time` prints the time of day at the restaurant. */
export function subWords(order: OrderView, time: (at: string) => string): string[] {
  const { table, type, guests, dueAt } = order;
  const words = table && type ? [typeWords(type)] : [];
  if (guests) words.push(guests === 1 ? '1 guest' : `${guests} guests`);
  if (dueAt) words.push(`${type === 'DELIVERY' ? 'Rider due' : 'Due'} ${time(dueAt)}`);
  return words;
}

/** Names of the other stations that cook for this order. */
export function alsoAt(order: OrderView, stationId: string, stations: readonly StationView[]): string[] {
  const others = new Set(order.lines.filter((line) => !line.voided && line.stationId !== stationId).map((line) => line.stationId));
  return stations.filter(({ id }) => others.has(id)).map(({ name }) => name);
}

/** What is left out must read as left out, even on a sheet in black and white. */
export function modifierWords({ name, kind }: Modifier): { text: string; removes: boolean } {
  const removes = kind.toUpperCase() === 'REMOVE';
  return { text: removes ? `− NO ${name.replace(/^(no|without)\s+/i, '')}` : `+ ${name}`, removes };
}

export function allergensOf(lines: readonly LineView[]): string[] {
  return [...new Set(lines.filter((line) => !line.voided).flatMap((line) => line.allergens))];
}

/** Whether a guest's or a waiter's note is about an allergy: then it is shown as one. */
export const warnsOfAllergy = (note: string | null): boolean => note !== null && /allerg|anaphyla|celiac|coeliac|过敏|過敏/i.test(note);

/** What a held ticket waits for. `time` as above. */
export function waitWords({ heldFor, heldUntil, course }: TicketView, mode: Courses['mode'], time: (at: string) => string): string {
  if (heldFor === 'order') return 'the order is on hold';
  if (heldUntil) return `fires at ${time(heldUntil)}`;
  if (mode === 'after-previous') return course !== null && course > 1 ? `waits for course ${course - 1}` : 'waits for the course before';
  return 'waits to be fired';
}

/** What stands above the dishes of a course. `waits` as waitWords; null where the card says so already. */
export function sectionWords({ line, ticket }: Row, waits: string | null): string {
  const course = ticket.course ?? line.course;
  const parts = course === null ? [] : [`COURSE ${course}`];
  if (ticket.state === 'held' || line.state === 'held') parts.push('HELD', ...(waits ? [waits] : []));
  else if (ticket.course !== null) parts.push('FIRED');
  return parts.length ? parts.join(' · ') : 'NOW';
}

/** What this line was before upstream changed it. */
export function flagWords({ kind, at, from }: LineFlag, time: (at: string) => string): string {
  if (kind === 'added') return `added ${time(at)}`;
  if (kind === 'voided') return `VOID ${time(at)}`;
  if (kind === 'moved') return `moved here ${time(at)}`;
  const was: string[] = [];
  if (from?.quantity !== undefined) was.push(`${from.quantity} ×`);
  if (from?.name !== undefined) was.push(from.name);
  if (from?.modifiers !== undefined) was.push(from.modifiers.length ? from.modifiers.map((modifier) => modifierWords(modifier).text).join(', ') : 'nothing special');
  if (from?.note !== undefined) was.push(from.note ? `“${from.note}”` : 'no note');
  return was.length ? `changed ${time(at)}, was ${was.join(' ')}` : `changed ${time(at)}`;
}

/** What the band above the lines says: everything that nobody has seen yet. */
export function changeWords({ order, ticket, rush, lines: all }: StationTicket): string[] {
  const lines = all.filter((line) => line.ticketId === ticket.id);
  const words: string[] = [];
  for (const { kind, from } of ticket.notices) {
    if (kind === 'table') words.push(`Moved: ${from ? `table ${from}` : 'no table'} → ${order.table ? `table ${order.table}` : 'no table'}`);
    if (kind === 'rush') words.push(rush ? 'Now RUSH' : 'No longer rush');
    if (kind === 'type') words.push(`Now ${order.type ? typeWords(order.type) : 'of no type'}${from ? `, was ${typeWords(from)}` : ''}`);
    if (kind === 'note') words.push('Note changed');
    if (kind === 'moved') words.push(`Moved away: ${from ?? 'a dish'}`);
  }
  const count = (kind: LineFlag['kind']) => lines.filter(({ flag }) => flag?.kind === kind).length;
  const parts = [[count('added'), 'added'], [count('moved'), 'moved here'], [count('changed'), 'changed'], [count('voided'), 'void']] as const;
  const changes = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  if (changes.length) words.push(changes.join(', '));
  return words;
}

/** The card's accessible name; tests and screen readers find a ticket by how it begins. */
export function cardName(card: StationTicket): string {
  const { order, lines, state, rush } = card;
  const allergens = allergensOf(lines);
  const parts = [`Order ${order.number}`, placeWords(order)];
  if (state === 'canceled') parts.push('canceled');
  if (state === 'held') parts.push('held');
  if (rush) parts.push('rush');
  if (allergens.length) parts.push(`allergy: ${allergens.join(', ')}`);
  return parts.filter(Boolean).join(', ');
}
