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

test('each dish is coming, cooking, ready or served, by course; what is voided is gone', () => {
  const courses = { mode: 'manual', gapSeconds: 60 } as const;
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
    mergeContext({ courses }),
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
      { name: 'Dish b', quantity: 1, state: 'ready' },
      { name: 'Dish c', quantity: 1, state: 'served' },
      { name: 'Dish d', quantity: 1, state: 'coming' },
    ],
  });
});

test('all served is served; canceled says so, and lists nothing that will not come', () => {
  const start = kitchenOrder(detail(1, { items: [item('a')] }));
  const served = did(did(start, { kind: 'bump', ticketId: start.tickets[0]!.id }), { kind: 'serve', lineIds: ['a'] });
  expect(guestOrder(served, at(30)).state).toBe('served');
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
