// A lane is an order: its messages run one after another, other orders run beside it.
import { beforeEach, describe, expect, test } from 'vitest';
import { HeardError } from '../errors.ts';
import { broken, LanesWorld, offsets } from '../../test/lanes.ts';
import { detail, event, turns } from '../../test/made.ts';
import type { Origin } from './arrival.ts';

let world: LanesWorld;
beforeEach(() => {
  world = new LanesWorld();
});

describe('one after another, side by side', () => {
  test('messages of one order run one at a time; other orders run beside them', async () => {
    world.add(event(1));
    world.add(event(2));
    world.add(event(3, { orderId: 'o-2' }));
    world.add(event(4, { orderId: 'o-3' }));
    await turns();
    expect(world.fetches.map(({ orderId }) => orderId)).toEqual(['o-1', 'o-2', 'o-3']);
    await world.answer(detail(2));
    expect(world.settles).toHaveLength(1);
    expect(world.fetches.map(({ orderId }) => orderId)).toEqual(['o-2', 'o-3']);
  });

  test('the next fetch of an order waits until the last settlement is in the database', async () => {
    world.add(event(1));
    await turns();
    await world.answer(detail(1));
    world.add(event(2));
    await turns();
    expect([world.fetches.length, world.settles.length, world.ended]).toEqual([0, 1, []]);
    await world.settled();
    expect([world.fetches.length, world.ended]).toEqual([1, [1]]);
  });

  test('a fault while an order is worked on is said, loses nothing, and is tried again after a pause', async () => {
    world.add(event(1));
    await turns();
    world.fetches.shift()!.reject(new TypeError('ours'));
    await turns();
    world.add(event(2));
    await turns();
    expect([world.faults, world.fetches.length, world.pauses.map(({ ms }) => ms), world.lanes.size]).toEqual([
      ['o-1: ours'],
      0,
      [1000],
      2,
    ]);
    world.pauses[0]!.over();
    await turns();
    await world.answer(detail(2));
    await world.settled();
    expect([world.ended, world.lanes.size]).toEqual([[1, 2], 0]);
  });

  test('one fetch serves every message that had arrived when it went out; those that came while it ran are told apart', async () => {
    world.add(event(1));
    world.add(event(2));
    await turns();
    world.add(event(3));
    const [fetch] = world.fetches;
    fetch!.start();
    world.add(event(4));
    fetch!.resolve({ ok: true, detail: detail(3) });
    await turns();
    world.add(event(5));
    const { before, during } = await world.settled();
    expect([offsets(before), offsets(during)]).toEqual([[1, 2, 3], [4]]);
    expect(world.ended).toEqual([1, 2, 3, 4]);
  });

  test('what is not settled is looked at again, before it counts as ended', async () => {
    world.add(event(1));
    world.add(event(2));
    await turns();
    await world.answer(detail(1));
    await world.settled([2]);
    expect([world.ended, world.fetches.length, world.lanes.size]).toEqual([[1], 1, 1]);
    await world.answer(detail(2));
    expect(offsets((await world.settled()).before)).toEqual([2]);
    expect([world.ended, world.lanes.size]).toEqual([[1, 2], 0]);
  });
});

describe('a look before the fetch', () => {
  test("a parked order's messages need no fetch", async () => {
    world.glance = { parked: true, stored: null, closed: false };
    world.add(event(1));
    await turns();
    expect(world.fetches).toHaveLength(0);
    expect((await world.settled()).finding).toEqual({ kind: 'seen' });
  });

  test('neither do old messages, as long as all of them are old', async () => {
    world.glance = { parked: false, stored: { version: 5, status: 'PAID' }, closed: false };
    world.add(event(4));
    await turns();
    world.add(event(3));
    world.add(event(6));
    expect((await world.settled()).finding).toEqual({ kind: 'seen' });
    expect([world.fetches.length, world.settles.length]).toEqual([1, 0]);
  });

  test.each([
    ['sent after the order had ended is fetched: it may be of another order with the same id', 1001, 1],
    ['sent before that is old', 999, 0],
    ['that says no time is old', null, 0],
  ])('an older version %s', async (_, sentAt, fetches) => {
    world.glance = { parked: false, stored: { version: 5, status: 'PAID' }, closed: true, ended: 1000 };
    world.add(event(1, { sentAt }));
    await turns();
    expect(world.fetches).toHaveLength(fetches);
  });

  test('where the look was wrong in the end, the message is fetched', async () => {
    world.glance = { parked: true, stored: null, closed: false };
    world.add(event(1));
    await turns();
    await world.settled([1]);
    expect([world.fetches.length, world.ended]).toEqual([1, []]);
  });
});

