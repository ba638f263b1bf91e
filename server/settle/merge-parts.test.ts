// More of a dish that the kitchen was done with is cooked, and counted as any other dish.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { perform, type KitchenCommand } from '../protocol/rules/perform.ts';
import type { KitchenOrder } from '../order/order.ts';
import { at, detail, item, mergeContext, performContext } from '../../test/made.ts';
import { itemIdOf } from '../protocol/views.ts';
import type { DetailItem, OrderDetail } from '../upstream/detail.ts';
import { mergeDetail } from './merge.ts';

let seconds = 100;
let version = 0;
const merge = (order: KitchenOrder | null, items: DetailItem[], more: Partial<OrderDetail> = {}) =>
  mergeDetail(order, detail((version += 1), { items, ...more }), {
    ...mergeContext(),
    now: at((seconds += 1)),
    newId: () => `u${seconds}-${Math.random()}`,
  });
function did(order: KitchenOrder, command: Record<string, unknown>): KitchenOrder {
  const result = perform(
    order,
    { id: 'x', orderId: order.id, ...command } as unknown as KitchenCommand,
    performContext((seconds += 1)),
  );
  return 'after' in result ? result.after : order;
}
const burger = (quantity: number, more: Partial<DetailItem> = {}) => item('l1', { name: 'Burger', quantity, ...more });
const bumped = (order: KitchenOrder) =>
  order.tickets.reduce(
    (all, { id, state }) => (state === 'open' ? did(all, { kind: 'bump', ticketId: id }) : all),
    order,
  );
const told = ({ lines, tickets }: KitchenOrder) =>
  lines.map(
    ({ id, quantity, state, flag, ticketId }) =>
      `${id} ${quantity} ${state} ${flag?.kind ?? '-'} on ${tickets.find((ticket) => ticket.id === ticketId)!.firing}`,
  );

describe('more of a line', () => {
  test('that is not ready yet is more of that line', () => {
    const order = merge(merge(null, [burger(1)]), [burger(3)]);
    expect([told(order), order.lines[0]!.flag?.from]).toEqual([['l1 3 waiting changed on 1'], { quantity: 1 }]);
  });

  test.each(['ready', 'served'])('that is %s opens what is missing: a further part, on a new ticket', (state) => {
    let order = bumped(merge(null, [burger(1)]));
    if (state === 'served') order = did(order, { kind: 'serve', lineIds: ['l1'] });
    const grown = merge(order, [burger(3)]);
    expect(told(grown)).toEqual([`l1 1 ${state} - on 1`, 'l1+2 2 waiting added on 2']);
    expect(grown.lines[0]).toEqual(order.lines[0]);
    expect(grown).toMatchObject({ closedAt: null, lines: [{ partOf: null }, { partOf: 'l1', name: 'Burger' }] });
    expect(grown.tickets.map(({ state: of }) => of)).toEqual(['bumped', 'open']);
  });

  test('that was marked as ready joins the ticket that is still open', () => {
    const order = merge(null, [burger(1), item('l2')]);
    const marked = did(order, { kind: 'bump', ticketId: order.tickets[0]!.id, lineIds: ['l1'] });
    expect(told(merge(marked, [burger(2), item('l2')]))).toEqual([
      'l1 1 ready - on 1',
      'l1+2 1 waiting added on 1',
      'l2 1 waiting - on 1',
    ]);
  });

  test('goes to the part that is not ready, then to a part of its own, however often', () => {
    const once = merge(bumped(merge(null, [burger(1)])), [burger(2)]);
    const twice = merge(once, [burger(4)]);
    expect(told(twice)).toEqual(['l1 1 ready - on 1', 'l1+2 3 waiting added on 2']);
    expect(told(merge(bumped(twice), [burger(4.5)]))).toEqual([
      'l1 1 ready - on 1',
      'l1+2 3 ready added on 2',
      'l1+3 0.5 waiting added on 3',
    ]);
  });

  test('is cooked where the line was cooked, and has its words', () => {
    const order = merge(null, [burger(1, { category: 'food' })]);
    const moved = did(order, { kind: 'transfer', lineIds: ['l1'], stationId: 'bar' });
    const grown = merge(bumped(moved), [burger(2, { note: 'no salt', modifiers: [{ name: 'Hot', kind: 'ADD' }] })]);
    expect(grown.lines.find(({ id }) => id === 'l1+2')).toMatchObject({
      stationId: 'bar',
      note: 'no salt',
      modifiers: [{ name: 'Hot' }],
    });
  });

  test('of an order that upstream has completed is cooked as well', () => {
    const over = merge(bumped(merge(null, [burger(1)])), [burger(1)], { status: 'COMPLETED' });
    expect(over.closedAt).not.toBeNull();
    expect(told(merge(over, [burger(2)], { status: 'COMPLETED' }))).toContain('l1+2 1 waiting added on 2');
  });

  test("takes no id of another line of upstream's", () => {
    const grown = merge(bumped(merge(null, [burger(1)])), [burger(2), item('l1+2'), item('l1+3')]);
    expect(grown.lines.map(({ id }) => id).sort()).toEqual(['l1', 'l1+2', 'l1+3', 'l1+4']);
  });
});

