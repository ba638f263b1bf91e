// What a guest has seen being cooked is not "coming" again, and nothing else is held back.
import { expect, test } from 'vitest';
import type { GuestDish, GuestOrder } from '../../server/protocol/guest.ts';
import { onward } from './onward.ts';

const order = (...states: (GuestDish['state'] | [string, GuestDish['state']])[]): GuestOrder => ({
  at: '2026-11-25T12:00:00Z',
  state: 'open',
  dishes: states.map((one) => {
    const [name, state] = typeof one === 'string' ? ['Korma', one] : one;
    return { name, quantity: 1, state: state as GuestDish['state'] };
  }),
});
const states = ({ dishes }: GuestOrder) => dishes.map(({ state }) => state);

test('a dish in hand stays in hand', () => {
  expect(states(onward(order('cooking', 'coming'), order('coming', 'coming')))).toEqual(['cooking', 'coming']);
  expect(states(onward(order('carried'), order('cooking')))).toEqual(['cooking']);
  expect(states(onward(order('ready'), order('coming')))).toEqual(['cooking']);
});

test('new dishes are coming, and dishes that left count for no other', () => {
  const before = order(['Korma', 'cooking']);
  expect(states(onward(before, order(['Rice', 'coming'])))).toEqual(['coming']);
  expect(states(onward(before, order(['Korma', 'cooking'], ['Korma', 'coming'])))).toEqual(['cooking', 'coming']);
  expect(onward(null, order('coming'))).toEqual(order('coming'));
});

test('a canceled order says so', () => {
  const canceled = { ...order('canceled'), state: 'canceled' as const };
  expect(onward(order('cooking'), canceled)).toBe(canceled);
});
