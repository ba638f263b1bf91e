'use client';
// The settle guard for cards that the browser's own layout places.
import { useCallback, useEffect, useState, type RefObject } from 'react';
import { SettleGuard, type Box } from './settle-guard.ts';

/**
 * @param root the element that contains the cards and, at its own edges, the cover
 * @param named the attribute that names each card inside `root`
 * @returns the cover's ref, and a function to call after each layout and before it is painted: the cards that moved
 * then rest
 */
export function useSettling(
  root: RefObject<HTMLElement | null>,
  named: string,
): { cover: (element: HTMLElement | null) => void; settle: () => void } {
  const [guard] = useState(() => new SettleGuard());
  useEffect(() => () => guard.stop(), [guard]);
  const settle = useCallback(() => {
    if (!root.current) return;
    const scrolled = root.current.closest('main')?.scrollTop ?? 0;
    const placeOf = (element: Element) => boxOf(element, scrolled);
    const elements = [...root.current.querySelectorAll<HTMLElement>(`[${named}]`)];
    guard.settle(new Map(elements.map((element) => [element.getAttribute(named) ?? '', placeOf(element)])), {
      origin: placeOf(root.current),
    });
  }, [guard, root, named]);
  return { cover: guard.cover, settle };
}

/** As if nothing was scrolled, so that scrolling is no move, and in whole pixels, so that rounding is none. */
function boxOf(element: Element, scrolled: number): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  return {
    left: Math.round(left + scrollX),
    top: Math.round(top + scrollY + scrolled),
    width: Math.round(width),
    height: Math.round(height),
  };
}
