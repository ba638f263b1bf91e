'use client';
// Two device functions that browsers offer to a page: keep the display on (wake lock) and full screen.
import { useCallback, useEffect, useState } from 'react';

export type WakeLockState = 'on' | 'off' | 'unavailable';

/**
 * Keeps the display on while the page is visible. Browsers allow it only on https and on localhost, and release it each
 * time the page is hidden.
 */
export function useWakeLock(wanted: boolean): WakeLockState {
  const [state, setState] = useState<WakeLockState>('off');
  useEffect(() => {
    if (!('wakeLock' in navigator) || !isSecureContext) {
      setState('unavailable');
      return undefined;
    }
    if (!wanted) return undefined;
    let lock: WakeLockSentinel | null = null;
    let ended = false;
    const ask = async () => {
      if (document.visibilityState !== 'visible' || lock) return;
      try {
        const got = await navigator.wakeLock.request('screen');
        if (ended) return void got.release();
        lock = got;
        setState('on');
        got.addEventListener('release', () => {
          lock = null;
          setState('off');
        });
      } catch {
        // A low battery refuses the lock. The page asks again when it is next shown.
        setState('off');
      }
    };
    const again = () => void ask();
    void ask();
    document.addEventListener('visibilitychange', again);
    return () => {
      ended = true;
      document.removeEventListener('visibilitychange', again);
      void lock?.release();
      setState('off');
    };
  }, [wanted]);
  return state;
}

export function useFullScreen(): { full: boolean; available: boolean; toggle: () => void } {
  const [full, setFull] = useState(false);
  const [available, setAvailable] = useState(false);
  useEffect(() => {
    setAvailable(document.fullscreenEnabled);
    const read = () => setFull(document.fullscreenElement !== null);
    read();
    document.addEventListener('fullscreenchange', read);
    return () => document.removeEventListener('fullscreenchange', read);
  }, []);
  const toggle = useCallback(() => {
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => {});
    else void document.documentElement.requestFullscreen().catch(() => {});
  }, []);
  return { full, available, toggle };
}
