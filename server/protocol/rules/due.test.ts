// An order for later reaches each station once, at its due time less the station's lead, and never sooner by itself.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { did, MANUAL, AFTER, TIMED, states, ticketOf } from '../../../test/courses.ts';
import { at, detail, item, mergeContext, performContext } from '../../../test/made.ts';
import type { KitchenOrder } from '../../order/order.ts';
import { mergeDetail } from '../../settle/merge.ts';
import type { OrderDetail } from '../../upstream/detail.ts';
import { leadSeconds, TOGETHER, type Courses } from '../facts.ts';
import { followCourses } from './courses.ts';
import type { Leads } from './due.ts';
import { perform, type KitchenCommand } from './perform.ts';

const HOUR = 3600;
/** The bar begins 5 minutes before, the kitchen the usual 25. */
const LEADS: Leads = { bar: { default: 300 } };
const ITEMS = [item('food'), item('wine', { category: 'drinks' })];

let ids = 0;
const arrive = (
  order: KitchenOrder | null,
  seconds: number,
  more: Partial<OrderDetail> = {},
  { courses = TOGETHER, leads = LEADS }: { courses?: Courses; leads?: Leads } = {},
) =>
  mergeDetail(
    order,
    detail(Number(order?.version ?? 0) + 1, { items: ITEMS, dueAt: at(8 * HOUR), ...more }),
    mergeContext({ now: at(seconds), newId: () => `t${(ids += 1)}`, courses, leads }),
  );
const pass = (order: KitchenOrder, seconds: number, { courses = TOGETHER, leads = LEADS } = {}) =>
  followCourses(order, { courses, leads }, at(seconds));
const tap = (order: KitchenOrder, command: object, seconds: number) => {
  const result = perform(
    order,
    { id: 'x', orderId: order.id, ...command } as unknown as KitchenCommand,
    performContext(seconds, { leads: LEADS }),
  );
  if ('conflict' in result) throw new Error(result.conflict.code);
  return result.after;
};
const shown = (order: KitchenOrder) =>
  order.tickets.map(({ stationId, state, heldFor, heldUntil }) => [stationId, state, heldFor, heldUntil]);
const [KITCHEN_AT, BAR_AT] = [8 * HOUR - 1500, 8 * HOUR - 300];
const waiting = [
  ['kitchen', 'held', 'due', at(KITCHEN_AT)],
  ['bar', 'held', 'due', at(BAR_AT)],
];

describe('an order for later', () => {
  test('waits at each station for its due time less the lead there, and fires then, with a clock from there', () => {
    const order = arrive(null, 0);
    expect([shown(order), states(order)]).toEqual([waiting, 'food held, wine held']);
    expect(pass(order, KITCHEN_AT - 1)).toBe(order);
    const fired = pass(order, KITCHEN_AT);
    expect(shown(fired)).toEqual([['kitchen', 'open', null, null], waiting[1]]);
    expect(ticketOf(fired, 'food').firedAt).toBe(at(KITCHEN_AT));
    const both = pass(fired, BAR_AT + 1);
    expect([states(both), ticketOf(both, 'wine').firedAt]).toEqual(['food waiting, wine waiting', at(BAR_AT + 1)]);
  });

  test('waits for nothing where the due time is past, or nearer than the lead', () => {
    for (const due of [-HOUR, 0, 1499, 1500]) {
      const order = arrive(null, 0, { dueAt: at(due), items: [item('food')] });
      expect([due, shown(order)]).toEqual([due, [['kitchen', 'open', null, null]]]);
    }
    expect(shown(arrive(null, 0, { dueAt: null }))[0]).toEqual(['kitchen', 'open', null, null]);
  });

  test('has the lead of its type', () => {
    const leads = { kitchen: { default: 600, DELIVERY: 2400 } };
    expect(shown(arrive(null, 0, { type: 'DELIVERY' }, { leads }))[0]?.[3]).toBe(at(8 * HOUR - 2400));
    expect(shown(arrive(null, 0, { type: null }, { leads }))[0]?.[3]).toBe(at(8 * HOUR - 600));
    expect([leadSeconds({}, 'DINE_IN'), leadSeconds({ TAKEAWAY: 60 }, 'constructor')]).toEqual([1500, 1500]);
  });

  test('follows its due time: earlier, later, gone, past', () => {
    const order = arrive(null, 0);
    expect(shown(arrive(order, 10, { dueAt: at(9 * HOUR) }))[0]?.[3]).toBe(at(9 * HOUR - 1500));
    expect(shown(arrive(order, 10, { dueAt: at(HOUR) }))[0]?.[3]).toBe(at(HOUR - 1500));
    for (const dueAt of [null, at(5), at(200)])
      expect(states(arrive(order, 10, { dueAt }))).toBe('food waiting, wine waiting');
  });

  test('follows a change of the lead', () => {
    const order = arrive(null, 0);
    expect(shown(pass(order, 10, { leads: { kitchen: { default: 60 } } }))[0]?.[3]).toBe(at(8 * HOUR - 60));
    expect(states(pass(order, 10, { leads: { kitchen: { default: 9 * HOUR } } }))).toBe('food waiting, wine held');
  });

  test('takes what is added to it along, held; what is added after the fire is flagged', () => {
    const more = arrive(arrive(null, 0), 10, { items: [...ITEMS, item('bread')] });
    expect(more.lines.find(({ id }) => id === 'bread')).toMatchObject({ state: 'held', flag: null });
    expect(ticketOf(more, 'bread').id).toBe(ticketOf(more, 'food').id);
    const late = arrive(pass(more, KITCHEN_AT), KITCHEN_AT + 5, { items: [...ITEMS, item('bread'), item('rice')] });
    expect(late.lines.find(({ id }) => id === 'rice')).toMatchObject({ state: 'waiting', flag: { kind: 'added' } });
  });

  test('is closed without a word when it is canceled, or loses its dishes', () => {
    const canceled = arrive(arrive(null, 0), 10, { status: 'CANCELED', items: [] });
    expect(shown(canceled).map(([, state]) => state)).toEqual(['closed', 'closed']);
    expect([canceled.closedAt, canceled.tickets.flatMap(({ notices }) => notices)]).toEqual([at(10), []]);
    expect(pass(canceled, 9 * HOUR)).toBe(canceled);
    const voided = arrive(arrive(null, 0), 10, { items: [item('food', { voided: true }), ITEMS[1]!] });
    expect(shown(voided)).toEqual([['kitchen', 'closed', null, null], waiting[1]]);
  });

  test('is not begun, bumped or rushed before it is fired', () => {
    const order = arrive(null, 0);
    for (const command of [
      { kind: 'start', lineIds: ['food'] },
      { kind: 'bump', ticketId: ticketOf(order, 'food').id },
    ])
      expect(() => tap(order, command, 10)).toThrow();
    expect(states(tap(order, { kind: 'rush', on: true }, 10))).toBe('food held, wine held');
  });
});

