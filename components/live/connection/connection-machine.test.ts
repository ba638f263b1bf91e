// How far a screen may be trusted, and the cause that its banner names.
import { describe, expect, it } from 'vitest';
import type { Health } from '../../../server/protocol/views.ts';
import {
  causeOf,
  connectionEvents,
  connectionOf,
  connectionStates,
  doubtOf,
  rightAsOf,
  step,
  type ConnectionEvent,
  type ConnectionState,
} from './connection-machine.ts';

const health: Health = {
  database: 'ok',
  kafka: 'ok',
  lag: { messages: 0, seconds: 0 },
  orderApi: { state: 'ok', inFlight: 0, limit: 10 },
  parkedOrders: 0,
  parkedMessages: 0,
  failedMessages: 0,
  rejectedMessages: 0,
  oldestParkedAt: null,
};
const run = (...events: ConnectionEvent[]) => events.reduce<ConnectionState>(step, 'connecting');

describe('connection machine', () => {
  it('has an answer to every event in every state, and nothing leads out of an end', () => {
    for (const state of connectionStates)
      for (const event of connectionEvents) expect(connectionStates).toContain(step(state, event));
    for (const event of connectionEvents)
      expect([step('revoked', event), step('not-paired', event)]).toEqual(['revoked', 'not-paired']);
  });

  it('is live by a confirmation only', () => {
    const ways = connectionStates
      .flatMap((state) => connectionEvents.map((event) => ({ state, event })))
      .filter(({ state, event }) => step(state, event) === 'live' && state !== 'live');
    expect(ways.map(({ event }) => event)).toEqual(ways.map(() => 'confirmed'));
    expect(run('opened', 'confirmed')).toBe('live');
  });

  it('goes stale in silence and in doubt, offline without a socket, and comes back', () => {
    expect(run('confirmed', 'silent')).toBe('stale');
    expect(run('confirmed', 'doubted', 'confirmed')).toBe('live');
    expect(run('confirmed', 'dropped', 'silent')).toBe('offline');
    expect(run('confirmed', 'dropped', 'opened')).toBe('connecting');
    expect(run('confirmed', 'dropped', 'opened', 'confirmed')).toBe('live');
  });

  it('never calls an outdated page live', () => {
    expect(run('opened', 'outdated', 'confirmed')).toBe('outdated');
    expect(connectionOf('outdated')).toBe('stale');
  });
});

describe('causes', () => {
  it.each([
    [{ database: 'away', kafka: 'away' }, 'database-away'],
    [{ database: 'away', readingAgain: true, kafka: 'away' }, 'reading-again'],
    [{ kafka: 'away' }, 'kafka-away'],
    [{ orderApi: { state: 'down', inFlight: 0, limit: 10 } }, 'order-api-down'],
    [{ lag: { messages: 320, seconds: 130 } }, 'behind'],
    [{ lag: { messages: 3, seconds: 3 } }, undefined],
    [{ lag: { messages: 0, seconds: 60 } }, undefined],
    [{ lag: null }, undefined],
    [{ orderApi: { state: 'slow', inFlight: 9, limit: 10 } }, undefined],
  ] as [Partial<Health>, string | undefined][])('of %j is %s', (over, kind) => {
    expect(doubtOf({ ...health, ...over })?.kind).toBe(kind);
  });

  it('names the device before the server when it knows itself offline', () => {
    expect(causeOf('offline', health, false, null)).toEqual({ kind: 'device-offline' });
    expect(causeOf('offline', health, true, 'websocket error')).toEqual({ kind: 'server-away' });
    expect(causeOf('offline', health, true, 'unavailable')).toEqual({ kind: 'database-away' });
    expect(causeOf('stale', health, true, null)).toEqual({ kind: 'silent' });
    expect(causeOf('live', health, true, null)).toBeNull();
  });

  it('is right as of the last moment at which all was well', () => {
    expect(rightAsOf(null, null, null)).toBeNull();
    expect(rightAsOf({ kind: 'silent' }, 90_000, 80_000)).toBe(80_000);
    expect(rightAsOf({ kind: 'kafka-away' }, 90_000, null)).toBeNull();
    expect(rightAsOf({ kind: 'behind', seconds: 10, messages: 5 }, 90_000, 20_000)).toBe(80_000);
    expect(rightAsOf({ kind: 'behind', seconds: 80, messages: 5 }, 90_000, 20_000)).toBe(20_000);
  });
});
