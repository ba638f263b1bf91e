// The layout for devices set to fixed places. A card keeps its place and its slot number for as long as it is on the
// board. A place that becomes free goes to the next new card that fits it. A card that grew moves only the cards below
// it. The oldest card need not be top left.
import { layOut, wholeHeight, type CardHeights, type Frame, type Placement } from '../cards/layout.ts';

interface Spot {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** True for the part in which the ticket ends. */
  readonly last: boolean;
  readonly column: number;
  top: number;
  readonly height: number;
  slot: number;
}

export class FixedPlaces {
  #pages: Spot[][] = [];
  #frame = '';

  /** `ids` are the ids of the cards, oldest first. */
  layOut(ids: readonly string[], cards: readonly CardHeights[], frame: Frame): Placement[][] {
    const index = new Map(ids.map((id, place) => [id, place]));
    // The frame's height is not part of the key. A bar that appears or goes changes the height, and cards keep their
    // places where there is room.
    const key = String(frame.columns);
    const staying = key === this.#frame ? this.#pages.map((page) => settle(page, index, cards, frame)) : [];
    this.#frame = key;
    const standing = new Map<string, number>();
    for (const spot of staying.flat()) standing.set(spot.id, (standing.get(spot.id) ?? 0) + spot.to - spot.from);
    // A ticket that lost the place of one part is placed anew as a whole.
    const whole = (id: string) => standing.get(id) === cards[index.get(id)!]!.lines.length;
    const pages = staying.map((page) => page.filter(({ id }) => whole(id)));
    for (const [place, id] of ids.entries()) if (!standing.has(id) || !whole(id)) put(pages, id, cards[place]!, frame);
    this.#pages = pages.filter((page) => page.length > 0);
    if (!this.#pages.length) return [[]];
    return this.#pages.map((page) =>
      page.sort((a, b) => a.slot - b.slot).map(({ id, last: _, ...spot }) => ({ card: index.get(id)!, ...spot })),
    );
  }
}

/** The cards that stay on a page: each at its place, or as little below it as the cards above require. */
function settle(
  page: readonly Spot[],
  index: ReadonlyMap<string, number>,
  cards: readonly CardHeights[],
  frame: Frame,
): Spot[] {
  const settled: Spot[] = [];
  for (let column = 0; column < frame.columns; column++) {
    const spots = page
      .filter((spot) => spot.column === column && index.has(spot.id))
      .sort((a, b) => a.top - b.top)
      .flatMap((spot) => still(spot, cards[index.get(spot.id)!]!));
    // A card that would stick out at the foot moves the cards above it up, as far as there is room.
    let end = 0;
    for (const spot of spots) {
      spot.top = Math.max(spot.top, end);
      end = spot.top + spot.height + frame.gap;
    }
    let most = frame.height;
    for (const spot of spots.toReversed()) {
      spot.top = Math.min(spot.top, most - spot.height);
      most = spot.top - frame.gap;
    }
    let above = 0;
    for (const spot of spots) {
      if (spot.top < above || spot.top + spot.height > frame.height) continue;
      above = spot.top + spot.height + frame.gap;
      settled.push(spot);
    }
  }
  return settled;
}

/** The spot with the card's present number of lines. Empty if the lines of this part no longer exist. */
function still(spot: Spot, { head, again, lines, foot, strip }: CardHeights): Spot[] {
  const to = spot.last ? lines.length : spot.to;
  if (spot.last ? spot.from > 0 && to <= spot.from : to >= lines.length) return [];
  const height =
    (spot.from ? again : head) +
    lines.slice(spot.from, to).reduce((total, line) => total + line, 0) +
    (spot.last ? foot : strip);
  return [{ ...spot, to, height }];
}

/** Puts a card into the first gap that it fits, or on a page of its own. */
function put(pages: Spot[][], id: string, card: CardHeights, frame: Frame): void {
  const height = wholeHeight(card);
  for (const page of height <= frame.height ? pages : []) {
    const gap = gapsOf(page, frame).find(({ room }) => room >= height);
    if (!gap) continue;
    page.push({
      id,
      from: 0,
      to: card.lines.length,
      last: true,
      column: gap.column,
      top: gap.top,
      height,
      slot: freeSlot(page),
    });
    return;
  }
  for (const page of layOut([card], frame))
    pages.push(page.map(({ card: _, ...spot }) => ({ id, last: spot.to === card.lines.length, ...spot })));
}

/** The gaps of a page in reading order: from the top, left to right. */
function gapsOf(page: readonly Spot[], frame: Frame): { column: number; top: number; room: number }[] {
  const gaps: { column: number; top: number; room: number }[] = [];
  for (let column = 0; column < frame.columns; column++) {
    let top = 0;
    for (const spot of page.filter((spot) => spot.column === column).sort((a, b) => a.top - b.top)) {
      gaps.push({ column, top, room: spot.top - frame.gap - top });
      top = spot.top + spot.height + frame.gap;
    }
    gaps.push({ column, top, room: frame.height - top });
  }
  return gaps.sort((a, b) => a.top - b.top || a.column - b.column);
}

function freeSlot(page: readonly Spot[]): number {
  const taken = new Set(page.map(({ slot }) => slot));
  let slot = 1;
  while (taken.has(slot)) slot++;
  return slot;
}
