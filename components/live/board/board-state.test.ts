// The reducer shows consistent states only, and keeps the objects that did not change.
import { describe, expect, it } from 'vitest';
import type { ServerMessage } from '../../../server/protocol/messages.ts';
import { UNSET_STATION } from '../../../server/protocol/facts.ts';
import { NO_FACTS, type Health, type ScreenIdentity } from '../../../server/protocol/views.ts';
import { emptyBoard, reduce, type BoardState } from './board-state.ts';
import { at, makeOrder, makeTicket } from '../../../test/orders.ts';

const screen: ScreenIdentity = {
  deviceId: 'd1',
  deviceName: 'Tablet',
  person: null,
  role: 'kitchen',
  restaurant: { id: 'r1', name: 'Palace', timeZone: 'Europe/London', discovered: false },
  publicUrl: 'https://heard.example',
  station: { id: 'grill', name: 'Grill', ...UNSET_STATION },
};
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
const snapshot = (rev: number, ids: string[]): ServerMessage => ({
  type: 'snapshot',
  rev,
  serverTime: at(rev),
  facts: NO_FACTS,
  orders: ids.map((id) => makeOrder(id)),
});
const delta = (fromRev: number, rev: number, ids: string[], gone: string[] = []): ServerMessage => ({
  type: 'delta',
  fromRev,
  rev,
  serverTime: at(rev),
  orders: ids.map((id) => makeOrder(id, { table: String(rev) })),
  gone,
});
const pulse = (rev: number, over: Partial<Health> = {}): ServerMessage => ({
  type: 'pulse',
  rev,
  serverTime: at(rev + 1),
  health: { ...health, ...over },
});

function play(...messages: ServerMessage[]): { state: BoardState; gaps: boolean[] } {
  let state = emptyBoard(screen);
  const gaps = messages.map((message) => {
    const step = reduce(state, message);
    state = step.state;
    return step.gap;
  });
  return { state, gaps };
}

describe('reduce', () => {
  it('applies a delta only on the rev it starts from', () => {
    const { state, gaps } = play(snapshot(5, ['a', 'b']), delta(5, 6, ['a'], ['b']));
    expect(gaps).toEqual([false, false]);
    expect(state.rev).toBe(6);
    expect([...state.orders.keys()]).toEqual(['a']);
    expect(state.orders.get('a')?.table).toBe('6');
  });

  it('ignores a delta that it has had already', () => {
    const { state, gaps } = play(snapshot(5, ['a']), delta(3, 5, ['a', 'z']));
    expect(gaps).toEqual([false, false]);
    expect(state.orders.has('z')).toBe(false);
  });

  it('takes a delta that begins after its rev as a gap, and shows nothing of it', () => {
    const before = play(snapshot(5, ['a'])).state;
    expect(reduce(before, delta(7, 8, ['b']))).toEqual({ state: before, gap: true });
  });

  it('applies a delta that begins before its rev and ends after it, since it carries whole orders', () => {
    const { state, gaps } = play(snapshot(5, ['a']), delta(4, 8, ['b']));
    expect([state.rev, [...state.orders.keys()], gaps]).toEqual([8, ['a', 'b'], [false, false]]);
  });

  it('forgets an order after three days, and shows none that is older because it was touched', () => {
    const hours = (before: number) => new Date(Date.parse(at(0)) - before * 3_600_000).toISOString();
    const old = (id: string, before: number, firedBefore = before) =>
      makeOrder(id, { receivedAt: hours(before), tickets: [makeTicket({ firedAt: hours(firedBefore) })] });
    const { state } = play(
      {
        type: 'snapshot',
        rev: 1,
        serverTime: hours(2),
        facts: NO_FACTS,
        orders: [old('was shown', 73), old('is shown', 71)],
      },
      {
        type: 'delta',
        fromRev: 1,
        rev: 2,
        serverTime: at(0),
        orders: [old('touched', 80), old('new', 0), old('grew', 80, 1)],
        gone: [],
      },
    );
    expect([...state.orders.keys()].sort()).toEqual(['grew', 'is shown', 'new']);
  });

  it('forgets an order ten minutes after it was closed, and no other', () => {
    const closed = { ...makeOrder('old'), closedAt: at(0) };
    const board = (message: object) => ({ stations: [], gone: [], ...message }) as unknown as ServerMessage;
    const { state } = play(
      board({ type: 'snapshot', rev: 1, serverTime: at(0), orders: [closed, makeOrder('open')] }),
      board({ type: 'delta', fromRev: 1, rev: 2, serverTime: at(9 * 60), orders: [makeOrder('b')] }),
    );
    expect([...state.orders.keys()]).toEqual(['old', 'open', 'b']);
    const later = reduce(
      state,
      board({ type: 'delta', fromRev: 2, rev: 3, serverTime: at(11 * 60), orders: [] }),
    ).state;
    expect([...later.orders.keys()]).toEqual(['open', 'b']);
  });

  it('takes a delta before the first snapshot as a gap', () => {
    expect(play(delta(5, 6, ['a'])).gaps).toEqual([true]);
  });

  it('keeps the objects of orders that a snapshot or a delta did not change', () => {
    const first = play(snapshot(5, ['a', 'b'])).state;
    const again = reduce(first, snapshot(9, ['a', 'c'])).state;
    expect(again.orders.get('a')).toBe(first.orders.get('a'));
    expect([...again.orders.keys()]).toEqual(['a', 'c']);
    const changed = reduce(again, delta(9, 10, ['c'])).state;
    expect(changed.orders.get('a')).toBe(first.orders.get('a'));
    expect(changed.orders.get('c')).not.toBe(again.orders.get('c'));
  });

  it('is confirmed by a pulse only when it holds what the pulse speaks of', () => {
    expect(play(snapshot(5, ['a']), pulse(5)).state.confirmedAt).toBe(Date.parse(at(6)));
    expect(play(snapshot(5, ['a']), pulse(7)).state.confirmedAt).toBe(Date.parse(at(5)));
    expect(play(snapshot(5, ['a']), pulse(7), delta(5, 7, ['a'])).state.confirmedAt).toBe(Date.parse(at(7)));
    expect(play(snapshot(5, ['a']), pulse(5, { database: 'away' })).state.confirmedAt).toBe(Date.parse(at(5)));
  });

  it('forgets everything when the screen became another one, or is revoked', () => {
    const other: ServerMessage = {
      type: 'welcome',
      protocolVersion: 3,
      serverTime: at(0),
      screen: { ...screen, station: { id: 'bar', name: 'Bar', ...UNSET_STATION } },
    };
    expect(play(snapshot(5, ['a']), other).state).toMatchObject({ rev: null, orders: new Map() });
    expect(play(snapshot(5, ['a']), { type: 'revoked' }).state.orders.size).toBe(0);
  });
});
