// The layout of the board: the place of each card. The first card is top left, and cards are read from left to right,
// then down. Each card goes into the next column that has room for all of it, and starts again from the left when a row
// is full. Nothing is cut. A card that finds no room on the page is split if its first part fills the room that is left
// and both parts stay readable; else it begins the next page, unless that left a third of this page empty. Then it is
// split into as many parts as it takes, and may go on on the next page. A card taller than a column is always split.

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
/** The share of a page that is never left empty for the sake of whole cards, as long as more cards wait. */
const MOST_EMPTY = 1 / 3;

interface Part {
  readonly from: number;
  readonly to: number;
  readonly height: number;
}

export function layOut(cards: readonly CardHeights[], frame: Frame): Placement[][] {
  const pages: Page[] = [new Page(frame)];
  const turn = () => {
    const page = new Page(frame);
    pages.push(page);
    return page;
  };
  for (const [index, card] of cards.entries()) {
    const whole = { from: 0, to: card.lines.length, height: wholeHeight(card) };
    const page = pages.at(-1)!;
    if (whole.height <= frame.height) {
      if (page.put(index, whole) || page.putInTwo(index, card)) continue;
      if (!page.partOf(card, 0)) {
        turn().put(index, whole);
        continue;
      }
    }
    placeInParts(index, card, () => pages.at(-1)!, turn);
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

  /**
   * The next part of a card that is split because it is tall, or because the page would stay too empty without it. Only
   * on a page that would, a part may have a single line.
   */
  partOf(card: CardHeights, from: number, tall = false): { part: Part; column: number } | null {
    const empty = this.#isTooEmpty();
    const least = Math.min(LEAST_LINES, card.lines.length - from);
    for (const wanted of [...(tall || empty ? [least] : []), ...(empty ? [Math.min(1, least)] : [])])
      for (const column of this.columns()) {
        const part = fill(card, from, this.room(column));
        if (part && part.to - part.from >= wanted) return { part, column };
      }
    return null;
  }

  #isTooEmpty(): boolean {
    const { columns, height } = this.#frame;
    const room = this.#used.reduce((total, used) => total + Math.max(0, height - used), 0);
    return room > columns * height * MOST_EMPTY;
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

function placeInParts(index: number, card: CardHeights, page: () => Page, turn: () => Page): void {
  for (let from = 0; from < card.lines.length || from === 0;) {
    let found = page().partOf(card, from, true);
    if (!found) {
      if (page().placements.length) turn();
      // Not even one line fits into a whole column. It is shown all the same.
      found = page().partOf(card, from, true) ?? {
        part: fill(card, from, page().room(0)) ?? oneLine(card, from),
        column: 0,
      };
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
