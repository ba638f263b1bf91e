'use client';
// Ages, times, dates and numbers as the screen's language writes them.
import { useMemo } from 'react';
import { useLocale } from 'use-intl';
import { type TimeFormats, timesIn } from './times.ts';

export function useTimes(): TimeFormats {
  const locale = useLocale();
  return useMemo(() => timesIn(locale), [locale]);
}
