'use client';
// Gives the page's language and its texts to every component below.
import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import type { CompiledMessages } from './compiled.ts';
import type { Locale } from './locales.ts';
import './types.ts';

export function LanguageProvider({
  locale,
  messages,
  children,
}: {
  locale: Locale;
  messages: CompiledMessages;
  children: ReactNode;
}) {
  return (
    // i18n/times.ts writes all times in the restaurant's zone. The library only requires that a zone be named.
    <IntlProvider locale={locale} messages={messages} timeZone="UTC">
      {children}
    </IntlProvider>
  );
}
