'use client';
// A finger's tap counts as it leaves the glass. The browser would look three times more for what is below it, and tell
// of a mouse that came, went down and up, before it says "click": 6 to 25 ms on a slow tablet, in the same task as all
// that the tap does. It counts for the button that the finger came down on, as for any touch, even if that has moved
// meanwhile; and for none where something rested then (settle-guard.ts).
import { useCallback } from 'react';
import { COVER } from '../ui/index.ts';

/** A finger trembles, and a wet one slips, by so many pixels. */
const SLIP_PX = 12;

interface Touch {
  readonly on: HTMLButtonElement | 'cover';
  readonly x: number;
  readonly y: number;
}

/** @returns the ref of what holds the buttons */
export function useQuickTaps(): (element: HTMLElement | null) => (() => void) | undefined {
  return useCallback((element) => {
    if (!element) return undefined;
    let down: Touch | null = null;
    const listeners = new AbortController();
    const { signal } = listeners;
    element.addEventListener(
      'touchstart',
      ({ target, touches }) => {
        const [touch] = touches;
        const on = target instanceof Element ? (target.hasAttribute(COVER) ? 'cover' : target.closest('button')) : null;
        down = touch && touches.length === 1 && on ? { on, x: touch.clientX, y: touch.clientY } : null;
      },
      { passive: true, signal },
    );
    element.addEventListener(
      'touchcancel',
      () => {
        down = null;
      },
      { passive: true, signal },
    );
    element.addEventListener(
      'touchend',
      (event) => {
        const [touch] = event.changedTouches;
        const tapped = down;
        down = null;
        if (!tapped || !touch || event.touches.length > 0) return;
        if (Math.hypot(touch.clientX - tapped.x, touch.clientY - tapped.y) > SLIP_PX) return;
        // No mouse is told of it, and no second click.
        event.preventDefault();
        if (tapped.on !== 'cover') tapped.on.click();
      },
      { passive: false, signal },
    );
    return () => listeners.abort();
  }, []);
}
