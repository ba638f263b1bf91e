// More orders than can be fetched at once wait for their turn; and none of them is ever forgotten.
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { covers } from '../upstream/freshness.ts';
import type { FetchResult } from '../fetch/fetch-queue.ts';
import { broken, LanesWorld, offsets, type Fetch } from '../../test/lanes.ts';
import { deferred, detail, event, turns } from '../../test/made.ts';
import type { OrderEvent } from '../upstream/message.ts';
import { Lanes, type Glance } from './lanes.ts';

let world: LanesWorld;
beforeEach(() => {
  world = new LanesWorld();
});

describe('more orders than can be fetched', () => {
  const restaurants = (count: number, more: Partial<OrderEvent> = {}) => {
    for (let n = 0; n < count; n += 1) world.add(event(n, { orderId: `o-${n}`, ...more }));
  };

  test('as many are fetched at once as the order service has use for; the next one begins when one is answered', async () => {
    world.appetite = 2;
    restaurants(5);
    await turns();
    expect(world.fetches.map(({ orderId }) => orderId)).toEqual(['o-0', 'o-1']);
    await world.answer(detail(9, { id: 'o-0' }));
    expect(world.fetches.map(({ orderId }) => orderId)).toEqual(['o-1', 'o-2']);
  });

  test("an order of a quiet restaurant does not wait for a busy one's backlog; nor does a new one wait for orders that are over", async () => {
    world.appetite = 1;
    world.glance = { parked: false, stored: { version: null, status: 'COMPLETED' }, closed: true };
    restaurants(30);
    await turns();
    world.glance = null;
    world.add(event(40, { orderId: 'new' }));
    world.add(event(41, { orderId: 'over', status: 'COMPLETED', restaurantId: 'r-3' }));
    world.add(event(42, { orderId: 'quiet', restaurantId: 'r-2' }));
    await turns();
    const served: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      served.push(world.fetches[0]!.orderId);
      await world.answer(detail(99, { id: served.at(-1)! }));
      await world.settled();
    }
    expect(served).toEqual(['o-0', 'new', 'quiet', 'o-1', 'o-2', 'over']);
  });

  test('an order that has just come is looked at although a backlog is still being looked at', async () => {
    const looks: { ids: string[]; answer: (glances: Glance[]) => void }[] = [];
    const lanes = new Lanes({
      look: (ids) =>
        new Promise((answer) => {
          looks.push({ ids, answer });
        }),
      appetite: () => Infinity,
      fetch: (orderId, start) => {
        const one = { ...deferred<FetchResult>(), orderId, start };
        world.fetches.push(one);
        return one.promise;
      },
      settle: () => new Promise(() => {}),
    });
    for (let n = 0; n < 3000; n += 1) lanes.add({ event: event(n, { orderId: `o-${n}` }), from: world.origin });
    await turns();
    lanes.add({ event: event(3000, { orderId: 'new' }), from: world.origin });
    for (const { ids, answer } of looks.splice(0)) answer(ids.map(() => null));
    await turns();
    expect(looks.flatMap(({ ids }) => ids)).toContain('new');
  });

  test('a replay of everything keeps no new order waiting', async () => {
    world.glance = { parked: false, stored: { version: 9, status: 'PAID' }, closed: false };
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
    for (let offset = 0; offset < 2100; offset += 1) world.add(event(offset, { version: 500 }));
    await turns();
    world.add(event(2100, { version: 500 }));
    const settled: number[][] = [];
    while (world.lanes.size) {
      if (world.fetches.length) await world.answer(detail(500));
      world.glance = { parked: false, stored: { version: 500, status: 'PLACED' }, closed: false };
      settled.push(offsets((await world.settled()).before));
    }
    expect(settled.map((some) => some.length)).toEqual([1000, 1000, 101]);
    expect(settled.flat()).toEqual(Array.from({ length: 2101 }, (_, offset) => offset));
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
    for (let offset = 2; offset < 8; offset += 1) {
      await Promise.resolve();
      world.add(event(offset));
    }
    await turns();
    for (let i = 0; i < 20 && world.lanes.size; i += 1) {
      if (world.fetches.length) await world.answer(detail(9));
      if (world.settles.length) await world.settled();
    }
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
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant('answer' as const),
          which: fc.nat(5),
          how: fc.constantFrom('newest', 'newest', 'older', 'broken', 'outage'),
        }),
      },
      { weight: 4, arbitrary: fc.record({ do: fc.constant('settle' as const), which: fc.nat(5) }) },
      fc.record({ do: fc.constant('start' as const), which: fc.nat(5) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const world = new LanesWorld();
        const versions = orders.map(() => 0);
        const added: number[] = [];
        const settledOffsets: number[] = [];
        const newest = (orderId: string) => versions[orders.indexOf(orderId)]!;
        const started = new Map<Fetch, number>();
        const start = (one: Fetch) => {
          if (!started.has(one)) {
            started.set(one, newest(one.orderId));
            one.start();
          }
        };
        const answer = (which: number, how: string) => {
          const one = world.fetches.splice(which % world.fetches.length, 1)[0]!;
          start(one);
          const version = Math.max(0, started.get(one)! - (how === 'older' ? 1 : 0));
          one.resolve(
            how === 'broken' || how === 'outage'
              ? { ok: false, error: broken, outage: how === 'outage' }
              : { ok: true, detail: detail(version, { id: one.orderId }) },
          );
        };
        // Decides as the database would, for orders that are never parked.
        const settle = (which: number) => {
          const {
            settlement: { finding, before, during },
            resolve,
          } = world.settles.splice(which % world.settles.length, 1)[0]!;
          const again =
            finding.kind === 'detail'
              ? [
                  ...before.filter((message) => !covers(finding.detail, message, true)),
                  ...during.filter((message) => !covers(finding.detail, message, false)),
                ]
              : during;
          settledOffsets.push(...offsets([...before, ...during]).filter((offset) => !offsets(again).includes(offset)));
          resolve({ again, fates: {}, parked: false });
        };
        const check = async () => {
          await turns(3);
          for (const { over } of world.pauses.splice(0)) over();
          await turns(3);
          const busy = [
            ...world.fetches.map(({ orderId }) => orderId),
            ...world.settles.map(({ settlement }) => settlement.orderId),
          ];
          expect(new Set(busy).size).toBe(busy.length);
          expect(world.ended.length).toBe(settledOffsets.length);
        };
        for (const what of steps) {
          if (what.do === 'add') {
            if (what.bump) versions[what.order]! += 1;
            added.push(added.length);
            world.add(event(added.length - 1, { orderId: orders[what.order]!, version: versions[what.order]! }));
          }
          if (what.do === 'answer' && world.fetches.length) answer(what.which, what.how);
          if (what.do === 'settle' && world.settles.length) settle(what.which);
          if (what.do === 'start' && world.fetches.length) start(world.fetches[what.which % world.fetches.length]!);
          await check();
        }
        for (let i = 0; world.lanes.size && i < 500; i += 1) {
          if (world.fetches.length) answer(0, 'newest');
          if (world.settles.length) settle(0);
          await check();
        }
        expect([...world.ended].sort((a, b) => a - b)).toEqual(added);
        expect(world.lanes.size).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});
