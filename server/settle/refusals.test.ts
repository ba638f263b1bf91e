// Different orders that are refused alike, within a while, are an outage.
import { expect, test } from 'vitest';
import { ALIKE_MS, Refusals } from './refusals.ts';

const check = { state: '23514', constraint: 'no_poison' };

test('one order is refused by itself, however often', () => {
  const refusals = new Refusals();
  expect([1, 2, 3, 4].map(() => refusals.isAlike('o-1', check))).toEqual([false, false, false, false]);
});

test('a second order that is refused alike is an outage, for both of them', () => {
  const refusals = new Refusals();
  expect(['o-1', 'o-2', 'o-1', 'o-3', 'o-1'].map((id) => refusals.isAlike(id, check))).toEqual([
    false,
    true,
    true,
    true,
    true,
  ]);
});

test('another code or constraint is another fault', () => {
  const refusals = new Refusals();
  refusals.isAlike('o-1', check);
  expect(refusals.isAlike('o-2', { ...check, constraint: 'other' })).toBe(false);
  expect(refusals.isAlike('o-3', { state: '22003', constraint: null })).toBe(false);
  expect(refusals.isAlike('o-4', { state: '22003', constraint: null })).toBe(true);
});

test('an error without a code says nothing about others', () => {
  const refusals = new Refusals();
  const none = { state: null, constraint: null };
  expect(['o-1', 'o-2'].map((id) => refusals.isAlike(id, none))).toEqual([false, false]);
});

test('a refusal of long ago says nothing', () => {
  let now = 0;
  const refusals = new Refusals(() => now);
  refusals.isAlike('o-1', check);
  now = ALIKE_MS + 1;
  expect(refusals.isAlike('o-2', check)).toBe(false);
});

test('it remembers a bounded number of faults', () => {
  const refusals = new Refusals();
  for (let i = 0; i < 1000; i += 1) refusals.isAlike('o-1', { state: '23514', constraint: `c-${i}` });
  expect(refusals.isAlike('o-2', { state: '23514', constraint: 'c-0' })).toBe(false);
  expect(refusals.isAlike('o-2', { state: '23514', constraint: 'c-999' })).toBe(true);
});
