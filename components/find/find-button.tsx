'use client';
// The button that opens the search for an order.
import { Search } from 'lucide';
import { useState } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { FindSheet } from './find-sheet.tsx';

export interface FindButtonProps {
  readonly className?: string;
  /** Shows a word beside the icon, where there is room. */
  readonly labelled?: boolean;
  /** Whether the search is open, for a screen that also opens it otherwise. Without it the button keeps that itself. */
  readonly opened?: readonly [open: boolean, setOpen: (open: boolean) => void];
}

export function FindButton({ className = '', labelled = false, opened }: FindButtonProps) {
  const t = useTranslations('find');
  const own = useState(false);
  const [open, setOpen] = opened ?? own;
  return (
    <>
      <button
        type="button"
        data-action="open-find"
        aria-label={t('open')}
        onClick={() => setOpen(true)}
        className={`inline-flex items-center justify-center gap-2 select-none active:bg-press ${className}`}
      >
        <Icon of={Search} className="size-5 shrink-0" />
        {labelled && <span>{t('find')}</span>}
      </button>
      {open && <FindSheet onClose={() => setOpen(false)} />}
    </>
  );
}
