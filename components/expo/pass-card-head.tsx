'use client';
// The head of an order's card at the pass: slot, table or number, age, due time, and the marks of the whole order.
import { CheckCheck, Pause, Zap } from 'lucide';
import { isRushed } from '../../server/protocol/views.ts';
import { useTranslations } from '../i18n/index.ts';
import { toneHeads, toneIcons } from '../order/card-tones.ts';
import type { FloorCard } from '../order/cards.ts';
import type { Tone } from '../order/tone.ts';
import { useDueTime } from '../order/use-due-time.ts';
import { Icon } from '../ui/icon.tsx';
import { AgeApart } from '../ui/index.ts';
import { aboutWords, callWords } from './pass-words.ts';

interface PassCardHeadProps {
  readonly card: FloorCard;
  readonly slot: number;
  readonly tone: Tone;
  readonly complete: boolean;
  /** True for a later part of a card that is split. */
  readonly again: boolean;
  readonly onMore: () => void;
}

/** The whole head is one button, which opens the order. */
export function PassCardHead({
  card: { order, firedAt, state },
  slot,
  tone,
  complete,
  again,
  onMore,
}: PassCardHeadProps) {
  const t = useTranslations('floor');
  const board = useTranslations('board');
  const dueTime = useDueTime();
  const call = callWords(t, order);
  const about = aboutWords(t, order, dueTime);
  const long = call.length > 9;
  const colours = complete ? 'bg-ready-soft' : tone === 'fresh' ? 'bg-head' : toneHeads[tone];
  const mark = 'inline-flex shrink-0 items-center gap-0.5 rounded px-1 font-extrabold';
  return (
    <button
      type="button"
      data-action="more"
      aria-label={t('more', { number: order.number })}
      onClick={onMore}
      className={`flex min-h-(--card-head) w-full items-stretch text-left select-none active:brightness-110 ${colours}`}
    >
      <span
        aria-hidden
        className="grid w-6 shrink-0 place-items-center bg-black/15 text-[0.9375rem] font-bold tabular-nums"
      >
        {slot}
      </span>
      <span className="flex min-w-0 flex-1 flex-col justify-center px-2 py-0.5">
        <span className="flex items-center gap-1.5">
          <span
            title={call}
            className={`min-w-0 flex-1 font-extrabold tracking-tight ${long ? 'line-clamp-2 text-[calc(var(--card-number)*0.62)] leading-[1.1] wrap-anywhere' : 'text-(length:--card-number) leading-(--card-number-row) whitespace-nowrap'}`}
          >
            {call}
          </span>
          {tone !== 'fresh' && (
            <Icon
              of={toneIcons[tone]}
              role="img"
              aria-label={t(tone === 'late' ? 'late' : 'due')}
              className="size-5 shrink-0"
              strokeWidth={2.5}
            />
          )}
          {complete && (
            <Icon
              of={CheckCheck}
              role="img"
              aria-label={t('complete')}
              className="size-6 shrink-0 text-ready"
              strokeWidth={2.5}
            />
          )}
          {state !== 'canceled' && (
            <AgeApart
              since={firedAt}
              className="shrink-0 text-(length:--card-age) leading-(--card-age-row) font-bold tracking-tight"
            />
          )}
        </span>
        <span className="flex flex-wrap items-center gap-x-1.5 text-(length:--card-place) leading-(--card-place-row) font-semibold">
          <span className="min-w-0 flex-1 wrap-anywhere">{again ? board('continued') : about}</span>
          {isRushed(order) && (
            <strong data-tag="rush" className={`${mark} bg-text text-bg`}>
              <Icon of={Zap} className="size-[0.9em] fill-current" />
              {t('rushTag')}
            </strong>
          )}
          {order.hold !== null && (
            <strong data-tag="hold" className={`${mark} bg-info-fill text-on-info`}>
              <Icon of={Pause} className="size-[0.9em]" strokeWidth={3} />
              {t('holdTag')}
            </strong>
          )}
        </span>
      </span>
    </button>
  );
}
