'use client';
// How many orders for later wait, and the time at which the next of them starts.
import { useMemo } from 'react';
import { useBoardInSlices } from '../live/index.ts';
import { allUpcoming, nextFire } from './upcoming.ts';
import { useDueTime } from './use-due-time.ts';

/** @param stationId null: at all stations */
export function useUpcoming(stationId: string | null): { count: number; next: string | null } {
  const orders = useBoardInSlices((view) => view.orders);
  const time = useDueTime();
  const [count, at] = useMemo(() => {
    const all = allUpcoming(orders.values(), stationId);
    return [all.length, nextFire(all)];
  }, [orders, stationId]);
  return { count, next: at === null ? null : time(new Date(at).toISOString()) };
}
