// For pages: the language of the requesting browser, and the texts that the page shows in it.
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import type { Area } from './catalog.ts';
import { compiledMessages, translatorOf } from './compiled.ts';
import { type Locale, LOCALE_COOKIE, pickLocale } from './locales.ts';
import { LanguageProvider } from './provider.tsx';
import type { Words } from './types.ts';

export async function readLocale(): Promise<Locale> {
  const [jar, asked] = await Promise.all([cookies(), headers()]);
  return pickLocale(jar.get(LOCALE_COOKIE)?.value, asked.get('accept-language'));
}

/** Texts for a title, or for a component that only the server renders. */
export async function readWords<A extends Area>(area: A): Promise<Words<A>> {
  return translatorOf(await readLocale(), area);
}

/**
 * Provides the texts of these areas, and the common ones, to the components inside. They travel with the page, so only
 * the needed areas are sent.
 */
export async function Texts({ areas, children }: { areas: readonly Area[]; children: ReactNode }) {
  const locale = await readLocale();
  return (
    <LanguageProvider locale={locale} messages={compiledMessages(locale, ['common', ...areas])}>
      {children}
    </LanguageProvider>
  );
}
