// What a tap shows before the server has answered is what the server then says.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { forScreens, type KitchenOrder } from '../../../server/order/order.ts';
import { mergeDetail } from '../../../server/settle/merge.ts';
import type { OrderCommand } from '../../../server/protocol/commands.ts';
import { TOGETHER, type Courses } from '../../../server/protocol/facts.ts';
import { perform, type KitchenCommand } from '../../../server/protocol/rules/perform.ts';
import { NO_FACTS, type OrderView } from '../../../server/protocol/views.ts';
import { at as made, detail, item, mergeContext, performContext } from '../../../test/made.ts';
import { predict, predictFacts, type TappedOn } from './predict.ts';
import { at, makeLine, makeOrder, makeTicket, testScreen } from '../../../test/orders.ts';

const id = 'f3b0c442-98fc-4c14-9afb-f4c8996fb924';
const base = { id, orderId: 'a', ticketId: 't1' };
const order = makeOrder('a', {
  lines: [makeLine('1', { state: 'ready', readyAt: at(1) }), makeLine('2'), makeLine('3', { ticketId: 't2' })],
});
const states = (next: OrderView) => next.lines.map(({ state }) => state);
const tappedOn = (courses: Courses = TOGETHER, stationId: string | null = null): TappedOn => ({
  by: 'Tablet',
  stationId,
  facts: {
    ...NO_FACTS,
    stations: ['bar', 'kitchen', 'closed'].map((station) => ({
      ...testScreen.station!,
      id: station,
      retired: station === 'closed',
    })),
    courses,
  },
});
const tap = (before: OrderView, command: OrderCommand, when: string) => predict(before, command, when, tappedOn());

it('bumps a ticket, and recalls it with what was ready before still ready', () => {
  const bumped = tap(order, { ...base, kind: 'bump' }, at(9));
  expect(states(bumped)).toEqual(['ready', 'ready', 'waiting']);
  expect(bumped.tickets[0]).toMatchObject({ state: 'bumped', bumpedAt: at(9) });
  const recalled = tap(bumped, { ...base, kind: 'recall' }, at(12));
  expect(states(recalled)).toEqual(['ready', 'waiting', 'waiting']);
  expect(recalled.tickets[0]).toMatchObject({ state: 'open', bumpedAt: null, firedAt: at(0) });
});

it('moves single lines and leaves the ticket where it is', () => {
  expect(states(tap(order, { ...base, kind: 'bump', lineIds: ['2'] }, at(9)))).toEqual(['ready', 'ready', 'waiting']);
  expect(states(tap(order, { ...base, kind: 'recall', lineIds: ['1'] }, at(9)))).toEqual([
    'waiting',
    'waiting',
    'waiting',
  ]);
  expect(tap(order, { ...base, kind: 'bump', lineIds: ['2'] }, at(9)).tickets[0]?.state).toBe('open');
});

it('serves what is ready, and takes that back', () => {
  const serve: OrderCommand = { id, orderId: 'a', kind: 'serve', lineIds: ['1'] };
  const served = tap(order, serve, at(9));
  expect(states(served)).toEqual(['served', 'waiting', 'waiting']);
  expect(states(tap(served, { ...serve, kind: 'unserve' }, at(9)))).toEqual(['ready', 'waiting', 'waiting']);
});

it('shows nothing of a tap that the server will refuse', () => {
  expect(tap(order, { id, orderId: 'a', kind: 'serve', lineIds: ['1', '2'] }, at(9))).toBe(order);
  expect(tap(order, { ...base, kind: 'recall' }, at(9))).toBe(order);
  const retired: OrderCommand = { id, orderId: 'a', kind: 'transfer', lineIds: ['2'], stationId: 'closed' };
  const there = { ...order, tickets: [makeTicket(), makeTicket({ id: 't2', stationId: 'closed' })] };
  expect(tap(there, retired, at(9))).toBe(there);
  expect(tap(there, { ...retired, lineIds: ['3'], stationId: 'grill' }, at(9))).toBe(there);
});

it('waits for the server where a tap makes a ticket, whose id only the server can give', () => {
  const moved: OrderCommand = { id, orderId: 'a', kind: 'transfer', lineIds: ['2'], stationId: 'bar' };
  expect(tap(order, moved, at(9))).toBe(order);
});

it('takes flags and notices away, and closes what has nothing left to do', () => {
  const changed = makeOrder('a', {
    lines: [makeLine('1', { voided: true, state: 'voided', flag: { kind: 'voided', at: at(1) } })],
    tickets: [makeTicket({ notices: [{ kind: 'table', at: at(1) }] })],
  });
  const seen = tap(changed, { ...base, kind: 'acknowledge' }, at(9));
  expect(seen.lines[0]?.flag).toBeNull();
  expect(seen.tickets[0]).toMatchObject({ notices: [], state: 'closed' });
});

it('marks a dish as sold out, and takes that back', () => {
  const facts = NO_FACTS;
  const naan = { id, kind: 'sold-out', dish: { sku: null, name: ' Garlic Naan' }, on: true } as const;
  const marked = predictFacts(facts, naan, at(9), 'Grill tablet');
  expect(marked.soldOut).toEqual([
    {
      key: 'name:garlic naan',
      sku: null,
      name: ' Garlic Naan',
      at: at(9),
      by: 'Grill tablet',
      until: null,
      left: null,
    },
  ]);
  expect(predictFacts(marked, naan, at(10))).toBe(marked);
  expect(
    predictFacts(marked, { ...naan, dish: { sku: null, name: 'GARLIC NAAN' }, on: false }, at(11)).soldOut,
  ).toEqual([]);
});

