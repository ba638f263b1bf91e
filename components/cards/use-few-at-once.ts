'use client';
// Splits the drawing of new cards on a slow device: a few at a time, the first of the page first. A finger would
// otherwise wait for all of them, for 300 ms if there are seventy.
import { startTransition, useEffect, useReducer } from 'react';

const FEW = 2;
const none: ReadonlySet<never> = new Set<never>();

/**
 * @param isThere whether this item has been drawn already
 * @param few whether to hold back any items
 * @returns the items not to be drawn yet; they follow by themselves
 */
export function useFewAtOnce<T extends { readonly key: string }>(
  all: readonly T[],
  isThere: (key: string) => boolean,
  few: boolean,
): ReadonlySet<T> {
  const [, more] = useReducer((count: number) => count + 1, 0);
  const coming = few ? all.filter(({ key }) => !isThere(key)).slice(FEW) : [];
  const waits = coming.length > 0;
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setTimeout(() => startTransition(more));
    return () => clearTimeout(timer);
  });
  return waits ? new Set(coming) : none;
}
