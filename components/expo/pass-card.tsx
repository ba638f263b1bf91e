'use client';
// An order's card at the pass, or the part of it that fits into one slot: its place, age and due time, each station's
// progress once, every dish, and the actions possible now. A half-ready order says what is missing and offers no Serve:
// dishes that go out alone are served in its sheet, which the head opens.
import { memo, useId, useMemo } from 'react';
import type { StationView } from '../../server/protocol/facts.ts';
import { isRushed } from '../../server/protocol/views.ts';
import { CardBands } from '../floor/card-head.tsx';
import { useTranslations } from '../i18n/index.ts';
import type { Sizes } from '../kitchen/sizes.ts';
import { useClock, usePending } from '../live/index.ts';
import { toneBorders } from '../order/card-tones.ts';
import { useAllergyWords } from '../order/allergy-band.tsx';
import { allReady, isLive, limitsAt, type FloorCard } from '../order/cards.ts';
import { dishList } from '../order/dish-text.ts';
import { placeOf } from '../order/place.ts';
import { useDishTag } from '../sold-out/use-dish-tag.ts';
import { toneOf } from '../order/tone.ts';
import { PassCardFoot, type PassActions } from './pass-card-foot.tsx';
import { PassCardHead } from './pass-card-head.tsx';
import { PassLine } from './pass-line.tsx';
import { PassProgress } from './pass-progress.tsx';
import { rowsOf } from './pass-words.ts';

export interface PassCardProps {
  readonly card: FloorCard;
  readonly slot: number;
  readonly from: number;
  readonly to: number;
  /** The slot of this page in which the order goes on. Null if it ends here or goes on on the next page. */
  readonly nextSlot: number | null;
  readonly stations: ReadonlyMap<string, StationView>;
  readonly sizes: Sizes;
  /** The same object as long as the screen is open. */
  readonly actions: PassActions;
}

export const PassCard = memo(function PassCard({ card, slot, from, to, nextSlot, stations, actions }: PassCardProps) {
  const t = useTranslations('floor');
  const tagOf = useDishTag();
  const { order, ready } = card;
  const stationName = useMemo(() => (id: string) => stations.get(id)?.name ?? t('kitchen'), [stations, t]);
  const pending = usePending(order.id);
  const complete = allReady(card);
  const canceled = card.state === 'canceled';
  const state = card.state === 'ready' && !complete ? 'cooking' : card.state;
  const limits = useMemo(() => limitsAt(order, stations), [order, stations]);
  const tone = useClock((now) => (now && !complete && !canceled && limits ? toneOf(now, limits) : 'fresh'));
  const toCarry = order.lines.filter((line) => isLive(line) && line.state !== 'served');
  const allergy = useAllergyWords(order, toCarry);
  const bandId = useId();
  const rows = rowsOf(card);
  const name = [
    t('card.name', { number: order.number, place: placeOf(t, order), state: card.state, ready: ready.length }),
    isRushed(order) && t('card.rushed'),
    order.hold && t('card.held'),
  ];
  const border = complete ? 'border-ready' : canceled ? 'border-late-deep' : toneBorders[tone];
  return (
    <article
      aria-describedby={allergy && bandId}
      data-allergy={allergy}
      data-order-id={order.id}
      data-state={state}
      data-pending={pending || undefined}
      data-complete={complete || undefined}
      data-tone={tone}
      data-slot={slot}
      tabIndex={-1}
      aria-label={name.filter(Boolean).join(', ')}
      className={`relative flex flex-col overflow-hidden rounded-xl border-2 bg-card ${border} ${pending ? 'border-dashed' : ''}`}
    >
      <PassCardHead
        card={card}
        slot={slot}
        tone={tone}
        complete={complete}
        again={from > 0}
        onMore={() => actions.more(order.id)}
      />
      <CardBands order={order} lines={toCarry} bandId={bandId} />
      {from === 0 && !canceled && <PassProgress card={card} complete={complete} stationName={stationName} />}
      <ul data-lines className="relative">
        {rows.slice(from, to).map((lines) =>
          canceled ? (
            <li
              key="canceled"
              className="border-t border-line px-(--card-pad) py-1 text-(length:--card-name) leading-(--card-name-row) font-semibold wrap-anywhere text-muted line-through"
            >
              {dishList(lines)}
            </li>
          ) : (
            <PassLine
              key={lines[0]!.id}
              order={order}
              line={lines[0]!}
              stationName={stationName}
              tag={tagOf(lines[0]!)}
              complete={complete}
            />
          ),
        )}
      </ul>
      <PassCardFoot
        card={card}
        continues={to < rows.length}
        nextSlot={nextSlot}
        complete={complete}
        canceled={canceled}
        actions={actions}
      />
    </article>
  );
});
