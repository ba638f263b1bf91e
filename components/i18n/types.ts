// Tells use-intl which keys there are: a key that no catalog has does not compile.
import type { createTranslator } from 'use-intl';
import type { Area, Catalog } from './catalog.ts';
import type { Locale } from './locales.ts';

declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: Catalog;
  }
}

/** What `useTranslations(area)` gives: for pure functions that make words and are handed their language. */
export type Words<A extends Area> = ReturnType<typeof createTranslator<Catalog, A>>;
