'use client';
// The button that opens the search for an order. The code of the search is loaded when it is first needed.
import { Search } from 'lucide';
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';

const FindSheet = lazy(async () => ({ default: (await import('./find-sheet.tsx')).FindSheet }));

/** @param labelled shows a word beside the icon, where there is room */
export function FindButton({ className = '', labelled = false }: { className?: string; labelled?: boolean }) {
  const t = useTranslations('find');
  const [open, setOpen] = useState(false);
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
      {open && (
        <Suspense>
          <FindSheet onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
