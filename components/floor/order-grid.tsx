'use client';
// The cards of the floor's screen, their actions with undo, and the guard against taps on cards that have just moved.
// The cards scroll in a part of the screen of their own. Messages, alerts and undo have their room below it, so that
// they lie over no card.
import { type ReactNode, useLayoutEffect, useMemo, useRef } from 'react';
import { useBoard } from '../live/index.ts';
import { EmptyBoard, lateSheet, Toasts, useSettling } from '../ui/index.ts';
import type { FloorCard } from '../order/cards.ts';
import { OrderCard } from './order-card.tsx';
import { UndoBar } from './undo-bar.tsx';
import { useOrderActions } from './use-order-actions.ts';
import { useOrderKeys, type OrderKeysDeps } from './use-order-keys.ts';
import { packed, usePacking } from './use-packing.ts';

const OrderSheet = lateSheet(async () => (await import('./order-sheet.tsx')).OrderSheet);

interface Props {
  cards: readonly FloorCard[];
  /** Names the missing things in the message of an empty grid. */
  what: 'orders' | 'ready';
  /** Scrolls with the cards, above them. */
  above: ReactNode;
  /** The actions of keys that the screen has beside its cards. */
  keys: OrderKeysDeps['screen'];
  /** Further messages at the foot of the screen. */
  children: ReactNode;
}

export function OrderGrid({ cards, what, above, keys, children }: Props) {
  const facts = useBoard((view) => view.facts);
  const stations = useMemo(() => new Map(facts.stations.map((station) => [station.id, station])), [facts.stations]);
  const doing = useOrderActions();
  const { actions, asks, cancel, serving, opened, close } = doing;
  const root = useRef<HTMLDivElement>(null);
  const finish = ({ order, ready }: FloorCard) => ready.length && actions.serve(order, ready);
  useOrderKeys({ root, cards, doing, finish, screen: keys });
  const { cover, settle } = useSettling(root, 'data-order-id');
  const cell = usePacking(settle);
  useLayoutEffect(settle, [settle, cards, facts.soldOut]);
  return (
    <>
      <main className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain">
        <div className="grid gap-2 px-3 pt-3 empty:hidden">{above}</div>
        {cards.length === 0 && <EmptyBoard what={what} />}
        {/* The room below the last card lets it stand above the foot at its highest. */}
        <div
          ref={root}
          hidden={cards.length === 0}
          className={`relative ${packed} grid-cols-[repeat(auto-fill,minmax(min(100%,20.5rem),1fr))] content-start items-start gap-x-3 p-3 pb-44 [&_button]:scroll-my-4 [&[hidden]]:hidden`}
        >
          {cards.map(({ order }) => (
            <div key={order.id} ref={cell} className="min-w-0">
              <OrderCard order={order} stations={stations} actions={actions} />
            </div>
          ))}
          <div ref={cover} aria-hidden className="absolute inset-0 z-20" />
        </div>
      </main>
      <UndoBar serving={serving} asks={asks} cancel={cancel}>
        <Toasts />
        {children}
      </UndoBar>
      {opened !== null && <OrderSheet orderId={opened} actions={actions} pass={false} onClose={close} />}
    </>
  );
}
