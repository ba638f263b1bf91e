import { describe, expect, it } from 'vitest';
import type { Health } from '../../server/protocol/views.ts';
import { ago, line, NOON, order, ticket } from '../floor/testing-orders.ts';
import type { StationLoad } from './station-loads.ts';
import { healthy } from './testing-health.ts';
import { whyLate } from './why-late.ts';

const grill = (open: number): StationLoad[] => [{ id: 's-grill', name: 'Grill', retired: false, open, oldestFiredAt: null }];
const firedAgo = (minutes: number, more = {}) => order({ tickets: [ticket({ firedAt: ago(minutes) })], ...more });

describe('an order in the kitchen', () => {
  it('is not late until eight minutes after its ticket was fired', () => {
    expect(whyLate(firedAgo(8), grill(1), healthy, NOON)).toBeNull();
    expect(whyLate(firedAgo(8), grill(1), healthy, NOON + 1)).toMatchObject({ where: 'kitchen', since: NOON });
  });

  it('waits to be started, or cooks too long', () => {
    expect(whyLate(firedAgo(9), grill(1), healthy, NOON)?.why).toEqual({ kind: 'not-started', station: 'Grill' });
    const cooking = firedAgo(9, { lines: [line(), line({ id: 'l2', state: 'cooking', startedAt: ago(6) })] });
    expect(whyLate(cooking, grill(1), healthy, NOON)?.why).toEqual({ kind: 'cooking', station: 'Grill', startedAt: Date.parse(ago(6)) });
  });

  it('is late because of the station from eight open tickets on', () => {
    expect(whyLate(firedAgo(9), grill(7), healthy, NOON)?.why.kind).toBe('not-started');
    expect(whyLate(firedAgo(9), grill(8), healthy, NOON)?.why).toEqual({ kind: 'overloaded', station: 'Grill', open: 8 });
  });

  it('is late because of a change that nobody saw, even at a busy station, once there was a minute to see it', () => {
    const voided = (minutes: number) => firedAgo(9, { lines: [line(), line({ id: 'l2', state: 'voided', voided: true, flag: { kind: 'voided', at: ago(minutes) } })] });
    expect(whyLate(voided(2), grill(11), healthy, NOON)?.why).toEqual({ kind: 'change-not-seen', station: 'Grill', change: 'voided', at: Date.parse(ago(2)) });
    expect(whyLate(voided(0.5), grill(11), healthy, NOON)?.why.kind).toBe('overloaded');
  });

  it('takes a change of the whole order for a change', () => {
    const moved = firedAgo(9, { tickets: [ticket({ firedAt: ago(9), notices: [{ kind: 'table', at: ago(2), from: '4' }] })] });
    expect(whyLate(moved, grill(1), healthy, NOON)?.why).toMatchObject({ kind: 'change-not-seen', change: 'changed' });
  });

  it('is judged by its oldest ticket that still has dishes to make', () => {
    const twice = order({
      tickets: [ticket({ firedAt: ago(20), state: 'bumped' }), ticket({ id: 't2', firing: 2, firedAt: ago(10) }), ticket({ id: 't3', firing: 3, firedAt: ago(30) })],
      lines: [line({ state: 'served' }), line({ id: 'l2', ticketId: 't2' }), line({ id: 'l3', ticketId: 't3', state: 'held' })],
    });
    expect(whyLate(twice, grill(1), healthy, NOON)).toMatchObject({ since: Date.parse(ago(2)), missing: [{ id: 'l2' }] });
  });

  it('is late because of the kitchen and not of the floor while a dish is missing', () => {
    const half = firedAgo(9, { lines: [line({ state: 'ready', readyAt: ago(5) }), line({ id: 'l2' })] });
    expect(whyLate(half, grill(1), healthy, NOON)).toMatchObject({ where: 'kitchen', missing: [{ id: 'l2' }] });
  });
});

describe('an order on the floor', () => {
  it('is late when its first ready dish was not picked up for three minutes', () => {
    const ready = firedAgo(5, { lines: [line({ state: 'ready', readyAt: ago(4) }), line({ id: 'l2', state: 'ready', readyAt: ago(1) })] });
    expect(whyLate(ready, grill(1), healthy, NOON)).toEqual({
      where: 'floor', why: { kind: 'not-picked-up', readyAt: Date.parse(ago(4)) }, since: Date.parse(ago(1)), missing: ready.lines,
    });
    expect(whyLate(ready, grill(1), healthy, Date.parse(ago(1)))).toBeNull();
  });

  it('is not late when it was served, however long it took', () => {
    expect(whyLate(firedAgo(60, { lines: [line({ state: 'served', readyAt: ago(30), servedAt: ago(20) })] }), grill(11), healthy, NOON)).toBeNull();
  });
});

describe('a cancelled order', () => {
  const canceled = (minutes: number, state: 'open' | 'closed') =>
    order({ status: 'CANCELED', tickets: [ticket({ state, firedAt: ago(30), notices: [{ kind: 'canceled', at: ago(minutes) }] })] });

  it('is late when the station has not seen it for three minutes', () => {
    expect(whyLate(canceled(4, 'open'), grill(11), healthy, NOON)).toMatchObject({ where: 'kitchen', why: { kind: 'cancel-not-seen', station: 'Grill' } });
    expect(whyLate(canceled(2, 'open'), grill(11), healthy, NOON)).toBeNull();
  });

  it('is nobody\'s trouble once it was seen', () => expect(whyLate(canceled(9, 'closed'), grill(11), healthy, NOON)).toBeNull());
});

describe('orders that no screen shows yet', () => {
  const pipeline = (health: Partial<Health>) => whyLate(null, [], { ...healthy, ...health }, NOON);

  it('are not late while all is well, nor while nothing is known', () => {
    expect(pipeline({})).toBeNull();
    expect(whyLate(null, [], null, NOON)).toBeNull();
    expect(pipeline({ lag: { messages: 5, seconds: 9 } })).toBeNull();
  });

  it('are behind in Kafka', () => {
    expect(pipeline({ lag: { messages: 500, seconds: 60 } })).toMatchObject({ where: 'pipeline', why: { kind: 'behind-in-kafka', messages: 500 }, since: NOON - 60_000 });
  });

  it('are parked', () => {
    expect(pipeline({ parkedOrders: 1, parkedMessages: 2, oldestParkedAt: ago(2) })).toMatchObject({ why: { kind: 'parked' }, since: Date.parse(ago(2)) });
  });

  it('wait for an order service that is down', () => {
    const down = { state: 'down', inFlight: 0, limit: 10 } as const;
    expect(pipeline({ orderApi: down, lag: { messages: 5, seconds: 30 } })?.why.kind).toBe('order-service-down');
    expect(pipeline({ orderApi: down, parkedOrders: 1, oldestParkedAt: ago(2) })?.why.kind).toBe('order-service-down');
  });
});
