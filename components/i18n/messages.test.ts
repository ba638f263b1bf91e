// The catalogs: all languages have the same texts with the same values, and each message can be formatted.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalog, type Area } from './catalog.ts';
import { compiledMessages, translatorOf } from './compiled.ts';
import { languageTags, locales, type Locale } from './locales.ts';

const areas = Object.keys(catalog.en) as Area[];

/** Every message of an area by its path, compiled. */
function messages(locale: Locale, area: Area): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const [key, below] of Object.entries(value)) walk(below, path ? `${path}.${key}` : key);
    else found.set(path, value);
  };
  walk(compiledMessages(locale, [area])[area], '');
  return found;
}

/**
 * Names of the values and tags in a compiled message: `[name]`, `[name, type, options]` or `[tag, ...children]`. Plural
 * and select branches differ by language.
 */
function placeholders(compiled: unknown, found = new Set<string>()): Set<string> {
  if (!Array.isArray(compiled)) return found;
  for (const node of compiled) {
    if (!Array.isArray(node)) continue;
    const [name, type, ...rest] = node as [string, unknown, ...unknown[]];
    found.add(typeof type === 'number' ? `${name}:${type}` : name);
    if (typeof type === 'number')
      for (const options of rest)
        for (const branch of Object.values(typeof options === 'object' ? (options ?? {}) : {}))
          placeholders(branch, found);
    else placeholders([type, ...rest], found);
  }
  return found;
}

const others = locales.filter((locale) => locale !== 'en');

describe.each(others.flatMap((locale) => areas.map((area) => [locale, area] as const)))('%s, %s', (locale, area) => {
  const [en, other] = [messages('en', area), messages(locale, area)];

  it('has the keys of the English', () => {
    expect([...other.keys()].sort()).toEqual([...en.keys()].sort());
  });

  it('takes the values of the English', () => {
    for (const [key, message] of en)
      expect([...placeholders(other.get(key))].sort(), key).toEqual([...placeholders(message)].sort());
  });

  it('is not empty, nor the English itself', () => {
    for (const [key, message] of en) {
      expect(message, key).not.toBe('');
      if (typeof message === 'string' && /[a-z]{3} [a-z]{3}/i.test(message))
        expect(other.get(key), key).not.toBe(message);
    }
  });
});

it.each(others)('public/sw.js, which no catalog reaches, says in %s that the server is away', (locale) => {
  const page = readFileSync('public/sw.js', 'utf8').match(/function serverAway\(\) \{.*?\n\}/s)?.[0];
  expect(page, 'public/sw.js: serverAway()').toContain(`<p lang="${languageTags[locale]}">`);
});

describe('words', () => {
  it('can be sent with a page: compiled, they are plain objects', () => {
    const walk = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      expect([Object.prototype, Array.prototype]).toContain(Object.getPrototypeOf(value));
      for (const below of Object.values(value)) walk(below);
    };
    for (const locale of locales) walk(compiledMessages(locale, areas));
  });

  it('are those of the language, with its plurals and values', () => {
    expect(
      (['en', 'zh'] as const).map((locale) => translatorOf(locale, 'common')('banner.tapsWait', { count: 1 })),
    ).toEqual(['1 tap waits to be sent.', '1 个操作等待发送。']);
    expect(
      (['en', 'zh'] as const).map((locale) => translatorOf(locale, 'common')('banner.tapsWait', { count: 2000 })),
    ).toEqual(['2,000 taps wait to be sent.', '2,000 个操作等待发送。']);
    expect(translatorOf('en', 'common')('notDone.order', { number: 'A{1}', reason: "it's '{gone}'" })).toBe(
      "Order A{1}: it's '{gone}'",
    );
  });
});
