'use client';
// The foot of a ticket: the button for what can be done now, or why nothing can be.
import { ArrowRight, CheckCheck, Eye, Pause } from 'lucide';
import { useTranslations } from '../i18n/index.ts';
import { SeeAllergy } from '../order/see-allergy.tsx';
import { Icon } from '../ui/icon.tsx';
import { BumpButton } from './bump-button.tsx';
import { StartCell } from './start-cell.tsx';
import { onlyToSee, type StationTicket } from './station-tickets.ts';

interface TicketFootProps {
  readonly card: StationTicket;
  readonly continues: boolean;
  readonly nextSlot: number | null;
  readonly taps: boolean;
  /** The other stations that cook for the order, in words, where they stand here. */
  readonly also: string;
  readonly waits: string | null;
  /** Whether somebody must say first that they have seen its allergy. */
  readonly mustSee: boolean;
  /** Whether the station says when a ticket is begun. */
  readonly starts: boolean;
  readonly onBegin: () => void;
  readonly onBump: () => void;
  readonly onSeen: () => void;
}

export function TicketFoot({
  card,
  continues,
  nextSlot,
  taps,
  also,
  waits,
  mustSee,
  starts,
  onBegin,
  onBump,
  onSeen,
}: TicketFootProps) {
  const t = useTranslations('board');
  const strip =
    'flex min-h-(--card-strip) w-full items-center justify-center gap-2 border-t border-line bg-head px-(--card-pad) text-[1rem] leading-tight font-semibold text-muted';
  const whole = 'relative z-10 flex min-h-(--card-foot) w-full flex-col items-center justify-center select-none';
  const button =
    'relative z-10 flex min-h-16 w-full items-center justify-center gap-2.5 text-[1.375rem] font-bold select-none';
  if (continues) {
    return (
      <p data-continues={nextSlot ?? 'next-page'} className={strip}>
        <span className="truncate">
          {nextSlot === null ? t('continuesNext') : t('continuesIn', { slot: nextSlot })}
        </span>
        <Icon of={ArrowRight} className="size-5 shrink-0" />
      </p>
    );
  }
  if (onlyToSee(card)) {
    return (
      <button
        type="button"
        data-action="acknowledge"
        onClick={onSeen}
        className={`${button} bg-warn-fill text-on-warn active:brightness-110`}
      >
        <Icon of={Eye} className="size-7" />
        {t('seen')}
      </button>
    );
  }
  if (card.ticket.state === 'held') {
    return (
      <p className={strip}>
        <Icon of={Pause} className="size-5 shrink-0" />
        <span className="min-w-0">{waits ? t('heldFor', { waits }) : t('held')}</span>
      </p>
    );
  }
  if (mustSee)
    return <SeeAllergy order={card.order} ticketId={card.ticket.id} className={`${button} border-t border-line`} />;
  if (!taps) return null;
  const bump = (
    <BumpButton className={`${whole} bg-ready-fill text-on-ready active:brightness-125`} onBump={onBump}>
      {(again) => (
        <>
          <span className="flex items-center gap-2.5 text-[1.375rem] leading-7 font-bold in-data-[density=medium]:text-[1.1875rem] in-data-[density=medium]:leading-6">
            <Icon of={CheckCheck} className="size-7 in-data-[density=medium]:size-6" />
            {t(again ? 'tapAgain' : 'bump')}
          </span>
          {also && (
            <span
              title={also}
              className="line-clamp-2 px-1 text-center text-(length:--card-sub) leading-5 font-medium text-balance"
            >
              {also}
            </span>
          )}
        </>
      )}
    </BumpButton>
  );
  return starts ? (
    <div className="flex gap-2 bg-card">
      <StartCell card={card} onBegin={onBegin} />
      {bump}
    </div>
  ) : (
    bump
  );
}
