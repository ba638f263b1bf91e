'use client';
// Requests to the kitchen that are delayed by three seconds so that a waiter can cancel them: rush, and fire of a
// course. Once cooks have seen them, neither can be undone. A request is sent early when the page is hidden, because a
// phone put into a pocket must not hold it back.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { OrderView } from '../../server/protocol/views.ts';
import { type CommandRequest, useSend } from '../live/index.ts';

const ASK_MS = 3000;

export interface Ask {
  key: number;
  order: OrderView;
  command: Extract<CommandRequest, { kind: 'rush' | 'fire' }>;
  /** By this page's own clock, performance.now(). */
  until: number;
}

export interface Asking {
  asks: readonly Ask[];
  ask: (order: OrderView, command: Ask['command']) => void;
  cancel: (key: number) => void;
}

export function useAsks(): Asking {
  const send = useSend();
  const [asks, setAsks] = useState<readonly Ask[]>([]);
  const waiting = useRef(new Map<number, { ask: Ask; timer: ReturnType<typeof setTimeout> }>());

  const take = useCallback((key: number) => {
    const entry = waiting.current.get(key);
    if (entry === undefined) return undefined;
    clearTimeout(entry.timer);
    waiting.current.delete(key);
    setAsks([...waiting.current.values()].map(({ ask }) => ask));
    return entry.ask;
  }, []);

  const cancel = useCallback((key: number) => void take(key), [take]);

  const ask = useCallback(
    (order: OrderView, command: Ask['command']) => {
      for (const { ask } of waiting.current.values())
        if (ask.order.id === order.id && ask.command.kind === command.kind) return;
      const added = { key: performance.now(), order, command, until: performance.now() + ASK_MS };
      const timer = setTimeout(() => {
        if (take(added.key)) void send(command);
      }, ASK_MS);
      waiting.current.set(added.key, { ask: added, timer });
      setAsks((all) => [...all, added]);
    },
    [send, take],
  );

  useEffect(() => {
    const sendAll = () => {
      for (const key of waiting.current.keys()) {
        const taken = take(key);
        if (taken) void send(taken.command);
      }
    };
    const hidden = () => {
      if (document.visibilityState === 'hidden') sendAll();
    };
    document.addEventListener('visibilitychange', hidden);
    addEventListener('pagehide', sendAll);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      removeEventListener('pagehide', sendAll);
      sendAll();
    };
  }, [send, take]);

  return { asks, ask, cancel };
}
