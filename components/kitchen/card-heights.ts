// The estimated heights of tickets that have not been drawn (cards/height-book.ts). The estimate uses the sizes that CSS
// draws with (sizes.ts) and mirrors the classes in ticket-card.tsx, ticket-bands.tsx and ticket-line.tsx.
import { readerOf } from '../../server/protocol/readings.ts';
import { allergyExcerpt } from '../order/allergy-excerpt.ts';
import type { StationView } from '../../server/protocol/facts.ts';
import type { CardHeights } from '../cards/layout.ts';
import { allergyMark, allergyRows, isAllergyNote, isInBand } from '../order/allergies.ts';
import { unreadWords } from '../order/modifier-list.tsx';
import { modifierRows, type ModifierTexts } from '../order/modifier-words.ts';
import { textRows, wordWidth, type Face } from '../cards/text-rows.ts';
import { dishText } from '../order/dish-text.ts';
import type { Sizes } from './sizes.ts';
import { onlyToSee, type Row, type StationTicket } from './station-tickets.ts';
import {
  alsoAt,
  ticketChangeWords,
  ticketFlagWords,
  ticketPlaceWords,
  subWords,
  type BoardWords,
  type PrintTime,
} from './ticket-words.ts';

const BORDERS = 4;
/** The width of the "Seen" button beside a canceled ticket. */
const SEEN_BESIDE = 72;
/** The height of a "Seen" button. */
const SEEN = 64;
const SUB_GAP = 10;
/** The rows that `line-clamp-3` leaves of a note, a former value or a place. */
const ROWS_ON_CARD = 3;
/** The unread parts that a card names. */
export const UNREAD_ON_CARD = 2;
/**
 * The part of a row's width that quantity and tick take, gaps included. The tick stands in the card's padding as far as
 * it fits there.
 */
const BESIDE = { taps: 68, dense: 54 };

const face = ([size]: readonly [number, number], weight: number, tight = false): Face => ({
  size,
  weight,
  ...(tight && { tight }),
});

export function estimate(
  t: BoardWords,
  common: ModifierTexts,
  ticket: StationTicket,
  sizes: Sizes,
  width: number,
  stations: readonly StationView[],
): CardHeights {
  const { order, rows, state, flagged } = ticket;
  if (state === 'canceled') return canceledHeights(ticket, sizes, width);
  const inner = width - BORDERS - 2 * sizes.pad;
  const edge = BORDERS / 2;
  const allergy = allergyHeight(common, ticket, sizes, inner);
  let bands = subHeight(t, ticket, sizes, inner, stations) + allergy;
  if (flagged) {
    // A ticket with nothing left to cook has its "Seen" button at the foot instead.
    const [seen, beside] = onlyToSee(ticket) ? [0, 38] : [SEEN, 118];
    bands +=
      8 +
      Math.max(
        seen,
        8 +
          sizes.sub[1] *
            ticketChangeWords(t, ticket).reduce(
              (sum, words) => sum + textRows(words, face(sizes.sub, 700), inner - beside),
              0,
            ),
      );
  }
  if (order.note && !isInBand(order))
    bands += 9 + sizes.extra[1] * noteRows(order.note, face(sizes.extra, 500), inner - 30);
  const sections = hasSections(ticket);
  return {
    head: edge + sizes.head + bands,
    again: edge + sizes.head + allergy,
    lines: rows.map(
      (row, index) =>
        rowHeight(t, common, row, sizes, inner, rows.length === 1) +
        (sections && startsSection(rows, index) ? sizes.strip - 6 : 0),
    ),
    foot: edge + footHeight(t, ticket, sizes, inner, stations),
    strip: edge + sizes.strip,
  };
}

/** A canceled ticket is one line (canceled-card.tsx). */
function canceledHeights({ rows }: StationTicket, sizes: Sizes, width: number): CardHeights {
  const dishes = rows.map(({ line, quantity }) => dishText({ ...line, quantity })).join(', ');
  const inner = width - BORDERS - SEEN_BESIDE - 2 * sizes.pad;
  const head = BORDERS / 2 + 4 + sizes.age[1] + sizes.place[1];
  return {
    head,
    again: head,
    lines: [sizes.extra[1] * Math.min(2, textRows(dishes, face(sizes.extra, 600), inner))],
    foot: BORDERS / 2 + 4,
    strip: BORDERS / 2 + sizes.strip,
  };
}

function footHeight(
  t: BoardWords,
  card: StationTicket,
  sizes: Sizes,
  width: number,
  stations: readonly StationView[],
): number {
  if (onlyToSee(card)) return SEEN;
  if (card.ticket.state === 'held') return sizes.strip;
  const { foot } = alsoAtPlace(t, card, sizes, width, stations);
  return Math.max(sizes.foot, foot ? (sizes.foot < 64 ? 24 : 28) + 20 * alsoAtRows(foot, sizes, width) : 0);
}

/** Whether the card shows its courses as sections. */
export function hasSections({ rows }: StationTicket): boolean {
  return rows.some(({ ticket }) => ticket.course !== null || ticket.state === 'held');
}

export function startsSection(rows: readonly Row[], index: number): boolean {
  const before = rows[index - 1];
  const row = rows[index]!;
  return !before || before.ticket.id !== row.ticket.id || before.line.course !== row.line.course;
}

function allergyHeight(
  common: ModifierTexts,
  { lines, order, state }: StationTicket,
  sizes: Sizes,
  width: number,
): number {
  if (state === 'canceled') return 0;
  let rows = 0;
  for (const { title, quotes } of allergyRows(common, order, lines))
    for (const text of [title, ...quotes.map((quote) => `“${quote}”`)])
      rows += textRows(text, face(sizes.allergy, 800), width - 34);
  return rows ? 14 + rows * sizes.allergy[1] : 0;
}

