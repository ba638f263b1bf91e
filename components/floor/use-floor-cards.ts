'use client';
// The floor's cards of the live board.
import { useMemo } from 'react';
import { useBoard } from '../live/index.ts';
import { floorCards, type FloorCard } from '../order/cards.ts';

export function useFloorCards(): FloorCard[] {
  const orders = useBoard((view) => view.orders);
  return useMemo(() => floorCards(orders.values()), [orders]);
}
