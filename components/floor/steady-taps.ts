'use client';
// Nothing jumps under a finger: when cards move up because one left, a tap that was meant for the button that stood there before
// must not press the one that came in its place. For 400 ms such a tap does nothing; taps elsewhere, and the keyboard's, go through.
import { useCallback, useLayoutEffect, useRef, type MouseEvent, type RefObject } from 'react';

export const STEADY_MS = 400;

export interface Spot {
  /** Which button it is: its order, line and action. */
  key: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface PastLayout {
  spots: readonly Spot[];
  /** When it was replaced. */
  leftAt: number;
}

/** Whether another button stood at that point of the page a moment ago. */
export function isStray(tap: { x: number; y: number; key: string }, past: readonly PastLayout[], now: number): boolean {
  return past.some(
    ({ spots, leftAt }) =>
      now - leftAt < STEADY_MS &&
      spots.some((spot) => spot.key !== tap.key && tap.x >= spot.left && tap.x < spot.right && tap.y >= spot.top && tap.y < spot.bottom),
  );
}

/** Watches the buttons inside `root`; give the handler to its `onClickCapture`. `layout` changes whenever they may have moved. */
export function useSteadyTaps(root: RefObject<HTMLElement | null>, layout: unknown): (event: MouseEvent) => void {
  const current = useRef<readonly Spot[]>([]);
  const past = useRef<PastLayout[]>([]);

  useLayoutEffect(() => {
    const now = performance.now();
    past.current = [...past.current.filter(({ leftAt }) => now - leftAt < STEADY_MS), { spots: current.current, leftAt: now }];
    current.current = [...(root.current?.querySelectorAll('[data-action]') ?? [])].map(spotOf);
  }, [root, layout]);

  return useCallback((event: MouseEvent) => {
    const button = event.target instanceof Element ? event.target.closest('[data-action]') : null;
    // A click that the keyboard made has no point on the page.
    if (button === null || event.detail === 0) return;
    if (!isStray({ x: event.pageX, y: event.pageY, key: keyOf(button) }, past.current, performance.now())) return;
    event.preventDefault();
    event.stopPropagation();
  }, []);
}

function spotOf(button: Element): Spot {
  const { left, top, right, bottom } = button.getBoundingClientRect();
  return { key: keyOf(button), left: left + scrollX, top: top + scrollY, right: right + scrollX, bottom: bottom + scrollY };
}

function keyOf(button: Element): string {
  const order = button.closest('[data-order-id]')?.getAttribute('data-order-id') ?? '';
  const line = button.closest('[data-item-id]')?.getAttribute('data-item-id') ?? '';
  return JSON.stringify([order, line, button.getAttribute('data-action')]);
}
