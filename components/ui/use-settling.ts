'use client';
// The settle guard for cards that the browser's own layout places.
import { useCallback, useEffect, useState, type RefObject } from 'react';
import { SettleGuard, type Box } from './settle-guard.ts';

/**
 * @param named the attribute that names each card inside `root`
 * @returns to be called whenever the cards stand where they will be seen, before that is painted: those that moved rest
 */
export function useSettling(root: RefObject<HTMLElement | null>, named: string): () => void {
  const [guard] = useState(() => new SettleGuard());
  useEffect(() => () => guard.stop(), [guard]);
  return useCallback(() => {
    const elements = new Map([...(root.current?.querySelectorAll<HTMLElement>(`[${named}]`) ?? [])].map((element) => [element.getAttribute(named) ?? '', element]));
    guard.settle(new Map([...elements].map(([key, element]) => [key, placeOf(element)])), (key) => elements.get(key));
  }, [guard, root, named]);
}

/** On the page, so that scrolling is no move; whole pixels, so that rounding is none. */
function placeOf(element: HTMLElement): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left: Math.round(left + scrollX), top: Math.round(top + scrollY), width: Math.round(width), height: Math.round(height) };
}
