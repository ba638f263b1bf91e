'use client';
// A device that is slow to draw is given its new cards a few at a time, the first of the page first: a
// finger would wait for all of them, for 300 ms where they are seventy.
import { startTransition, useEffect, useReducer } from 'react';

const FEW = 2;
const none: ReadonlySet<never> = new Set<never>();

/**
 * @param isThere whether this one has been drawn already
 * @param few whether to hold any back
 * @returns those that are not to be drawn yet; they follow by themselves
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
