'use client';
// The foot of an order's card at the pass: the buttons for what can be done now with the whole order.
import { ArrowRight, CheckCheck, Eye, Play } from 'lucide';
import type { OrderActions } from '../floor/use-order-actions.ts';
import { useTranslations } from '../i18n/index.ts';
import type { FloorCard } from '../order/cards.ts';
import { tableOf } from '../order/place.ts';
import { SeeAllergy, useMustSeeAllergy } from '../order/see-allergy.tsx';
import { Icon } from '../ui/icon.tsx';

export interface PassActions extends OrderActions {
  /** Takes a canceled order off this screen. The kitchen's own "Seen" stays its own. */
  putAway: (orderId: string) => void;
}

function Continues({ nextSlot }: { nextSlot: number | null }) {
  const t = useTranslations('board');
  return (
    <p
      data-continues={nextSlot ?? 'next-page'}
      className="flex min-h-(--card-strip) items-center justify-center gap-2 border-t border-line bg-head px-(--card-pad) text-[0.9375rem] leading-tight font-semibold text-muted"
    >
      <span>{nextSlot === null ? t('continuesNext') : t('continuesIn', { slot: nextSlot })}</span>
      <Icon of={ArrowRight} className="size-4.5 shrink-0" />
    </p>
  );
}

const whole =
  'flex min-h-(--card-foot) flex-1 items-center justify-center gap-2 px-2 text-[1.125rem] leading-5 font-bold select-none active:brightness-125';

export function PassCardFoot({
  card,
  continues,
  nextSlot,
  complete,
  canceled,
  actions,
}: {
  card: FloorCard;
  continues: boolean;
  nextSlot: number | null;
  complete: boolean;
  canceled: boolean;
  actions: PassActions;
}) {
  const t = useTranslations('floor');
  const board = useTranslations('board');
  const { order, ready, next } = card;
  const mustSee = useMustSeeAllergy(order, null);
  if (continues) return <Continues nextSlot={nextSlot} />;
  if (canceled)
    return (
      <footer className="flex">
        <button
          type="button"
          data-action="put-away"
          onClick={() => actions.putAway(order.id)}
          className={`${whole} bg-warn-fill text-on-warn`}
        >
          <Icon of={Eye} className="size-6 shrink-0" />
          {board('seen')}
        </button>
      </footer>
    );
  if (next === null && !ready.length) return null;
  const serves = ready.length > 0 && !mustSee;
  return (
    <footer className="flex gap-px">
      {next !== null && (
        <button
          type="button"
          data-action="fire"
          onClick={() => actions.fire(order, next.course)}
          className={`${whole} bg-info-fill text-on-info`}
        >
          <Icon of={Play} className="size-5 shrink-0" strokeWidth={2.5} />
          {next.course === null ? t('fire') : t('fireCourse', { course: next.course })}
        </button>
      )}
      {ready.length > 0 && mustSee && <SeeAllergy order={order} ticketId={null} className={`${whole} grow-[2]`} />}
      {serves && (
        <button
          type="button"
          data-action="serve"
          data-partial={!complete || undefined}
          onClick={() => actions.serve(order, ready)}
          // A half-ready order waits for the rest: to carry a part of it is possible, and not what the card asks for.
          className={`${whole} grow-[2] ${complete ? 'bg-ready text-bg' : 'border-t border-line bg-panel text-muted'}`}
        >
          <Icon of={CheckCheck} className="size-6 shrink-0" strokeWidth={2.5} />
          {tableOf(t, order) === null ? t('handOver') : t('serve')}
        </button>
      )}
    </footer>
  );
}
