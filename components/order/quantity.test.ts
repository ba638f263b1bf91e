import { expect, test } from 'vitest';
import { quantityWords, sumOf } from './quantity.ts';

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
