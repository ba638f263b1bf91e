'use client';
// Ages, times, dates and numbers as the screen's language writes them.
import { useMemo } from 'react';
import { useLocale } from 'use-intl';
import { type Times, timesIn } from './times.ts';

export function useTimes(): Times {
  const locale = useLocale();
  return useMemo(() => timesIn(locale), [locale]);
}
