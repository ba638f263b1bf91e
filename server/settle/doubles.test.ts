// Two lines with one id: in whatever order they come, the state of each stays with its dish.
import { describe, expect, test } from 'vitest';
import { at, detail, item, kitchenOrder, mergeContext } from '../../test/made.ts';
import type { KitchenOrder } from '../order/order.ts';
import { readDetail } from '../upstream/detail.ts';
import { mergeDetail } from './merge.ts';
import { knownByDish } from './doubles.ts';

type Line = { id: string; name: string; quantity: number; note?: string; modifiers?: unknown[] };
const read = (version: number, items: Line[]) =>
  readDetail({ id: 'o-1', restaurantId: 'r-1', status: 'PAID', version, items }, 'o-1');
const merge = (before: KitchenOrder | null, version: number, items: Line[]) =>
  mergeDetail(before, read(version, items), { ...mergeContext(), now: at(version * 10), newId: () => `v${version}` });
const burger = { id: '1', name: 'Burger', quantity: 1 };
const soup = { id: '1', name: 'Soup', quantity: 1 };
const tea = { id: '1', name: 'Tea', quantity: 1 };
/** The Burger is ready. */
const cooked = (): KitchenOrder => {
  const order = merge(null, 1, [burger, soup]);
  const lines = order.lines.map((line) =>
    line.name === 'Burger' ? { ...line, state: 'ready' as const, readyAt: at(15) } : line,
  );
  return { ...order, lines };
};
const told = ({ lines }: KitchenOrder) => lines.map(({ name, state }) => `${name} ${state}`).sort();

describe('states stay with their dish', () => {
  test('where the lines come in another order', () => {
    const after = merge(cooked(), 2, [soup, burger]);
    expect(told(after)).toEqual(['Burger ready', 'Soup waiting']);
    expect(after.lines.map(({ flag }) => flag)).toEqual([null, null]);
  });

  test('where one more comes before them', () => {
    expect(told(merge(cooked(), 2, [tea, soup, burger]))).toEqual(['Burger ready', 'Soup waiting', 'Tea waiting']);
  });

  test('where one of them is taken off', () => {
    expect(told(merge(cooked(), 2, [soup]))).toEqual(['Burger voided', 'Soup waiting']);
    expect(told(merge(cooked(), 2, [burger]))).toEqual(['Burger ready', 'Soup voided']);
  });

  test('where one of them becomes another dish', () => {
    const after = merge(cooked(), 2, [tea, burger]);
    expect(told(after)).toEqual(['Burger ready', 'Tea waiting']);
    expect(after.lines.find(({ name }) => name === 'Tea')!.flag).toMatchObject({
      kind: 'changed',
      from: { name: 'Soup' },
    });
  });

  test('where they are one dish with other words, and the words of one change', () => {
    const plain = { ...burger, note: 'plain' };
    const spicy = { ...burger, modifiers: [{ name: 'Hot', kind: 'ADD' }] };
    const order = merge(null, 1, [plain, spicy]);
    const lines = order.lines.map((line) => (line.note === 'plain' ? { ...line, state: 'ready' as const } : line));
    const after = merge({ ...order, lines }, 2, [spicy, { ...plain, note: 'no bun' }]);
    expect(after.lines.map(({ note, modifiers, state }) => [note, modifiers.length, state]).sort()).toEqual([
      [null, 1, 'waiting'],
      ['no bun', 0, 'ready'],
    ]);
  });
});

test('an order without doubled ids is left alone, whatever changes on it', () => {
  const order = kitchenOrder(detail(1));
  const items = [item('l2', { name: 'Dish l1' }), item('l1', { name: 'Dish l2' })];
  expect(knownByDish(order, items)).toBe(items);
  expect(knownByDish(null, items)).toBe(items);
});
