// Merging a new detail keeps all that the kitchen did: order lines are the platform's, kitchen states are ours.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wordsOf } from '../kitchen/why.ts';
import { perform, type KitchenCommand } from '../protocol/rules/perform.ts';
import type { KitchenLine, KitchenOrder } from '../order/order.ts';
import { at, detail, item, kitchenOrder, mergeContext, performContext } from '../../test/made.ts';
import { itemIdOf } from '../protocol/views.ts';
import type { OrderDetail } from '../upstream/detail.ts';
import { mergeDetail } from './merge.ts';
import { sameValue } from './same-value.ts';

let seconds = 100;
const merge = (order: KitchenOrder | null, came: OrderDetail, now = at((seconds += 1))) =>
  mergeDetail(order, came, { ...mergeContext(), now, newId: () => `u${seconds}-${Math.random()}` });
function did(order: KitchenOrder, command: Record<string, unknown>): KitchenOrder {
  const result = perform(
    order,
    { id: 'x', orderId: order.id, ...command } as unknown as KitchenCommand,
    performContext((seconds += 1)),
  );
  if ('conflict' in result) throw new Error(wordsOf(result.conflict));
  return result.after;
}
const line = (order: KitchenOrder, id: string): KitchenLine => order.lines.find((one) => one.id === id)!;
const bumped = (order: KitchenOrder) =>
  order.tickets.reduce(
    (all, { id, state }) => (state === 'open' ? did(all, { kind: 'bump', ticketId: id }) : all),
    order,
  );

describe('a new order', () => {
  test('gets a ticket at each station that has a line, all lines waiting, nothing flagged', () => {
    const order = merge(null, detail(1, { items: [item('l1'), item('l2', { category: 'drinks' }), item('l3')] }));
    expect(order.tickets.map(({ stationId, firing, state }) => [stationId, firing, state])).toEqual([
      ['kitchen', 1, 'open'],
      ['bar', 1, 'open'],
    ]);
    expect(order.lines.map(({ state, flag, stationId }) => [state, flag, stationId])).toEqual([
      ['waiting', null, 'kitchen'],
      ['waiting', null, 'bar'],
      ['waiting', null, 'kitchen'],
    ]);
    expect(order).toMatchObject({ version: 1, closedAt: null });
  });

  test('that is canceled already opens no ticket', () => {
    const order = merge(null, detail(1, { status: 'CANCELED' }));
    expect([order.tickets.map(({ state }) => state), order.lines.map(({ state }) => state)]).toEqual([
      ['closed'],
      ['voided', 'voided'],
    ]);
    expect(order.closedAt).not.toBeNull();
  });
});

test('the same detail again, or one with nothing new, is the same object', () => {
  const order = merge(null, detail(1));
  expect(merge(order, detail(1))).toBe(order);
  expect(merge(order, detail(2))).toMatchObject({ version: 2, lines: order.lines, tickets: order.tickets });
});

describe('new lines', () => {
  test("join their station's open ticket, and are flagged there", () => {
    const order = merge(merge(null, detail(1)), detail(2, { items: [item('l1'), item('l2'), item('l3')] }));
    expect([
      order.tickets.length,
      line(order, 'l3').ticketId,
      line(order, 'l3').flag?.kind,
      line(order, 'l1').flag,
    ]).toEqual([1, order.tickets[0]!.id, 'added', null]);
  });

  test('make a new ticket after a bump, and leave what was bumped alone', () => {
    const before = bumped(merge(null, detail(1)));
    const order = merge(before, detail(2, { items: [item('l1'), item('l2'), item('l3'), item('l4')] }));
    expect(order.tickets.map(({ firing, state }) => [firing, state])).toEqual([
      [1, 'bumped'],
      [2, 'open'],
    ]);
    expect(order.tickets[0]).toBe(before.tickets[0]);
    expect([line(order, 'l3'), line(order, 'l4')]).toMatchObject(
      Array.from({ length: 2 }, () => ({ ticketId: order.tickets[1]!.id, state: 'waiting', flag: null })),
    );
    expect([line(order, 'l1'), line(order, 'l2')]).toEqual([line(before, 'l1'), line(before, 'l2')]);
  });

  test('go to the second ticket as long as that one is open, even when the first was recalled', () => {
    const second = merge(bumped(merge(null, detail(1))), detail(2, { items: [item('l1'), item('l2'), item('l3')] }));
    const recalled = did(second, { kind: 'recall', ticketId: second.tickets[0]!.id });
    const order = merge(recalled, detail(3, { items: [item('l1'), item('l2'), item('l3'), item('l4')] }));
    expect(line(order, 'l4').ticketId).toBe(order.tickets[1]!.id);
  });
});

