'use client';
// Dates with times, in the reader's language and clock.
import { useMemo } from 'react';
import { useTimes } from '../i18n/index.ts';

export function useWhen(): (at: string) => string {
  const times = useTimes();
  return useMemo(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    return (at) => `${times.date(Date.parse(at), timeZone)} ${times.time(Date.parse(at), timeZone)}`;
  }, [times]);
}
