// Times as people in a kitchen say them, in the screen's language. They are never negative: a clock that is a little
// ahead shows 0:00, not -1. Dates, times and numbers are formatted only here. Components get the functions from
// `useTimes()`.
import type { Locale } from './locales.ts';

const units: Record<Locale, { s: string; min: string; h: string }> = {
  en: { s: ' s', min: ' min', h: ' h' },
  zh: { s: ' 秒', min: ' 分', h: ' 小时' },
};
/** Hours go to 24 in both languages, and days come before months in the English of most kitchens. */
const formatsOf: Record<Locale, string> = { en: 'en-GB', zh: 'zh-CN' };

/** m:ss below an hour, then h:mm with the unit, so that 1:05 is never taken for a minute. */
export function formatAge(ms: number, locale: Locale = 'en'): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`;
  return `${Math.floor(seconds / 3600)}:${pad(Math.floor((seconds % 3600) / 60))}${units[locale].h}`;
}

/** In words of a sentence: "4 s", "2 min 10 s", "3 h 5 min". */
export function formatSpan(ms: number, locale: Locale = 'en'): string {
  const { s, min, h } = units[locale];
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}${s}`;
  if (seconds < 3600)
    return `${Math.floor(seconds / 60)}${min}${seconds % 60 && seconds < 600 ? ` ${seconds % 60}${s}` : ''}`;
  const minutes = Math.floor((seconds % 3600) / 60);
  return `${Math.floor(seconds / 3600)}${h}${minutes ? ` ${minutes}${min}` : ''}`;
}

/** The time of day at the restaurant, regardless of the device's own zone. */
export function formatTime(at: number, timeZone: string, withSeconds = false, locale: Locale = 'en'): string {
  return dateFormat(locale, timeZone, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(withSeconds && { second: '2-digit' }),
  }).format(at);
}

/** The day at the restaurant: "Tue 24 Nov", "11月24日 周二". */
function formatDate(at: number, timeZone: string, locale: Locale = 'en'): string {
  return dateFormat(locale, timeZone, { weekday: 'short', day: 'numeric', month: 'short' }).format(at);
}

const numbers = new Map<Locale, Intl.NumberFormat>();

function formatNumber(value: number, locale: Locale = 'en'): string {
  let format = numbers.get(locale);
  if (!format) numbers.set(locale, (format = new Intl.NumberFormat(formatsOf[locale])));
  return format.format(value);
}

export interface TimeFormats {
  age(ms: number): string;
  span(ms: number): string;
  time(at: number, timeZone: string, withSeconds?: boolean): string;
  date(at: number, timeZone: string): string;
  number(value: number): string;
}

export const timesIn = (locale: Locale): TimeFormats => ({
  age: (ms) => formatAge(ms, locale),
  span: (ms) => formatSpan(ms, locale),
  time: (at, timeZone, withSeconds) => formatTime(at, timeZone, withSeconds, locale),
  date: (at, timeZone) => formatDate(at, timeZone, locale),
  number: (value) => formatNumber(value, locale),
});

const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: Locale, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${Object.keys(options).join(' ')}`;
  let format = dateFormats.get(key);
  if (!format) dateFormats.set(key, (format = makeFormat(formatsOf[locale], timeZone, options)));
  return format;
}

function makeFormat(tag: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(tag, { ...options, timeZone });
  } catch {
    // An old tablet may not know a new zone. Its own zone is the next best.
    return new Intl.DateTimeFormat(tag, options);
  }
}

const pad = (value: number) => String(value).padStart(2, '0');
