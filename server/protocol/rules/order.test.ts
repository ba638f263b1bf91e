// When an order leaves the screens.
import { expect, test } from 'vitest';
import { at, kitchenOrder } from '../../../test/made.ts';
import type { KitchenLine, KitchenOrder } from '../../order/order.ts';
import { isFinished, touched } from './order.ts';

const order = kitchenOrder();
const withLines = (base: KitchenOrder, change: Partial<KitchenLine>): KitchenOrder => ({
  ...base,
  lines: base.lines.map((line) => ({ ...line, ...change })),
});
const bumped: KitchenOrder = {
  ...withLines(order, { state: 'ready' }),
  tickets: order.tickets.map((ticket) => ({ ...ticket, state: 'bumped', bumpedAt: at(60) })),
};
const served = withLines(bumped, { state: 'served' });

test('an order is finished when no ticket is open and every dish is served or off', () => {
  expect(
    [order, withLines(order, { state: 'served' }), bumped, served, withLines(bumped, { state: 'voided' })].map(
      isFinished,
    ),
  ).toEqual([false, false, false, true, true]);
});

test('an order that upstream completed or canceled is finished once its tickets are gone', () => {
  for (const status of ['COMPLETED', 'CANCELED'])
    expect(
      [
        { ...bumped, status },
        { ...order, status },
      ].map(isFinished),
    ).toEqual([true, false]);
});

test('it is not while anything waits to be acknowledged: a notice, or a line that was changed or voided', () => {
  expect(
    isFinished({
      ...served,
      tickets: served.tickets.map((ticket) => ({ ...ticket, notices: [{ kind: 'canceled', at: at(1) }] })),
    }),
  ).toBe(false);
  for (const kind of ['changed', 'voided'] as const)
    expect(isFinished(withLines(served, { flag: { kind, at: at(1) } }))).toBe(false);
  expect(isFinished(withLines(served, { flag: { kind: 'added', at: at(1) } }))).toBe(true);
});

test('it is closed when it was first finished, and open again when something is left to do', () => {
  const closed = touched(touched(served, at(70)), at(80));
  expect(closed).toMatchObject({ changedAt: at(80), closedAt: at(70) });
  expect(touched({ ...closed, tickets: order.tickets }, at(90))).toMatchObject({ changedAt: at(90), closedAt: null });
});