describe('a changed line', () => {
  test('keeps what the kitchen did, and is flagged with what it was', () => {
    const cooking = did(merge(null, detail(1)), { kind: 'start', lineIds: ['l1'] });
    const order = merge(cooking, detail(2, { items: [item('l1', { quantity: 3, note: 'no salt' }), item('l2')] }));
    expect(line(order, 'l1')).toMatchObject({
      state: 'cooking',
      startedAt: line(cooking, 'l1').startedAt,
      quantity: 3,
      note: 'no salt',
      flag: { kind: 'changed', from: { quantity: 1, note: null } },
    });
    expect(line(order, 'l2')).toBe(line(cooking, 'l2'));
  });

  test('several changes before the kitchen looks keep the oldest values: these are what it knows', () => {
    const first = merge(merge(null, detail(1)), detail(2, { items: [item('l1', { quantity: 2 }), item('l2')] }));
    const order = merge(first, detail(3, { items: [item('l1', { quantity: 5, name: 'Other' }), item('l2')] }));
    expect(line(order, 'l1').flag).toMatchObject({ kind: 'changed', from: { quantity: 1, name: 'Dish l1' } });
  });

  test('modifiers and allergens count; category or seat do not', () => {
    const order = merge(null, detail(1));
    const changed = (more: object) =>
      line(merge(order, detail(2, { items: [item('l1', more), item('l2')] })), 'l1').flag?.kind;
    expect([
      changed({ modifiers: [{ name: 'Hot', kind: 'ADD' }] }),
      changed({ allergens: ['milk'] }),
      changed({ seat: '4', category: 'x', course: 2 }),
    ]).toEqual(['changed', 'changed', undefined]);
  });

  test('keeps its place: in another order upstream, beside a line that vanished, and before new ones', () => {
    const order = merge(null, detail(1, { items: [item('l1'), item('l2'), item('l3')] }));
    const shuffled = merge(order, detail(2, { items: [item('l3'), item('l1'), item('l2')] }));
    expect(shuffled.lines).toEqual(order.lines);
    const more = merge(order, detail(2, { items: [item('new'), item('l3'), item('l1')] }));
    expect(more.lines.map(({ id, position, voided }) => [id, position, voided])).toEqual([
      ['l1', 0, false],
      ['l2', 1, true],
      ['l3', 2, false],
      ['new', 3, false],
    ]);
  });

  test('of a bumped ticket is flagged there until that is seen; one that the guest has is not made again', () => {
    const served = did(bumped(merge(null, detail(1))), { kind: 'serve', lineIds: ['l1'] });
    const noted = { note: 'no salt' };
    const order = merge(served, detail(2, { items: [item('l1', noted), item('l2', noted)] }));
    expect([line(order, 'l1').flag, line(order, 'l2').flag, order.tickets[0]!.state]).toEqual([
      null,
      { kind: 'changed', at: expect.any(String), from: { note: null } },
      'bumped',
    ]);
  });
});