it(
  'property: foretells of every command what the server then does, but for tickets that it makes',
  { timeout: 60_000 },
  () => {
    const lineIds = ['a', 'b', 'c', 'd'];
    const items = fc.uniqueArray(
      fc.record({
        id: fc.constantFrom(...lineIds),
        course: fc.constantFrom(null, 1, 2),
        voided: fc.boolean(),
        category: fc.constantFrom('drinks', 'food'),
        quantity: fc.integer({ min: 1, max: 2 }),
      }),
      { selector: ({ id }) => id, minLength: 1 },
    );
    const lines = fc.subarray(lineIds, { minLength: 1, maxLength: 2 });
    /** How old what the screen showed is, in seconds. */
    const ago = fc.option(fc.nat(8), { nil: undefined });
    const command = fc.oneof(
      fc.record({ kind: fc.constantFrom('start', 'unstart', 'serve', 'unserve'), lineIds: lines }),
      fc.record({
        kind: fc.constantFrom('bump', 'recall'),
        ticket: fc.nat(4),
        lineIds: fc.option(lines, { nil: undefined }),
        ago,
      }),
      fc.record({ kind: fc.constantFrom('acknowledge', 'see-allergy'), ticket: fc.nat(4), ago }),
      fc.record({ kind: fc.constant('fire'), course: fc.constantFrom(null, 1, 2) }),
      fc.constant({ kind: 'hold' }),
      fc.record({ kind: fc.constantFrom('fire', 'hold'), ticket: fc.nat(4) }),
      fc.record({ kind: fc.constant('rush'), on: fc.boolean() }),
      fc.record({
        kind: fc.constant('transfer'),
        lineIds: lines,
        stationId: fc.constantFrom('bar', 'kitchen', 'closed'),
      }),
      fc.record({ kind: fc.constant('note-delay'), note: fc.constantFrom('on its way', null) }),
    );
    const step = fc.oneof(
      {
        weight: 1,
        arbitrary: fc.record({
          items,
          status: fc.constantFrom('PAID', 'PAID', 'CANCELED'),
          priority: fc.constantFrom('NORMAL' as const, 'RUSH' as const),
          dueAt: fc.constantFrom(null, null, made(9000)),
        }),
      },
      { weight: 4, arbitrary: command },
    );
    const kinds = new Set<string>();
    const madeUp = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 3, maxLength: 20 }),
        fc.constantFrom(
          ...(['together', 'manual', 'after-previous', 'timed'] as const).map((mode) => ({ mode, gapSeconds: 5 })),
        ),
        fc.constantFrom(null, 'bar', 'kitchen'),
        (steps, courses, stationId) => {
          let [order, seconds]: [KitchenOrder, number] = [
            mergeDetail(
              null,
              detail(1, { items: lineIds.map((line, i) => item(line, { course: 1 + (i % 2) })) }),
              mergeContext({ courses }),
            ),
            10,
          ];
          for (const what of steps) {
            seconds += 1;
            if ('items' in what) {
              if (order.status === 'CANCELED' && what.status !== 'CANCELED') continue;
              order = mergeDetail(
                order,
                detail(Number(order.version ?? 0) + 1, {
                  ...what,
                  items: what.items.map(({ id: line, ...more }) => item(line, more)),
                }),
                mergeContext({ courses, now: made(seconds), newId: () => `u${seconds}-${Math.random()}` }),
              );
              continue;
            }
            const { ticket, ago: age, ...asked } = { ticket: undefined, ago: undefined, ...what };
            const sent = {
              id,
              orderId: order.id,
              ...(ticket !== undefined && { ticketId: order.tickets[ticket % order.tickets.length]!.id }),
              ...(age !== undefined && { seen: made(seconds - age) }),
              ...asked,
            } as unknown as KitchenCommand;
            madeUp.add(sent.kind);
            const result = perform(order, sent, performContext(seconds, { courses, stationId }));
            const foretold = predict(forScreens(order), sent, made(seconds), tappedOn(courses, stationId));
            const foreseen = 'after' in result && result.after.tickets.length === order.tickets.length;
            kinds.add(`${sent.kind} ${foreseen ? 'foretold' : 'not'}`);
            // Both times are the server's to set: a tap tells by `changedAt` what its screen had shown.
            const { changedAt, closedAt } = order;
            expect(foretold, sent.kind).toEqual(
              forScreens(foreseen ? { ...result.after, changedAt, closedAt } : order),
            );
            if ('conflict' in result) continue;
            order = result.after;
          }
        },
      ),
      { numRuns: 500 },
    );
    // A new command does not compile until it stands here, and fails until `command` above makes it up.
    const every: Record<KitchenCommand['kind'], true> = {
      start: true,
      bump: true,
      recall: true,
      acknowledge: true,
      'see-allergy': true,
      serve: true,
      unstart: true,
      unserve: true,
      fire: true,
      hold: true,
      rush: true,
      transfer: true,
      'note-delay': true,
    };
    expect([...madeUp].toSorted()).toEqual(Object.keys(every).toSorted());
    for (const kind of ['bump', 'recall', 'fire', 'hold', 'rush', 'transfer'])
      expect(kinds, 'it was foretold').toContain(`${kind} foretold`);
    for (const kind of ['bump', 'transfer']) expect(kinds, 'it was refused').toContain(`${kind} not`);
  },
);
