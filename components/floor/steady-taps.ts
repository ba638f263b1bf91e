'use client';
// Nothing jumps under a finger: when cards move up because one left, a tap that was meant for the button that stood there before
// must not press the one that came in its place. For 400 ms such a tap does nothing; taps elsewhere, and the keyboard's, go through.
import { useCallback, useLayoutEffect, useRef, type MouseEvent, type RefObject } from 'react';

export const STEADY_MS = 400;

export interface Spot {
  /** Which button it is: of which order and line, and what it does. */
  order: string;
  line: string;
  action: string;
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

type Button = Pick<Spot, 'order' | 'line' | 'action'>;

/** Of another order, or the same of another dish. That another action of the same order appears is no move: it was just made possible. */
const isOther = (a: Button, b: Button): boolean => a.order !== b.order || (a.action === b.action && a.line !== b.line);

/** Whether another button stood at that point of the page a moment ago. */
export function isStray(tap: Button & { x: number; y: number }, past: readonly PastLayout[], now: number): boolean {
  return past.some(
    ({ spots, leftAt }) =>
      now - leftAt < STEADY_MS &&
      spots.some((spot) => isOther(spot, tap) && tap.x >= spot.left && tap.x < spot.right && tap.y >= spot.top && tap.y < spot.bottom),
  );
}

/** Watches the buttons inside `root`; give the handler to its `onClickCapture`. `layout` changes whenever they may have moved. */
export function useSteadyTaps(root: RefObject<HTMLElement | null>, layout: unknown): (event: MouseEvent) => void {
  const current = useRef<readonly Spot[]>([]);
  const past = useRef<PastLayout[]>([]);

  useLayoutEffect(() => {
    const now = performance.now();
    past.current = [...past.current.filter(({ leftAt }) => now - leftAt < STEADY_MS), { spots: current.current, leftAt: now }];
    // In the next frame cards stand where they will be seen: their heights are only known once they were laid out.
    const frame = requestAnimationFrame(() => { current.current = [...(root.current?.querySelectorAll('[data-action]') ?? [])].map(spotOf); });
    return () => cancelAnimationFrame(frame);
  }, [root, layout]);

  return useCallback((event: MouseEvent) => {
    const button = event.target instanceof Element ? event.target.closest('[data-action]') : null;
    // A click that the keyboard made has no point on the page.
    if (button === null || event.detail === 0) return;
    if (!isStray({ x: event.pageX, y: event.pageY, ...buttonOf(button) }, past.current, performance.now())) return;
    event.preventDefault();
    event.stopPropagation();
  }, []);
}

function spotOf(button: Element): Spot {
  const { left, top, right, bottom } = button.getBoundingClientRect();
  return { ...buttonOf(button), left: left + scrollX, top: top + scrollY, right: right + scrollX, bottom: bottom + scrollY };
}

function buttonOf(button: Element): Button {
  const named = (attribute: string) => button.closest(`[${attribute}]`)?.getAttribute(attribute) ?? '';
  return { order: named('data-order-id'), line: named('data-item-id'), action: named('data-action') };
}
