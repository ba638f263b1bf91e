'use client';
// Dates with times, as the reader's language and clock have them.
import { useMemo } from 'react';
import { languageTags, useLocale } from '../i18n/index.ts';

export function useWhen(): (at: string) => string {
  const locale = useLocale();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(languageTags[locale], { dateStyle: 'medium', timeStyle: 'short' });
    return (at) => format.format(new Date(at));
  }, [locale]);
}
