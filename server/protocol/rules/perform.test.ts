// The effect of the kitchen's commands. The second time a command changes nothing; one that is not possible any more is
// a conflict with a reason.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, detail, item, kitchenOrder, mergeContext, performContext } from '../../../test/made.ts';
import { mergeDetail } from '../../settle/merge.ts';
import type { KitchenOrder } from '../../order/order.ts';
import { wordsOf } from '../../kitchen/why.ts';
import { perform, type KitchenCommand } from './perform.ts';

type Asked = KitchenCommand extends infer C ? (C extends KitchenCommand ? Omit<C, 'id' | 'orderId'> : never) : never;
const UUID = '11111111-1111-4111-8111-111111111111';
const start = kitchenOrder(detail(1, { items: [item('l1'), item('l2'), item('l3')] }));
const ticketId = start.tickets[0]!.id;
const tried = (order: KitchenOrder, command: Asked, seconds: number) =>
  perform(order, { id: UUID, orderId: order.id, ...command } as KitchenCommand, performContext(seconds));
function done(order: KitchenOrder, command: Asked, seconds: number): KitchenOrder {
  const result = tried(order, command, seconds);
  if ('conflict' in result) throw new Error(wordsOf(result.conflict));
  return result.after;
}
const states = (order: KitchenOrder) => order.lines.map(({ state }) => state).join(' ');
const ticket = (order: KitchenOrder) => order.tickets[0]!;
const bump = { kind: 'bump', ticketId } as const;
const recall = { kind: 'recall', ticketId } as const;

describe('bump', () => {
  test('a ticket: all of its dishes are ready, and it leaves the board', () => {
    const after = done(start, bump, 60);
    expect([states(after), ticket(after)]).toMatchObject([
      'ready ready ready',
      { state: 'bumped', bumpedAt: at(60), firedAt: start.tickets[0]!.firedAt },
    ]);
    expect(after.lines[0]).toMatchObject({ readyAt: at(60), startedAt: null });
    expect(start.lines[0]!.state).toBe('waiting');
  });

  test('lines: they are ready one by one, and the ticket stays', () => {
    const after = done(start, { ...bump, lineIds: ['l2'] }, 20);
    expect([states(after), ticket(after).state]).toEqual(['waiting ready waiting', 'open']);
  });

  test('leaves alone what is off or with the guest already', () => {
    const off = mergeDetail(
      start,
      detail(2, { items: [item('l1', { voided: true }), item('l2'), item('l3')] }),
      mergeContext(),
    );
    const carried = done(done(off, { ...bump, lineIds: ['l2'] }, 20), { kind: 'serve', lineIds: ['l2'] }, 30);
    expect(states(done(carried, bump, 40))).toBe('voided served ready');
  });

  test('of a ticket that was bumped already, or is not there, is a conflict', () => {
    expect(tried(done(start, bump, 60), bump, 61)).toEqual({ conflict: { code: 'ticket-state', state: 'bumped' } });
    expect(tried(start, { kind: 'bump', ticketId: UUID }, 61)).toEqual({ conflict: { code: 'ticket-gone' } });
  });

  test('leaves on the board what came after the screen was drawn, and bumps the rest', () => {
    const added = mergeDetail(
      start,
      detail(2, { items: ['l1', 'l2', 'l3', 'l4'].map((id) => item(id)) }),
      mergeContext({ now: at(30) }),
    );
    const after = done(added, { ...bump, seen: start.changedAt }, 60);
    expect([states(after), ticket(after).state, after.lines[3]!.flag?.kind]).toEqual([
      'ready ready ready waiting',
      'open',
      'added',
    ]);
    expect(ticket(done(after, { ...bump, seen: after.changedAt }, 70)).state).toBe('bumped');
    // A dish that the screen showed is no news to it; neither is one that others have finished meanwhile.
    expect(ticket(done(added, { ...bump, seen: added.changedAt }, 60)).state).toBe('bumped');
    expect(
      ticket(done(done(added, { ...bump, lineIds: ['l4'] }, 50), { ...bump, seen: start.changedAt }, 60)).state,
    ).toBe('bumped');
  });

  test('of lines that are ready already is done: a tap sent twice does no harm', () => {
    const once = done(start, { ...bump, lineIds: ['l1'] }, 20);
    expect(done(once, { ...bump, lineIds: ['l1'] }, 30)).toBe(once);
  });
});

