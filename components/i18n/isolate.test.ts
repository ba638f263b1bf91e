import { expect, test } from 'vitest';
import { isolated } from './isolate.ts';

test('only text that is written from right to left is isolated', () => {
  for (const text of ['Burger', 'Crème brûlée 3', '宫保鸡丁', '🎂', '', 'Борщ'])
    expect(isolated(text), text).toBe(text);
  for (const text of ['كباب 3', 'סלט', 'Salad سلطة', '3 \u200f'])
    expect(isolated(text), text).toBe(`\u2068${text}\u2069`);
});

test('marks that turn the text behind them go, and isolated names stay isolated', () => {
  expect(isolated('a\u202Eb\u202Cc\u2066d')).toBe('abcd');
  expect(isolated(`NO ${isolated('بصل')}`)).toBe('\u2068NO \u2068بصل\u2069\u2069');
  expect(isolated('a\u2069b\u2068c')).toBe('abc');
});