describe('started now by a person', () => {
  test('it is all cooked at once, and what is added goes along', () => {
    const order = tap(arrive(null, 0), { kind: 'fire' }, 60);
    expect([states(order), ticketOf(order, 'food').firedAt]).toEqual(['food waiting, wine waiting', at(60)]);
    const more = arrive(order, 90, { items: [...ITEMS, item('bread')], note: 'early' });
    expect(more.lines.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting']);
    const bumped = tap(more, { kind: 'bump', ticketId: ticketOf(more, 'food').id }, 100);
    const again = arrive(bumped, 120, { items: [...ITEMS, item('bread'), item('cake')] });
    expect(again.lines.find(({ id }) => id === 'cake')?.state).toBe('waiting');
  });

  test('one station begins alone, and what is added there goes along', () => {
    const order = arrive(null, 0);
    const begun = tap(order, { kind: 'fire', ticketId: ticketOf(order, 'food').id }, 60);
    expect(shown(begun)).toEqual([['kitchen', 'open', null, at(KITCHEN_AT)], waiting[1]]);
    const more = arrive(begun, 90, { items: [...ITEMS, item('bread'), item('beer', { category: 'drinks' })] });
    expect(more.lines.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'food waiting',
      'wine held',
      'bread waiting',
      'beer held',
    ]);
    expect(() => tap(begun, { kind: 'fire', ticketId: 'gone' }, 70)).toThrow('ticket-gone');
    expect(tap(begun, { kind: 'fire', ticketId: ticketOf(order, 'food').id }, 70)).toBe(begun);
  });

  test('a part that was fired at its time is no early start, whatever has moved since', () => {
    const fired = pass(arrive(null, 0), BAR_AT);
    const more = { items: [...ITEMS, item('beer', { category: 'drinks' })], dueAt: at(9 * HOUR) };
    const done = ['food', 'wine'].reduce(
      (order, id) => tap(order, { kind: 'bump', ticketId: ticketOf(order, id).id }, BAR_AT + 60),
      fired,
    );
    const later = arrive(done, BAR_AT + 90, more, { leads: {} });
    expect(later.lines.find(({ id }) => id === 'beer')?.state).toBe('held');
  });

  test('it can be taken back until somebody has begun with it', () => {
    const order = tap(arrive(null, 0), { kind: 'fire' }, 60);
    const back = tap(order, { kind: 'hold', ticketId: ticketOf(order, 'food').id }, 65);
    expect([shown(back)[0], states(back), back.hold]).toEqual([waiting[0], 'food held, wine waiting', null]);
    expect(tap(back, { kind: 'hold', ticketId: ticketOf(order, 'food').id }, 66)).toBe(back);
    const begun = tap(order, { kind: 'start', lineIds: ['food'] }, 65);
    expect(() => tap(begun, { kind: 'hold', ticketId: ticketOf(order, 'food').id }, 66)).toThrow('nothing-to-hold');
    const now = arrive(null, 0, { dueAt: null });
    expect(() => tap(now, { kind: 'hold', ticketId: ticketOf(now, 'food').id }, 1)).toThrow('nothing-to-hold');
  });

  test('it stays begun when its due time moves', () => {
    const order = tap(arrive(null, 0), { kind: 'fire' }, 60);
    expect(states(arrive(order, 90, { dueAt: at(10 * HOUR) }))).toBe('food waiting, wine waiting');
  });
});

