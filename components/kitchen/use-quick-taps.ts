'use client';
// Handles a tap at touchend instead of click. After a touch the browser would run three more hit tests and dispatch
// emulated mouse events (move, down, up) before "click": 6 to 25 ms on a slow tablet, in the same task as the tap's own
// work. The tap counts for the button on which the finger came down, as for any touch, even if that button has moved
// meanwhile. It counts for none where a card was settling at that moment (settle-guard.ts).
import { useCallback } from 'react';
import { COVER } from '../ui/index.ts';

/** The distance in pixels by which a trembling or wet finger may slip. */
const SLIP_PX = 12;

interface Touch {
  readonly on: HTMLButtonElement | 'cover';
  readonly x: number;
  readonly y: number;
}

/** @returns a ref for the element that contains the buttons */
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
        // Suppresses the emulated mouse events and the second click.
        event.preventDefault();
        if (tapped.on !== 'cover') tapped.on.click();
      },
      { passive: false, signal },
    );
    return () => listeners.abort();
  }, []);
}
