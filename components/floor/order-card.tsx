'use client';
// An order's card on the floor: its place, the guest's waiting time, every dish, and the actions possible now. Its foot
// is for dishes to carry, and for a course to fire. A rush is asked for in the order's sheet, where no thumb slips onto it.
import { CheckCheck, Play } from 'lucide';
import { memo, useId, useMemo } from 'react';
import type { StationView } from '../../server/protocol/facts.ts';
import { isRushed, type OrderView } from '../../server/protocol/views.ts';
import { useTranslations } from '../i18n/index.ts';
import { usePending } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { CardBands, CardHead } from './card-head.tsx';
import { useAllergyWords } from '../order/allergy-band.tsx';
import { isDish, isLive, type OrderCardState, type FloorCard, floorCard, limitsAt } from '../order/cards.ts';
import { LineRow } from './line-row.tsx';
import { SeeAllergy, useMustSeeAllergy } from '../order/see-allergy.tsx';
import { placeOf } from '../order/place.ts';
import type { OrderActions } from './use-order-actions.ts';
import { useDishTag } from '../sold-out/use-dish-tag.ts';

const borders: Record<OrderCardState, string> = {
  ready: 'border-ready',
  canceled: 'border-late',
  cooking: 'border-line',
  waiting: 'border-line',
  served: 'border-line',
};

interface Props {
  order: OrderView;
  stations: ReadonlyMap<string, StationView>;
  /** The same object as long as the screen is open. */
  actions: OrderActions;
}

export const OrderCard = memo(function OrderCard({ order, stations, actions }: Props) {
  const t = useTranslations('floor');
  const tagOf = useDishTag();
  const card = useMemo(() => floorCard(order), [order]);
  const stationName = useMemo(() => (id: string) => stations.get(id)?.name ?? t('kitchen'), [stations, t]);
  const pending = usePending(order.id);
  const { ready, state } = card;
  const mustSee = useMustSeeAllergy(order, null) && ready.length > 0;
  const toCarry = order.lines.filter((line) => isLive(line) && line.state !== 'served');
  const allergy = useAllergyWords(order, toCarry);
  const bandId = useId();
  const limits = useMemo(() => limitsAt(order, stations), [order, stations]);
  const name = [
    t('card.name', { number: order.number, place: placeOf(t, order), state: card.state, ready: ready.length }),
    isRushed(order) && t('card.rushed'),
    order.hold && t('card.held'),
  ];
  return (
    <article
      aria-describedby={allergy && bandId}
      data-allergy={allergy}
      data-order-id={order.id}
      data-state={state}
      data-pending={pending || undefined}
      aria-label={name.filter(Boolean).join(', ')}
      className={`overflow-hidden rounded-2xl border-2 bg-card ${borders[state]}`}
    >
      <CardHead card={card} lateAt={limits?.late ?? null} onMore={() => actions.more(order.id)} />
      <CardBands order={order} lines={toCarry} bandId={bandId} />
      <ul>
        {order.lines.filter(isDish).map((line) => (
          <LineRow
            key={line.id}
            order={order}
            line={line}
            canceled={state === 'canceled'}
            stationName={stationName}
            tag={tagOf(line)}
            onServe={ready.includes(line) && !mustSee ? () => actions.serve(order, [line]) : undefined}
          />
        ))}
      </ul>
      <CardFoot card={card} mustSee={mustSee} actions={actions} />
    </article>
  );
});

const wide =
  'inline-flex min-h-13 flex-1 items-center justify-center gap-2 rounded-xl px-3 py-1.5 text-[1.0625rem] leading-5 font-bold active:brightness-125';

function CardFoot({ card, mustSee, actions }: { card: FloorCard; mustSee: boolean; actions: OrderActions }) {
  const t = useTranslations('floor');
  const { order, ready, next } = card;
  const serve = ready.length > 1 && !mustSee;
  if (next === null && !serve && !mustSee) return null;
  return (
    <footer className="flex flex-wrap gap-2 border-t border-line p-2.5">
      {next !== null && (
        <button
          type="button"
          data-action="fire"
          onClick={() => actions.fire(order, next.course)}
          className={`${wide} bg-info-fill text-on-info`}
        >
          <Icon of={Play} className="size-5 shrink-0" strokeWidth={2.5} />
          {next.course === null ? t('fire') : t('fireCourse', { course: next.course })}
        </button>
      )}
      {mustSee && <SeeAllergy order={order} ticketId={null} className={`${wide} grow-[2]`} />}
      {serve && (
        <button
          type="button"
          data-action="serve"
          onClick={() => actions.serve(order, ready)}
          className={`${wide} grow-[2] bg-ready text-bg`}
        >
          <Icon of={CheckCheck} className="size-5 shrink-0" strokeWidth={2.5} />
          {t('serveReady', { count: ready.length })}
        </button>
      )}
    </footer>
  );
}
