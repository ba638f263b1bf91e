// A lane is an order: its messages run one after another, other orders run beside it, and none of them is ever forgotten.
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { HeardError } from '../errors.ts';
import { covers } from '../orders/freshness.ts';
import type { FetchResult } from '../orders/fetch-queue.ts';
import type { OrderDetail } from '../orders/detail.ts';
import type { SettleResult } from '../orders/settle.ts';
import type { Settlement } from '../orders/settlement.ts';
import { deferred, detail, event, turns, type Deferred } from '../testing/made.ts';
import { Lanes, type Glance } from './lanes.ts';
import type { Origin } from './arrival.ts';
import type { OrderEvent } from './message.ts';

interface Fetch extends Deferred<FetchResult> { orderId: string; start: () => void }
interface Settle extends Deferred<SettleResult> { settlement: Settlement }

/** What lies right of the lanes, answered by hand. */
class World {
  fetches: Fetch[] = [];
  settles: Settle[] = [];
  looks: string[] = [];
  appetite = Infinity;
  pauses: { ms: number; over: () => void }[] = [];
  ended: number[] = [];
  glance: Glance = null;
  readonly lanes = new Lanes({
    look: async (orderIds) => { this.looks.push(...orderIds); return orderIds.map(() => this.glance); },
    appetite: () => this.appetite,
    fetch: (orderId, start) => { const one = { ...deferred<FetchResult>(), orderId, start }; this.fetches.push(one); return one.promise; },
    settle: (settlement) => { const one = { ...deferred<SettleResult>(), settlement }; this.settles.push(one); return one.promise; },
    pause: (ms) => new Promise<void>((resolve) => { this.pauses.push({ ms, over: resolve }); }),
  });

  readonly origin: Origin & { wanted: boolean } = { incarnationId: 1, partition: 0, wanted: true, ended: ({ position }) => { this.ended.push(position.offset); } };

  add(message: OrderEvent): void { this.lanes.add({ event: message, from: this.origin }); }

  async answer(found: OrderDetail | HeardError, { outage = false } = {}): Promise<void> {
    const one = this.fetches.shift()!;
    one.start();
    one.resolve(found instanceof HeardError ? { ok: false, error: found, outage } : { ok: true, detail: found });
    await turns();
  }

  /** @param again offsets of messages that are not settled */
  async settled(again: number[] = []): Promise<Settlement> {
    const { settlement, resolve } = this.settles.shift()!;
    resolve({ again: [...settlement.before, ...settlement.during].filter(({ position }) => again.includes(position.offset)), fates: {}, parked: false });
    await turns();
    return settlement;
  }
}

let world: World;
beforeEach(() => { world = new World(); });
const offsets = (messages: OrderEvent[]) => messages.map(({ position }) => position.offset);
const broken = new HeardError('ORDER_API_FAILED', 'the order service answered 500');

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
  test('a parked order\'s messages need no fetch', async () => {
    world.glance = { parked: true, held: null, closed: false };
    world.add(event(1));
    await turns();
    expect(world.fetches).toHaveLength(0);
    expect((await world.settled()).finding).toEqual({ kind: 'seen' });
  });

  test('neither do old messages, as long as all of them are old', async () => {
    world.glance = { parked: false, held: { version: 5, status: 'PAID' }, closed: false };
    world.add(event(4));
    await turns();
    world.add(event(3));
    world.add(event(6));
    expect((await world.settled()).finding).toEqual({ kind: 'seen' });
    expect([world.fetches.length, world.settles.length]).toEqual([1, 0]);
  });

  test('where the look was wrong in the end, the message is fetched', async () => {
    world.glance = { parked: true, held: null, closed: false };
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
    expect((await world.settled()).finding).toEqual({ kind: 'failed', outage: false, reason: 'the order service answered 500' });
    expect([world.ended, world.fetches.length]).toEqual([[1], 0]);
  });

  test.each([['an older version', detail(1)], ['an earlier status', detail(null, { status: 'PLACED' })], ['no dishes', detail(9, { items: [] })]])('%s is lag: quick tries, then parked', async (_, came) => {
    world.add(event(2, { status: 'PAID' }));
    await turns();
    for (let tries = 0; tries < 3; tries += 1) { await world.answer(came); world.pauses[tries]?.over(); await turns(); }
    expect((await world.settled()).finding).toMatchObject({ kind: 'failed', outage: false, reason: expect.stringContaining('behind') });
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
    for (let i = 0; i < 20; i += 1) { await turns(); await world.answer(broken, { outage: true }); world.pauses.at(-1)!.over(); }
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
      if (!world.settles.length) { world.pauses.at(-1)?.over(); await turns(); continue; }
      await world.settled(world.settles[0]!.settlement.finding.kind === 'failed' ? [] : [1]);
    }
    expect(world.ended).toEqual([1]);
  });
});

