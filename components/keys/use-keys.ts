'use client';
// The keyboard or bump bar of the whole screen. In a sheet, keys act as the browser has them act, except that arrow
// keys move between buttons, since a bump bar has no Tab. A sheet is in the document as soon as it is asked for
// (components/ui/late-sheet.tsx), so that no key meant for it reaches the board.
import { useLayoutEffect, useRef } from 'react';
import { usePreferences } from '../ui/index.ts';
import { Keyboard } from './keyboard.ts';
import { actionOf, keyMap, type KeyAction } from './keys.ts';

export interface KeyHandlers {
  /** The number of slots on the page. */
  slots(): number;
  /** Null: no slot has the number that was typed, and nothing is chosen. */
  choose(slot: number | null): void;
  /** @returns false where the screen has no such action, which is then left to the browser */
  act(action: KeyAction): boolean;
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
    const keyboard = new Keyboard(keys);
    const forget = () => keyboard.forget();
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
      const focused = event.target instanceof Element ? event.target : null;
      // The focus stays in a sheet that was closed until the next frame. A key before it is the board's.
      const target = focused?.closest('dialog:not([open])') ? null : focused;
      const typing = target?.closest('input, textarea, select') ?? null;
      // The last dialog: one dialog may have opened another.
      const dialog = [...document.querySelectorAll<HTMLDialogElement>('dialog[open]')].at(-1);
      if (dialog || typing) {
        forget();
        if (dialog && actIn(dialog, actionOf(keys, event.code), event, typing !== null)) event.preventDefault();
        return;
      }
      // A focused button is left to the keys that press buttons everywhere.
      if (
        (event.code === 'Enter' || event.code === 'Space' || event.code === 'NumpadEnter') &&
        target?.closest('button, a')
      )
        return forget();
      const pressed = keyboard.press(
        { code: event.code, at: event.timeStamp, repeat: event.repeat },
        current.current.slots(),
      );
      if (!pressed) return;
      if (pressed.kind === 'act') {
        if (current.current.act(pressed.action)) event.preventDefault();
        return;
      }
      event.preventDefault();
      // Nothing is chosen now, so the next Enter must not press a button that a finger has touched before.
      if (pressed.slot === null && document.activeElement instanceof HTMLElement) document.activeElement.blur();
      current.current.choose(pressed.slot);
    };
    addEventListener('keydown', press);
    addEventListener('pointerdown', forget);
    return () => {
      removeEventListener('keydown', press);
      removeEventListener('pointerdown', forget);
    };
  }, [chosen]);
}

/** @returns whether the key is used up */
function actIn(dialog: HTMLDialogElement, action: KeyAction | null, event: KeyboardEvent, typing: boolean): boolean {
  // In a field a key types. Keys that print nothing may lead out of it, but left and right belong to the text.
  if (typing && (event.key.length === 1 || (action !== 'up' && action !== 'down' && action !== 'clear'))) return false;
  const step = action === 'down' || action === 'next' ? 1 : action === 'up' || action === 'previous' ? -1 : 0;
  if (step) {
    const stops = [...dialog.querySelectorAll<HTMLElement>('button:not(:disabled), input')];
    // The first stop closes the sheet, so the first step from the sheet itself leads to the one after it.
    const at = Math.max(0, stops.indexOf(document.activeElement as HTMLElement));
    stops[(at + step + stops.length) % stops.length]?.focus();
    return true;
  }
  if (action === 'bump' && document.activeElement instanceof HTMLButtonElement) {
    if (!event.repeat) document.activeElement.click();
    return true;
  }
  // The browser itself closes a dialog by Escape.
  if (action === 'clear' && event.code !== 'Escape') {
    dialog.close();
    return true;
  }
  return false;
}
