'use client';
// The due time of an order, as people say it: the time of day today, and with its date on any other day.
import { useTimes } from '../i18n/index.ts';
import type { TimeFormats } from '../i18n/times.ts';
import { useClock, useScreen } from '../live/index.ts';

/** Days begin at a quarter of an hour everywhere on earth, so that one is often enough to look at the date. */
const QUARTER_MS = 15 * 60_000;

/** @returns prints a time, in RFC 3339, in the restaurant's time zone */
export function useDueTime(): (at: string) => string {
  const times = useTimes();
  const { timeZone } = useScreen().restaurant;
  const quarter = useClock((now) => Math.floor(now / QUARTER_MS));
  return (at) => dueTime(times, timeZone, Date.parse(at), quarter * QUARTER_MS);
}

/** @param now in ms since 1970; 0 where it is not known */
export function dueTime(times: TimeFormats, timeZone: string, at: number, now: number): string {
  const time = times.time(at, timeZone);
  const day = times.date(at, timeZone);
  const isToday = now === 0 || (Math.abs(at - now) < 48 * 3600_000 && day === times.date(now, timeZone));
  return isToday ? time : `${day} ${time}`;
}
