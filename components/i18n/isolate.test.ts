import { expect, test } from 'vitest';
import { isolated, isolatedList } from '../../server/protocol/rules/isolate.ts';
import { translatorOf } from './compiled.ts';

test('only text that is written from right to left is isolated', () => {
  for (const text of ['Burger', 'Crème brûlée 3', '宫保鸡丁', '🎂', '', 'Борщ'])
    expect(isolated(text), text).toBe(text);
  for (const text of ['كباب 3', 'סלט', 'Salad سلطة', '3 \u200f'])
    expect(isolated(text), text).toBe(`\u2068${text}\u2069`);
});

test('marks that turn the text behind them go, and isolated names stay isolated', () => {
  expect(isolated('a\u202Eb\u202Cc\u2066d')).toBe('abcd');
  expect(isolated(`NO ${isolated('بصل')}`)).toBe('NO \u2068بصل\u2069');
  expect(isolated('a\u2069b\u2068c')).toBe('abc');
  expect(isolated(isolated('بصل'))).toBe('\u2068بصل\u2069');
});

test('a sentence keeps the names in it apart, and lists keep them from each other', () => {
  const t = translatorOf('en', 'floor');
  expect(t('alerts.ready', { place: 'طاولة 3', dishes: '30 Burger' })).toBe('\u2068طاولة 3\u2069: 30 Burger');
  expect(t('alerts.ready', { place: 'Bar', dishes: '30 Burger' })).toBe('Bar: 30 Burger');
  expect(isolatedList(['كباب', 'Rice'])).toBe('\u2068كباب\u2069, Rice');
  expect(t.has('alerts.ready')).toBe(true);
});