describe('a voided line', () => {
  test('is flagged and stays, whether it is said to be voided or has vanished', () => {
    const before = merge(null, detail(1, { items: [item('l1'), item('l2'), item('l3')] }));
    const order = merge(before, detail(2, { items: [item('l1', { voided: true }), item('l3')] }));
    expect([line(order, 'l1'), line(order, 'l2')]).toMatchObject(
      Array.from({ length: 2 }, () => ({ voided: true, state: 'voided', flag: { kind: 'voided' } })),
    );
    expect(merge(order, detail(3, { items: [item('l3')] }))).toMatchObject({
      lines: expect.arrayContaining([line(order, 'l1'), line(order, 'l2')]),
    });
  });

  test('that was served needs no word to the kitchen', () => {
    const served = did(bumped(merge(null, detail(1))), { kind: 'serve', lineIds: ['l1'] });
    expect(line(merge(served, detail(2, { items: [item('l2')] })), 'l1')).toMatchObject({
      state: 'voided',
      flag: null,
    });
  });

  test('that comes back is cooked anew, on an open ticket', () => {
    const voided = merge(bumped(merge(null, detail(1))), detail(2, { items: [item('l2')] }));
    const order = merge(voided, detail(3));
    expect(line(order, 'l1')).toMatchObject({
      voided: false,
      state: 'waiting',
      flag: { kind: 'added' },
      readyAt: null,
      ticketId: order.tickets[1]!.id,
    });
    expect(order.tickets.map(({ state }) => state)).toEqual(['bumped', 'open']);
  });

  test('that was voided before the kitchen ever saw it opens no ticket of its own', () => {
    const order = merge(null, detail(1, { items: [item('l1', { voided: true }), item('l2', { category: 'drinks' })] }));
    expect(order.tickets.map(({ stationId, state }) => [stationId, state])).toEqual([
      ['kitchen', 'closed'],
      ['bar', 'open'],
    ]);
    const mixed = merge(null, detail(1, { items: [item('l1', { voided: true }), item('l2')] }));
    expect([mixed.tickets.map(({ state }) => state), line(mixed, 'l2').ticketId]).toEqual([
      ['open'],
      mixed.tickets[0]!.id,
    ]);
    const after = merge(
      bumped(mixed),
      detail(2, { items: [item('l1', { voided: true }), item('l2'), item('l3', { voided: true })] }),
    );
    expect(after.tickets.map(({ state }) => state)).not.toContain('open');
  });
});

describe('a canceled order', () => {
  test('voids what is not with the guest, says so on its open tickets, and needs no lines to do it', () => {
    const before = merge(null, detail(1, { items: [item('l1'), item('l2', { category: 'drinks' })] }));
    const bar = before.tickets.find(({ stationId }) => stationId === 'bar')!;
    const half = did(did(before, { kind: 'bump', ticketId: bar.id }), { kind: 'serve', lineIds: ['l2'] });
    for (const items of [[], half.lines.map(({ id }) => item(id))]) {
      const order = merge(half, detail(2, { status: 'CANCELED', items }));
      expect(order.lines.map(({ state }) => state).sort()).toEqual(['served', 'voided']);
      expect(order.tickets.map(({ state, notices }) => [state, notices.map(({ kind }) => kind)])).toEqual([
        ['open', ['canceled']],
        ['bumped', []],
      ]);
    }
  });

  test('is told on a bumped ticket, too, while something of it waits to be carried, and leaves once that was seen', () => {
    const before = merge(null, detail(1, { items: [item('l1'), item('l2')] }));
    const ready = bumped(before);
    const order = merge(ready, detail(2, { status: 'CANCELED', items: [] }));
    expect([
      order.tickets.map(({ state, notices }) => [state, notices.map(({ kind }) => kind)]),
      order.closedAt,
    ]).toEqual([[['bumped', ['canceled']]], null]);
    const seen = did(order, { kind: 'acknowledge', ticketId: order.tickets[0]!.id });
    expect([seen.tickets[0]!.notices, seen.closedAt]).toEqual([[], expect.any(String)]);
    const served = did(ready, { kind: 'serve', lineIds: ['l1', 'l2'] });
    expect(merge(served, detail(2, { status: 'CANCELED', items: [] })).tickets[0]!.notices).toEqual([]);
  });
});

