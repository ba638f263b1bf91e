'use client';
// The due time of an order, as people say it: the time of day, and with its date where that could be another day's.
import { useTimes } from '../i18n/index.ts';
import type { TimeFormats } from '../i18n/times.ts';
import { useClock, useScreen } from '../live/index.ts';

/** Days begin at a quarter of an hour everywhere on earth, so that one is often enough to look at the date. */
const QUARTER_MS = 15 * 60_000;

/** At ten to midnight "00:20" is plain to everybody: within half a day a time of day comes once. */
const HALF_A_DAY_MS = 12 * 3600_000;

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
  const distance = Math.abs(at - now);
  const isToday = distance < 4 * HALF_A_DAY_MS && day === times.date(now, timeZone);
  return now === 0 || distance < HALF_A_DAY_MS || isToday ? time : `${day} ${time}`;
}
