// Where each card stands. The oldest is top left; reading goes left to right, then down; a card goes under the shortest way on: the
// next column that has room for all of it. Nothing is cut: what does not fit begins the next page, and a ticket taller than a whole
// column continues in the next slot.

export interface CardHeights {
  /** Header, bands and foot. */
  readonly chrome: number;
  readonly lines: readonly number[];
}

export interface Placement {
  readonly card: number;
  /** Which of its lines stand here: from `from`, up to but without `to`. */
  readonly from: number;
  readonly to: number;
  readonly column: number;
  readonly top: number;
  readonly height: number;
  /** Its number on the page, from 1: the key that chooses it. */
  readonly slot: number;
}

export interface Frame {
  readonly columns: number;
  readonly height: number;
  readonly gap: number;
}

/** A part of a split ticket is at least so many lines, so that no slot is spent on a header alone. */
const MIN_PART_LINES = 3;

export function layOut(cards: readonly CardHeights[], frame: Frame): Placement[][] {
  const pages: Placement[][] = [];
  let page: Placement[] = [];
  let used: number[] = [];
  let next = 0;

  const turn = () => {
    page = [];
    pages.push(page);
    used = Array.from({ length: frame.columns }, () => 0);
    next = 0;
  };
  const room = (column: number) => frame.height - used[column]!;
  const columnFor = (height: number) => {
    for (let step = 0; step < frame.columns; step++) {
      const column = (next + step) % frame.columns;
      if (room(column) >= height) return column;
    }
    return -1;
  };
  const place = (card: number, from: number, to: number, column: number, height: number) => {
    page.push({ card, from, to, column, top: used[column]!, height, slot: page.length + 1 });
    used[column]! += height + frame.gap;
    next = (column + 1) % frame.columns;
  };

  turn();
  cards.forEach(({ chrome, lines }, card) => {
    const whole = chrome + sum(lines);
    if (whole <= frame.height) {
      if (columnFor(whole) === -1) turn();
      place(card, 0, lines.length, columnFor(whole), whole);
      return;
    }
    for (let from = 0; from < lines.length || from === 0; ) {
      let column = columnFor(chrome + sum(lines.slice(from, from + MIN_PART_LINES)));
      if (column === -1) {
        if (page.length) turn();
        column = 0;
      }
      let to = from;
      let height = chrome;
      while (to < lines.length && (to === from || height + lines[to]! <= room(column))) height += lines[to++]!;
      place(card, from, to, column, height);
      if (to >= lines.length) break;
      from = to;
    }
  });
  return pages;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
