'use client';
// Polls the order's state every few seconds while the page is visible, and at once when it becomes visible again.
import { useEffect, useState } from 'react';
import { GuestOrder } from '../../server/protocol/guest.ts';
import { asCallError, call } from '../http/call.ts';
import { onward } from './onward.ts';

export interface GuestView {
  order: GuestOrder | null;
  /** `gone`: the order does not exist, or no longer exists. */
  connection: 'opening' | 'live' | 'stale' | 'gone';
  /** The time since the shown state was last confirmed, in ms. */
  staleFor: number;
}

const POLL_MS = 4000;
const STALE_MS = 15_000;
const GIVE_UP_MS = 5000;

async function lookUp(token: string): Promise<GuestOrder | 'gone' | null> {
  try {
    return await call(GuestOrder, 'GET', `/guest/${encodeURIComponent(token)}.json`, { patienceMs: GIVE_UP_MS });
  } catch (error) {
    return asCallError(error).status === 404 ? 'gone' : null;
  }
}

export function useGuestOrder(token: string): GuestView {
  const [view, setView] = useState<GuestView>({ order: null, connection: 'opening', staleFor: 0 });
  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let confirmedAt = performance.now();
    const poll = async () => {
      clearTimeout(timer);
      const found = document.visibilityState === 'hidden' ? undefined : await lookUp(token);
      if (stopped) return;
      const staleFor = performance.now() - confirmedAt;
      if (found === 'gone') {
        setView({ order: null, connection: 'gone', staleFor: 0 });
      } else if (found) {
        confirmedAt = performance.now();
        setView(({ order }) => ({ order: onward(order, found), connection: 'live', staleFor: 0 }));
      } else if (staleFor > STALE_MS) {
        setView(({ order }) => ({ order, connection: 'stale', staleFor }));
      }
      clearTimeout(timer);
      timer = setTimeout(() => void poll(), POLL_MS);
    };
    const seen = () => {
      if (document.visibilityState !== 'hidden') void poll();
    };
    void poll();
    document.addEventListener('visibilitychange', seen);
    addEventListener('online', seen);
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
      removeEventListener('online', seen);
    };
  }, [token]);
  return view;
}
