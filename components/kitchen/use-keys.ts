'use client';
// The keyboard or bump bar of the whole screen. In a sheet, keys act as the browser has them act, except that arrow
// keys move between buttons, since a bump bar has no Tab.
import { useLayoutEffect, useRef } from 'react';
import { usePreferences } from '../ui/index.ts';
import { actionOf, DIGIT_MS, digitOf, keyMap, slotOf, type KeyAction } from './keys.ts';

export interface KeyHandlers {
  /** The number of slots on the page. */
  readonly slots: number;
  choose(slot: number): void;
  act(action: KeyAction): void;
}

export function useKeys(handlers: KeyHandlers): void {
  const chosen = usePreferences().keys;
  const current = useRef(handlers);
  // A layout effect, so that a ticket's number works as soon as the ticket is in the document. An effect after the
  // paint would lose a key pressed at once.
  useLayoutEffect(() => {
    current.current = handlers;
  });
  useLayoutEffect(() => {
    const keys = keyMap(chosen);
    let typed = '';
    let typedAt = 0;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('input, textarea, select')) return;
      const action = actionOf(keys, event.code);
      // The last dialog: one dialog may have opened another.
      const dialog = [...document.querySelectorAll<HTMLElement>('dialog[open]')].at(-1);
      if (dialog) {
        if (moveIn(dialog, action)) event.preventDefault();
        return;
      }
      const digit = digitOf(event.code);
      if (digit !== null) {
        typed = event.timeStamp - typedAt < DIGIT_MS ? (typed + digit).slice(-2) : String(digit);
        typedAt = event.timeStamp;
        const slot = slotOf(typed, current.current.slots);
        if (slot !== null) current.current.choose(slot);
        event.preventDefault();
        return;
      }
      if (!action) return;
      // A focused button is left to the keys that press buttons everywhere.
      if (
        (event.code === 'Enter' || event.code === 'Space' || event.code === 'NumpadEnter') &&
        target?.closest('button, a')
      )
        return;
      if (event.repeat && action !== 'up' && action !== 'down' && action !== 'next' && action !== 'previous') return;
      event.preventDefault();
      current.current.act(action);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [chosen]);
}

function moveIn(dialog: HTMLElement, action: KeyAction | null): boolean {
  const step = action === 'down' || action === 'next' ? 1 : action === 'up' || action === 'previous' ? -1 : 0;
  if (step) {
    const stops = [...dialog.querySelectorAll<HTMLElement>('button:not(:disabled), input')];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    stops[(at + step + stops.length) % stops.length]?.focus();
    return true;
  }
  if (action === 'bump' && document.activeElement instanceof HTMLButtonElement) {
    document.activeElement.click();
    return true;
  }
  return false;
}