describe('a due time that moves away after the fire', () => {
  const fired = () => pass(arrive(null, 0), KITCHEN_AT);

  test('lets a ticket that nobody has begun with wait again, and its station is told', () => {
    const later = arrive(fired(), KITCHEN_AT + 60, { dueAt: at(10 * HOUR) });
    expect(shown(later)).toEqual([
      ['kitchen', 'held', 'due', at(10 * HOUR - 1500)],
      ['bar', 'held', 'due', at(10 * HOUR - 300)],
    ]);
    expect(ticketOf(later, 'food').notices).toEqual([{ kind: 'due', at: at(KITCHEN_AT + 60), from: at(8 * HOUR) }]);
    expect(states(pass(later, 10 * HOUR))).toBe('food waiting, wine waiting');
    const first = arrive(arrive(null, 0, { dueAt: null }), 60);
    expect(shown(first)).toEqual(waiting);
  });

  test('leaves a ticket that is begun on the board, and tells it', () => {
    const begun = tap(fired(), { kind: 'start', lineIds: ['food'] }, KITCHEN_AT + 30);
    const later = arrive(begun, KITCHEN_AT + 60, { dueAt: at(10 * HOUR) });
    expect(states(later)).toBe('food cooking, wine held');
    expect(ticketOf(later, 'food').notices).toMatchObject([{ kind: 'due', from: at(8 * HOUR) }]);
    expect(ticketOf(arrive(begun, KITCHEN_AT + 60, { dueAt: at(8 * HOUR + 59) }), 'food').notices).toEqual([]);
  });
});

describe('an order for later that somebody holds', () => {
  test('stays held at its time, for that person to release', () => {
    const held = tap(arrive(null, 0), { kind: 'hold' }, 60);
    expect(shown(held)).toEqual(waiting);
    const time = pass(held, KITCHEN_AT + 1);
    expect(shown(time)).toEqual([['kitchen', 'held', 'order', null], waiting[1]]);
    expect(ticketOf(time, 'food').firedAt).toBe(at(KITCHEN_AT + 1));
    const released = tap(time, { kind: 'fire' }, KITCHEN_AT + 100);
    expect([shown(released), released.hold]).toEqual([[['kitchen', 'open', null, null], waiting[1]], null]);
  });

  test('waits for its time again when it is released before', () => {
    const released = tap(tap(arrive(null, 0), { kind: 'hold' }, 60), { kind: 'fire' }, 90);
    expect([shown(released), released.hold]).toEqual([waiting, null]);
  });
});

describe('courses of an order for later', () => {
  const MENU = [item('s', { course: 1 }), item('m', { course: 2 }), item('d', { course: 3 })];

  test('the first waits for its time, and the others for their turn after it', () => {
    for (const courses of [MANUAL, AFTER, TIMED]) {
      const order = arrive(null, 0, { items: MENU }, { courses });
      expect(order.tickets.map(({ heldFor }) => heldFor)).toEqual(['due', 'course', 'course']);
      expect(pass(order, KITCHEN_AT - 1, { courses })).toBe(order);
      const fired = pass(order, KITCHEN_AT, { courses });
      expect(states(fired)).toBe('s waiting, m held, d held');
    }
    const timed = arrive(null, 0, { items: MENU }, { courses: TIMED });
    expect(timed.tickets.map(({ heldUntil }) => heldUntil)).toEqual([
      at(KITCHEN_AT),
      at(KITCHEN_AT + 60),
      at(KITCHEN_AT + 120),
    ]);
  });

  test('"Start now" starts the first only', () => {
    const order = did(arrive(null, 0, { items: MENU }, { courses: MANUAL }), { kind: 'fire' }, MANUAL, 60);
    expect(states(order)).toBe('s waiting, m held, d held');
    const after = did(arrive(null, 0, { items: MENU }, { courses: AFTER }), { kind: 'fire' }, AFTER, 60);
    const next = did(after, { kind: 'bump', ticketId: ticketOf(after, 's').id }, AFTER, 100);
    expect(states(next)).toBe('s ready, m waiting, d held');
  });

  test('a later one never comes before its time because the first is gone', () => {
    const order = arrive(null, 0, { items: MENU }, { courses: AFTER });
    const gone = arrive(order, 60, { items: [{ ...MENU[0]!, voided: true }, MENU[1]!, MENU[2]!] }, { courses: AFTER });
    expect(states(gone)).toBe('s voided, m held, d held');
    expect(ticketOf(gone, 'm')).toMatchObject({ heldFor: 'due', heldUntil: at(KITCHEN_AT) });
    expect(states(pass(gone, KITCHEN_AT, { courses: AFTER }))).toBe('s voided, m waiting, d held');
    expect(states(pass(order, 60))).toBe('s held, m held, d held');
    expect(states(pass(order, KITCHEN_AT))).toBe('s waiting, m waiting, d waiting');
  });
});

