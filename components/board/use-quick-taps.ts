'use client';
// A finger's tap counts as it leaves the glass. The browser would look three times more for what is below it, and tell of a mouse that
// came, went down and up, before it says "click": 15 ms on a slow tablet, in the same task as all that the tap does.
// It counts for the button that the finger came down on, as for any touch, even if that has moved meanwhile.
import { useCallback } from 'react';

/** A finger trembles, and a wet one slips, by so many pixels. */
const SLIP_PX = 12;

interface Touch { readonly button: HTMLButtonElement; readonly x: number; readonly y: number }

/** @returns the ref of what holds the buttons */
export function useQuickTaps(): (element: HTMLElement | null) => (() => void) | undefined {
  return useCallback((element) => {
    if (!element) return undefined;
    let down: Touch | null = null;
    const listeners = new AbortController();
    const { signal } = listeners;
    element.addEventListener('touchstart', ({ target, touches }) => {
      const [touch] = touches;
      const button = target instanceof Element ? target.closest('button') : null;
      down = touch && touches.length === 1 && button ? { button, x: touch.clientX, y: touch.clientY } : null;
    }, { passive: true, signal });
    element.addEventListener('touchcancel', () => { down = null; }, { passive: true, signal });
    element.addEventListener('touchend', (event) => {
      const [touch] = event.changedTouches;
      const tapped = down;
      down = null;
      if (!tapped || !touch || event.touches.length > 0 || tapped.button.disabled) return;
      if (Math.hypot(touch.clientX - tapped.x, touch.clientY - tapped.y) > SLIP_PX) return;
      // No mouse is told of, and no second click.
      event.preventDefault();
      tapped.button.click();
    }, { passive: false, signal });
    return () => listeners.abort();
  }, []);
}
