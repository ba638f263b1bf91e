import { expect, it } from 'vitest';
import type { SoldOut } from '../../server/protocol/facts.ts';
import { translatorOf } from '../i18n/compiled.ts';
import { timesIn } from '../i18n/times.ts';
import { markWords, stripWords, tagWords } from './mark-words.ts';

const telling = { t: translatorOf('en', 'soldOut'), times: timesIn('en'), timeZone: 'Europe/Madrid' };
const mark = (more: Partial<SoldOut> = {}): SoldOut => ({
  key: 'sku:BUR',
  sku: 'BUR',
  name: 'Burger',
  at: '2026-11-30T16:05:00.000Z',
  by: 'Grill',
  until: null,
  left: null,
  ...more,
});
const plain = (text: string) => text.replaceAll(/[\u2066-\u2069]/g, '');
const said = (more: Partial<SoldOut>) =>
  [tagWords, markWords, stripWords].map((words) => plain(words(telling, mark(more))));

it('says that a dish is sold out, since when, until when, and who says so', () => {
  expect(said({})).toEqual(['86', 'sold out since 17:05 · by Grill', 'Burger, since 17:05']);
  expect(said({ until: '2026-11-30T17:00:00.000Z', by: null })).toEqual([
    '86 until 18:00',
    'sold out since 17:05 · until 18:00',
    'Burger, until 18:00',
  ]);
  expect(said({ until: '2026-12-02T17:00:00.000Z' })[0]).toBe('86 until Wed 2 Dec 18:00');
});

it('says how many are left, that there are none, and that more were ordered', () => {
  expect(said({ left: 3 })).toEqual(['3 left', '3 left · by Grill', 'Burger, 3 left']);
  expect(said({ left: 0.5, until: '2026-11-30T17:00:00.000Z' })).toEqual([
    '0.5 left',
    '0.5 left · until 18:00 · by Grill',
    'Burger, 0.5 left',
  ]);
  expect(said({ left: 0 })[0]).toBe('86');
  expect(said({ left: -2 })[1]).toBe('sold out since 17:05 · 2 more ordered than there are · by Grill');
});
