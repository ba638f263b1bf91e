// Nothing that is over, or was placed long ago and is not due, opens a ticket when it is seen again.
import { describe, expect, test } from 'vitest';
import { fromArchive } from '../order/archived.ts';
import type { KitchenOrder } from '../order/order.ts';
import { perform } from '../protocol/rules/perform.ts';
import { at, detail, item, kitchenOrder, mergeContext, performContext } from '../../test/made.ts';
import type { OrderDetail } from '../upstream/detail.ts';
import { mergeDetail } from './merge.ts';

const HOUR = 3600;
const merge = (before: KitchenOrder | null, came: OrderDetail, hours = 0, sentAt: number | null = null) => {
  let ids = 0;
  return mergeDetail(before, came, {
    ...mergeContext(),
    now: at(hours * HOUR),
    sentAt,
    newId: () => `h${hours}-${(ids += 1)}`,
  });
};
const ago = (hours: number) => at(-hours * HOUR);
const states = ({ tickets }: KitchenOrder) => tickets.map(({ state }) => state);

describe('an order that nobody here has seen', () => {
  test.each([
    ['PLACED', 23, 'open'],
    ['PLACED', 25, 'closed'],
    ['PAID', 24 * 30, 'closed'],
    ['BOXED', 24 * 30, 'closed'],
    ['COMPLETED', 1, 'open'],
    ['COMPLETED', 4, 'closed'],
    ['CLOSED', 4, 'closed'],
    ['REFUNDED', 0, 'closed'],
    ['CANCELLED', 0, 'closed'],
  ])('that is %s and was placed %i hours ago has a ticket that is %s', (status, hours, state) => {
    const order = merge(null, detail(1, { status, placedAt: ago(hours) }));
    expect(states(order)).toEqual([state]);
    expect(order.closedAt === null).toBe(state === 'open');
  });

  test.each([
    ['in five days', -120, 'PAID', 'held'],
    ['in an hour, paid and completed at the till', -1, 'COMPLETED', 'held'],
    ['an hour ago: the topic stood still', 1, 'PAID', 'open'],
    ['last week', 168, 'PAID', 'closed'],
  ])('that was placed long ago and is due %s', (_, hours, status, state) => {
    expect(states(merge(null, detail(1, { status, placedAt: ago(24 * 14), dueAt: ago(hours) })))).toEqual([state]);
  });

  test('and that does not say when it was placed is as old as the message about it', () => {
    const came = detail(1, { status: 'PAID', placedAt: null });
    const sent = (hours: number) => states(merge(null, came, 0, Date.parse(ago(hours))));
    expect([sent(1), sent(30), states(merge(null, came))]).toEqual([['open'], ['closed'], ['open']]);
  });

  test('is closed since it was placed, so that no screen shows it as closed just now', () => {
    expect(merge(null, detail(1, { status: 'PAID', placedAt: ago(240) })).closedAt).toBe(ago(240));
  });

  test('gets a ticket for what is new afterwards, and for nothing else', () => {
    const ghost = merge(null, detail(1, { status: 'PAID', placedAt: ago(72) }));
    expect(merge(ghost, detail(2, { status: 'PAID', placedAt: ago(72), note: 'tip' }), 1).closedAt).not.toBeNull();
    const items = [item('l1'), item('l2', { quantity: 3 }), item('l3')];
    const order = merge(ghost, detail(3, { status: 'PAID', placedAt: ago(72), items }), 1);
    expect(order.lines.map(({ id, quantity, ticketId }) => [id, quantity, ticketId])).toEqual([
      ['l1', 1, ghost.tickets[0]!.id],
      ['l2', 1, ghost.tickets[0]!.id],
      ['l2+2', 2, 'h1-1'],
      ['l3', 1, 'h1-1'],
    ]);
    expect([states(order), order.closedAt]).toEqual([['closed', 'open'], null]);
  });
});

describe('an order that comes back from the archive', () => {
  const order = kitchenOrder(detail(1));
  const bumped = perform(
    order,
    { id: 'x', kind: 'bump', orderId: order.id, ticketId: order.tickets[0]!.id } as never,
    performContext(60),
  ) as { after: KitchenOrder };
  const week = 24 * 8;

  test.each([
    ['bumped', bumped.after],
    ['never touched', order],
  ])('and was %s is over, whatever the till still does to it', (_, document) => {
    const archived = fromArchive(document);
    for (const more of [
      { status: 'PAID' },
      { status: 'PAID', note: 'tip', table: '9' },
      { status: 'PAID', items: [item('l1', { note: 'complained' }), item('l2', { voided: true })] },
      { status: 'REFUNDED' },
      { status: 'CANCELED', items: [] },
    ]) {
      const after = merge(archived, detail(2, more), week);
      expect(states(after)).toEqual(['closed']);
      expect([after.closedAt === null, after.lines.some(({ flag }) => flag), after.tickets[0]!.notices]).toEqual([
        false,
        false,
        [],
      ]);
    }
  });

  test('opens a ticket for a dish that is new, and for no other', () => {
    const came = detail(2, { items: [item('l1'), item('l2'), item('l3')] });
    const after = merge(fromArchive(bumped.after), came, week);
    expect([states(after), after.lines.find(({ id }) => id === 'l3')?.state, after.closedAt]).toEqual([
      ['closed', 'open'],
      'waiting',
      null,
    ]);
    expect(states(merge(fromArchive(bumped.after), { ...came, status: 'COMPLETED', placedAt: at(0) }, week))).toEqual([
      'closed',
      'closed',
    ]);
  });

  test('has the fields that orders had not when it was archived', () => {
    const { allergies: _, customerName: __, ...old } = order;
    const document = {
      ...old,
      lines: order.lines.map(
        ({ unit: ___, movedFrom: ____, partOf: _____, allergies: ______, unread: _______, ...line }) => line,
      ),
      tickets: order.tickets.map(({ allergySeen: ________, ...ticket }) => ticket),
    };
    const back = fromArchive(document as unknown as KitchenOrder);
    expect(Object.keys(back).sort()).toEqual(Object.keys(order).sort());
    expect(Object.keys(back.lines[0]!).sort()).toEqual(Object.keys(order.lines[0]!).sort());
    expect(Object.keys(back.tickets[0]!).sort()).toEqual(Object.keys(order.tickets[0]!).sort());
  });
});