describe('other words of a status', () => {
  test.each(['CANCELLED', 'canceled', 'Voided', 'REFUNDED'])('%s in the middle of the work cancels', (status) => {
    const order = merge(merge(null, detail(1)), detail(2, { status }));
    expect([order.lines.map(({ state }) => state), order.tickets[0]!.notices.map(({ kind }) => kind)]).toEqual([
      ['voided', 'voided'],
      ['canceled'],
    ]);
  });

  test('of what waits at the pass too, so that nobody carries it', () => {
    const order = merge(bumped(merge(null, detail(1))), detail(2, { status: 'REFUNDED' }));
    expect([order.closedAt, order.tickets[0]!.notices.map(({ kind }) => kind)]).toEqual([null, ['canceled']]);
  });

  test.each(['CLOSED', 'complete'])('%s finishes an order that is bumped', (status) => {
    expect(merge(bumped(merge(null, detail(1))), detail(2, { status })).closedAt).not.toBeNull();
  });

  test('a refund of an order that is over brings nothing back, whatever the refund took off', () => {
    const over = merge(bumped(merge(null, detail(1))), detail(2, { status: 'COMPLETED' }));
    const items = [item('l1', { voided: true }), item('l2', { note: 'complained', quantity: 0.5 })];
    const order = merge(over, detail(3, { status: 'REFUNDED', items }));
    expect(order).toMatchObject({ status: 'REFUNDED', closedAt: over.closedAt, tickets: [{ notices: [] }] });
    expect(order.lines.map(({ state, flag }) => [state, flag])).toEqual([
      ['voided', null],
      ['ready', null],
    ]);
  });

  test('nothing that upstream does to an order long after it is over reaches the kitchen', () => {
    const over = merge(bumped(merge(null, detail(1))), detail(2, { status: 'COMPLETED' }));
    const later = at(seconds + 4 * 3600);
    for (const came of [
      detail(3, { status: 'CANCELED' }),
      detail(3, { status: 'COMPLETED', table: '7', note: 'tip' }),
      detail(3, { status: 'COMPLETED', items: [item('l1', { note: 'x' })] }),
    ])
      expect(merge(over, came, later)).toMatchObject({ version: 3, closedAt: over.closedAt });
  });

  test('a word that nobody knows opens nothing that was over, and changes nothing that is not', () => {
    for (const status of ['COMPLETED', 'CANCELED']) {
      const over = merge(bumped(merge(null, detail(1))), detail(2, { status }));
      const seen = over.tickets.reduce((all, { id }) => did(all, { kind: 'acknowledge', ticketId: id }), over);
      expect(seen.closedAt).not.toBeNull();
      const order = merge(merge(seen, detail(3, { status: 'SYNCED' })), detail(4, { status: 'SYNCED' }));
      expect(order).toMatchObject({ version: 4, status, closedAt: seen.closedAt });
      expect(order.lines.map(({ state }) => state)).toEqual(seen.lines.map(({ state }) => state));
    }
    expect(merge(merge(null, detail(1)), detail(2, { status: 'SYNCED' }))).toMatchObject({
      status: 'SYNCED',
      closedAt: null,
      tickets: [{ state: 'open', notices: [] }],
    });
  });
});

describe('a change of the whole order', () => {
  test('is told on every open ticket that the kitchen had, with what it was first', () => {
    const order = merge(merge(null, detail(1)), detail(2, { table: '7' }));
    expect(order.tickets[0]!.notices).toMatchObject([{ kind: 'table', from: '12' }]);
    const again = merge(order, detail(3, { table: '8', priority: 'RUSH', note: 'birthday', type: 'TAKEAWAY' }));
    expect(again.tickets[0]!.notices).toMatchObject([
      { kind: 'table', from: '12' },
      { kind: 'type', from: 'DINE_IN' },
      { kind: 'note', from: null },
      { kind: 'rush' },
    ]);
  });

  test('is not told on a bumped ticket, nor on one that is new with it', () => {
    const order = merge(
      bumped(merge(null, detail(1))),
      detail(2, { table: '7', items: [item('l1'), item('l2'), item('l3')] }),
    );
    expect(order.tickets.map(({ notices }) => notices)).toEqual([[], []]);
  });
});

