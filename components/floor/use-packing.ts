'use client';
// Packs cards of different heights without holes, in reading order. The grid's rows are 4 px high, a card spans as many
// as it needs, and each card goes to the highest free place. The heights come from the browser's own layout, before the
// frame is painted.
import { useCallback, useState } from 'react';

const ROW_PX = 4;
const GAP_PX = 12;

/** For the grid's class, together with `grid-cols-...` and `gap-x-3`. */
export const packed = 'grid auto-rows-[4px] [grid-auto-flow:dense]';

/**
 * @param onPlaced called when cards have got their places, before they are painted
 * @returns the ref of each cell; its first child is the card
 */
export function usePacking(onPlaced: () => void): (cell: HTMLElement | null) => (() => void) | undefined {
  const [observer] = useState(() =>
    typeof ResizeObserver === 'undefined'
      ? null
      : new ResizeObserver((entries) => {
          fit(entries);
          onPlaced();
        }),
  );
  return useCallback(
    (cell) => {
      const card = cell?.firstElementChild;
      if (!card || !observer) return undefined;
      observer.observe(card);
      return () => observer.unobserve(card);
    },
    [observer],
  );
}

function fit(entries: readonly ResizeObserverEntry[]): void {
  for (const { target, borderBoxSize } of entries) {
    const height = borderBoxSize[0]?.blockSize ?? 0;
    if (target.parentElement) target.parentElement.style.gridRowEnd = `span ${Math.ceil((height + GAP_PX) / ROW_PX)}`;
  }
}