describe('what cannot be fetched', () => {
  test('three quick tries, then it is parked', async () => {
    world.add(event(1));
    await turns();
    await world.answer(broken);
    expect(world.pauses.map(({ ms }) => ms)).toEqual([60]);
    world.pauses[0]!.over();
    await turns();
    await world.answer(new HeardError('ORDER_BEHIND', 'the order service does not know the order (404)'));
    world.pauses[1]!.over();
    await turns();
    expect([world.pauses.map(({ ms }) => ms), world.settles.length]).toEqual([[60, 250], 0]);
    await world.answer(broken);
    expect((await world.settled()).finding).toEqual({
      kind: 'failed',
      outage: false,
      reason: 'the order service answered 500',
    });
    expect([world.ended, world.fetches.length]).toEqual([[1], 0]);
  });

  test.each([
    ['an older version', detail(1)],
    ['an earlier status', detail(null, { status: 'PLACED' })],
    ['no dishes', detail(9, { items: [] })],
  ])('%s is lag: quick tries, then parked', async (_, came) => {
    world.add(event(2, { status: 'PAID' }));
    await turns();
    for (let tries = 0; tries < 3; tries += 1) {
      await world.answer(came);
      world.pauses[tries]?.over();
      await turns();
    }
    expect((await world.settled()).finding).toMatchObject({
      kind: 'failed',
      outage: false,
      reason: expect.stringContaining('behind'),
    });
  });

  test('a quick try that works parks nothing', async () => {
    world.add(event(2));
    await turns();
    await world.answer(detail(1));
    world.pauses[0]!.over();
    await turns();
    await world.answer(detail(2));
    expect((await world.settled()).finding).toMatchObject({ kind: 'detail' });
    world.add(event(3));
    await turns();
    await world.answer(broken);
    expect(world.pauses.at(-1)?.ms).toBe(60);
  });

  test('an outage parks nothing and uses up no try, however long it lasts', async () => {
    world.add(event(1));
    for (let i = 0; i < 20; i += 1) {
      await turns();
      await world.answer(broken, { outage: true });
      world.pauses.at(-1)!.over();
    }
    await turns();
    expect([world.settles.length, world.ended]).toEqual([0, []]);
    await world.answer(detail(1));
    expect((await world.settled()).finding).toMatchObject({ kind: 'detail' });
    expect(world.ended).toEqual([1]);
  });

  test('a detail that the settlement never accepts ends as parked, not in an endless loop', async () => {
    world.add(event(1, { version: null }));
    await turns();
    for (let i = 0; i < 10 && !world.ended.length; i += 1) {
      if (world.fetches.length) await world.answer(detail(1));
      if (!world.settles.length) {
        world.pauses.at(-1)?.over();
        await turns();
        continue;
      }
      await world.settled(world.settles[0]!.settlement.finding.kind === 'failed' ? [] : [1]);
    }
    expect(world.ended).toEqual([1]);
  });
});

describe("a partition that is another process's now", () => {
  test('what has not begun is dropped, without a fetch or a fate', async () => {
    world.add(event(1));
    await turns();
    world.add(event(2));
    world.origin.wanted = false;
    await world.answer(detail(1));
    await world.settled();
    expect([world.fetches.length, world.ended, world.lanes.size]).toEqual([0, [1, 2], 0]);
    world.add(event(3));
    await turns();
    expect([world.fetches.length, world.settles.length, world.lanes.size]).toEqual([0, 0, 0]);
  });

  test('what waits for its turn is forgotten at once, and makes room', async () => {
    world.appetite = 0;
    for (let offset = 0; offset < 50; offset += 1) world.add(event(offset, { orderId: `o-${offset % 7}` }));
    const later: Origin & { wanted: boolean } = { ...world.origin };
    world.lanes.add({ event: event(50), from: later });
    world.origin.wanted = false;
    world.lanes.prune();
    expect(world.lanes.size).toBe(1);
    world.appetite = 1;
    await turns();
    world.lanes.add({ event: event(51), from: later });
    await world.answer(detail(51));
    expect(offsets((await world.settled()).before)).toEqual([50, 51]);
  });
});
