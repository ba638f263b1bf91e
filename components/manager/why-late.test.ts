import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParkedOrder } from '../../server/protocol/parked-orders.ts';
import type { Health, OrderView } from '../../server/protocol/views.ts';
import { ago, line, NOON, order, ticket } from '../../test/floor-orders.ts';
import type { StationLoad } from './station-loads.ts';
import { healthy } from '../../test/health.ts';
import { LATE_RULES, whyLate, type Situation } from './why-late.ts';

const grill = (open: number, starts = true): StationLoad[] => [
  { id: 's-grill', name: 'Grill', retired: false, thresholds: {}, lead: {}, starts, open, oldestFiredAt: null },
];
const ask = (order: OrderView | null, more: Partial<Situation> = {}) =>
  whyLate({ order, parked: null, unconfirmed: [], stations: grill(1), health: healthy, now: NOON, ...more });
const parked = (more: Partial<ParkedOrder> = {}): ParkedOrder => ({
  orderId: 'o1',
  number: null,
  where: null,
  state: 'PARKED',
  messages: 1,
  attempts: 2,
  parkedAt: ago(2),
  nextAttemptAt: ago(-1),
  lastError: 'answered 404',
  unknownRestaurant: false,
  ...more,
});
const down = { ...healthy, orderApi: { state: 'down', inFlight: 0, limit: 10 } } satisfies Health;
const firedAgo = (minutes: number, more = {}) => order({ tickets: [ticket({ firedAt: ago(minutes) })], ...more });

describe('an order in the kitchen', () => {
  it('is not late until eight minutes after its ticket was fired', () => {
    expect(ask(firedAgo(8))).toBeNull();
    expect(ask(firedAgo(8), { stations: grill(1), now: NOON + 1 })).toMatchObject({ where: 'kitchen', since: NOON });
  });

  it('with a due time is late from then on, and not before', () => {
    const due = (minutes: number, firedMinutesAgo = 60) => firedAgo(firedMinutesAgo, { dueAt: ago(-minutes) });
    expect(ask(due(20))).toBeNull();
    expect(ask(due(-8))).toMatchObject({
      where: 'kitchen',
      why: { kind: 'past-due', station: 'Grill', dueAt: Date.parse(ago(8)) },
      since: Date.parse(ago(8)),
    });
    expect(ask(due(3, 1))).toMatchObject({ why: { kind: 'past-due' }, since: Date.parse(ago(1)) });
  });

  it('that is for later is not late while it waits, also on hold, and is after its time', () => {
    const held = (heldFor: 'due' | 'order', more = {}) =>
      order({
        dueAt: ago(-60),
        lines: [line({ state: 'held' })],
        tickets: [
          ticket({ state: 'held', heldFor, heldUntil: heldFor === 'due' ? ago(-35) : null, firedAt: ago(600) }),
        ],
        ...more,
      });
    expect(ask(held('due'))).toBeNull();
    expect(ask(held('due', { hold: { at: ago(300), by: 'Pass' } }))).toBeNull();
    expect(ask(held('due'), { now: NOON + 36 * 60_000 })).toMatchObject({ why: { kind: 'held' } });
    expect(ask(held('order', { hold: { at: ago(300), by: 'Pass' } }))).toMatchObject({
      why: { kind: 'held', by: 'Pass' },
    });
  });

  it('waits to be started, or cooks too long', () => {
    expect(ask(firedAgo(9))?.why).toEqual({ kind: 'not-started', station: 'Grill' });
    const cooking = firedAgo(9, { lines: [line(), line({ id: 'l2', state: 'cooking', startedAt: ago(6) })] });
    expect(ask(cooking)?.why).toEqual({ kind: 'cooking', station: 'Grill', startedAt: Date.parse(ago(6)) });
  });

  it('is not said to wait for its start where the station never says that it starts', () => {
    const quiet = { stations: grill(1, false) };
    expect(ask(firedAgo(9), quiet)?.why).toEqual({
      kind: 'not-ready',
      station: 'Grill',
      firedAt: Date.parse(ago(9)),
    });
    const begun = firedAgo(9, { lines: [line({ state: 'cooking', startedAt: ago(6) })] });
    expect(ask(begun, quiet)?.why.kind).toBe('cooking');
    expect(ask(firedAgo(9), { stations: [] })?.why.kind).toBe('not-ready');
  });

  it('is late because of the station from eight open tickets on', () => {
    expect(ask(firedAgo(9), { stations: grill(7) })?.why.kind).toBe('not-started');
    expect(ask(firedAgo(9), { stations: grill(8) })?.why).toEqual({ kind: 'overloaded', station: 'Grill', open: 8 });
  });

  it('is late because of a change that nobody saw, even at a busy station, once there was a minute to see it', () => {
    const voided = (minutes: number) =>
      firedAgo(9, {
        lines: [line(), line({ id: 'l2', state: 'voided', voided: true, flag: { kind: 'voided', at: ago(minutes) } })],
      });
    expect(ask(voided(2), { stations: grill(11) })?.why).toEqual({
      kind: 'change-not-seen',
      station: 'Grill',
      change: 'voided',
      at: Date.parse(ago(2)),
    });
    expect(ask(voided(0.5), { stations: grill(11) })?.why.kind).toBe('overloaded');
  });

  it('takes a change of the whole order for a change', () => {
    const moved = firedAgo(9, {
      tickets: [ticket({ firedAt: ago(9), notices: [{ kind: 'table', at: ago(2), from: '4' }] })],
    });
    expect(ask(moved)?.why).toMatchObject({ kind: 'change-not-seen', change: 'changed' });
  });

  it('is judged by its oldest ticket that still has dishes to make', () => {
    const twice = order({
      tickets: [
        ticket({ firedAt: ago(20), state: 'bumped' }),
        ticket({ id: 't2', firing: 2, firedAt: ago(10) }),
        ticket({ id: 't3', firing: 3, firedAt: ago(30) }),
      ],
      lines: [
        line({ state: 'served' }),
        line({ id: 'l2', ticketId: 't2' }),
        line({ id: 'l3', ticketId: 't3', state: 'held' }),
      ],
    });
    expect(ask(twice)).toMatchObject({ since: Date.parse(ago(2)), missing: [{ id: 'l2' }] });
  });

  it('is late because of the kitchen and not of the floor while a dish is missing', () => {
    const half = firedAgo(9, { lines: [line({ state: 'ready', readyAt: ago(5) }), line({ id: 'l2' })] });
    expect(ask(half)).toMatchObject({ where: 'kitchen', missing: [{ id: 'l2' }] });
  });
});

