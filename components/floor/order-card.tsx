'use client';
// An order's card on the floor and at the pass: its place, the guest's waiting time, every dish, and the actions
// possible now.
import { CheckCheck, Play, Zap } from 'lucide';
import { memo, useMemo } from 'react';
import type { SoldOut, StationView } from '../../server/protocol/facts.ts';
import { isRushed, type OrderView } from '../../server/protocol/views.ts';
import { useTranslations } from '../i18n/index.ts';
import { toneBorders } from '../order/card-tones.ts';
import { toneOf } from '../order/tone.ts';
import { useClock, usePending } from '../live/index.ts';
import { Icon } from '../ui/icon.tsx';
import { CardBands, CardHead } from './card-head.tsx';
import { allReady, type OrderCardState, canRush, type FloorCard, floorCard, limitsAt } from '../order/cards.ts';
import { LineRow } from './line-row.tsx';
import { placeOf, tableOf } from '../order/place.ts';
import { StationChips } from './station-chips.tsx';
import { isSoldOut } from '../order/tags.ts';
import type { OrderActions } from './use-order-actions.ts';

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
  soldOut: readonly SoldOut[];
  /** The same object as long as the screen is open. */
  actions: OrderActions;
  /**
   * True at the pass, which waits for all stations and shows each one's progress. The floor carries each dish as it
   * becomes ready.
   */
  pass: boolean;
}

export const OrderCard = memo(function OrderCard({ order, stations, soldOut, actions, pass }: Props) {
  const t = useTranslations('floor');
  const card = useMemo(() => floorCard(order), [order]);
  const stationName = useMemo(() => (id: string) => stations.get(id)?.name ?? t('kitchen'), [stations, t]);
  const pending = usePending(order.id);
  const complete = pass && allReady(card);
  const state = pass && card.state === 'ready' && !complete ? 'cooking' : card.state;
  const { ready } = card;
  const limits = useMemo(() => limitsAt(order, stations), [order, stations]);
  const tone = useClock((now) =>
    now && pass && !complete && state !== 'canceled' && limits ? toneOf(now, limits) : 'fresh',
  );
  const name = [
    t('card.name', { number: order.number, place: placeOf(t, order), state: card.state, ready: ready.length }),
    isRushed(order) && t('card.rushed'),
    order.hold && t('card.held'),
  ];
  return (
    <article
      data-order-id={order.id}
      data-state={state}
      data-pending={pending || undefined}
      data-complete={complete || undefined}
      data-tone={pass ? tone : undefined}
      aria-label={name.filter(Boolean).join(', ')}
      className={`overflow-hidden rounded-2xl border-2 bg-card ${tone === 'fresh' ? borders[state] : toneBorders[tone]}`}
    >
      <CardHead
        card={card}
        lateAt={limits?.late ?? null}
        complete={complete}
        tone={tone}
        onMore={() => actions.more(order.id)}
      />
      <CardBands order={order} />
      {pass && <StationChips order={order} stationName={stationName} />}
      <ul>
        {order.lines.map((line) => (
          <LineRow
            key={line.id}
            line={line}
            canceled={state === 'canceled'}
            stationName={stationName}
            soldOut={isSoldOut(line, soldOut)}
            compact={pass}
            onServe={ready.includes(line) && !complete ? () => actions.serve(order, [line]) : undefined}
          />
        ))}
      </ul>
      <CardFoot card={card} pass={pass} complete={complete} actions={actions} />
    </article>
  );
});

const wide =
  'inline-flex min-h-13 flex-1 items-center justify-center gap-2 rounded-xl px-3 py-1.5 text-[1.0625rem] leading-5 font-bold active:brightness-125';

function CardFoot({
  card,
  pass,
  complete,
  actions,
}: {
  card: FloorCard;
  pass: boolean;
  complete: boolean;
  actions: OrderActions;
}) {
  const t = useTranslations('floor');
  const { order, ready, next } = card;
  const rush = !pass && canRush(order);
  const serve = complete || (ready.length > 1 && !pass);
  if (!rush && next === null && !serve) return null;
  // Rush is needed only now and then, but its button stands on every card. Alone it is drawn quietly, so that it does
  // not outshine dishes to carry.
  const quiet = next === null && !serve;
  return (
    <footer className={`flex flex-wrap gap-2 border-t border-line ${quiet ? '' : 'p-2.5'}`}>
      {rush && (
        <button
          type="button"
          data-action="rush"
          onClick={() => actions.rush(order)}
          className={`${wide} ${quiet ? 'rounded-t-none text-muted' : 'bg-head'}`}
        >
          <Icon of={Zap} className="size-5 shrink-0" strokeWidth={2.5} />
          {t('rush')}
        </button>
      )}
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
      {serve && (
        <button
          type="button"
          data-action="serve"
          onClick={() => actions.serve(order, ready)}
          className={`${wide} ${rush && next !== null ? 'basis-full' : 'grow-[2]'} bg-ready text-bg`}
        >
          <Icon of={CheckCheck} className="size-5 shrink-0" strokeWidth={2.5} />
          {!complete
            ? t('serveReady', { count: ready.length })
            : tableOf(t, order) === null
              ? t('handOver')
              : t('serve')}
        </button>
      )}
    </footer>
  );
}
