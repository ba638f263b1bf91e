'use client';
// The pages of a board: its cards, laid out for an area of a known size.
import { useMemo, useReducer } from 'react';
import { HeightBook } from './height-book.ts';
import { layOut, type CardHeights, type Frame, type Placement } from './layout.ts';
import { useFonts } from './use-fonts.ts';
import type { Size } from './use-size.ts';

export interface Pages<C extends object> {
  readonly pages: readonly (readonly Placement[])[];
  readonly book: HeightBook<C>;
  readonly cardWidth: number;
  readonly gap: number;
  /** Lays everything out again, after a measurement changed a height. */
  readonly again: () => void;
}

export interface Columns {
  /** The least width of a column. */
  readonly column: number;
  readonly gap: number;
}

/**
 * Pages the cards for an area of this size. Null until the size is known.
 * @param estimateFor makes the estimate for a card width; another function makes another book, so it must stay the same
 * while nothing that it depends on changes
 * @param place another way of placing cards than the usual one
 */
export function usePages<C extends object>(
  cards: readonly C[],
  size: Size | null,
  { column, gap }: Columns,
  estimateFor: (cardWidth: number) => (card: C) => CardHeights,
  place: (heights: readonly CardHeights[], frame: Frame) => Placement[][] = layOut,
): Pages<C> | null {
  const fonts = useFonts();
  const width = size?.width ?? 0;
  const columns = Math.max(1, Math.floor((width + gap) / (column + gap)));
  const cardWidth = Math.floor((width - gap * (columns - 1)) / columns);
  const book = useMemo(() => {
    // Heights measured with other fonts no longer hold, so the book is made anew.
    void fonts;
    return new HeightBook(estimateFor(cardWidth));
  }, [estimateFor, cardWidth, fonts]);
  const [measures, again] = useReducer((count: number) => count + 1, 0);
  return useMemo(() => {
    void measures;
    if (!size) return null;
    const heights = cards.map((card) => book.heightsOf(card));
    return { pages: place(heights, { columns, height: size.height, gap }), book, cardWidth, gap, again };
  }, [cards, size, columns, gap, cardWidth, book, place, measures]);
}
