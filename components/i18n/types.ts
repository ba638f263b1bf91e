// Declares the message keys to use-intl: a key that no catalog has does not compile.
import type { createTranslator } from 'use-intl';
import type { Area, Catalog } from './catalog.ts';
import type { Locale } from './locales.ts';

declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: Catalog;
  }
}

/**
 * The type of `useTranslations(area)`, for pure functions that compose texts and receive the translator as an argument.
 */
export type Words<A extends Area> = ReturnType<typeof createTranslator<Catalog, A>>;
