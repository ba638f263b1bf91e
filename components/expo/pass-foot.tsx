'use client';
// The foot of the pass's screen: messages, what can still be undone or canceled, and the other pages. It has its room
// always, so that nothing of it lies over a card, and no card moves for it.
import { Undo2, X, type IconNode } from 'lucide';
import type { ReactNode } from 'react';
import { PageTurner, type PageTurnerProps } from '../cards/page-turner.tsx';
import { askWords, Countdown } from '../floor/undo-bar.tsx';
import type { Doing } from '../floor/use-order-actions.ts';
import { useTranslations } from '../i18n/index.ts';
import { callOf } from '../order/place.ts';
import { Icon } from '../ui/icon.tsx';
import { Toasts } from '../ui/index.ts';

export interface PassFootProps extends PageTurnerProps, Pick<Doing, 'serving' | 'asks' | 'cancel'> {}

export function PassFoot({ serving, asks, cancel, ...turner }: PassFootProps) {
  const t = useTranslations('floor');
  return (
    <footer className="flex min-h-[calc(4rem+1px)] flex-wrap items-stretch border-t border-line bg-panel text-[1.125rem] sm:flex-nowrap">
      <Toasts inFoot />
      {asks.length + serving.served.length > 0 && (
        <section aria-label={t('justDone')} className="flex min-w-0 flex-1 items-stretch gap-2 max-sm:basis-full">
          {asks.map((ask) => (
            <Entry
              key={ask.key}
              action={`cancel-${ask.command.kind}`}
              icon={X}
              colours="bg-warn-fill text-on-warn"
              about={askWords(t, ask)}
              onClick={() => cancel(ask.key)}
            >
              {t('cancel')} <Countdown until={ask.until} from={3} />
            </Entry>
          ))}
          {serving.served.map((entry) => (
            <Entry
              key={entry.key}
              action="undo"
              icon={Undo2}
              colours="bg-info-fill text-on-info"
              about={t('served', { place: callOf(t, entry.order) })}
              onClick={() => serving.undo(entry)}
            >
              {t('undo')} <Countdown until={entry.until} from={5} />
            </Entry>
          ))}
        </section>
      )}
      <PageTurner {...turner} brief={asks.length + serving.served.length > 0} />
    </footer>
  );
}

interface EntryProps {
  readonly action: string;
  readonly icon: IconNode;
  readonly colours: string;
  readonly about: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Entry({ action, icon, colours, about, onClick, children }: EntryProps) {
  return (
    <button
      type="button"
      data-action={action}
      onClick={onClick}
      className={`flex min-h-16 max-w-72 min-w-0 flex-1 flex-col justify-center px-3 text-left active:brightness-125 ${colours}`}
    >
      <span className="flex items-center gap-1.5 font-bold whitespace-nowrap tabular-nums">
        <Icon of={icon} className="size-5 shrink-0" strokeWidth={2.5} />
        {children}
      </span>
      <span role="status" title={about} className="max-w-full truncate text-[0.9375rem] leading-5 font-medium">
        {about}
      </span>
    </button>
  );
}
