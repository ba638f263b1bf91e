'use client';
// The questions of the manager's pages over HTTP: as a signed-in person, or as a paired screen.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Schema } from '../../server/protocol/schema.ts';
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { asCallError, call } from '../http/call.ts';
import { useLink, useScreen } from '../live/index.ts';

/** The address of this screen's answers. */
export const insightPath = ({ person, deviceId, restaurant }: ScreenIdentity): string =>
  person === null
    ? `/screen/api/${encodeURIComponent(deviceId)}`
    : `/manage/api/restaurants/${encodeURIComponent(restaurant.id)}`;

export interface Asked<T> {
  /** The last answer to this question. */
  data: T | null;
  /** The last try failed. `missing`: there is nothing of the kind; `again`: the next try is under way. */
  failed: 'missing' | 'again' | null;
  ask: () => void;
}

const AGAIN_MS = 3000;

/**
 * Asks, and asks again every `everyMs`, when the screen is live again, and soon after a failure.
 * @param schema of the answer, of server/protocol
 * @param path below the screen's own; null asks nothing
 */
export function useInsight<T>(schema: Schema<T>, path: string | null, everyMs: number | null = null): Asked<T> {
  const base = insightPath(useScreen());
  const { connection } = useLink();
  const live = connection === 'live';
  const [answer, setAnswer] = useState<{ path: string | null; data: T | null; failed: Asked<T>['failed'] }>({
    path,
    data: null,
    failed: null,
  });
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (path === null) return undefined;
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      let failed: Asked<T>['failed'] = null;
      try {
        const data = await call(schema, 'GET', `${base}/${path}`, { signal: ended.signal });
        setAnswer({ path, data, failed: null });
      } catch (error) {
        const { status } = asCallError(error);
        failed = status >= 400 && status < 429 ? 'missing' : 'again';
      }
      if (ended.signal.aborted) return;
      if (failed !== null)
        setAnswer((held) => (held.path === path ? { ...held, failed } : { path, data: null, failed }));
      const wait = failed === 'again' ? AGAIN_MS : everyMs;
      if (wait !== null && failed !== 'missing') timer = setTimeout(() => void ask(), wait);
    };
    void ask();
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, [schema, base, path, everyMs, live, asked]);
  const here = answer.path === path ? answer : { data: null, failed: null };
  return { data: here.data, failed: here.failed, ask: useCallback(() => setAsked((n) => n + 1), []) };
}

/** Follows a value once it has stayed the same for so long. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    timer.current = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer.current);
  }, [value, ms]);
  return settled;
}
