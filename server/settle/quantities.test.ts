// Upstream's quantities as a kitchen counts them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { item } from '../../test/made.ts';
import { countable, exact } from './quantities.ts';

const counted = (...items: Parameters<typeof item>[]) =>
  countable(items.map((one) => item(...one))).map(({ id, quantity, voided }) => [id, quantity, voided]);

test('0 means taken off, and a line that upstream voided stays voided', () => {
  expect(counted(['l1', { quantity: 0 }], ['l2', { quantity: 2, voided: true }], ['l3'])).toEqual([
    ['l1', 0, true],
    ['l2', 2, true],
    ['l3', 1, false],
  ]);
});

test('a negative line takes its quantity from the same dish, and is nothing to cook itself', () => {
  const burger = { sku: 'BRG', name: 'Burger' };
  expect(counted(['l1', { ...burger, quantity: 2 }], ['l2', { ...burger, quantity: -1 }])).toEqual([
    ['l1', 1, false],
    ['l2', 0, true],
  ]);
  expect(counted(['l1', { ...burger, quantity: -2 }], ['l2', burger], ['l3', { ...burger, quantity: 3 }])).toEqual([
    ['l1', 0, true],
    ['l2', 0, true],
    ['l3', 2, false],
  ]);
});

test('a negative line takes nothing from another dish, from other modifiers, or from what was voided', () => {
  const onion = { modifiers: [{ name: 'Onion', kind: 'REMOVE' }] };
  expect(
    counted(
      ['l1', { name: 'Burger', ...onion }],
      ['l2', { name: 'Soup' }],
      ['l3', { name: 'Burger', voided: true }],
      ['l4', { name: 'Burger', quantity: -1 }],
      ['l5', { name: 'Soup', quantity: -1, voided: true }],
    ),
  ).toEqual([
    ['l1', 1, false],
    ['l2', 1, false],
    ['l3', 1, true],
    ['l4', 0, true],
    ['l5', 0, true],
  ]);
});

test('decimals are exact, and the smallest one is still something', () => {
  expect([exact(0.1 + 0.2), exact(0.3 - 0.1), exact(1.005), exact(3)]).toEqual([0.3, 0.2, 1.005, 3]);
  expect(counted(['l1', { quantity: 0.1 + 0.2 }], ['l2', { quantity: 1e-7 }], ['l3', { quantity: -1e-9 }])).toEqual([
    ['l1', 0.3, false],
    ['l2', 1e-6, false],
    ['l3', 0, true],
  ]);
});

test('property: nothing negative comes out, and the sum of a dish is what upstream sold of it, or nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 6 }), (quantities) => {
      const out = countable(quantities.map((quantity, n) => item(`l${n}`, { name: 'Burger', quantity })));
      expect(out.every(({ quantity, voided }) => quantity > 0 !== voided)).toBe(true);
      expect(out.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(
        Math.max(
          0,
          quantities.reduce((sum, quantity) => sum + quantity, 0),
        ),
      );
    }),
  );
});
