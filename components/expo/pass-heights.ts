// The estimated heights of orders' cards at the pass (cards/height-book.ts). The estimate mirrors the classes in
// pass-card.tsx, pass-line.tsx and floor/card-head.tsx.
import { readerOf } from '../../server/protocol/readings.ts';
import { allergyExcerpt } from '../order/allergy-excerpt.ts';
import type { LineView, OrderView } from '../../server/protocol/views.ts';
import type { CardHeights } from '../cards/layout.ts';
import { textRows, type Face } from '../cards/text-rows.ts';
import type { Words } from '../i18n/index.ts';
import type { Sizes } from '../kitchen/sizes.ts';
import { allergyMark, allergyRows, isAllergyNote, isInBand } from '../order/allergies.ts';
import { isLive, stationProgress, type FloorCard } from '../order/cards.ts';
import { dishList } from '../order/dish-text.ts';
import { unreadWords } from '../order/modifier-list.tsx';
import { modifierRows } from '../order/modifier-words.ts';
import { noticeWords } from '../order/tags.ts';
import { aboutWords, rowsOf } from './pass-words.ts';

const BORDERS = 4;
/** Cards show so many rows of a note (`line-clamp-3`). */
const ROWS_OF_NOTE = 3;
/** A note or a notice: its padding, and each of its rows. */
const BAND = { edges: 17, row: 24, beside: 30 };

export interface PassTexts {
  readonly t: Words<'floor'>;
  readonly common: Words<'common'>;
}

export function estimatePassCard(
  texts: PassTexts,
  card: FloorCard,
  sizes: Sizes,
  width: number,
  stationName: (id: string) => string,
): CardHeights {
  const { t } = texts;
  const { order, state } = card;
  const inner = width - BORDERS - 2 * sizes.pad;
  const face = ([size]: readonly [number, number], weight: number): Face => ({ size, weight });
  const rows = (text: string, of: readonly [number, number], weight: number, room = inner) =>
    textRows(text, face(of, weight), room);
  const about = rows(
    aboutWords(t, order, () => '00:00'),
    sizes.place,
    600,
    inner - 30,
  );
  const head =
    BORDERS / 2 +
    Math.max(sizes.head, sizes.number[1] + sizes.place[1] * about + 6) +
    bandsHeight(texts, card, width - 28);
  const chips = stationProgress(order)
    .map(({ stationId, done, total }) => `${stationName(stationId)}\u00a0${done}/${total}`)
    .join('   ');
  const strip = BORDERS / 2 + sizes.strip;
  const acts = state === 'canceled' || card.ready.length > 0 || card.next !== null;
  return {
    head: head + (state === 'canceled' || !chips ? 0 : 8 + sizes.sub[1] * rows(chips, sizes.sub, 700)),
    again: head,
    lines: rowsOf(card).map((lines) =>
      state === 'canceled'
        ? 9 + sizes.name[1] * rows(dishList(lines), sizes.name, 600)
        : lineHeight(texts, order, lines[0]!, sizes, inner - 52),
    ),
    foot: BORDERS / 2 + (acts ? sizes.foot : 0),
    strip,
  };
}

function bandsHeight({ t, common }: PassTexts, { order, state }: FloorCard, width: number): number {
  const toCarry = order.lines.filter((line) => isLive(line) && line.state !== 'served');
  const allergies = state === 'canceled' ? [] : allergyRows(common, order, toCarry);
  const heavy = { size: 17, weight: 800 };
  const face = { size: 17, weight: 700 };
  const band = (text: string) => BAND.edges + BAND.row * textRows(text, face, width - BAND.beside);
  const note = (text: string) =>
    BAND.edges + BAND.row * Math.min(ROWS_OF_NOTE, textRows(text, face, width - BAND.beside));
  return (
    (state === 'canceled' ? band(t('canceled')) : 0) +
    (allergies.length ? 14 : 0) +
    allergies
      .flatMap(({ title, quotes }) => [title, ...quotes.map((quote) => `“${quote}”`)])
      .reduce((sum, words) => sum + BAND.row * textRows(words, heavy, width - BAND.beside), 0) +
    (order.note && (state === 'canceled' || !isInBand(order)) ? note(`“${order.note}”`) : 0) +
    noticeWords(t, order).reduce((sum, words) => sum + band(words), 0)
  );
}

function lineHeight({ common }: PassTexts, order: OrderView, line: LineView, sizes: Sizes, width: number): number {
  const name = textRows(line.name, { size: sizes.name[0], weight: 600 }, width);
  const height = sizes.line + sizes.name[1] * (name - 1);
  if (!isLive(line) || line.state === 'served') return height + (isLive(line) ? 0 : 20);
  const mark = allergyMark(common, order, line);
  const rows = (text: string, size: number, weight: number) => 20 * textRows(text, { size, weight }, width);
  const noteRows = (order: OrderView, line: LineView, note: string) =>
    isAllergyNote(order, line)
      ? rows(`“${allergyExcerpt(note, readerOf(order))}”`, 16, 800)
      : Math.min(20 * ROWS_OF_NOTE, rows(`“${note}”`, 15, 400));
  return (
    height +
    modifierRows(common, line.modifiers, readerOf(order)).reduce(
      (sum, { text, effect }) =>
        sum + (effect === 'left-out' || effect === 'allergy' ? rows(text, 16, 800) : rows(text, 15, 400)),
      0,
    ) +
    unreadWords(common, line, 2).reduce((sum, words) => sum + 1.2 * rows(words, 15, 800), 0) +
    (line.seat === null ? 0 : 20) +
    (line.note ? noteRows(order, line, line.note) : 0) +
    (line.flag ? 20 : 0) +
    [mark?.own, mark?.meets].reduce((sum, words) => sum + (words ? 1.2 * rows(words, 16, 800) : 0), 0)
  );
}
