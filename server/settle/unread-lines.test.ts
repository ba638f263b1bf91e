import { expect, test, vi } from 'vitest';
import { detail, item } from '../../test/made.ts';
import { UnreadLines } from './unread-lines.ts';

test('a line that could not be read is named at warn, at most once a minute, and all are counted', () => {
  const warn = vi.fn();
  let counted = 0;
  const lines = new UnreadLines({ warn }, (count) => {
    counted += count;
  });
  const odd = detail(1, {
    items: [item('l1'), item('l2', { unread: ['quantity: "two"'] }), item('l3', { unread: ['x'] })],
  });
  lines.tell(detail(1), 0);
  expect(warn).not.toHaveBeenCalled();
  for (const now of [1000, 2000, 60_999, 61_000]) lines.tell(odd, now);
  expect(warn.mock.calls.map(([fields]) => fields)).toEqual([
    { orderId: 'o-1', restaurantId: 'r-1', itemId: 'l2', unread: ['quantity: "two"'], lines: 2 },
    { orderId: 'o-1', restaurantId: 'r-1', itemId: 'l2', unread: ['quantity: "two"'], lines: 6 },
  ]);
  expect(counted).toBe(8);
});