function subHeight(
  t: BoardWords,
  card: StationTicket,
  sizes: Sizes,
  width: number,
  stations: readonly StationView[],
): number {
  const { order } = card;
  const also = alsoAtPlace(t, card, sizes, width, stations).band;
  const em = sizes.sub[0];
  const parts: { text: string; weight: number; beside: number }[] = [];
  if (order.hold && !card.held) parts.push({ text: t('onHold'), weight: 700, beside: 0.9 * em + 4 });
  if (isLongPlace(t, card, sizes, width))
    parts.push({ text: headPlace(t, order, sizes, () => '00:00'), weight: 700, beside: 0 });
  if (also) parts.push({ text: also, weight: 400, beside: 0 });
  let [rows, used] = [0, 0];
  for (const { text, weight, beside } of parts) {
    const wide = beside + wordWidth(text, face(sizes.sub, weight));
    if (rows && used + SUB_GAP + wide <= width) {
      used += SUB_GAP + wide;
      continue;
    }
    rows += textOnCard(text, face(sizes.sub, weight), width - beside);
    used = Math.min(wide, width);
  }
  return rows ? 8 + sizes.sub[1] * rows : 0;
}

/**
 * The other stations that cook for the order, in words. They stand in the foot if they fit into two rows of it, because a
 * band of their own costs every card a row; else in a band.
 */
export function alsoAtPlace(
  t: BoardWords,
  card: StationTicket,
  sizes: Sizes,
  width: number,
  stations: readonly StationView[],
): { foot: string; band: string } {
  const others = sizes.taps ? alsoAt(card.order, card.ticket.stationId, stations) : [];
  const words = others.length ? t('alsoAt', { stations: others.join(', ') }) : '';
  const inFoot = bumps(card) && alsoAtRows(words, sizes, width) <= 2;
  return inFoot ? { foot: words, band: '' } : { foot: '', band: words };
}

const alsoAtRows = (words: string, sizes: Sizes, width: number): number =>
  textRows(words, face(sizes.sub, 500), width - 4);

/** Whether the ticket can be bumped. Others only wait for "Seen" or are held. */
export const bumps = (card: StationTicket): boolean => !onlyToSee(card) && card.ticket.state === 'open';

/** The text below the number. Dense cards show only the place and the due time. */
export function headPlace(t: BoardWords, order: StationTicket['order'], sizes: Sizes, time: PrintTime): string {
  const words = sizes.taps ? subWords(t, order, time) : order.dueAt ? [time(order.dueAt)] : [];
  return [ticketPlaceWords(t, order), ...words].filter(Boolean).join(sizes.taps ? ' · ' : ' ');
}

/** About: the layout does not know the time zone, and only needs to know how long the words are. */
const isOtherDay = ({ dueAt, receivedAt }: StationTicket['order']): boolean =>
  dueAt !== null && Math.abs(Date.parse(dueAt) - Date.parse(receivedAt)) > 12 * 3600_000;

/** Whether the place and the texts beside it are too long for the card's head. They then stand below it. */
export function isLongPlace(t: BoardWords, { order, rush }: StationTicket, sizes: Sizes, width: number): boolean {
  const mark = rush ? 12 + 1.2 * sizes.place[0] + wordWidth(t('rush'), face(sizes.place, 800)) : 0;
  return (
    textRows(
      headPlace(t, order, sizes, () => (isOtherDay(order) ? 'Wed 30 Nov 00:00' : '00:00')),
      face(sizes.place, 700),
      width - (sizes.taps ? 34 : 70) - mark,
    ) > 1
  );
}

/** A card shows the beginning of a long text. The whole stands on the ticket's sheet (ticket-sheet.tsx). */
const textOnCard = (text: string, of: Face, width: number): number => Math.min(ROWS_ON_CARD, textRows(text, of, width));

const noteRows = (note: string, of: Face, width: number): number => textOnCard(`“${note}”`, of, width);

function rowHeight(
  t: BoardWords,
  common: ModifierTexts,
  { order, line, lines }: Row,
  sizes: Sizes,
  inner: number,
  alone: boolean,
): number {
  const width = inner + sizes.pad - (sizes.taps ? BESIDE.taps : BESIDE.dense);
  let height = (sizes.taps ? 17 : 9) + sizes.name[1] * textRows(line.name, face(sizes.name, 600, true), width);
  for (const { text, effect, depth } of modifierRows(common, line.modifiers, readerOf(order)))
    height +=
      sizes.extra[1] *
      textRows(
        text,
        face(sizes.extra, effect === 'left-out' || effect === 'allergy' ? 800 : 500),
        width - depth * sizes.extra[0],
      );
  for (const words of unreadWords(common, line, UNREAD_ON_CARD))
    height += sizes.extra[1] * textRows(words, face(sizes.extra, 800), width - 12);
  if (line.note)
    height +=
      sizes.extra[1] *
      (isAllergyNote(order, line)
        ? textRows(`“${allergyExcerpt(line.note, readerOf(order))}”`, face(sizes.extra, 800), width)
        : noteRows(line.note, face(sizes.extra, 400), width));
  if (line.flag)
    height +=
      sizes.extra[1] *
      textOnCard(
        ticketFlagWords(t, common, { ...line, flag: line.flag }, readerOf(order), () => '00:00'),
        face(sizes.extra, 600),
        width,
      );
  const mark = allergyMark(common, order, line);
  for (const text of [mark?.own, mark?.meets])
    if (text) height += sizes.extra[1] * textRows(text, face(sizes.extra, 800), width - 8);
  if (lines.length > 1) height += sizes.extra[1];
  return Math.max((alone && !sizes.taps ? 2 * sizes.line : sizes.line) + 1, height);
}
