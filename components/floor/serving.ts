'use client';
// Serving with undo: each serve can be undone for five seconds, the newest first, also while the device is offline.
import { isolatedList } from '../../server/protocol/rules/isolate.ts';
import { useCallback, useEffect, useState } from 'react';
import type { LineView, OrderView } from '../../server/protocol/views.ts';
import { useSend } from '../live/index.ts';

const SERVE_UNDO_MS = 5000;
/** Nobody reads more than this many at once. */
const SHOWN = 3;

export interface UndoableServe {
  key: number;
  order: OrderView;
  lineIds: string[];
  dishes: string;
  /** By this page's own clock, performance.now(). */
  until: number;
}

export type Serve = (order: OrderView, lines: readonly LineView[]) => void;

export function useServing(): { serve: Serve; served: readonly UndoableServe[]; undo: (entry: UndoableServe) => void } {
  const send = useSend();
  const [served, setServed] = useState<readonly UndoableServe[]>([]);
  const forget = useCallback((key: number) => setServed((all) => all.filter((entry) => entry.key !== key)), []);

  const serve = useCallback<Serve>(
    (order, lines) => {
      const lineIds = lines.map((line) => line.id);
      const entry = {
        key: performance.now(),
        order,
        lineIds,
        dishes: isolatedList(lines.map((line) => line.name)),
        until: performance.now() + SERVE_UNDO_MS,
      };
      setServed((all) => [...all, entry].slice(-SHOWN));
      void send({ kind: 'serve', orderId: order.id, lineIds }).then((result) => {
        if (result.outcome !== 'done') forget(entry.key);
      });
    },
    [send, forget],
  );

  const undo = useCallback(
    (entry: UndoableServe) => {
      forget(entry.key);
      void send({ kind: 'unserve', orderId: entry.order.id, lineIds: entry.lineIds });
    },
    [send, forget],
  );

  useEffect(() => {
    const [first] = served;
    if (first === undefined) return;
    const timer = setTimeout(() => forget(first.key), Math.max(0, first.until - performance.now()));
    return () => clearTimeout(timer);
  }, [served, forget]);

  return { serve, served, undo };
}
