// A dish that was taken off one order, and is new on another one of the same table, may be made already.
import { expect, test } from 'vitest';
import { at, detail, item, mergeContext } from '../../test/made.ts';
import type { KitchenOrder } from '../order/order.ts';
import type { DetailItem, OrderDetail } from '../upstream/detail.ts';
import { mergeDetail } from './merge.ts';
import { TakenOff } from './taken-off.ts';

const order = (id: string, items: DetailItem[], more: Partial<OrderDetail> = {}, before: KitchenOrder | null = null) =>
  mergeDetail(before, detail(1, { id, number: id.toUpperCase(), items, ...more }), mergeContext());
const burger = (id: string) => item(id, { sku: 'BRG', name: 'Burger' });
const soup = item('s', { name: 'Soup' });
const ready = (of: KitchenOrder): KitchenOrder => ({
  ...of,
  lines: of.lines.map((line) => ({ ...line, state: 'ready', readyAt: at(5) })),
});
/** The notices of a new order, after the burger was taken off the other one. */
function told(former: KitchenOrder, came: DetailItem[], more: Partial<OrderDetail> = {}, seconds = 20) {
  const takenOff = new TakenOff();
  takenOff.note(former, order('a', [soup], {}, former));
  const next = detail(1, { id: 'b', items: came, ...more });
  const context = { ...mergeContext(), now: at(seconds), takenOff: takenOff.at(next, at(seconds)) };
  return mergeDetail(null, next, context).tickets.map(({ notices }) =>
    notices.map(({ kind, from }) => `${kind} ${from}`),
  );
}
const former = order('a', [burger('l1'), soup]);

test('the ticket says that the dish was made, or that it was only taken off', () => {
  expect(told(ready(former), [burger('x')])).toEqual([['made-before A']]);
  expect(told(former, [burger('x')])).toEqual([['taken-off A']]);
});

test('nothing is said for an order that is long over', () => {
  const over = { ...ready(former), closedAt: at(-3600) };
  expect(told(over, [burger('x')])).toEqual([[]]);
});

test('nothing is said of another dish, another table, another restaurant, or some time later', () => {
  expect(told(ready(former), [item('x', { name: 'Noodles' })])).toEqual([[]]);
  expect(told(ready(former), [burger('x')], { table: '13' })).toEqual([[]]);
  expect(told(ready(former), [burger('x')], { table: null })).toEqual([[]]);
  expect(told(ready(former), [burger('x')], { restaurantId: 'r-2' })).toEqual([[]]);
  expect(told(ready(former), [burger('x')], {}, 700)).toEqual([[]]);
});

test('a line that says where it came from needs no hint, nor does one that the order had already', () => {
  const moved = { ...burger('x'), movedFrom: { orderId: 'a', itemId: 'l1' } };
  expect(told(ready(former), [moved])).toEqual([[]]);
  const takenOff = new TakenOff();
  takenOff.note(former, order('a', [soup], {}, former));
  const had = order('b', [burger('x')]);
  const next = detail(2, { id: 'b', items: [burger('x')], note: 'new' });
  const after = mergeDetail(had, next, { ...mergeContext(), takenOff: takenOff.at(next, at(20)) });
  expect(after.tickets[0]!.notices.map(({ kind }) => kind)).toEqual(['note']);
});

test('a line that is read again counts once, as it is now: after a failover, or put back on its order', () => {
  const takenOff = new TakenOff();
  const next = detail(1, { id: 'b', items: [burger('x')] });
  const without = order('a', [soup], {}, former);
  takenOff.note(ready(former), order('a', [soup], {}, ready(former)));
  expect(takenOff.at(next, at(20)).map(({ made }) => made)).toEqual([true]);
  // The tap that made it was lost with the database's tail, and the order is read again.
  takenOff.note(former, without);
  expect(takenOff.at(next, at(20)).map(({ made }) => made)).toEqual([false]);
  // It is on its order again.
  takenOff.note(without, order('a', [burger('l1'), soup]));
  expect(takenOff.at(next, at(20))).toEqual([]);
});
