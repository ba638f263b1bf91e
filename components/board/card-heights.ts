// How high cards are: measured where they have been drawn, estimated where not. The estimate only has to be near, since what becomes
// visible is measured before it is painted; it lets thousands of cards be paged without drawing them.
import type { LineView } from '../../server/protocol/views.ts';
import type { CardHeights } from './layout.ts';
import type { StationTicket } from './station-tickets.ts';
import { allergensOf, changeWords, modifierWords } from './ticket-words.ts';

const BORDER = 4;
const HEADER = 60;
const SUB = 34;
const BAND = 72;
const FOOT = 64;
const LINE = 64;
const COURSE = 34;

interface Known {
  readonly width: number;
  readonly heights: CardHeights;
}

export class HeightBook {
  readonly #estimates = new WeakMap<StationTicket, Known>();
  readonly #measured = new WeakMap<StationTicket, Known>();

  heightsOf(ticket: StationTicket, width: number): CardHeights {
    const measured = this.#measured.get(ticket);
    if (measured?.width === width) return measured.heights;
    const estimated = this.#estimates.get(ticket);
    if (estimated?.width === width) return estimated.heights;
    const heights = estimate(ticket, width);
    this.#estimates.set(ticket, { width, heights });
    return heights;
  }

  /** Takes what was measured of some of a card's lines; says whether that is news. */
  measured(ticket: StationTicket, width: number, chrome: number | null, lines: readonly { readonly index: number; readonly height: number }[]): boolean {
    const held = this.heightsOf(ticket, width);
    const next = { chrome: chrome ?? held.chrome, lines: [...held.lines] };
    for (const { index, height } of lines) next.lines[index] = height;
    const news = next.chrome !== held.chrome || next.lines.some((height, index) => height !== held.lines[index]);
    this.#measured.set(ticket, { width, heights: next });
    return news;
  }
}

export function estimate(ticket: StationTicket, width: number): CardHeights {
  const { order, lines, state } = ticket;
  const inner = width - 32;
  let chrome = BORDER + HEADER + SUB + FOOT;
  const allergens = allergensOf(lines);
  if (allergens.length) chrome += 16 + 24 * rows(`ALLERGY: ${allergens.join(', ')}`, inner - 30, 10.5);
  if (state === 'canceled') chrome += 56;
  else if (ticket.flagged) chrome += Math.max(BAND, 24 + 24 * changeWords(ticket).length);
  if (order.note) chrome += 12 + 24 * rows(order.note, inner, 9);
  const courses = new Set(lines.map((line) => line.course)).size > 1;
  return { chrome, lines: lines.map((line, index) => lineHeight(line, inner - 72) + (courses && line.course !== lines[index - 1]?.course ? COURSE : 0)) };
}

function lineHeight(line: LineView, width: number): number {
  let height = 20 + 28 * rows(line.name, width, 12.5);
  for (const modifier of line.modifiers) height += 25 * rows(modifierWords(modifier).text, width, 10);
  if (line.note) height += 25 * rows(line.note, width, 9.5);
  if (line.flag) height += 25;
  if (line.allergens.length) height += 25;
  return Math.max(LINE, height) + 1;
}

/** Rows of a wrapped text; a Chinese character is about twice as wide as a Latin one. */
function rows(text: string, width: number, character: number): number {
  let units = 0;
  for (const symbol of text) units += symbol.codePointAt(0)! > 0x2e7f ? 1.8 : 1;
  return Math.max(1, Math.ceil((units * character) / Math.max(width, 1)));
}
