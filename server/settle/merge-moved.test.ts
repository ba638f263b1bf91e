// What the kitchen did to a line goes along when the line moves to another order: nothing is cooked twice.
import { describe, expect, test } from 'vitest';
import { perform, type KitchenCommand } from '../protocol/rules/perform.ts';
import type { KitchenOrder } from '../order/order.ts';
import { at, detail, item, mergeContext, performContext } from '../../test/made.ts';
import type { DetailItem } from '../upstream/detail.ts';
import { mergeDetail } from './merge.ts';
import { toldOfMoved } from './moved.ts';

let seconds = 100;
const context = () => ({ ...mergeContext(), now: at((seconds += 1)), newId: () => `u${(seconds += 1)}` });
const order = (id: string, number: string, items: DetailItem[], before: KitchenOrder | null = null) =>
  mergeDetail(before, detail(seconds, { id, number, items }), context());
const did = (of: KitchenOrder, command: Record<string, unknown>): KitchenOrder =>
  (
    perform(
      of,
      { id: 'x', orderId: of.id, ...command } as unknown as KitchenCommand,
      performContext((seconds += 1)),
    ) as {
      after: KitchenOrder;
    }
  ).after;
const bump = (of: KitchenOrder) => did(of, { kind: 'bump', ticketId: of.tickets[0]!.id });
const moved = (id: string, quantity = 1, itemId = 'l1') =>
  item(id, { name: 'Burger', quantity, movedFrom: { orderId: 'a', itemId } });
/** The former order, A102: two Burgers and a Soup. */
const former = () => order('a', 'A102', [item('l1', { name: 'Burger', quantity: 2 }), item('l2', { name: 'Soup' })]);
const to = (from: KitchenOrder, items: DetailItem[], before: KitchenOrder | null = null) =>
  mergeDetail(before, detail(seconds, { id: 'b', number: 'A117', items }), {
    ...context(),
    origins: new Map(
      items.flatMap(({ id, movedFrom }) => (movedFrom ? [[id, { former: from, itemId: movedFrom.itemId }]] : [])),
    ),
  });
const told = ({ lines, tickets }: KitchenOrder) =>
  lines.map(({ id, quantity, state, ticketId }) => {
    const ticket = tickets.find((one) => one.id === ticketId)!;
    return `${id} ${quantity} ${state} on ${ticket.firing} ${ticket.state} ${ticket.notices.map(({ kind, from }) => `${kind} ${from}`).join()}`;
  });

describe('a line that came from another order', () => {
  test('and is not begun is to be cooked here, with the clock that it had', () => {
    const from = former();
    const order = to(from, [moved('m1', 2)]);
    expect(told(order)).toEqual(['m1 2 waiting on 1 open came A102']);
    expect(order.tickets[0]!.firedAt).toBe(from.tickets[0]!.firedAt);
    expect(order.tickets[0]!.id).not.toBe(from.tickets[0]!.id);
  });

  test('is as far as it was: cooking, ready or served', () => {
    const cooking = did(former(), { kind: 'start', lineIds: ['l1'] });
    expect(told(to(cooking, [moved('m1', 2)]))).toEqual(['m1 2 cooking on 1 open came A102']);
    const ready = bump(cooking);
    const order = to(ready, [moved('m1', 2)]);
    expect(told(order)).toEqual(['m1 2 ready on 1 bumped ']);
    expect(order.lines[0]).toMatchObject({
      startedAt: ready.lines[0]!.startedAt,
      readyAt: ready.lines[0]!.readyAt,
      servedAt: null,
    });
    const served = to(did(ready, { kind: 'serve', lineIds: ['l1'] }), [moved('m1', 2)]);
    expect([told(served), served.closedAt === null]).toEqual([['m1 2 served on 1 bumped '], false]);
  });

  test.each([
    ['voided', [item('l1', { name: 'Burger', quantity: 2, voided: true }), item('l2', { name: 'Soup' })]],
    ['gone', [item('l2', { name: 'Soup' })]],
  ])('is that also where it was %s there first', (_, items) => {
    const after = order('a', 'A102', items, bump(former()));
    expect(told(to(after, [moved('m1', 2)]))).toEqual(['m1 2 ready on 1 bumped ']);
  });

  test('leaves to be cooked what is more here than there', () => {
    expect(told(to(bump(former()), [moved('m1', 3)]))).toEqual([
      'm1 2 ready on 1 bumped ',
      'm1+2 1 waiting on 2 open ',
    ]);
  });

  test('takes the parts along; where only some of it moves, what is the least far', () => {
    const grown = order(
      'a',
      'A102',
      [item('l1', { name: 'Burger', quantity: 3 }), item('l2', { name: 'Soup' })],
      bump(former()),
    );
    expect(told(to(grown, [moved('m1', 3)]))).toEqual([
      'm1 1 waiting on 1 open came A102',
      'm1+2 2 ready on 2 bumped ',
    ]);
    expect(told(to(grown, [moved('m1', 1)]))).toEqual(['m1 1 waiting on 1 open came A102']);
    const split = order('a', 'A102', [item('l1', { name: 'Burger', quantity: 2 })], grown);
    expect(told(to(split, [moved('m1', 1)]))).toEqual(['m1 1 waiting on 1 open came A102']);
  });

  test('shares a ticket with those of the same one, beside what the order has of its own', () => {
    const from = former();
    const started = did(from, { kind: 'bump', ticketId: from.tickets[0]!.id, lineIds: ['l1'] });
    const own = order('b', 'A117', [item('o1')]);
    const joined = to(started, [item('o1'), moved('m1', 2), moved('m2', 1, 'l2')], own);
    expect(told(joined)).toEqual([
      'o1 1 waiting on 1 open ',
      'm1 2 ready on 2 open came A102',
      'm2 1 waiting on 2 open came A102',
    ]);
  });

  test('that was here, went and comes back is as far as it was there', () => {
    const here = order('b', 'A117', [item('m1', { name: 'Burger', quantity: 2 })]);
    const without = order('b', 'A117', [item('o1')], here);
    const back = to(bump(former()), [item('o1'), moved('m1', 2)], without);
    expect(told(back).filter((line) => line.startsWith('m1'))).toEqual(['m1 2 ready on 2 bumped ']);
  });

  test('whose turn had not come is held or fired as any new line here', () => {
    const held = { ...former(), lines: former().lines.map((line) => ({ ...line, state: 'held' as const })) };
    expect(told(to(held, [moved('m1', 2)]))).toEqual(['m1 2 waiting on 1 open ']);
  });
});

describe('the order that it left', () => {
  const went = new Map([['l1', 'A117']]);
  const without = (of: KitchenOrder) => order('a', 'A102', [item('l2', { name: 'Soup' })], of);

  test('tells its station where the dish went, and does not call it voided', () => {
    const left = toldOfMoved(without(former()), went, at(999));
    expect([told(left)[0], left.lines[0]!.flag]).toEqual(['l1 2 voided on 1 open went A117', null]);
  });

  test('tells nothing of a dish that had left its board', () => {
    const left = toldOfMoved(without(bump(former())), went, at(999));
    expect([told(left)[0], left.lines[0]!.flag]).toEqual(['l1 2 voided on 1 bumped ', null]);
  });

  test('is the same object where nothing of it went', () => {
    const voided = without(former());
    expect(toldOfMoved(voided, new Map([['l2', 'A117']]), at(999))).toBe(voided);
  });
});
