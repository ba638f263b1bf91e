import { expect, test } from 'vitest';
import { dishWords, quantityWords, sumOf } from './quantity.ts';

test('a quantity is a plain number with its unit', () => {
  const cases: [number, string | null, string][] = [
    [2, null, '2'],
    [0.5, 'kg', '0.5 kg'],
    [0.1 + 0.2, null, '0.3'],
    [1e-7, null, '0.0000001'],
    [1.23456, 'l', '1.235 l'],
    [0.0004, 'g', '0.0004 g'],
    [1200, null, '1200'],
    [-1, null, '-1'],
    [0, '', '0'],
  ];
  for (const [quantity, unit, words] of cases) expect(quantityWords(quantity, unit)).toBe(words);
});

test('sums are plain as well', () => {
  expect(sumOf([0.1, 0.2])).toBe(0.3);
  expect(sumOf(Array.from({ length: 1000 }, () => 0.1))).toBe(100);
  expect(sumOf([])).toBe(0);
});

test('a dish has its quantity before it, unless it is one', () => {
  expect(dishWords({ name: 'Burger', quantity: 1 })).toBe('Burger');
  expect(dishWords({ name: 'Burger', quantity: 2, unit: null })).toBe('2 Burger');
  expect(dishWords({ name: 'Mussels', quantity: 1, unit: 'kg' })).toBe('1 kg Mussels');
  expect(dishWords({ name: 'كباب 30', quantity: 3 })).toBe('3 \u2068كباب 30\u2069');
});
