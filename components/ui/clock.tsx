'use client';
// Everything on a screen that moves with the time: the only parts that draw themselves again each second.
import { useTimes } from '../i18n/index.ts';
import { useClock, useScreen } from '../live/index.ts';
import { Apart, Digits, shapeOf } from './apart.tsx';

/** How long ago `since` was, by the server's clock. */
export function Age({ since, className = '' }: { since: string | number; className?: string }) {
  const from = typeof since === 'number' ? since : Date.parse(since);
  const { age } = useTimes();
  const text = useClock((now) => age(now ? now - from : 0));
  return <span className={`tabular-nums ${className}`}>{text}</span>;
}

/** The same in a box of its own. */
export function AgeApart({ since, className = '' }: { since: number; className?: string }) {
  const { age } = useTimes();
  const shape = useClock((now) => shapeOf(age(now ? now - since : 0)));
  return (
    <Apart shape={shape} className={className}>
      <Age since={since} />
    </Apart>
  );
}

/** The restaurant's wall clock. */
export function Clock({ className = '' }: { className?: string }) {
  const { timeZone } = useScreen().restaurant;
  const { time } = useTimes();
  const text = useClock((now) => (now ? time(now, timeZone) : ''));
  return (
    <time className={className}>
      <Digits>{text}</Digits>
    </time>
  );
}

/** The time of day of a moment. */
export function TimeOfDay({ at }: { at: string | number }) {
  const { timeZone } = useScreen().restaurant;
  const { time } = useTimes();
  return <>{time(typeof at === 'number' ? at : Date.parse(at), timeZone)}</>;
}
