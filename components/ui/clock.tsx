'use client';
// Everything on a screen that moves with the time: the only parts that draw themselves again each second.
import { useClock, useScreen } from '../live/index.ts';
import { formatAge, formatTime } from './times.ts';

/** How long ago `since` was, by the server's clock. */
export function Age({ since, className = '' }: { since: string | number; className?: string }) {
  const from = typeof since === 'number' ? since : Date.parse(since);
  const text = useClock((now) => (now ? formatAge(now - from) : '0:00'));
  return <span className={`tabular-nums ${className}`}>{text}</span>;
}

/** The restaurant's wall clock. */
export function Clock({ className = '' }: { className?: string }) {
  const { timeZone } = useScreen().restaurant;
  const text = useClock((now) => (now ? formatTime(now, timeZone) : ''));
  return <time className={`tabular-nums ${className}`}>{text}</time>;
}

/** The time of day of a moment. */
export function TimeOfDay({ at }: { at: string | number }) {
  const { timeZone } = useScreen().restaurant;
  return <>{formatTime(typeof at === 'number' ? at : Date.parse(at), timeZone)}</>;
}
