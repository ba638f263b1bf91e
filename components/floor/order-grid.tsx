'use client';
// The cards of a floor or an expo screen, their actions with undo, and the guard against taps on cards that have just
// moved.
import { type ReactNode, useLayoutEffect, useMemo, useRef } from 'react';
import { useBoard } from '../live/index.ts';
import { EmptyBoard, lateSheet, Toasts, useSettling } from '../ui/index.ts';
import type { FloorCard } from '../order/cards.ts';
import { OrderCard } from './order-card.tsx';
import { OutOfView } from './out-of-view.tsx';
import { UndoBar } from './undo-bar.tsx';
import { useOrderActions } from './use-order-actions.ts';
import { packed, usePacking } from './use-packing.ts';

const OrderSheet = lateSheet(async () => (await import('./order-sheet.tsx')).OrderSheet);

interface Props {
  cards: readonly FloorCard[];
  /** Names the missing things in the message of an empty grid. */
  what: 'orders' | 'ready';
  /** True for the cards of the pass. */
  pass?: boolean;
  /** Further messages at the foot of the screen. */
  children?: ReactNode;
}

export function OrderGrid({ cards, what, pass = false, children }: Props) {
  const facts = useBoard((view) => view.facts);
  const stations = useMemo(() => new Map(facts.stations.map((station) => [station.id, station])), [facts.stations]);
  const { actions, asks, cancel, serving, opened, close } = useOrderActions();
  const root = useRef<HTMLDivElement>(null);
  // Strips above the cards depend on these values, and move the cards when they come and go.
  const unconfirmed = useBoard((view) => pass && view.unconfirmed !== null && view.unconfirmed.count > 0);
  const { cover, settle } = useSettling(root, 'data-order-id');
  const cell = usePacking(settle);
  useLayoutEffect(settle, [settle, cards, unconfirmed, facts.soldOut]);
  return (
    <main className="grid flex-1">
      {cards.length === 0 && <EmptyBoard what={what} />}
      <div
        ref={root}
        hidden={cards.length === 0}
        className={`relative ${packed} ${pass ? 'grid-cols-[repeat(auto-fill,minmax(min(100%,18rem),1fr))]' : 'grid-cols-[repeat(auto-fill,minmax(min(100%,20.5rem),1fr))]'} content-start items-start gap-x-3 p-3 pb-44 [&_button]:scroll-my-40 [&[hidden]]:hidden`}
      >
        {cards.map(({ order }) => (
          <div key={order.id} ref={cell} className="min-w-0">
            <OrderCard order={order} stations={stations} soldOut={facts.soldOut} actions={actions} pass={pass} />
          </div>
        ))}
        <div ref={cover} aria-hidden className="absolute inset-0 z-20" />
      </div>
      <UndoBar serving={serving} asks={asks} cancel={cancel} foot={pass && <OutOfView root={root} cards={cards} />}>
        {/* In the stack: elsewhere it would lie over an alert, and the alert could not be closed.
            While empty it leaves no gap, but is not hidden: screen readers miss the first message of a hidden region. */}
        <Toasts className="empty:absolute" />
        {children}
      </UndoBar>
      {opened !== null && <OrderSheet orderId={opened} actions={actions} pass={pass} onClose={close} />}
    </main>
  );
}
