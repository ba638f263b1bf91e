'use client';
// The left part of a card's foot, at a station that says when a ticket is begun. It begins everything that waits on the
// ticket. From then on it shows the time since the ticket is on the fire, and takes no tap: a second tap in haste must not
// land on Bump, which would be there if the cell left.
import { Flame } from 'lucide';
import { useTranslations } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { AgeApart } from '../ui/index.ts';
import type { StationTicket } from './station-tickets.ts';
import { begunAt, toBegin } from './starting.ts';

const cell =
  'flex min-h-16 min-w-16 shrink-0 basis-[22%] flex-col items-center justify-center px-1 text-[0.9375rem] leading-5 font-bold select-none';

export function StartCell({ card, onBegin }: { card: StationTicket; onBegin: () => void }) {
  const t = useTranslations('board');
  const since = begunAt(card);
  if (toBegin(card).length)
    return (
      <button
        type="button"
        data-action="start"
        aria-label={t('beginTicket', { number: card.order.number })}
        onClick={onBegin}
        className={`${cell} relative z-10 bg-head active:bg-press`}
      >
        <Icon of={Flame} className="size-6" strokeWidth={2.5} />
        {t('begin')}
      </button>
    );
  return (
    <span data-begun={since !== null} className={`${cell} ${since === null ? 'text-faint' : 'bg-info-soft text-info'}`}>
      <Icon
        of={Flame}
        role="img"
        aria-label={t(since === null ? 'spoken.ready' : 'spoken.cooking')}
        className="size-6"
        strokeWidth={2.5}
      />
      {since !== null && <AgeApart since={since} />}
    </span>
  );
}