describe('an order on the floor', () => {
  it('is late when its first ready dish was not picked up for three minutes', () => {
    const ready = firedAgo(5, {
      lines: [line({ state: 'ready', readyAt: ago(4) }), line({ id: 'l2', state: 'ready', readyAt: ago(1) })],
    });
    expect(ask(ready)).toEqual({
      where: 'floor',
      why: { kind: 'not-picked-up', readyAt: Date.parse(ago(4)) },
      since: Date.parse(ago(1)),
      missing: ready.lines,
    });
    expect(ask(ready, { stations: grill(1), now: Date.parse(ago(1)) })).toBeNull();
  });

  it('is not late when it was served, however long it took', () => {
    expect(
      ask(firedAgo(60, { lines: [line({ state: 'served', readyAt: ago(30), servedAt: ago(20) })] }), {
        stations: grill(11),
      }),
    ).toBeNull();
  });
});

describe('a canceled order', () => {
  const canceled = (minutes: number, state: 'open' | 'bumped' | 'closed') =>
    order({
      status: 'CANCELED',
      tickets: [ticket({ state, firedAt: ago(30), notices: [{ kind: 'canceled', at: ago(minutes) }] })],
    });

  it('is late when the station has not seen it for three minutes', () => {
    for (const state of ['open', 'bumped'] as const)
      expect(ask(canceled(4, state), { stations: grill(11) })).toMatchObject({
        where: 'kitchen',
        why: { kind: 'cancel-not-seen', station: 'Grill' },
      });
    expect(ask(canceled(2, 'open'), { stations: grill(11) })).toBeNull();
  });

  it("is nobody's trouble once it was seen", () =>
    expect(ask(canceled(9, 'closed'), { stations: grill(11) })).toBeNull());
});

