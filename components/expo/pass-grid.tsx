'use client';
// One page of the orders at the pass.
import { memo, useCallback, useMemo } from 'react';
import { CardPlace, standingOf, useSettledPage, type Elements } from '../cards/standing.tsx';
import { usePages, type Pages } from '../cards/use-pages.ts';
import type { Size } from '../cards/use-size.ts';
import { useTranslations } from '../i18n/index.ts';
import { sizeVariables, type Sizes } from '../kitchen/sizes.ts';
import { useBoard } from '../live/index.ts';
import type { FloorCard } from '../order/cards.ts';
import { PassCard, type PassCardProps } from './pass-card.tsx';
import type { PassActions } from './pass-card-foot.tsx';
import { estimatePassCard } from './pass-heights.ts';

/** Pages the orders for an area of this size. Null until the size is known. */
export function usePassPages(cards: readonly FloorCard[], size: Size | null, sizes: Sizes): Pages<FloorCard> | null {
  const t = useTranslations('floor');
  const common = useTranslations('common');
  const facts = useBoard((view) => view.facts);
  // Heights measured with other station names or other sold-out dishes no longer hold, so all facts count.
  const estimateFor = useCallback(
    (width: number) => {
      const nameOf = (wanted: string) => facts.stations.find(({ id }) => id === wanted)?.name ?? t('kitchen');
      return (card: FloorCard) => estimatePassCard({ t, common }, card, sizes, width, nameOf);
    },
    [t, common, sizes, facts],
  );
  return usePages(cards, size, sizes, estimateFor);
}

export interface PassGridProps {
  readonly cards: readonly FloorCard[];
  readonly layout: Pages<FloorCard>;
  readonly sizes: Sizes;
  readonly page: number;
  readonly actions: PassActions;
}

export function PassGrid({ cards, layout, sizes, page, actions }: PassGridProps) {
  const facts = useBoard((view) => view.facts);
  const stations = useMemo(() => new Map(facts.stations.map((station) => [station.id, station])), [facts.stations]);
  const elements = useMemo((): Elements => new Map(), []);
  const variables = useMemo(() => sizeVariables(sizes), [sizes]);
  const placed = standingOf(cards, layout, page, ({ order }) => order.id);
  const cover = useSettledPage(placed, elements, layout);
  return (
    <div className="relative size-full" style={variables}>
      {placed.map(({ placement, card, nextSlot, key, left }) => (
        <PassPlace
          key={key}
          of={key}
          elements={elements}
          left={left}
          top={placement.top}
          width={layout.cardWidth}
          height={placement.height}
          card={card}
          slot={placement.slot}
          from={placement.from}
          to={placement.to}
          nextSlot={nextSlot}
          stations={stations}
          sizes={sizes}
          actions={actions}
        />
      ))}
      <div ref={cover} aria-hidden className="absolute inset-0 z-20" />
    </div>
  );
}

interface PassPlaceProps extends PassCardProps {
  readonly of: string;
  readonly elements: Elements;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Memoised: it renders only when its card or its place changed. */
const PassPlace = memo(function PassPlace({ of, elements, left, top, width, height, ...card }: PassPlaceProps) {
  return (
    <CardPlace of={of} elements={elements} left={left} top={top} width={width} height={height}>
      <PassCard {...card} />
    </CardPlace>
  );
});
