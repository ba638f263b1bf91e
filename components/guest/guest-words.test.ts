// One sentence tells the state of an order, the best news first, in both languages.
import { expect, it } from 'vitest';
import type { GuestDish, GuestOrder } from '../../server/protocol/guest.ts';
import { translatorOf } from '../i18n/compiled.ts';
import { summaryOf } from './guest-words.ts';

const order = (states: GuestDish['state'][], state: GuestOrder['state'] = 'open'): GuestOrder => ({
  at: '2026-11-25T12:00:00Z',
  state,
  dishes: states.map((state) => ({ name: 'Korma', quantity: 1, state })),
});
const sentenceOf = (of: GuestOrder, locale: 'en' | 'zh' = 'en') => summaryOf(translatorOf(locale, 'guest'), of);

it('tells what is on its way before what is cooked, and that before what is only known', () => {
  expect(sentenceOf(order(['coming', 'coming']))).toBe('The kitchen has your order.');
  expect(sentenceOf(order(['cooking', 'coming']))).toBe('A dish is being cooked.');
  expect(sentenceOf(order(['carried', 'carried', 'cooking', 'served']))).toBe('2 dishes are on the way to you.');
  expect(sentenceOf(order(['served', 'coming']))).toBe('More is coming.');
  expect(sentenceOf(order(['carried', 'carried']), 'zh')).toBe('2 道菜正在端来。');
  expect(sentenceOf(order(['ready', 'served']))).toBe('Your order is ready.');
});

it('says when all is served, and when nothing will come', () => {
  expect(sentenceOf(order(['served'], 'served'))).toBe('All is served. Enjoy your meal!');
  expect(sentenceOf(order([], 'canceled'))).toBe('This order was canceled.');
});
