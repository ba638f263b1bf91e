'use client';
// The clocks of a screen. These are the only components that render again each second.
import { useTimes } from '../i18n/index.ts';
import { useClock, useScreen } from '../live/index.ts';
import { Apart, Digits, shapeOf } from './apart.tsx';

/** The time since `since`, by the server's clock. */
export function Age({ since, className = '' }: { since: string | number; className?: string }) {
  const from = typeof since === 'number' ? since : Date.parse(since);
  const { age } = useTimes();
  const text = useClock((now) => age(now ? now - from : 0));
  return <span className={`tabular-nums ${className}`}>{text}</span>;
}

export interface AgeApartProps {
  readonly since: number;
  readonly className?: string;
  /**
   * The shape whose room is kept from the beginning, such as `00:00`. Where the box stands in the flow of the page, its
   * tenth minute would lay out the whole page otherwise.
   */
  readonly least?: string;
}

/** The same in a contained box (apart.tsx). */
export function AgeApart({ since, className = '', least = '' }: AgeApartProps) {
  const { age } = useTimes();
  const shape = useClock((now) => shapeOf(age(now ? now - since : 0)));
  return (
    <Apart shape={shape.length < least.length ? least : shape} className={className}>
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

/** A moment's time of day. */
export function TimeOfDay({ at }: { at: string | number }) {
  const { timeZone } = useScreen().restaurant;
  const { time } = useTimes();
  return <>{time(typeof at === 'number' ? at : Date.parse(at), timeZone)}</>;
}
