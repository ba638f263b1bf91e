'use client';
// A sheet over the board, made with the browser's own dialog: it keeps the focus inside, and Escape or a tap beside it
// closes it. It opens with the focus on the element that is marked with `data-first-focus`, or else on itself: the browser
// would choose the button that closes it, and the next Enter of a bump bar would press that. React's `autoFocus` is of no
// use here: it runs before the dialog opens. It closes by itself once nobody has touched the screen for a minute.
import { X } from 'lucide';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { Icon } from './icon.tsx';
import { useIdleClose } from './use-idle.ts';

export interface SheetProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Stays in view below the scrolling part. */
  readonly foot?: ReactNode;
}

export function Sheet({ title, onClose, children, foot }: SheetProps) {
  const t = useTranslations('common');
  const dialog = useRef<HTMLDialogElement>(null);
  useIdleClose(dialog);
  // A layout effect, so that the sheet has the keyboard before the next key can come.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element || element.open) return;
    element.showModal();
    (element.querySelector<HTMLElement>('[data-first-focus]') ?? element).focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
      // A modal dialog is above everything anyway. Only the checks of contrast need the number to know it.
      className="z-50 m-auto max-h-[min(92dvh,900px)] w-[min(800px,calc(100vw-24px))] overflow-hidden rounded-2xl border border-line bg-panel p-0 text-text outline-none"
    >
      <div className="flex max-h-[inherit] flex-col">
        <div className="flex items-center justify-between border-b border-line pl-5">
          <h2 className="min-w-0 py-2 text-[1.25rem] leading-6 font-extrabold [overflow-wrap:anywhere] sm:text-[1.5rem] sm:leading-7">
            {title}
          </h2>
          <button
            type="button"
            data-action="close"
            aria-label={t('close')}
            onClick={() => dialog.current?.close()}
            className="grid size-16 shrink-0 place-items-center -outline-offset-4 active:bg-press focus-visible:-outline-offset-4"
          >
            <Icon of={X} className="size-8" strokeWidth={2.5} />
          </button>
        </div>
        <div className="fades-below min-h-0 overflow-y-auto overscroll-contain">{children}</div>
        {foot && <div className="border-t border-line bg-panel p-3">{foot}</div>}
      </div>
    </dialog>
  );
}
