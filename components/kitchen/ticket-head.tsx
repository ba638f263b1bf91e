'use client';
// The head of a ticket: slot, number, age, place, and the marks of the whole ticket.
import { CheckCheck, Flame, Pause, Zap } from 'lucide';
import { useTranslations } from '../i18n/index.ts';
import { toneHeads, toneIcons } from '../order/card-tones.ts';
import type { Tone } from '../order/tone.ts';
import { Icon } from '../ui/icon.tsx';
import { AgeApart } from '../ui/index.ts';
import { BumpButton } from './bump-button.tsx';
import type { TicketActions } from './kitchen-actions.ts';
import { begunAt } from './starting.ts';
import type { StationTicket } from './station-tickets.ts';

interface TicketHeadProps {
  readonly card: StationTicket;
  readonly slot: number;
  readonly tone: Tone;
  readonly place: string;
  /** The number of other stations that cook for the order, if they are not named below. */
  readonly elsewhere: number;
  readonly bumps: boolean;
  readonly actions: TicketActions;
}

/** The whole head is one button. It opens the ticket, or bumps it where cards have no foot. */
export function TicketHead({ card, slot, tone, place, elsewhere, bumps, actions }: TicketHeadProps) {
  const t = useTranslations('board');
  const { order, firedAt, held, rush } = card;
  const head = tone === 'fresh' ? 'bg-head text-text' : toneHeads[tone];
  const begun = begunAt(card) !== null;
  const icon = held ? Pause : tone === 'fresh' ? null : toneIcons[tone];
  const long = order.number.length > 7;
  const className = `flex h-(--card-head) w-full items-stretch text-left select-none active:brightness-110 ${held ? 'bg-head text-muted' : head}`;
  const content = (
    <>
      <span aria-hidden className="grid w-7 shrink-0 place-items-center bg-black/15 text-[1rem] font-bold tabular-nums">
        {slot}
      </span>
      <span className="flex min-w-0 flex-1 flex-col justify-center px-2">
        <span className="flex items-center gap-1.5">
          <span
            className={`min-w-0 flex-1 font-extrabold tracking-tight ${long ? 'line-clamp-2 text-[calc(var(--card-number)*0.58)] leading-[1.1] wrap-anywhere' : 'text-(length:--card-number) leading-(--card-number-row) whitespace-nowrap'}`}
            title={order.number}
          >
            {order.number}
          </span>
          {icon && <Icon of={icon} className="size-[1.35rem] shrink-0" strokeWidth={2.5} />}
          {!held && (
            <AgeApart
              since={firedAt}
              className="shrink-0 text-(length:--card-age) leading-(--card-age-row) font-bold tracking-tight"
            />
          )}
        </span>
        <span className="flex items-center gap-1">
          {place && (
            <span className="min-w-0 flex-1 truncate text-(length:--card-place) leading-(--card-place-row) font-bold tracking-tight">
              {place}
            </span>
          )}
          {rush && (
            <strong
              data-tag="rush"
              className="ml-auto inline-flex shrink-0 items-center gap-0.5 rounded bg-text px-1 text-(length:--card-place) leading-(--card-place-row) font-extrabold text-bg"
            >
              <Icon of={Zap} className="size-[0.9em] fill-current" />
              {t('rush')}
            </strong>
          )}
          {elsewhere > 0 && (
            <span className="ml-auto shrink-0 text-(length:--card-place) font-bold tabular-nums">+{elsewhere}</span>
          )}
          {bumps && begun && (
            <Icon
              of={Flame}
              role="img"
              aria-label={t('spoken.cooking')}
              className="ml-auto size-5 shrink-0"
              strokeWidth={2.5}
            />
          )}
          {bumps && (
            <Icon
              of={CheckCheck}
              className={`size-5 shrink-0 ${elsewhere || begun ? '' : 'ml-auto'}`}
              strokeWidth={2.5}
            />
          )}
        </span>
      </span>
    </>
  );
  if (bumps)
    return (
      <BumpButton className={className} onBump={() => actions.bump(card)}>
        {() => content}
      </BumpButton>
    );
  return (
    <button
      type="button"
      data-action="open-ticket"
      aria-label={t('details', { number: order.number })}
      onClick={() => actions.open(card)}
      className={className}
    >
      {content}
    </button>
  );
}
