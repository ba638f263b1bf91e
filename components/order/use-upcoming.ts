'use client';
// How many orders for later wait, and the time at which the next of them starts.
import { useMemo } from 'react';
import { useBoardInSlices, useClock } from '../live/index.ts';
import { allUpcoming, nextFire } from './upcoming.ts';
import { useDueTime } from './use-due-time.ts';

/** So long after its time an order should have come: the screen, or its server, has missed it. */
const OVERDUE_MS = 15_000;

/** @param stationId null: at all stations */
export function useUpcoming(stationId: string | null): { count: number; next: string | null; overdue: boolean } {
  const orders = useBoardInSlices((view) => view.orders);
  const time = useDueTime();
  const [count, at] = useMemo(() => {
    const all = allUpcoming(orders.values(), stationId);
    return [all.length, nextFire(all)];
  }, [orders, stationId]);
  const overdue = useClock((now) => at !== null && now > at + OVERDUE_MS);
  return { count, next: at === null ? null : time(new Date(at).toISOString()), overdue };
}
