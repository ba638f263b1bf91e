// A guest sees the dishes and their progress, and nothing else of any order.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GuestOrder } from '../protocol/guest.ts';
import { at, detail, item, kitchenOrder, mergeContext, performContext } from '../../test/made.ts';
import { perform, type KitchenCommand } from '../protocol/rules/perform.ts';
import type { KitchenOrder } from '../order/order.ts';
import { mergeDetail } from '../settle/merge.ts';
import { guestOrder } from './guest-order.ts';

const did = (order: KitchenOrder, command: object) => {
  const result = perform(order, { id: 'x', orderId: order.id, ...command } as KitchenCommand, performContext(20));
  return 'after' in result ? result.after : order;
};

const COURSES = { mode: 'manual', gapSeconds: 60 } as const;
const statesAt = (order: KitchenOrder, seconds: number) =>
  guestOrder(order, at(seconds)).dishes.map(({ name, state }) => `${name} ${state}`);

test('each dish is coming, being cooked, on its way and served, by course; what is voided is gone', () => {
  let order = mergeDetail(
    null,
    detail(1, {
      items: [
        item('d', { course: 2 }),
        item('a', { course: 1, quantity: 2 }),
        item('b', { course: 1 }),
        item('c', { course: 1 }),
        item('v', { course: 1, voided: true }),
      ],
    }),
    mergeContext({ courses: COURSES }),
  );
  const { id: ticketId } = order.tickets.find(({ state }) => state === 'open')!;
  order = did(did(did(order, { kind: 'start', lineIds: ['a'] }), { kind: 'bump', ticketId, lineIds: ['b', 'c'] }), {
    kind: 'serve',
    lineIds: ['c'],
  });
  expect(guestOrder(order, at(30))).toEqual({
    at: at(30),
    state: 'open',
    dishes: [
      { name: 'Dish a', quantity: 2, state: 'cooking' },
      // It is ready at the pass. Nobody carries it yet.
      { name: 'Dish b', quantity: 1, state: 'cooking' },
      { name: 'Dish c', quantity: 1, state: 'carried' },
      { name: 'Dish d', quantity: 1, state: 'coming' },
    ],
  });
  expect(statesAt(order, 200)).toContain('Dish c served');
});

test('a tap is told once it cannot be taken back any more', () => {
  const start = kitchenOrder(detail(1, { items: [item('a'), item('b')] }));
  // Taps are made at 20 s.
  const begun = did(start, { kind: 'start', lineIds: ['a'] });
  expect([statesAt(begun, 22)[0], statesAt(begun, 26)[0]]).toEqual(['Dish a coming', 'Dish a cooking']);
  const served = did(did(begun, { kind: 'bump', ticketId: start.tickets[0]!.id }), { kind: 'serve', lineIds: ['a'] });
  expect([statesAt(served, 22)[0], statesAt(served, 26)[0]]).toEqual(['Dish a cooking', 'Dish a carried']);
});

test('an order that is collected is ready as a whole, and on no way', () => {
  const start = kitchenOrder(detail(1, { type: 'TAKEAWAY', items: [item('a'), item('b')] }));
  const { id: ticketId } = start.tickets[0]!;
  expect(statesAt(did(start, { kind: 'bump', ticketId, lineIds: ['a'] }), 30)).toEqual([
    'Dish a cooking',
    'Dish b coming',
  ]);
  const ready = did(start, { kind: 'bump', ticketId });
  expect(statesAt(ready, 30)).toEqual(['Dish a ready', 'Dish b ready']);
  expect(statesAt(did(ready, { kind: 'serve', lineIds: ['a'] }), 30)).toEqual(['Dish a served', 'Dish b ready']);
});

test('all served is served; canceled says so, and lists nothing that will not come', () => {
  const start = kitchenOrder(detail(1, { items: [item('a')] }));
  const served = did(did(start, { kind: 'bump', ticketId: start.tickets[0]!.id }), { kind: 'serve', lineIds: ['a'] });
  expect([guestOrder(served, at(30)).state, guestOrder(served, at(200)).state]).toEqual(['open', 'served']);
  expect(guestOrder(mergeDetail(start, detail(2, { status: 'CANCELED', items: [] }), mergeContext()), at(30))).toEqual({
    at: at(30),
    state: 'canceled',
    dishes: [],
  });
});

test('property: nothing but names and quantities of dishes leaves the kitchen', () => {
  const secret = fc
    .string({ minLength: 12, maxLength: 20, unit: fc.constantFrom(...'abcdefghij') })
    .map((text) => `secret-${text}`);
  fc.assert(
    fc.property(
      fc.record({
        note: secret,
        lineNote: secret,
        table: secret,
        number: secret,
        allergen: secret,
        modifier: secret,
        sku: secret,
        seat: secret,
        by: secret,
      }),
      (s) => {
        const order = mergeDetail(
          null,
          detail(1, {
            note: s.note,
            table: s.table,
            number: s.number,
            items: [
              item('l1', {
                note: s.lineNote,
                allergens: [s.allergen],
                modifiers: [{ name: s.modifier, kind: 'ADD' }],
                sku: s.sku,
                seat: s.seat,
              }),
            ],
          }),
          mergeContext(),
        );
        const told = guestOrder(
          {
            ...order,
            rush: { at: at(1), by: s.by },
            hold: { at: at(1), by: s.by },
            delayNote: { at: at(1), by: s.by, note: s.note },
          },
          at(30),
        );
        expect(JSON.stringify(told)).not.toContain('secret');
        expect(GuestOrder.parse(told)).toEqual(told);
        expect(Object.keys(told.dishes[0]!).sort()).toEqual(['name', 'quantity', 'state']);
      },
    ),
  );
});
