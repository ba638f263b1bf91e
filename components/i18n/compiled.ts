// Messages compiled on the server, once each, into the small arrays that the browser's formatter reads.
import compile from 'icu-minify/compile';
import { createTranslator } from 'use-intl/core';
import { isolating } from './isolating.ts';
import { type Area, type Catalog, catalog } from './catalog.ts';
import type { Locale } from './locales.ts';
import type { Words } from './types.ts';

/** AbstractIntlMessages with compiled leaves. use-intl's types know only the strings that they are compiled from. */
export type CompiledMessages = Pick<Catalog, Area>;

const done = new Map<string, unknown>();

export function compiledMessages(locale: Locale, areas: readonly Area[]): CompiledMessages {
  return Object.fromEntries(
    areas.map((area) => {
      const key = `${locale} ${area}`;
      // Copied through JSON, because the compiler's plurals have no prototype and React sends only plain objects to a
      // page.
      if (!done.has(key)) done.set(key, JSON.parse(JSON.stringify(compileAll(catalog[locale][area]))));
      return [area, done.get(key)];
    }),
  ) as CompiledMessages;
}

function compileAll(messages: object): object {
  return Object.fromEntries(
    Object.entries(messages).map(([key, value]) => [
      key,
      typeof value === 'string' ? compile(value) : compileAll(value as object),
    ]),
  );
}

/** Texts outside React: page titles, components that only the server renders, and tests. */
export function translatorOf<A extends Area>(locale: Locale, area: A): Words<A> {
  return isolating(
    createTranslator({ locale, namespace: area, messages: compiledMessages(locale, [area]) }),
  ) as unknown as Words<A>;
}
