// Screens are told of an order as the protocol says.
import { expect, test } from 'vitest';
import { OrderView } from '../protocol/views.ts';
import { detail, item, kitchenOrder } from '../../test/made.ts';
import { forScreens } from './order.ts';

test("screens get what the protocol says: no number means the id, and nothing of the kitchen's own book-keeping", () => {
  const view = forScreens(
    kitchenOrder(
      detail(1, {
        number: null,
        items: [item('l1', { sku: 'X1', seat: '2', modifiers: [{ name: 'Hot', kind: 'ADD' }] })],
      }),
    ),
  );
  expect(OrderView.parse(view)).toEqual(view);
  expect(view.number).toBe('o-1');
  for (const key of ['position', 'restaurantId']) expect(JSON.stringify(view)).not.toContain(`"${key}"`);
});