test('values are compared by what they say: JSONB does not keep the order of keys', () => {
  expect(sameValue({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true);
  for (const [a, b] of [
    [{ a: 1 }, { a: 1, b: undefined }],
    [[], {}],
    [null, {}],
    [
      [1, 2],
      [2, 1],
    ],
    ['1', 1],
  ])
    expect(sameValue(a, b)).toBe(false);
});

test('property: after any history of details and commands, no line is lost, none is reset by a merge, and every live line is on a ticket that shows it', () => {
  const lines = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('l1', 'l2', 'l3', 'l4'),
      quantity: fc.integer({ min: 1, max: 2 }),
      voided: fc.boolean(),
      category: fc.constantFrom('drinks', 'food'),
    }),
    { selector: ({ id }) => id, minLength: 1 },
  );
  const onTicket = ({ tickets }: KitchenOrder, n: number) => ({ ticketId: tickets[n % tickets.length]!.id });
  const onLine = ({ lines: all }: KitchenOrder, n: number) => ({ lineIds: [all[n % all.length]!.id] });
  /**
   * Every command: its weight, and its fields, which a number chooses. A new command does not compile until it stands
   * here.
   */
  const commands: Record<
    KitchenCommand['kind'],
    [weight: number, fieldsOf: (order: KitchenOrder, n: number) => object]
  > = {
    start: [2, onLine],
    bump: [
      4,
      (order, n) =>
        n < 12 ? onTicket(order, n) : { ...onLine(order, n), ticketId: order.lines[n % order.lines.length]!.ticketId },
    ],
    recall: [2, onTicket],
    serve: [2, onLine],
    unstart: [1, onLine],
    unserve: [1, onLine],
    acknowledge: [2, onTicket],
    'see-allergy': [1, onTicket],
    fire: [1, () => ({})],
    hold: [1, () => ({})],
    rush: [1, (_, n) => ({ on: n % 2 > 0 })],
    transfer: [1, (order, n) => ({ ...onLine(order, n), stationId: n < 12 ? 'bar' : 'kitchen' })],
    'note-delay': [1, (_, n) => ({ note: n % 2 > 0 ? 'on its way' : null })],
  };
  const kinds = Object.keys(commands) as KitchenCommand['kind'][];
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('detail' as const),
        items: lines,
        status: fc.constantFrom('PLACED', 'PAID', 'PAID', 'CANCELED'),
        table: fc.constantFrom('1', '2'),
      }),
    },
    ...kinds.map((kind) => ({
      weight: commands[kind][0],
      arbitrary: fc.record({ kind: fc.constant(kind), n: fc.nat(23) }),
    })),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 25 }), (steps) => {
      let [order, version, transferred] = [kitchenOrder(detail(1)), 1, false];
      for (const what of steps) {
        const before = order;
        if (what.kind === 'detail') {
          if (before.status === 'CANCELED' && what.status !== 'CANCELED') continue;
          const came = detail((version += 1), {
            status: what.status,
            table: what.table,
            items: what.items.map(({ id, ...more }) => item(id, more)),
          });
          const copy = structuredClone(before);
          order = merge(before, came);
          expect(before).toEqual(copy);
          for (const old of before.lines) {
            const now = line(order, old.id);
            const up = came.items.find(({ id }) => id === itemIdOf(old));
            const alone = before.lines.filter((one) => itemIdOf(one) === itemIdOf(old)).length === 1;
            if (up && !up.voided && !old.voided && came.status !== 'CANCELED' && alone)
              expect([now.state, now.ticketId, now.startedAt, now.readyAt]).toEqual([
                old.state,
                old.ticketId,
                old.startedAt,
                old.readyAt,
              ]);
            if ((!up || up.voided) && !old.voided && came.status !== 'CANCELED')
              expect([now.state, now.voided]).toEqual(['voided', true]);
          }
          for (const up of came.items) {
            expect(order.lines.filter(({ id }) => id === up.id)).toHaveLength(1);
            const live = order.lines.filter((one) => itemIdOf(one) === up.id && one.state !== 'voided');
            if (!up.voided && came.status !== 'CANCELED')
              expect(live.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(up.quantity);
          }
          for (const now of order.lines) {
            if (now.state !== 'waiting' && now.state !== 'cooking') continue;
            const was = before.lines.find(({ id }) => id === now.id);
            if (!was || was.state !== now.state)
              expect(
                order.tickets.find(({ id }) => id === now.ticketId)?.state,
                'what is to be cooked is on an open ticket',
              ).toBe('open');
          }
          for (const ticket of order.tickets)
            // A notice that is not seen keeps a ticket open even if its last line went to another station.
            if (ticket.state === 'open' && !(transferred && ticket.notices.length))
              expect(
                order.lines.some(({ ticketId }) => ticketId === ticket.id),
                'no ticket is empty',
              ).toBe(true);
        } else {
          const command = { kind: what.kind, ...commands[what.kind][1](order, what.n) };
          const result = perform(
            order,
            { id: 'x', orderId: order.id, ...command } as unknown as KitchenCommand,
            performContext((seconds += 1)),
          );
          if ('after' in result) {
            order = result.after;
            transferred ||= what.kind === 'transfer';
          }
        }
        expect(order.lines.map(({ id }) => id)).toEqual(expect.arrayContaining(before.lines.map(({ id }) => id)));
      }
    }),
    { numRuns: 200 },
  );
});
