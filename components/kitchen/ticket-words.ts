// The texts on a ticket, in the screen's language.
import type { Courses } from '../../server/protocol/facts.ts';
import type { AllergyReader } from '../../server/protocol/readings.ts';
import type { LineFlag, LineView, OrderView, StationView, TicketView } from '../../server/protocol/views.ts';
import type { Words } from '../i18n/index.ts';
import { isolated } from '../../server/protocol/rules/isolate.ts';
import { isTableNumber } from '../order/place.ts';
import { formerWords, shortened } from '../order/former-words.ts';
import type { ModifierTexts } from '../order/modifier-words.ts';
import type { Row, StationTicket } from './station-tickets.ts';

export type BoardWords = Words<'board'>;
/** Prints a time of day in the restaurant's time zone. */
export type PrintTime = (at: string) => string;

function typeWords(t: BoardWords, type: string): string {
  if (type === 'DINE_IN' || type === 'TAKEAWAY' || type === 'DELIVERY') return t(`type.${type}`);
  return type.charAt(0).toUpperCase() + type.slice(1).toLowerCase().replaceAll('_', ' ');
}

/** The place that the order goes to: its table, or else its type. */
export function ticketPlaceWords(t: BoardWords, { table, type }: OrderView): string {
  const named = table?.trim();
  if (named) return isTableNumber(named) ? t('table', { table: named }) : isolated(named);
  return type ? typeWords(t, type) : '';
}

/** The texts beside the place. */
export function subWords(t: BoardWords, order: OrderView, time: PrintTime): string[] {
  const { table, type, guests, dueAt } = order;
  // A table says that the guests dine in.
  const words = table && type && type !== 'DINE_IN' ? [typeWords(t, type)] : [];
  if (guests) words.push(t('guests', { count: guests }));
  if (dueAt) words.push(t(type === 'DELIVERY' ? 'riderDue' : 'due', { time: time(dueAt) }));
  return words;
}

/** The names of the other stations that cook for this order. */
export function alsoAt(order: OrderView, stationId: string, stations: readonly StationView[]): string[] {
  const others = new Set(
    order.lines.filter((line) => !line.voided && line.stationId !== stationId).map((line) => line.stationId),
  );
  return stations.filter(({ id }) => others.has(id)).map(({ name }) => name);
}

/** The reason why a ticket is held. Null if it waits only until somebody fires it. */
export function waitWords(
  t: BoardWords,
  { heldFor, heldUntil, course }: TicketView,
  mode: Courses['mode'],
  time: PrintTime,
): string | null {
  if (heldFor === 'order') return t('wait.order');
  if (heldUntil) return t('wait.until', { time: time(heldUntil) });
  if (mode === 'after-previous')
    return course !== null && course > 1 ? t('wait.course', { course: course - 1 }) : t('wait.before');
  return null;
}

/** The heading of a course. `waits` comes from waitWords, or is null if the card states it already. */
export function sectionWords(t: BoardWords, { line, ticket }: Row, waits: string | null): string {
  const course = ticket.course ?? line.course;
  const parts = course === null ? [] : [t('section.course', { course })];
  if (ticket.state === 'held' || line.state === 'held') parts.push(t('section.held'), ...(waits ? [waits] : []));
  else if (ticket.course !== null) parts.push(t('section.fired'));
  return parts.length ? parts.join(' · ') : t('section.now');
}

/** The former values of a line that upstream changed. */
export function ticketFlagWords(
  t: BoardWords,
  common: ModifierTexts,
  line: LineView & { flag: LineFlag },
  reader: AllergyReader,
  time: PrintTime,
): string {
  const { kind, at } = line.flag;
  if (kind !== 'changed') return t(`flag.${kind}`, { time: time(at) });
  const was = formerWords(common, line, reader);
  return was ? t('flag.changedFrom', { time: time(at), was }) : t('flag.changed', { time: time(at) });
}

/** The texts of the band above the lines: every change that nobody has seen yet. */
export function ticketChangeWords(t: BoardWords, { order, ticket, rush, lines: all }: StationTicket): string[] {
  const lines = all.filter((line) => line.ticketId === ticket.id);
  const tableWords = (table: string | null | undefined) => {
    const named = table?.trim();
    if (!named) return t('change.noTable');
    return isTableNumber(named) ? t('change.atTable', { table: named }) : isolated(named);
  };
  const words: string[] = [];
  for (const { kind, from } of ticket.notices) {
    if (kind === 'table') words.push(t('change.table', { from: tableWords(from), to: tableWords(order.table) }));
    if (kind === 'rush') words.push(t(rush ? 'change.rush' : 'change.noRush'));
    if (kind === 'type')
      words.push(
        t('change.type', { type: order.type ? typeWords(t, order.type) : '–', from: from ? typeWords(t, from) : '–' }),
      );
    if (kind === 'allergies') words.push(t('change.allergies'));
    if (kind === 'note') words.push(from ? t('change.note', { was: shortened(from) }) : t('change.noteNew'));
    if (kind === 'due') words.push(t(order.dueAt ? 'change.due' : 'change.noDue'));
    if (kind === 'came') words.push(t('change.came', { number: from ?? '–' }));
    if (kind === 'went') words.push(t('change.went', { number: from ?? '–' }));
    if (kind === 'taken-off') words.push(t('change.takenOff', { number: from ?? '–' }));
    if (kind === 'made-before') words.push(t('change.madeBefore', { number: from ?? '–' }));
    if (kind === 'reused') words.push(t('change.reused'));
    if (kind === 'moved') words.push(t('change.moved', { dishes: from ?? '–' }));
  }
  const count = (kind: LineFlag['kind']) => lines.filter(({ flag }) => flag?.kind === kind).length;
  const changes = (['added', 'moved', 'changed', 'voided'] as const)
    .filter((kind) => count(kind) > 0)
    .map((kind) => t(`changes.${kind}`, { count: count(kind) }));
  if (changes.length) words.push(changes.join(', '));
  return words;
}

/** The card's accessible name. Tests and screen readers find a ticket by its beginning. */
export function cardName(t: BoardWords, card: StationTicket): string {
  const { order, state, rush } = card;
  const parts = [t('order', { number: order.number }), ticketPlaceWords(t, order)];
  if (state === 'canceled') parts.push(t('spoken.canceled'));
  if (state === 'held') parts.push(t('spoken.held'));
  if (rush) parts.push(t('spoken.rush'));
  return parts.filter(Boolean).join(', ');
}
