'use client';
// Dates with times, as the reader's language and clock have them.
import { useMemo } from 'react';
import { useTimes } from '../i18n/index.ts';

export function useWhen(): (at: string) => string {
  const times = useTimes();
  return useMemo(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    return (at) => `${times.date(Date.parse(at), timeZone)} ${times.time(Date.parse(at), timeZone)}`;
  }, [times]);
}
