// When an id is another order's: never for a change of the same order, and always where its dishes would be lost.
import { describe, expect, test } from 'vitest';
import { at, detail, item, kitchenOrder } from '../../test/made.ts';
import type { KitchenOrder } from '../order/order.ts';
import type { OrderDetail } from '../upstream/detail.ts';
import { isAnotherOrder, toldOfFormer } from './lives.ts';

const HOUR = 3600;
const stored: KitchenOrder = { ...kitchenOrder(detail(7, { placedAt: at(0) })), closedAt: at(600) };
const is = (more: Partial<OrderDetail>, of = stored) => isAnotherOrder(detail(1, { ...more }), of);
const others = [item('l1', { name: 'Noodles' }), item('x9')];

describe('another order is one that was placed after the former one had ended', () => {
  test('and has none of its lines', () => {
    expect(is({ placedAt: at(24 * HOUR), items: others, version: 9 })).toBe(true);
    expect(is({ placedAt: at(24 * HOUR), items: others, version: null })).toBe(true);
  });

  test('or has some of them by chance, and a lower version', () => {
    expect(is({ placedAt: at(24 * HOUR), items: [item('l1')], version: 2 })).toBe(true);
  });
});

describe('the same order is one', () => {
  test('that was placed before, whatever is on it', () => {
    expect(is({ placedAt: at(0), items: others })).toBe(false);
    expect(is({ placedAt: at(600), items: others })).toBe(false);
    expect(is({ placedAt: null, items: others })).toBe(false);
  });

  test('that keeps a line, where a till moves the time with each round', () => {
    expect(is({ placedAt: at(HOUR), items: [item('l2'), item('x9')], version: 8 })).toBe(false);
    expect(is({ placedAt: at(HOUR), items: [item('l2'), item('x9')], version: null })).toBe(false);
  });

  test('that came without its dishes', () => {
    expect(is({ placedAt: at(24 * HOUR), items: [], version: 8 })).toBe(false);
  });

  test('that is not closed, for some hours after its last change', () => {
    const open = { ...stored, closedAt: null, changedAt: at(0) };
    expect(is({ placedAt: at(2 * HOUR), items: others }, open)).toBe(false);
    expect(is({ placedAt: at(4 * HOUR), items: others }, open)).toBe(true);
  });
});

test('the new order says it on each ticket that is to be cooked', () => {
  const order = kitchenOrder(detail(1, { items: [item('l1'), item('l2', { category: 'drinks', voided: true })] }));
  const told = toldOfFormer(order, stored, at(700));
  expect(told.tickets.map(({ state, notices }) => [state, notices])).toEqual([
    ['open', [{ kind: 'reused', at: at(700), from: at(0) }]],
    ['closed', []],
  ]);
});