describe('a partition that is another process\'s now', () => {
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

describe('more orders than can be fetched', () => {
  const restaurants = (count: number, more: Partial<OrderEvent> = {}) => { for (let n = 0; n < count; n += 1) world.add(event(n, { orderId: `o-${n}`, ...more })); };

  test('as many are fetched at once as the order service has use for; the next one begins when one is answered', async () => {
    world.appetite = 2;
    restaurants(5);
    await turns();
    expect(world.fetches.map(({ orderId }) => orderId)).toEqual(['o-0', 'o-1']);
    await world.answer(detail(9, { id: 'o-0' }));
    expect(world.fetches.map(({ orderId }) => orderId)).toEqual(['o-1', 'o-2']);
  });

  test('an order of a quiet restaurant does not wait for a busy one\'s backlog; nor does a new one wait for orders that are over', async () => {
    world.appetite = 1;
    world.glance = { parked: false, held: { version: null, status: 'COMPLETED' }, closed: true };
    restaurants(30);
    await turns();
    world.glance = null;
    world.add(event(40, { orderId: 'new' }));
    world.add(event(41, { orderId: 'over', status: 'COMPLETED', restaurantId: 'r-3' }));
    world.add(event(42, { orderId: 'quiet', restaurantId: 'r-2' }));
    await turns();
    const served: string[] = [];
    for (let n = 0; n < 6; n += 1) { served.push(world.fetches[0]!.orderId); await world.answer(detail(99, { id: served.at(-1)! })); await world.settled(); }
    expect(served).toEqual(['o-0', 'new', 'quiet', 'o-1', 'o-2', 'over']);
  });

  test('an order that has just come is looked at although a backlog is still being looked at', async () => {
    const looks: { ids: string[]; answer: (glances: Glance[]) => void }[] = [];
    const lanes = new Lanes({
      look: (ids) => new Promise((answer) => { looks.push({ ids, answer }); }), appetite: () => Infinity,
      fetch: (orderId, start) => { const one = { ...deferred<FetchResult>(), orderId, start }; world.fetches.push(one); return one.promise; }, settle: () => new Promise(() => {}),
    });
    for (let n = 0; n < 3000; n += 1) lanes.add({ event: event(n, { orderId: `o-${n}` }), from: world.origin });
    await turns();
    lanes.add({ event: event(3000, { orderId: 'new' }), from: world.origin });
    for (const { ids, answer } of looks.splice(0)) answer(ids.map(() => null));
    await turns();
    expect(looks.flatMap(({ ids }) => ids)).toContain('new');
  });

  test('a replay of everything keeps no new order waiting', async () => {
    world.glance = { parked: false, held: { version: 9, status: 'PAID' }, closed: false };
    for (let n = 0; n < 1000; n += 1) world.add(event(n, { orderId: `o-${n}`, version: 9 }));
    await turns();
    expect([world.settles.length, world.fetches.length]).toEqual([100, 0]);
    world.glance = null;
    world.add(event(1000, { orderId: 'new' }));
    await turns();
    expect(world.fetches.map(({ orderId }) => orderId)).toEqual(['new']);
    while (world.settles.length) await world.settled();
    expect([world.ended.length, world.lanes.size]).toEqual([1000, 1]);
  });

  test('of an order with thousands of messages, some at a time are settled, in their order', async () => {
    for (let offset = 0; offset < 450; offset += 1) world.add(event(offset, { version: 500 }));
    await turns();
    world.add(event(450, { version: 500 }));
    const settled: number[][] = [];
    while (world.lanes.size) {
      if (world.fetches.length) await world.answer(detail(500));
      world.glance = { parked: false, held: { version: 500, status: 'PLACED' }, closed: false };
      settled.push(offsets((await world.settled()).before));
    }
    expect(settled.map((some) => some.length)).toEqual([200, 200, 51]);
    expect(settled.flat()).toEqual(Array.from({ length: 451 }, (_, offset) => offset));
  });
});

describe('nothing is forgotten', () => {
  test('a message that is added while its lane ends begins a lane of its own', async () => {
    world.add(event(1));
    await turns();
    await world.answer(detail(1));
    const { resolve } = world.settles.shift()!;
    resolve({ again: [], fates: {}, parked: false });
    // In every turn from here on, the lane may be anywhere in its end.
    for (let offset = 2; offset < 8; offset += 1) { await Promise.resolve(); world.add(event(offset)); }
    await turns();
    for (let i = 0; i < 20 && world.lanes.size; i += 1) { if (world.fetches.length) await world.answer(detail(9)); if (world.settles.length) await world.settled(); }
    expect([world.ended, world.lanes.size]).toEqual([[1, 2, 3, 4, 5, 6, 7], 0]);
  });

  test('stopping begins nothing new, and ends nothing that is not in the database', async () => {
    world.add(event(1));
    await turns();
    const stopped = world.lanes.stop(50);
    world.add(event(2, { orderId: 'o-2' }));
    await turns();
    expect(world.looks).toEqual(['o-1']);
    await world.answer(broken);
    await stopped;
    expect(world.ended).toEqual([]);
  });

  test('property: whatever comes when, whatever is answered, each message ends once, by a settlement that it was in, one order at a time', async () => {
    const orders = ['a', 'b', 'c'];
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ do: fc.constant('add' as const), order: fc.nat(2), bump: fc.boolean() }) },
      { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const), which: fc.nat(5), how: fc.constantFrom('newest', 'newest', 'older', 'broken', 'outage') }) },
      { weight: 4, arbitrary: fc.record({ do: fc.constant('settle' as const), which: fc.nat(5) }) },
      fc.record({ do: fc.constant('start' as const), which: fc.nat(5) }),
    );
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const world = new World();
      const versions = orders.map(() => 0);
      const added: number[] = [];
      const settledOffsets: number[] = [];
      const newest = (orderId: string) => versions[orders.indexOf(orderId)]!;
      const started = new Map<Fetch, number>();
      const start = (one: Fetch) => { if (!started.has(one)) { started.set(one, newest(one.orderId)); one.start(); } };
      const answer = (which: number, how: string) => {
        const one = world.fetches.splice(which % world.fetches.length, 1)[0]!;
        start(one);
        const version = Math.max(0, started.get(one)! - (how === 'older' ? 1 : 0));
        one.resolve(how === 'broken' || how === 'outage' ? { ok: false, error: broken, outage: how === 'outage' } : { ok: true, detail: detail(version, { id: one.orderId }) });
      };
      // Decides as the database would, for orders that are never parked.
      const settle = (which: number) => {
        const { settlement: { finding, before, during }, resolve } = world.settles.splice(which % world.settles.length, 1)[0]!;
        const again = finding.kind === 'detail'
          ? [...before.filter((message) => !covers(finding.detail, message, true)), ...during.filter((message) => !covers(finding.detail, message, false))] : during;
        settledOffsets.push(...offsets([...before, ...during]).filter((offset) => !offsets(again).includes(offset)));
        resolve({ again, fates: {}, parked: false });
      };
      const check = async () => {
        await turns(3);
        for (const { over } of world.pauses.splice(0)) over();
        await turns(3);
        const busy = [...world.fetches.map(({ orderId }) => orderId), ...world.settles.map(({ settlement }) => settlement.orderId)];
        expect(new Set(busy).size).toBe(busy.length);
        expect(world.ended.length).toBe(settledOffsets.length);
      };
      for (const what of steps) {
        if (what.do === 'add') { if (what.bump) versions[what.order]! += 1; added.push(added.length); world.add(event(added.length - 1, { orderId: orders[what.order]!, version: versions[what.order]! })); }
        if (what.do === 'answer' && world.fetches.length) answer(what.which, what.how);
        if (what.do === 'settle' && world.settles.length) settle(what.which);
        if (what.do === 'start' && world.fetches.length) start(world.fetches[what.which % world.fetches.length]!);
        await check();
      }
      for (let i = 0; world.lanes.size && i < 500; i += 1) { if (world.fetches.length) answer(0, 'newest'); if (world.settles.length) settle(0); await check(); }
      expect([...world.ended].sort((a, b) => a - b)).toEqual(added);
      expect(world.lanes.size).toBe(0);
    }), { numRuns: 100 });
  });
});
