'use client';
// Alerts a waiter to dishes that became ready at their tables: by sound, by vibration, by a badge on the app and in the
// page's title, and in words.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useBoard } from '../live/index.ts';
import { type ScreenSounds, usePreferences } from '../ui/index.ts';
import { isMine } from './my-tables.ts';
import { newlyReady, type NewlyReady, type LineStates } from './ready.ts';

const SHOWN_MS = 8000;

export interface ReadyAlert extends NewlyReady {
  key: number;
}

export function useReadyAlerts({ play }: Pick<ScreenSounds, 'play'>): {
  alerts: readonly ReadyAlert[];
  dismiss: (key: number) => void;
} {
  const orders = useBoard((view) => view.orders);
  const hasBoard = useBoard((view) => view.rev !== null);
  const { tables } = usePreferences();
  const seen = useRef<LineStates | null>(null);
  const [alerts, setAlerts] = useState<readonly ReadyAlert[]>([]);
  const dismiss = useCallback((key: number) => setAlerts((all) => all.filter((alert) => alert.key !== key)), []);

  useEffect(() => {
    if (!hasBoard) return;
    const found = newlyReady(seen.current, orders.values());
    seen.current = found.seen;
    const mine = found.news.filter(({ order }) => isMine(order, tables));
    if (mine.length === 0) return;
    play(['ready']);
    navigator.vibrate?.([200, 100, 200]);
    setAlerts((all) => [...all, ...mine.map((news, index) => ({ ...news, key: performance.now() + index / 1000 }))]);
  }, [hasBoard, orders, tables, play]);

  useEffect(() => {
    const [first] = alerts;
    if (first === undefined) return undefined;
    const timer = setTimeout(() => dismiss(first.key), Math.max(0, first.key + SHOWN_MS - performance.now()));
    return () => clearTimeout(timer);
  }, [alerts, dismiss]);

  return { alerts, dismiss };
}

/** Shows the number of orders that wait to be carried: on the app's icon if it is installed, and in the tab's title. */
export function useBadge(count: number): void {
  useEffect(() => {
    const title = document.title.replace(/^\(\d+\) /, '');
    document.title = count > 0 ? `(${count}) ${title}` : title;
    if (count > 0) navigator.setAppBadge?.(count).catch(() => {});
    else navigator.clearAppBadge?.().catch(() => {});
  }, [count]);
}
