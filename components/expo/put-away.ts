'use client';
// The canceled orders that somebody at this screen has seen and put away. Only this screen forgets them: in the kitchen
// they stay until the cooks have seen them. The list outlives a reload of the page.
import { useCallback, useState } from 'react';

const KEY = 'heard.put-away';
/** More than the canceled orders of an evening. */
const KEPT = 200;

export function usePutAway(): { away: ReadonlySet<string>; putAway: (orderId: string) => void } {
  const [away, setAway] = useState<ReadonlySet<string>>(read);
  const putAway = useCallback((orderId: string) => {
    setAway((former) => {
      const next = new Set([...former, orderId].slice(-KEPT));
      try {
        sessionStorage.setItem(KEY, JSON.stringify([...next]));
      } catch {
        // The storage is full or forbidden. The list holds as long as the page is open.
      }
      return next;
    });
  }, []);
  return { away, putAway };
}

function read(): ReadonlySet<string> {
  try {
    const kept: unknown = JSON.parse(globalThis.sessionStorage?.getItem(KEY) ?? '[]');
    return new Set(Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string') : []);
  } catch {
    return new Set();
  }
}