describe('less of a line with parts', () => {
  const grown = () => merge(bumped(merge(null, [burger(2)])), [burger(5)]);

  test('is taken from what is not cooked first', () => {
    const less = merge(grown(), [burger(3)]);
    expect(told(less)).toEqual(['l1 2 ready - on 1', 'l1+2 1 waiting added on 2']);
    expect(told(merge(less, [burger(2)]))).toEqual(['l1 2 ready - on 1', 'l1+2 1 voided voided on 2']);
  });

  test('is taken from what is ready next, and from what is served last', () => {
    const all = bumped(did(grown(), { kind: 'serve', lineIds: ['l1'] }));
    expect(told(merge(all, [burger(1)]))).toEqual(['l1 1 served - on 1', 'l1+2 3 voided voided on 2']);
  });

  test('and then more again is cooked anew', () => {
    const less = merge(grown(), [burger(2)]);
    expect(told(merge(less, [burger(4)]))).toEqual(['l1 2 ready - on 1', 'l1+2 2 waiting added on 2']);
  });

  test.each([
    ['voided', [burger(5, { voided: true })]],
    ['0', [burger(0)]],
    ['gone', []],
  ] as const)('to nothing, since it is %s, takes off all parts, and coming back it is one line to cook', (_, items) => {
    const none = merge(grown(), [...items, item('l2')]);
    expect(told(none)).toEqual(
      expect.arrayContaining(['l1 2 voided voided on 1', 'l1+2 3 voided voided on 2', 'l2 1 waiting added on 2']),
    );
    expect(told(merge(none, [burger(4), item('l2')]))).toEqual(
      expect.arrayContaining(['l1 4 waiting added on 2', 'l1+2 3 voided voided on 2']),
    );
  });
});

test('other changes of a line are told on each part that is not with the guest', () => {
  const grown = merge(did(bumped(merge(null, [burger(1)])), { kind: 'serve', lineIds: ['l1'] }), [burger(2)]);
  const ready = bumped(grown);
  const order = merge(ready, [burger(2, { name: 'Veggie burger' })]);
  expect(order.lines.map(({ name, flag }) => [name, flag?.kind])).toEqual([
    ['Veggie burger', undefined],
    ['Veggie burger', 'added'],
  ]);
});

test('a canceled order with parts voids those that are not served; not canceled any more, they are cooked', () => {
  const grown = merge(did(bumped(merge(null, [burger(1)])), { kind: 'serve', lineIds: ['l1'] }), [burger(3)]);
  const canceled = merge(grown, [burger(3)], { status: 'CANCELED' });
  expect(canceled.lines.map(({ state, quantity }) => [state, quantity])).toEqual([
    ['served', 1],
    ['voided', 2],
  ]);
  expect(merge(canceled, [burger(3)]).lines.map(({ state, quantity }) => [state, quantity])).toEqual([
    ['served', 1],
    ['waiting', 2],
  ]);
});

test("property: the parts that are not voided are upstream's quantity, and what is to be cooked is what was not done", () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('quantity' as const), n: fc.integer({ min: 0, max: 40 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('void' as const, 'gone' as const), n: fc.nat(4) }) },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constantFrom('bump', 'mark', 'serve', 'recall', 'start', 'unstart', 'unserve'),
        n: fc.nat(4),
      }),
    },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      let order = merge(null, [burger(1), item('l2')]);
      for (const { do: what, n } of steps) {
        const before = order;
        const done = (of: KitchenOrder) =>
          of.lines
            .filter((one) => itemIdOf(one) === 'l1' && (one.state === 'ready' || one.state === 'served'))
            .reduce((sum, { quantity }) => sum + quantity, 0);
        if (what === 'quantity' || what === 'void' || what === 'gone') {
          const quantity = n / 10;
          const line = what === 'gone' ? [] : [burger(quantity, { voided: what === 'void' })];
          order = merge(order, [...line, item('l2')]);
          const live = order.lines.filter((one) => itemIdOf(one) === 'l1' && one.state !== 'voided');
          const sum = live.reduce((total, one) => total + one.quantity, 0);
          const wanted = what === 'quantity' ? quantity : 0;
          expect(sum).toBeCloseTo(wanted, 9);
          expect(live.every((one) => one.quantity > 0)).toBe(true);
          // What was done stays done, as far as it is still wanted.
          expect(done(order)).toBeCloseTo(Math.min(wanted, done(before)), 9);
          for (const one of live)
            if (one.state === 'waiting' || one.state === 'cooking')
              expect(order.tickets.find(({ id }) => id === one.ticketId)!.state).toBe('open');
          continue;
        }
        const line = order.lines[n % order.lines.length]!;
        const ticketId = order.tickets[n % order.tickets.length]!.id;
        order = {
          bump: () => did(order, { kind: 'bump', ticketId }),
          mark: () => did(order, { kind: 'bump', ticketId: line.ticketId, lineIds: [line.id] }),
          recall: () => did(order, { kind: 'recall', ticketId }),
          start: () => did(order, { kind: 'start', lineIds: [line.id] }),
          serve: () => did(order, { kind: 'serve', lineIds: [line.id] }),
          unstart: () => did(order, { kind: 'unstart', lineIds: [line.id] }),
          unserve: () => did(order, { kind: 'unserve', lineIds: [line.id] }),
        }[what as 'bump']!();
      }
    }),
    { numRuns: 300 },
  );
});
