// Where each card stands. The oldest is top left; reading goes left to right, then down: each card goes on top of the column that is
// filled least, the leftmost of several, so no card begins above one that is older. Nothing is cut. Where the next card finds no room,
// it goes on in the next slot of the page if that fills the room and leaves both parts readable; else it begins the next page. A ticket
// taller than a column always goes on in the next slot.

export interface CardHeights {
  /** Header and bands above the lines, borders included. */
  readonly head: number;
  /** The same of a part that goes on. */
  readonly again: number;
  readonly lines: readonly number[];
  readonly foot: number;
  /** What stands in the foot's place where the ticket goes on elsewhere. */
  readonly strip: number;
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

/** A part of a split ticket has at least so many lines, so that no slot is spent on a header alone. */
const LEAST_LINES = 2;
/** A ticket that would fit one slot is never torn into more parts than two. */
const MOST_PARTS = 2;

interface Part {
  readonly from: number;
  readonly to: number;
  readonly height: number;
}

export function layOut(cards: readonly CardHeights[], frame: Frame): Placement[][] {
  const pages: Placement[][] = [];
  let used: number[] = [];
  const turn = () => {
    pages.push([]);
    used = Array.from({ length: frame.columns }, () => 0);
  };
  const place = (card: number, { from, to, height }: Part) => {
    const page = pages.at(-1)!;
    const column = leastOf(used);
    page.push({ card, from, to, column, top: used[column]!, height, slot: page.length + 1 });
    used[column]! += height + frame.gap;
  };
  turn();
  for (const [index, card] of cards.entries()) {
    const whole = wholeHeight(card);
    if (whole <= frame.height) {
      if (whole <= frame.height - Math.min(...used)) place(index, { from: 0, to: card.lines.length, height: whole });
      else {
        const parts = tear(card, used, frame, MOST_PARTS);
        if (parts) for (const part of parts) place(index, part);
        else {
          turn();
          place(index, { from: 0, to: card.lines.length, height: whole });
        }
      }
      continue;
    }
    placeTall(card, (part) => place(index, part), () => frame.height - Math.min(...used), turn, () => pages.at(-1)!.length === 0);
  }
  return pages;
}

/** The parts in which a card fits what is left of the page; null where it doesn't, or not readably. */
function tear(card: CardHeights, used: readonly number[], frame: Frame, most: number): Part[] | null {
  const left = [...used];
  const parts: Part[] = [];
  for (let from = 0; from < card.lines.length; ) {
    if (parts.length === most) return null;
    const column = leastOf(left);
    const part = fill(card, from, frame.height - left[column]!);
    if (!part || part.to - part.from < LEAST_LINES) return null;
    left[column]! += part.height + frame.gap;
    parts.push(part);
    from = part.to;
  }
  return parts;
}

/** As many lines as fit, from this one on; leaves enough of them for the next part. Null where not one fits. */
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

function placeTall(card: CardHeights, place: (part: Part) => void, room: () => number, turn: () => void, empty: () => boolean): void {
  for (let from = 0; from < card.lines.length || from === 0; ) {
    let part = fill(card, from, room());
    const wanted = Math.min(LEAST_LINES, card.lines.length - from);
    if ((!part || part.to - part.from < wanted) && !empty()) {
      turn();
      part = fill(card, from, room());
    }
    // Not even one line fits a whole column: it is shown all the same.
    part ??= oneLine(card, from);
    place(part);
    if (part.to >= card.lines.length) return;
    from = part.to;
  }
}

function oneLine(card: CardHeights, from: number): Part {
  const to = Math.min(from + 1, card.lines.length);
  return { from, to, height: (from === 0 ? card.head : card.again) + sum(card.lines.slice(from, to)) + (to < card.lines.length ? card.strip : card.foot) };
}

export const wholeHeight = ({ head, lines, foot }: CardHeights): number => head + sum(lines) + foot;

function leastOf(used: readonly number[]): number {
  let column = 0;
  for (let other = 1; other < used.length; other++) if (used[other]! < used[column]!) column = other;
  return column;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
