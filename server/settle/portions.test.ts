import { expect, it } from 'vitest';
import type { KitchenOrder } from '../order/order.ts';
import type { DetailItem, OrderDetail } from '../upstream/detail.ts';
import { at, detail, item, mergeContext } from '../../test/made.ts';
import { mergeDetail } from './merge.ts';
import { portionsTaken } from './portions.ts';

const context = mergeContext();
const burger = (id: string, more: Partial<DetailItem> = {}) => item(id, { name: 'Burger', sku: 'BUR', ...more });
const merged = (before: KitchenOrder | null, items: DetailItem[], more: Partial<OrderDetail> = {}) =>
  mergeDetail(before, detail(before ? 2 : 1, { placedAt: at(0), items, ...more }), {
    ...context,
    now: at(before ? 10 : 0),
  });
const burgers = (before: KitchenOrder | null, after: KitchenOrder) =>
  portionsTaken(before, after)
    .filter(({ sku }) => sku === 'BUR')
    .map(({ quantity }) => quantity);
/** The same order after the kitchen has begun with all of it. */
const begun = (order: KitchenOrder, state: 'cooking' | 'ready' | 'served' = 'cooking'): KitchenOrder => ({
  ...order,
  lines: order.lines.map((line) => ({ ...line, state, startedAt: at(5) })),
});
const two = merged(null, [burger('l1', { quantity: 2 })]);

it('takes the quantity of new lines, each dish of its own name', () => {
  const order = merged(null, [burger('l1', { quantity: 2 }), item('l2'), burger('l3', { quantity: 0.5 })]);
  expect(portionsTaken(null, order)).toEqual([
    { sku: 'BUR', name: 'Burger', quantity: 2 },
    { sku: null, name: 'Dish l2', quantity: 1 },
    { sku: 'BUR', name: 'Burger', quantity: 0.5 },
  ]);
  expect(portionsTaken(order, order)).toEqual([]);
});

it('takes what more is ordered, and gives back what nobody has begun', () => {
  expect(burgers(two, merged(two, [burger('l1', { quantity: 3 })]))).toEqual([1]);
  expect(burgers(two, merged(two, [burger('l1', { quantity: 1 })]))).toEqual([-1]);
  expect(burgers(two, merged(two, [burger('l1', { quantity: 2, voided: true })]))).toEqual([-2]);
  expect(burgers(two, merged(two, [item('l2')]))).toEqual([-2]);
  expect(burgers(two, merged(two, [], { status: 'CANCELED' }))).toEqual([-2]);
});

it.each(['cooking', 'ready', 'served'] as const)('gives nothing back of a dish that is %s', (state) => {
  const hot = begun(two, state);
  for (const items of [[burger('l1', { quantity: 2, voided: true })], [item('l2')], [burger('l1', { quantity: 1 })]])
    expect(burgers(hot, merged(hot, items))).toEqual([]);
  expect(burgers(hot, merged(hot, [], { status: 'CANCELED' }))).toEqual([]);
  expect(burgers(hot, merged(hot, [burger('l1', { quantity: 3 })]))).toEqual([1]);
});

it('takes again what comes back, once', () => {
  const gone = merged(two, [burger('l1', { quantity: 2, voided: true })]);
  expect(burgers(gone, merged(gone, [burger('l1', { quantity: 2 })]))).toEqual([2]);
  expect(burgers(gone, merged(gone, [burger('l1', { quantity: 2, voided: true })], { note: 'changed' }))).toEqual([]);
});

it('is of the other dish where a line is another dish now', () => {
  expect(portionsTaken(two, merged(two, [item('l1', { name: 'Soup', quantity: 2 })]))).toEqual(
    expect.arrayContaining([
      { sku: 'BUR', name: 'Burger', quantity: -2 },
      { sku: null, name: 'Soup', quantity: 2 },
    ]),
  );
});

it('takes nothing for an order that opens no ticket, or changes in nothing that is cooked', () => {
  const old = merged(null, [burger('l1')], { placedAt: '2026-11-01T12:00:00.000Z', status: 'COMPLETED' });
  expect(portionsTaken(null, old)).toEqual([]);
  expect(portionsTaken(two, merged(two, [burger('l1', { quantity: 2 })], { table: '7', note: 'hurry' }))).toEqual([]);
  expect(portionsTaken(two, merged(two, [burger('l1', { quantity: 2 })], { status: 'COMPLETED' }))).toEqual([]);
});
