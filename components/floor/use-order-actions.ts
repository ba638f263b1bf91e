'use client';
// The actions of a card as one object that stays the same, so that cards do not render again because of it.
import { useMemo, useState } from 'react';
import type { LineView, OrderView } from '../../server/protocol/views.ts';
import { type Asking, useAsks } from './asks.ts';
import { useServing } from './serving.ts';

export interface OrderActions {
  serve: (order: OrderView, lines: readonly LineView[]) => void;
  rush: (order: OrderView) => void;
  fire: (order: OrderView, course: number | null) => void;
  /** Opens the sheet with everything about the order. */
  more: (orderId: string) => void;
}

export interface Doing extends Pick<Asking, 'asks' | 'cancel'> {
  actions: OrderActions;
  serving: Pick<ReturnType<typeof useServing>, 'served' | 'undo'>;
  /** The order whose sheet is open. */
  opened: string | null;
  close: () => void;
}

export function useOrderActions(): Doing {
  const { serve, served, undo } = useServing();
  const { asks, ask, cancel } = useAsks();
  const [opened, setOpened] = useState<string | null>(null);
  const actions = useMemo<OrderActions>(
    () => ({
      serve,
      rush: (order) => ask(order, { kind: 'rush', orderId: order.id, on: true }),
      fire: (order, course) => ask(order, { kind: 'fire', orderId: order.id, course }),
      more: setOpened,
    }),
    [serve, ask],
  );
  return { actions, asks, cancel, serving: { served, undo }, opened, close: () => setOpened(null) };
}