describe('how long a station is given', () => {
  const quick = [
    {
      ...grill(1)[0]!,
      thresholds: { default: { warnSeconds: 60, lateSeconds: 120 }, DELIVERY: { warnSeconds: 600, lateSeconds: 1200 } },
    },
  ];

  it('is what it is set up for, by type of order', () => {
    expect(ask(firedAgo(3), { stations: quick })).toMatchObject({ since: Date.parse(ago(1)) });
    expect(ask(firedAgo(12, { type: 'DELIVERY' }), { stations: quick })).toBeNull();
  });
});

describe('an order of which a message waits', () => {
  it('is late whether the kitchen has it or not, with the tries so far', () => {
    const why = { kind: 'parked', attempts: 2, error: 'answered 404', nextAt: Date.parse(ago(-1)) };
    expect(ask(null, { parked: parked() })).toEqual({ where: 'pipeline', why, since: Date.parse(ago(2)), missing: [] });
    expect(ask(firedAgo(30), { parked: parked() })).toMatchObject({ where: 'pipeline', why, missing: [{ id: 'l1' }] });
    expect(ask(null, { parked: parked({ parkedAt: ago(0.1) }) })).toBeNull();
  });

  it('waits for an order service that is down, or for a person once it has failed', () => {
    expect(ask(null, { parked: parked(), health: down })?.why).toEqual({ kind: 'order-service-down' });
    expect(ask(null, { parked: parked({ state: 'FAILED', attempts: 7 }), health: down })?.why).toEqual({
      kind: 'failed',
      attempts: 7,
      error: 'answered 404',
    });
  });
});

describe('a ticket that no screen has confirmed', () => {
  it('makes its order late at once, whatever else it waits for', () => {
    expect(ask(firedAgo(0.5), { unconfirmed: [{ stationId: 's-grill', since: ago(0.3) }] })).toMatchObject({
      where: 'kitchen',
      why: { kind: 'not-on-screen', station: 'Grill' },
      since: Date.parse(ago(0.3)),
      missing: [{ id: 'l1' }],
    });
    expect(ask(firedAgo(30), { unconfirmed: [{ stationId: 's-grill', since: ago(0.3) }] })?.why.kind).toBe(
      'not-on-screen',
    );
  });
});

describe('a ticket that no screen has shown, at a station with pages of them', () => {
  it('is late only once it has waited long enough to be nearly late', () => {
    const unseen = (minutes: number) =>
      ask(firedAgo(minutes), {
        stations: grill(20),
        unconfirmed: [{ stationId: 's-grill', since: ago(minutes) }],
      });
    expect(unseen(1)).toBeNull();
    expect(unseen(30)?.why.kind).toBe('not-on-screen');
  });
});

describe('an order of which the rest is held', () => {
  const held = (minutes: number, more: Partial<OrderView> = {}) =>
    order({
      tickets: [
        ticket({ state: 'bumped', firedAt: ago(40) }),
        ticket({ id: 't2', state: 'held', course: 2, heldFor: 'course', firedAt: ago(40) }),
      ],
      lines: [line({ state: 'served', readyAt: ago(minutes) }), line({ id: 'l2', ticketId: 't2', state: 'held' })],
      ...more,
    });

  it('waits for its fire ten minutes after the last dish was ready', () => {
    expect(ask(held(10))).toBeNull();
    expect(ask(held(12))).toEqual({
      where: 'kitchen',
      why: { kind: 'held', by: null, course: 2, since: Date.parse(ago(12)) },
      since: Date.parse(ago(2)),
      missing: [expect.objectContaining({ id: 'l2' })],
    });
  });

  it('not while a course is cooked, nor before it fires by itself', () => {
    expect(
      ask(
        held(30, {
          lines: [line({ state: 'cooking' }), line({ id: 'l2', ticketId: 't2', state: 'held' })],
          tickets: [ticket(), ticket({ id: 't2', state: 'held' })],
        }),
      ),
    ).toBeNull();
    const timed = held(30);
    expect(
      ask({ ...timed, tickets: timed.tickets.map((one) => (one.id === 't2' ? { ...one, heldUntil: ago(-5) } : one)) }),
    ).toBeNull();
  });

  it('is counted from when somebody held it', () => {
    expect(ask(held(30, { hold: { at: ago(5), by: 'Amal' } }))).toBeNull();
    expect(ask(held(30, { hold: { at: ago(15), by: 'Amal' } }))?.why).toMatchObject({ kind: 'held', by: 'Amal' });
  });
});

