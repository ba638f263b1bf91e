// How high cards are: measured where they have been drawn, estimated where not. The estimate only has to be near, since what becomes
// visible is measured before it is painted; it lets thousands of cards be paged without drawing them. Its numbers are those of the
// classes in ticket-card.tsx, ticket-bands.tsx and ticket-line.tsx.
import type { LineView } from '../../server/protocol/views.ts';
import type { CardHeights } from './layout.ts';
import type { StationTicket } from './station-tickets.ts';
import { textRows, wordWidth, type Face } from './text-rows.ts';
import { allergensOf, changeWords, modifierWords, subWords } from './ticket-words.ts';

const BORDERS = 4;
const HEADER = 56;
const FOOT = 64;
const CANCELED = 56;
const COURSE = 34;
const LINE = 65;

const face = {
  sub: { weight: 400, size: 16 },
  orderNote: { weight: 400, size: 18 },
  allergy: { weight: 800, size: 19 },
  change: { weight: 700, size: 17 },
  name: { weight: 600, size: 22, tight: true },
  adds: { weight: 500, size: 19 },
  removes: { weight: 800, size: 19 },
  note: { weight: 400, size: 18 },
} satisfies Record<string, Face>;

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

  /** Takes what was measured of a card, or of some of its lines; says whether that is news. */
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
  const { lines, state, flagged } = ticket;
  const inner = width - BORDERS - 28;
  const allergens = state === 'canceled' ? [] : allergensOf(lines);
  let chrome = BORDERS + HEADER + FOOT + subHeight(ticket, inner);
  if (allergens.length) chrome += 14 + 24 * textRows(`ALLERGY: ${allergens.join(', ')}`, face.allergy, inner - 34);
  if (state === 'canceled') chrome += CANCELED;
  else if (flagged) chrome += 8 + Math.max(64, 8 + 22 * changeWords(ticket).reduce((rows, words) => rows + textRows(words, face.change, inner - 108), 0));
  const courses = new Set(lines.map((line) => line.course)).size > 1;
  return { chrome, lines: lines.map((line, index) => lineHeight(line, inner - 38) + (courses && line.course !== lines[index - 1]?.course ? COURSE : 0)) };
}

function subHeight({ order, ticket }: StationTicket, width: number): number {
  const words = subWords(order, () => '00:00').join(' · ');
  const others = new Set(order.lines.filter((line) => !line.voided && line.stationId !== ticket.stationId).map((line) => line.stationId)).size;
  const rush = order.priority === 'RUSH';
  if (!words && !others && !rush && !order.note) return 0;
  const wide = (rush ? 94 : 0) + (words ? wordWidth(words, face.sub) + 10 : 0) + (others ? 58 + 46 * others : 0);
  return 4 + 26 * Math.max(1, Math.ceil((wide - 10) / width)) + (order.note ? 26 * textRows(`“${order.note}”`, face.orderNote, width) : 0);
}

function lineHeight(line: LineView, width: number): number {
  let height = 17 + 27 * textRows(line.name, face.name, width);
  for (const modifier of line.modifiers) {
    const { text, removes } = modifierWords(modifier);
    height += 25 * textRows(text, removes ? face.removes : face.adds, width);
  }
  if (line.note) height += 25 * textRows(`“${line.note}”`, face.note, width);
  if (line.flag) height += 25;
  if (line.allergens.length) height += 25;
  return Math.max(LINE, height);
}
