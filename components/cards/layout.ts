// The layout of the board: the place of each card. The oldest is top left, and cards are read from left to right, then
// down. Each card goes into the next column that has room for all of it, and starts again from the left when a row is
// full. Nothing is cut. A card that finds no room on the page is split if its first part fills the room that is left
// and both parts stay readable; else it begins the next page. A ticket taller than a column is always split over
// several slots.

export interface CardHeights {
  /** Header and bands above the lines, borders included. */
  readonly head: number;
  /** The same for a later part of a split ticket. */
  readonly again: number;
  readonly lines: readonly number[];
  readonly foot: number;
  /** The strip that replaces the foot where the ticket goes on in another slot. */
  readonly strip: number;
}

export interface Placement {
  readonly card: number;
  /** The lines of this part: from `from` up to, but without, `to`. */
  readonly from: number;
  readonly to: number;
  readonly column: number;
  readonly top: number;
  readonly height: number;
  /** The slot number on the page, from 1. It is also the key that chooses the card. */
  readonly slot: number;
}

export interface Frame {
  readonly columns: number;
  readonly height: number;
  readonly gap: number;
}

/** The least number of lines in a part of a split ticket, so that no slot is spent on a header alone. */
const LEAST_LINES = 2;
interface Part {
  readonly from: number;
  readonly to: number;
  readonly height: number;
}

export function layOut(cards: readonly CardHeights[], frame: Frame): Placement[][] {
  const pages: Page[] = [new Page(frame)];
  const turn = () => pages.push(new Page(frame));
  for (const [index, card] of cards.entries()) {
    const whole = { from: 0, to: card.lines.length, height: wholeHeight(card) };
    if (whole.height > frame.height) placeTall(index, card, () => pages.at(-1)!, turn);
    else if (!pages.at(-1)!.put(index, whole) && !pages.at(-1)!.putInTwo(index, card)) {
      turn();
      pages.at(-1)!.put(index, whole);
    }
  }
  return pages.map(({ placements }) => placements);
}

class Page {
  readonly placements: Placement[] = [];
  readonly #frame: Frame;
  readonly #used: number[];
  /** The column that the next card tries first. */
  #next = 0;

  constructor(frame: Frame) {
    this.#frame = frame;
    this.#used = Array.from({ length: frame.columns }, () => 0);
  }

  /** Columns in reading order, starting with `from`. */
  *columns(from = this.#next): Generator<number> {
    for (let step = 0; step < this.#frame.columns; step++) yield (from + step) % this.#frame.columns;
  }

  room(column: number): number {
    return this.#frame.height - this.#used[column]!;
  }

  /** @returns whether there was room for the card */
  put(card: number, part: Part): boolean {
    for (const column of this.columns()) if (this.room(column) >= part.height) return this.at(card, part, column);
    return false;
  }

  /** Splits a card into two parts, if it fits that way. @returns whether it did */
  putInTwo(card: number, heights: CardHeights): boolean {
    for (const column of this.columns()) {
      const first = fill(heights, 0, this.room(column));
      if (!first || first.to < LEAST_LINES || heights.lines.length - first.to < LEAST_LINES) continue;
      const rest = {
        from: first.to,
        to: heights.lines.length,
        height: heights.again + sum(heights.lines.slice(first.to)) + heights.foot,
      };
      for (const other of this.columns(column + 1))
        if (other !== column && this.room(other) >= rest.height)
          return this.at(card, first, column) && this.at(card, rest, other);
    }
    return false;
  }

  at(card: number, { from, to, height }: Part, column: number): true {
    this.placements.push({
      card,
      from,
      to,
      column,
      top: this.#used[column]!,
      height,
      slot: this.placements.length + 1,
    });
    this.#used[column]! += height + this.#frame.gap;
    this.#next = (column + 1) % this.#frame.columns;
    return true;
  }
}

/**
 * The part that starts with line `from` and has as many lines as fit. It leaves at least the least number of lines for
 * the next part. Null if not one line fits.
 */
function fill(card: CardHeights, from: number, room: number): Part | null {
  const top = from === 0 ? card.head : card.again;
  let to = from;
  let height = top + card.strip;
  while (to < card.lines.length && height + card.lines[to]! <= room) height += card.lines[to++]!;
  const all = top + sum(card.lines.slice(from)) + card.foot;
  if (all <= room) return { from, to: card.lines.length, height: all };
  to = Math.min(to, card.lines.length - 1);
  if (card.lines.length - to < LEAST_LINES && to - from > LEAST_LINES) to = card.lines.length - LEAST_LINES;
  return to > from ? { from, to, height: top + sum(card.lines.slice(from, to)) + card.strip } : null;
}

function placeTall(index: number, card: CardHeights, page: () => Page, turn: () => void): void {
  for (let from = 0; from < card.lines.length || from === 0;) {
    const wanted = Math.min(LEAST_LINES, card.lines.length - from);
    const fits = () => {
      for (const column of page().columns()) {
        const part = fill(card, from, page().room(column));
        if (part && part.to - part.from >= wanted) return { part, column };
      }
      return null;
    };
    let found = fits();
    if (!found) {
      if (page().placements.length) turn();
      // Not even one line fits into a whole column. It is shown all the same.
      found = fits() ?? { part: fill(card, from, page().room(0)) ?? oneLine(card, from), column: 0 };
    }
    page().at(index, found.part, found.column);
    if (found.part.to >= card.lines.length) return;
    from = found.part.to;
  }
}

function oneLine(card: CardHeights, from: number): Part {
  const to = Math.min(from + 1, card.lines.length);
  return {
    from,
    to,
    height:
      (from === 0 ? card.head : card.again) +
      sum(card.lines.slice(from, to)) +
      (to < card.lines.length ? card.strip : card.foot),
  };
}

export const wholeHeight = ({ head, lines, foot }: CardHeights): number => head + sum(lines) + foot;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
