// The cards of a scrolling page that are in view, and the distance to scroll to the next ones. Pure. All lengths are in
// px from the window's top.

/** The gap between a card and the edge to which it is scrolled. */
const MARGIN_PX = 12;
/** Layouts have fractions of a pixel, so a card this near to an edge counts as at it. */
const ROUNDING_PX = 1;

/** The visible part of the page: between its header and the bar with the counts, and the cards there. */
export interface Viewport {
  readonly top: number;
  readonly bottom: number;
  readonly cards: readonly { id: string; top: number; bottom: number; headBottom: number }[];
}

export interface Sides {
  readonly above: readonly string[];
  readonly below: readonly string[];
}

/** A card is in view as long as its head is: the head names the order and its waiting time. */
export function outOfView({ top, bottom, cards }: Viewport): Sides {
  return {
    above: cards.filter((card) => card.top < top - ROUNDING_PX).map(({ id }) => id),
    below: cards.filter((card) => card.headBottom > bottom).map(({ id }) => id),
  };
}

/**
 * @returns how far to scroll down: the first card not seen as a whole begins the next page; a card taller than the
 * window is scrolled through
 */
export function turnDown({ top, bottom, cards }: Viewport): number {
  const page = bottom - top;
  const cut = cards
    .filter((card) => card.bottom > bottom && card.top > top + MARGIN_PX + ROUNDING_PX)
    .map((card) => card.top);
  return Math.min(page, Math.min(...cut) - top - MARGIN_PX);
}

/** @returns how far to scroll up, as a negative number: the last card not seen as a whole ends the page before */
export function turnUp({ top, bottom, cards }: Viewport): number {
  const page = bottom - top;
  const cut = cards
    .filter((card) => card.top < top && card.bottom < bottom - MARGIN_PX - ROUNDING_PX)
    .map((card) => card.bottom);
  return -Math.min(page, bottom - Math.max(...cut) - MARGIN_PX);
}