describe('recall', () => {
  test('brings the ticket back to its place with its clock; dishes that were marked one by one before stay marked', () => {
    const marked = done(done(start, { kind: 'start', lineIds: ['l1', 'l3'] }, 10), { ...bump, lineIds: ['l1'] }, 20);
    const recalled = done(done(marked, bump, 60), recall, 65);
    expect([states(recalled), ticket(recalled)]).toEqual(['ready waiting cooking', ticket(marked)]);
    expect(recalled.lines[0]).toMatchObject({ readyAt: at(20) });
    expect(recalled.lines[2]).toMatchObject({ startedAt: at(10), readyAt: null });
  });

  test('leaves what was carried out with the guest', () => {
    const served = done(done(start, bump, 60), { kind: 'serve', lineIds: ['l1'] }, 70);
    expect(states(done(served, recall, 75))).toBe('served waiting waiting');
  });

  test('of lines: one that was cooking goes on cooking, one that was not begun waits', () => {
    const ready = done(done(start, { kind: 'start', lineIds: ['l1'] }, 10), { ...bump, lineIds: ['l1', 'l2'] }, 20);
    expect(states(done(ready, { ...recall, lineIds: ['l1', 'l2'] }, 25))).toBe('cooking waiting waiting');
  });

  test('of lines of a ticket that has left the board is a conflict: nobody would see them again', () => {
    expect(tried(done(start, bump, 60), { ...recall, lineIds: ['l1'] }, 61)).toEqual({
      conflict: { code: 'ticket-state', state: 'bumped' },
    });
  });

  test('of a ticket that is not bumped, or whose order is canceled, is a conflict', () => {
    expect(tried(start, recall, 61)).toEqual({ conflict: { code: 'ticket-state', state: 'open' } });
    expect(tried({ ...done(start, bump, 60), status: 'CANCELED' }, recall, 61)).toEqual({
      conflict: { code: 'order-canceled' },
    });
  });
});

describe('start', () => {
  const begun = done(start, { kind: 'start', lineIds: ['l1', 'l2'] }, 10);

  test('begins what waits, once; it can be taken back as long as the dish is not ready', () => {
    expect([states(begun), begun.lines[0]!.startedAt]).toEqual(['cooking cooking waiting', at(10)]);
    expect(done(begun, { kind: 'start', lineIds: ['l1'] }, 20)).toBe(begun);
    const back = done(begun, { kind: 'unstart', lineIds: ['l1', 'l3'] }, 20);
    expect([states(back), back.lines[0]!.startedAt]).toEqual(['waiting cooking waiting', null]);
    expect(tried(done(begun, { ...bump, lineIds: ['l1'] }, 30), { kind: 'unstart', lineIds: ['l1'] }, 40)).toEqual({
      conflict: { code: 'line-state', dish: 'Dish l1', state: 'ready' },
    });
  });

  test('puts a dish on the fire, so that nobody holds its ticket any more', () => {
    expect(tried(begun, { kind: 'hold' }, 20)).toEqual({ conflict: { code: 'nothing-to-hold' } });
    expect(ticket(done(done(begun, { kind: 'unstart', lineIds: ['l1', 'l2'] }, 20), { kind: 'hold' }, 30)).state).toBe(
      'held',
    );
  });
});

describe('serve', () => {
  test('only what is ready; the order closes with the last of it, and opens again when it comes back', () => {
    expect(tried(start, { kind: 'serve', lineIds: ['l1'] }, 10)).toEqual({
      conflict: { code: 'line-state', dish: 'Dish l1', state: 'waiting' },
    });
    const bumped = done(start, bump, 60);
    const most = done(bumped, { kind: 'serve', lineIds: ['l1', 'l2'] }, 70);
    expect(most.closedAt).toBeNull();
    const all = done(most, { kind: 'serve', lineIds: ['l3'] }, 80);
    expect([all.closedAt, all.lines[2]!.servedAt]).toEqual([at(80), at(80)]);
    const back = done(all, { kind: 'unserve', lineIds: ['l3'] }, 85);
    expect([back.closedAt, states(back), back.lines[2]!.servedAt]).toEqual([null, 'served served ready', null]);
  });

  test('all of the lines or none: one that is not possible stops the others', () => {
    const ready = done(start, { ...bump, lineIds: ['l1'] }, 20);
    expect(tried(ready, { kind: 'serve', lineIds: ['l1', 'l2'] }, 30)).toEqual({
      conflict: { code: 'line-state', dish: 'Dish l2', state: 'waiting' },
    });
    expect(tried(ready, { kind: 'serve', lineIds: ['l1', 'l9'] }, 30)).toEqual({ conflict: { code: 'line-gone' } });
  });
});