test('property: whatever changes, a dish is fired once, as soon as its time has come, and never before unless it is asked for', () => {
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 900 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('detail' as const),
        due: fc.option(fc.integer({ min: -600, max: 6000 })),
        count: fc.integer({ min: 1, max: 4 }),
        type: fc.constantFrom('DINE_IN', 'DELIVERY'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('lead' as const), seconds: fc.integer({ min: 0, max: 3000 }) }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'fire' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'hold' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'cancel' as const }) },
  );
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 20 }),
      fc.constantFrom(TOGETHER, TIMED, AFTER, MANUAL),
      (steps, courses) => {
        let [seconds, leads, due]: [number, Leads, number | null] = [0, LEADS, 4000];
        let order = arrive(null, 0, { dueAt: at(due!) }, { courses, leads });
        let asked = false;
        for (const what of steps) {
          const before = order;
          if (what.kind === 'wait') order = pass(order, (seconds += what.seconds), { courses, leads });
          else if (what.kind === 'lead') {
            leads = { ...leads, kitchen: { default: what.seconds } };
            order = pass(order, seconds, { courses, leads });
          } else if (what.kind === 'detail') {
            if (order.status === 'CANCELED') continue;
            due = what.due === null ? null : seconds + what.due;
            const items = ['food', 'wine', 'bread', 'beer'].slice(0, what.count);
            order = arrive(
              order,
              seconds,
              {
                type: what.type,
                dueAt: due === null ? null : at(due),
                items: items.map((id) => item(id, { category: id === 'wine' || id === 'beer' ? 'drinks' : 'food' })),
              },
              { courses, leads },
            );
          } else if (what.kind === 'cancel')
            order = arrive(order, seconds, { status: 'CANCELED', items: [] }, { courses });
          else {
            const result = perform(
              order,
              { id: 'x', orderId: order.id, kind: what.kind } as unknown as KitchenCommand,
              performContext(seconds, { courses, leads }),
            );
            order = 'after' in result ? result.after : order;
            asked ||= what.kind === 'fire';
          }
          for (const ticket of order.tickets) {
            const time =
              order.dueAt && Date.parse(order.dueAt) - leadSeconds(leads[ticket.stationId], order.type) * 1000;
            const was = before.tickets.find(({ id }) => id === ticket.id);
            const isFire = ticket.state === 'open' && was?.state !== 'open';
            if (isFire && !asked && time)
              expect(time, 'never before its time').toBeLessThanOrEqual(Date.parse(at(seconds)));
            if (isFire) expect(ticket.firedAt, 'its clock begins at the fire').toBe(at(seconds));
            if (was?.state === 'open' && ticket.state === 'open')
              expect(ticket.firedAt, 'it is fired once').toBe(was.firedAt);
            if (ticket.heldFor !== 'due') continue;
            expect(time, 'nothing is held past its time').toBeGreaterThan(Date.parse(at(seconds)));
            expect(ticket.heldUntil).toBe(new Date(time as number).toISOString());
          }
          for (const line of order.lines)
            if (line.state !== 'voided') expect(line.state === 'held').toBe(ticketOf(order, line.id).state === 'held');
          expect(pass(order, seconds, { courses, leads }), 'nothing that is due is left').toBe(order);
        }
        if (order.hold || order.status === 'CANCELED') return;
        order = pass(order, (seconds += 20_000), { courses, leads });
        expect(order.tickets.filter(({ heldFor }) => heldFor === 'due')).toEqual([]);
        expect(
          order.lines.filter(
            ({ ticketId, state }) =>
              state === 'held' && order.tickets.find(({ id }) => id === ticketId)?.course === null,
          ),
        ).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});
