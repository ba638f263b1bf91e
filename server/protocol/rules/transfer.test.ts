// Lines go to another station with their clock. They are flagged there, and a station that someone else took them from
// is told.
import { describe, expect, test } from 'vitest';
import { at, detail, item, kitchenOrder, mergeContext, performContext } from '../../../test/made.ts';
import { mergeDetail } from '../../settle/merge.ts';
import type { KitchenOrder } from '../../order/order.ts';
import { perform, type KitchenCommand } from './perform.ts';
import type { PerformContext } from './performed.ts';
import { wordsOf } from '../../kitchen/why.ts';

const start = kitchenOrder(
  detail(1, { items: [item('l1', { name: 'Dal', quantity: 2 }), item('l2'), item('b1', { category: 'drinks' })] }),
);
const kitchen = start.tickets.find(({ stationId }) => stationId === 'kitchen')!;
const tried = (order: KitchenOrder, lineIds: string[], to = 'bar', more: Partial<PerformContext> = {}) =>
  perform(
    order,
    { id: 'x', orderId: order.id, kind: 'transfer', lineIds, stationId: to } as KitchenCommand,
    performContext(60, more),
  );
function moved(order: KitchenOrder, lineIds: string[], to = 'bar', more: Partial<PerformContext> = {}): KitchenOrder {
  const result = tried(order, lineIds, to, more);
  if ('conflict' in result) throw new Error(wordsOf(result.conflict));
  return result.after;
}
const did = (order: KitchenOrder, command: object) => {
  const result = perform(order, { id: 'x', orderId: order.id, ...command } as KitchenCommand, performContext(50));
  return 'after' in result ? result.after : order;
};
const ticketAt = (order: KitchenOrder, stationId: string) =>
  order.tickets.findLast((ticket) => ticket.stationId === stationId)!;
const line = (order: KitchenOrder, id: string) => order.lines.find((one) => one.id === id)!;

describe('a transfer', () => {
  test("puts the line on the other station's open ticket, flagged with where it was, not begun there", () => {
    const after = moved(did(start, { kind: 'start', lineIds: ['l1'] }), ['l1'], 'bar', { stationId: 'kitchen' });
    expect(line(after, 'l1')).toMatchObject({
      stationId: 'bar',
      ticketId: ticketAt(start, 'bar').id,
      state: 'waiting',
      startedAt: null,
      flag: { kind: 'moved', at: at(60), from: { stationId: 'kitchen' } },
    });
    expect([after.tickets.length, ticketAt(after, 'kitchen').notices]).toEqual([2, []]);
  });

  test('makes a ticket with the same clock where the station has none open', () => {
    const bumped = did(start, { kind: 'bump', ticketId: ticketAt(start, 'bar').id });
    const after = moved(bumped, ['l1', 'l2'], 'bar', { stationId: 'kitchen' });
    expect(ticketAt(after, 'bar')).toMatchObject({
      firing: 2,
      state: 'open',
      firedAt: kitchen.firedAt,
      bumpedAt: null,
    });
    expect(ticketAt(after, 'kitchen')).toMatchObject({ state: 'closed', notices: [] });
  });

  test('by another hand is told to the station that had it, whose emptied ticket stays until it has seen that', () => {
    const one = moved(start, ['l1']);
    expect(ticketAt(one, 'kitchen')).toMatchObject({ state: 'open', notices: [{ kind: 'moved', from: '2 × Dal' }] });
    const both = moved(one, ['l2']);
    expect(ticketAt(both, 'kitchen')).toMatchObject({
      state: 'open',
      notices: [{ kind: 'moved', from: '2 × Dal, 1 × Dish l2' }],
    });
    expect(ticketAt(did(both, { kind: 'acknowledge', ticketId: kitchen.id }), 'kitchen')).toMatchObject({
      state: 'closed',
      notices: [],
    });
  });

  test('of what is cooked, voided, bumped, canceled or at no station any more is a conflict; of what is there already nothing', () => {
    const bumpedLine = did(start, { kind: 'bump', ticketId: kitchen.id, lineIds: ['l1'] });
    expect(tried(bumpedLine, ['l1'])).toEqual({ conflict: { code: 'line-state', dish: 'Dal', state: 'ready' } });
    expect(tried(start, ['l9'])).toEqual({ conflict: { code: 'line-gone' } });
    expect(tried(start, ['l1'], 'nowhere')).toEqual({ conflict: { code: 'station-gone' } });
    expect(tried({ ...start, status: 'CANCELED' }, ['l1'])).toEqual({ conflict: { code: 'order-canceled' } });
    expect(tried(start, ['b1'])).toEqual({ after: start });
  });

  test('lasts: what upstream says of the line later finds it at its new station', () => {
    const after = mergeDetail(
      moved(start, ['l1']),
      detail(2, { items: [item('l1', { name: 'Dal', quantity: 3 }), item('l2'), item('b1', { category: 'drinks' })] }),
      mergeContext(),
    );
    expect(line(after, 'l1')).toMatchObject({
      stationId: 'bar',
      quantity: 3,
      flag: { kind: 'changed', from: { quantity: 2, stationId: 'kitchen' } },
    });
  });

  test('of a held course stays held there', () => {
    const courses = { mode: 'manual', gapSeconds: 60 } as const;
    const order = mergeDetail(
      null,
      detail(1, { items: [item('s1', { course: 1 }), item('m1', { course: 2 }), item('m2', { course: 2 })] }),
      mergeContext({ courses }),
    );
    const after = moved(order, ['m1'], 'bar', { courses });
    expect(ticketAt(after, 'bar')).toMatchObject({ state: 'held', course: 2, heldFor: 'course' });
    expect(line(after, 'm1')).toMatchObject({ state: 'held', flag: null });
  });
});
