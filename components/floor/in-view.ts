// Which cards of a page that scrolls are in view, and how far to scroll for the next ones. Pure. All in px from the
// window's top.

/** Between a card and the edge that it is brought to. */
const MARGIN_PX = 12;
/** Layout has fractions of a pixel: what was brought to an edge is at it. */
const ROUNDING_PX = 1;

/** What is seen: between the page's header and the bar with the counts, wherever that is. */
export interface Seen {
  readonly top: number;
  readonly bottom: number;
  readonly cards: readonly { id: string; top: number; bottom: number; headBottom: number }[];
}

export interface Sides {
  readonly above: readonly string[];
  readonly below: readonly string[];
}

/** A card is in view as long as its head is, which says what it is and how long it waits. */
export function outOfView({ top, bottom, cards }: Seen): Sides {
  return {
    above: cards.filter((card) => card.top < top - ROUNDING_PX).map(({ id }) => id),
    below: cards.filter((card) => card.headBottom > bottom).map(({ id }) => id),
  };
}

/**
 * @returns how far down: the first card that is not seen whole begins the next page; one that is higher than the window
 * is read on
 */
export function turnDown({ top, bottom, cards }: Seen): number {
  const page = bottom - top;
  const cut = cards
    .filter((card) => card.bottom > bottom && card.top > top + MARGIN_PX + ROUNDING_PX)
    .map((card) => card.top);
  return Math.min(page, Math.min(...cut) - top - MARGIN_PX);
}

/** @returns how far up, as a negative number: the last card that is not seen whole ends the page before */
export function turnUp({ top, bottom, cards }: Seen): number {
  const page = bottom - top;
  const cut = cards
    .filter((card) => card.top < top && card.bottom < bottom - MARGIN_PX - ROUNDING_PX)
    .map((card) => card.bottom);
  return -Math.min(page, bottom - Math.max(...cut) - MARGIN_PX);
}