describe('orders that the server has not read yet', () => {
  const unread = (health: Health | null) => ask(null, { health });

  it('are not late while all is well, nor while nothing is known', () => {
    for (const health of [
      healthy,
      null,
      { ...healthy, lag: { messages: 5, seconds: 9 } },
      { ...healthy, parkedOrders: 3 },
    ])
      expect(unread(health)).toBeNull();
  });

  it('are behind in Kafka, or wait for an order service that is down', () => {
    expect(unread({ ...healthy, lag: { messages: 500, seconds: 60 } })).toMatchObject({
      where: 'pipeline',
      why: { kind: 'behind-in-kafka', messages: 500 },
      since: NOON - 60_000,
    });
    expect(unread({ ...down, lag: { messages: 5, seconds: 30 } })?.why.kind).toBe('order-service-down');
  });
});

describe('property: whatever the situation', () => {
  const minutes = fc.integer({ min: -5, max: 60 }).map(ago);
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
  const rarely = <T>(value: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });
  const state = fc.constantFrom(
    'held' as const,
    'waiting' as const,
    'cooking' as const,
    'ready' as const,
    'served' as const,
    'voided' as const,
  );
  const lineOf = fc
    .record({
      state,
      readyAt: maybe(minutes),
      startedAt: maybe(minutes),
      ticketId: fc.constantFrom('t1', 't2'),
      voided: fc.boolean(),
      flag: rarely(minutes.map((at) => ({ kind: 'changed' as const, at }))),
    })
    .map(line);
  const ticketOf = (id: string) =>
    fc
      .record({
        firedAt: minutes,
        state: fc.constantFrom('held' as const, 'open' as const, 'bumped' as const, 'closed' as const),
        heldUntil: maybe(minutes),
        course: maybe(fc.integer({ min: 1, max: 3 })),
        notices: fc.array(
          minutes.map((at) => ({ kind: 'canceled' as const, at })),
          { maxLength: 1 },
        ),
      })
      .map((fields) => ticket({ id, ...fields }));
  const orderOf = fc
    .record({
      status: fc.constantFrom('PAID', 'CANCELED'),
      lines: fc.array(lineOf, { maxLength: 4 }),
      tickets: fc.tuple(ticketOf('t1'), ticketOf('t2')),
      hold: rarely(minutes.map((at) => ({ at, by: null }))),
    })
    .map(order);
  const situation: fc.Arbitrary<Situation> = fc.record({
    order: maybe(orderOf),
    parked: rarely(
      fc
        .record({
          state: fc.constantFrom('PARKED' as const, 'FAILED' as const),
          parkedAt: minutes,
          nextAttemptAt: maybe(minutes),
        })
        .map(parked),
    ),
    unconfirmed: rarely(minutes).map((since) => (since === null ? [] : [{ stationId: 's-grill', since }])),
    stations: fc.tuple(fc.integer({ min: 0, max: 12 }), fc.boolean()).map(([open, starts]) => grill(open, starts)),
    health: fc.constantFrom(null, healthy, down, { ...healthy, lag: { messages: 3, seconds: 40 } }),
    now: fc.constant(NOON),
  });

  it('it is late for exactly one reason, the first that holds, since a moment past, and for a live dish', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(situation, (one) => {
        const holding = LATE_RULES.map((rule) => rule(one)).filter((late) => late !== null);
        const late = whyLate(one);
        expect(late).toEqual(holding[0] ?? null);
        if (late === null) return;
        kinds.add(late.why.kind);
        expect(Number.isFinite(late.since)).toBe(true);
        expect(late.since).toBeLessThan(NOON);
        expect(late.missing.every(({ voided, state }) => !voided && state !== 'voided' && state !== 'served')).toBe(
          true,
        );
        if (one.order?.status === 'CANCELED') expect(late.missing).toEqual([]);
      }),
      { numRuns: 3000 },
    );
    expect([...kinds].sort()).toEqual([
      'behind-in-kafka',
      'cancel-not-seen',
      'change-not-seen',
      'cooking',
      'failed',
      'held',
      'not-on-screen',
      'not-picked-up',
      'not-ready',
      'not-started',
      'order-service-down',
      'overloaded',
      'parked',
    ]);
  });
});
