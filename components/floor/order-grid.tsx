'use client';
// The cards of a floor or an expo screen, with serving, its undo, and taps that stay true while cards move.
import { useMemo, useRef } from 'react';
import { useBoard } from '../live/index.ts';
import { EmptyBoard, Toasts } from '../ui/index.ts';
import type { FloorCard } from './floor-cards.ts';
import { OrderCard } from './order-card.tsx';
import { useServing } from './serving.ts';
import { useSteadyTaps } from './steady-taps.ts';
import { UndoBar } from './undo-bar.tsx';

interface Props {
  cards: readonly FloorCard[];
  /** What there is none of when there are no cards. */
  what: 'orders' | 'ready';
  progress?: boolean;
}

export function OrderGrid({ cards, what, progress = false }: Props) {
  const stations = useBoard((view) => view.facts.stations);
  const stationNames = useMemo(() => new Map(stations.map(({ id, name }) => [id, name])), [stations]);
  const { serve, served, undo } = useServing();
  const root = useRef<HTMLDivElement>(null);
  const onClickCapture = useSteadyTaps(root, cards);
  return (
    <main className="grid flex-1">
      {cards.length === 0 && <EmptyBoard what={what} />}
      <div
        ref={root}
        hidden={cards.length === 0}
        onClickCapture={onClickCapture}
        className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,20.5rem),1fr))] content-start items-start gap-3 p-3 pb-28 [&[hidden]]:hidden"
      >
        {cards.map(({ order }) => (
          <OrderCard key={order.id} order={order} stationNames={stationNames} serve={serve} progress={progress} />
        ))}
      </div>
      <UndoBar served={served} undo={undo} />
      <Toasts />
    </main>
  );
}
