'use client';
// Something that is done after a time in which nobody touched the screen: a sheet closes, a board goes back to its first
// page. A wall tablet that was left with a sheet open, or on its third page, would hide what comes in.
import { useEffect, useEffectEvent } from 'react';

/** A sheet closes after so long without a touch or a key. docs/MANAGING.md names both times. */
export const SHEET_IDLE_MS = 60_000;
/** A board goes back to its first page after so long without a touch or a key. */
export const PAGE_IDLE_MS = 30_000;

const TOUCHES = ['pointerdown', 'pointermove', 'touchmove', 'wheel', 'keydown', 'input', 'scroll'] as const;

/**
 * @param ms null: nothing is done
 * @param act returns false if it cannot be done now: it is tried again after the same time
 */
export function useIdle(ms: number | null, act: () => boolean | void): void {
  const idle = useEffectEvent(act);
  useEffect(() => {
    if (ms === null) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    let touchedAt = performance.now();
    // A touch only notes its time: a finger that drags makes sixty a second.
    const wait = () => {
      timer = setTimeout(
        () => {
          if (performance.now() - touchedAt < ms) return wait();
          if (idle() !== false) return;
          touchedAt = performance.now();
          wait();
        },
        Math.max(1, touchedAt + ms - performance.now()),
      );
    };
    const touched = () => {
      touchedAt = performance.now();
    };
    for (const kind of TOUCHES) addEventListener(kind, touched, { capture: true, passive: true });
    wait();
    return () => {
      clearTimeout(timer);
      for (const kind of TOUCHES) removeEventListener(kind, touched, { capture: true });
    };
  }, [ms]);
}

/** Closes a dialog that nobody touches, unless it holds something that would be lost. */
export function useIdleClose(dialog: { readonly current: HTMLDialogElement | null }): void {
  useIdle(SHEET_IDLE_MS, () => {
    if (!dialog.current || holdsWork(dialog.current)) return false;
    return dialog.current.close();
  });
}

/** A link that is shown once, or text that somebody has typed; not the text of a search, or of a field that says so. */
const holdsWork = (dialog: HTMLElement): boolean =>
  dialog.querySelector('[data-shown-once]') !== null ||
  [...dialog.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')].some(
    (field) => isText(field) && field.value !== '' && !field.closest('[role=search], [data-nothing-to-lose]'),
  );

const isText = (field: HTMLInputElement | HTMLTextAreaElement): boolean =>
  !field.readOnly &&
  (field.tagName === 'TEXTAREA' || /^(?:text|search|email|password|tel|url|number)$/.test(field.type));
