// The language that a browser is given.
import { expect, it } from 'vitest';
import { pickLocale } from './locales.ts';

it.each([
  ['zh', 'en', 'zh'],
  ['en', 'zh-CN', 'en'],
  [undefined, 'zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  [undefined, 'en;q=0.5, zh-TW;q=0.8', 'zh'],
  [undefined, 'de-DE, fr;q=0.9, zh;q=0.2', 'zh'],
  [undefined, 'de, zh;q=0, en;q=0.1', 'en'],
  [undefined, 'EN-gb, zh', 'en'],
  ['fr', 'zh', 'zh'],
  ['', ';q=1,,q', 'en'],
  [undefined, undefined, 'en'],
])('of cookie %s and Accept-Language %s it is the right one', (chosen, accepted, locale) => {
  expect(pickLocale(chosen, accepted)).toBe(locale);
});