describe('acknowledge', () => {
  const acknowledge = { kind: 'acknowledge', ticketId } as const;
  const changed = mergeDetail(
    start,
    detail(2, { table: '7', items: [item('l1', { quantity: 3 }), item('l2', { voided: true }), item('l3')] }),
    mergeContext({ now: at(30) }),
  );

  test("clears the flags of its lines and its own notices, and nothing of the kitchen's work", () => {
    expect([changed.lines.map(({ flag }) => flag?.kind), ticket(changed).notices.length]).toEqual([
      ['changed', 'voided', undefined],
      1,
    ]);
    const seen = done(changed, acknowledge, 40);
    expect([seen.lines.map(({ flag }) => flag), ticket(seen).notices, states(seen), ticket(seen).state]).toEqual([
      [null, null, null],
      [],
      'waiting voided waiting',
      'open',
    ]);
    expect(done(seen, acknowledge, 50)).toBe(seen);
  });

  test('leaves what changed after the screen was drawn', () => {
    const more = mergeDetail(
      changed,
      detail(3, {
        table: '7',
        note: 'nuts!',
        items: [item('l1', { quantity: 4 }), item('l2', { voided: true }), item('l3', { voided: true })],
      }),
      mergeContext({ now: at(35) }),
    );
    const after = done(more, { ...acknowledge, seen: changed.changedAt }, 40);
    expect([after.lines.map(({ flag }) => flag?.kind), ticket(after).notices.map(({ kind }) => kind)]).toEqual([
      ['changed', undefined, 'voided'],
      ['note'],
    ]);
    const canceled = mergeDetail(
      changed,
      detail(3, { status: 'CANCELED', table: '7', items: [] }),
      mergeContext({ now: at(35) }),
    );
    expect(ticket(done(canceled, { ...acknowledge, seen: changed.changedAt }, 40))).toMatchObject({
      state: 'open',
      notices: [{ kind: 'canceled' }],
    });
  });

  test('closes a ticket with nothing left on it', () => {
    const off = mergeDetail(
      start,
      detail(2, { items: ['l1', 'l2', 'l3'].map((id) => item(id, { voided: true })) }),
      mergeContext(),
    );
    expect(ticket(off).state).toBe('open');
    const seen = done(off, acknowledge, 40);
    expect([ticket(seen).state, seen.closedAt]).toEqual(['closed', at(40)]);
  });

  test("closes a canceled order's ticket, which stays until then", () => {
    const canceled = mergeDetail(start, detail(2, { status: 'CANCELED', items: [] }), mergeContext());
    expect([ticket(canceled).state, ticket(canceled).notices[0]?.kind, canceled.closedAt]).toEqual([
      'open',
      'canceled',
      null,
    ]);
    const seen = done(canceled, acknowledge, 40);
    expect([ticket(seen), seen.closedAt]).toMatchObject([{ state: 'closed', notices: [] }, at(40)]);
  });

  test("another station's flags stay", () => {
    const both = kitchenOrder(detail(1, { items: [item('l1'), item('l2', { category: 'drinks' })] }));
    const all = mergeDetail(
      both,
      detail(2, { table: '9', items: [item('l1', { quantity: 2 }), item('l2', { category: 'drinks', quantity: 2 })] }),
      mergeContext(),
    );
    const seen = done(all, { kind: 'acknowledge', ticketId: all.lines[0]!.ticketId }, 40);
    expect(seen.lines.map(({ flag }) => flag?.kind)).toEqual([undefined, 'changed']);
    expect(seen.tickets.map(({ notices }) => notices.length).sort()).toEqual([0, 1]);
  });
});

test('property: bump and recall in any order keep every clock, never lose a line, and recall undoes exactly what its bump did', () => {
  const lines = fc.subarray(['l1', 'l2', 'l3'], { minLength: 1 });
  const step = fc.oneof(
    lines.map((lineIds): Asked => ({ kind: 'start', lineIds })),
    lines.map((lineIds): Asked => ({ kind: 'unstart', lineIds })),
    lines.map((lineIds): Asked => ({ ...bump, lineIds })),
    lines.map((lineIds): Asked => ({ kind: 'serve', lineIds })),
    lines.map((lineIds): Asked => ({ kind: 'unserve', lineIds })),
    fc.constant<Asked>(bump),
    fc.constant<Asked>(recall),
    fc.constant<Asked>({ kind: 'acknowledge', ticketId }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let [order, seconds, atBump] = [start, 0, ''];
      for (const command of steps) {
        seconds += 1;
        const before = order;
        const result = tried(order, command, seconds);
        if ('conflict' in result) {
          expect(wordsOf(result.conflict)).toMatch(/^[^\n]+$/);
          continue;
        }
        order = result.after;
        if (order === before) continue;
        expect(order.lines.map(({ id, addedAt }) => [id, addedAt])).toEqual(
          start.lines.map(({ id, addedAt }) => [id, addedAt]),
        );
        expect(ticket(order).firedAt).toBe(ticket(start).firedAt);
        // Fields of the server's own, which the rules do not know, stay.
        expect(order.lines.map(({ position }) => position)).toEqual(start.lines.map(({ position }) => position));
        expect(order.restaurantId).toBe('r-1');
        if (command === bump) atBump = states(before);
        else if (command === recall && atBump) {
          expect(states(order)).toBe(atBump);
          atBump = '';
        } else atBump = '';
      }
    }),
  );
});
