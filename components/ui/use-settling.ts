'use client';
// The settle guard for cards that the browser's own layout places.
import { useCallback, useEffect, useState, type RefObject } from 'react';
import { SettleGuard, type Box } from './settle-guard.ts';

/**
 * @param root what holds the cards and, at its own edges, the cover
 * @param named the attribute that names each card inside `root`
 * @returns the cover's ref; and what is to be called whenever the cards stand where they will be seen, before that is
 * painted: those that moved rest
 */
export function useSettling(
  root: RefObject<HTMLElement | null>,
  named: string,
): { cover: (element: HTMLElement | null) => void; settle: () => void } {
  const [guard] = useState(() => new SettleGuard());
  useEffect(() => () => guard.stop(), [guard]);
  const settle = useCallback(() => {
    if (!root.current) return;
    const elements = [...root.current.querySelectorAll<HTMLElement>(`[${named}]`)];
    guard.settle(new Map(elements.map((element) => [element.getAttribute(named) ?? '', placeOf(element)])), {
      origin: placeOf(root.current),
    });
  }, [guard, root, named]);
  return { cover: guard.cover, settle };
}

/** On the page, so that scrolling is no move; whole pixels, so that rounding is none. */
function placeOf(element: HTMLElement): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  return {
    left: Math.round(left + scrollX),
    top: Math.round(top + scrollY),
    width: Math.round(width),
    height: Math.round(height),
  };
}
