// A compact store must tell the same as a plain one: each order's messages, in their order, with all that they said.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { event } from '../../test/made.ts';
import { Backlog } from './backlog.ts';
import type { Arrival, Origin } from './arrival.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const origin = (partition: number): Origin & { wanted: boolean } => ({
  incarnationId: 3,
  partition,
  wanted: true,
  ended: () => {},
});
const arrival = (offset: number, from: Origin, more: Parameters<typeof event>[1] = {}): Arrival => ({
  event: event(offset, { at: { incarnationId: from.incarnationId, partition: from.partition }, ...more }),
  from,
});

test('what is taken is what was added, with its place, version, status and digest', () => {
  const backlog = new Backlog();
  const from = origin(2);
  const messages = [
    arrival(2 ** 40, from, { version: null, status: 'SOMETHING', sentAt: 1_700_000_000_123 }),
    arrival(2 ** 40 + 1, from, { version: Number.MAX_SAFE_INTEGER, restaurantId: null }),
    arrival(2 ** 40 + 2, from, { version: '9007199254740993' }),
    arrival(2 ** 40 + 3, from, { version: '9223372036854775807' }),
  ];
  for (const message of messages) backlog.add(message);
  expect(backlog.take('o-1', 10)).toEqual(messages);
  expect([backlog.size, backlog.has('o-1'), backlog.take('o-1', 10)]).toEqual([0, false, []]);
});

test('a summary is of the newest message, with the highest version, or none where one has none', () => {
  const backlog = new Backlog();
  const from = origin(0);
  backlog.add(arrival(1, from, { version: 7, orderId: 'high' }));
  for (const version of ['9007199254740993', '9007199254740994', 7])
    backlog.add(arrival(1, from, { version, orderId: 'high' }));
  expect(backlog.summary('high')).toMatchObject({ version: '9007199254740994' });
  backlog.add(arrival(1, from, { version: 7 }));
  backlog.add(arrival(2, from, { version: 5, status: 'PAID', restaurantId: 'r-9', sentAt: 9 }));
  expect(backlog.summary('o-1')).toEqual({ version: 7, status: 'PAID', restaurantId: 'r-9', sentAt: 9 });
  backlog.add(arrival(3, from, { version: null }));
  expect(backlog.summary('o-1')).toMatchObject({ version: null });
  expect(backlog.summary('o-2')).toBeUndefined();
});

test('it says since when the oldest message waits', () => {
  let now = 100;
  const backlog = new Backlog(() => now);
  backlog.add(arrival(1, origin(0)));
  now = 200;
  backlog.add(arrival(2, origin(0)));
  expect([backlog.since('o-1'), backlog.since('o-2')]).toEqual([100, undefined]);
  backlog.take('o-1', 1);
  expect(backlog.since('o-1')).toBe(200);
});

test('hundreds of thousands of messages of as many orders fit in little memory, and it is given back', () => {
  const backlog = new Backlog();
  const from = origin(0);
  const count = 300_000;
  const bytesEach = () => {
    collectGarbage();
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return (heapUsed + arrayBuffers) / count;
  };
  const began = bytesEach();
  for (let offset = 0; offset < count; offset += 1) backlog.add(arrival(offset, from, { orderId: `o-${offset}` }));
  expect(bytesEach() - began).toBeLessThan(250);
  const lost = Array.from({ length: count }, (_, offset) => offset).filter(
    (offset) => backlog.take(`o-${offset}`, 10)[0]?.event.position.offset !== offset,
  );
  expect([lost, backlog.size]).toEqual([[], 0]);
  expect(bytesEach() - began).toBeLessThan(30);
});

test('property: like a list for each order', () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('add' as const), order: fc.nat(4), from: fc.nat(2) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('take' as const),
        order: fc.nat(4),
        max: fc.integer({ min: 1, max: 4 }),
        back: fc.nat(4),
      }),
    },
    fc.record({ do: fc.constant('lose' as const), from: fc.nat(2) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const backlog = new Backlog();
      const model = new Map<string, Arrival[]>();
      const origins = [origin(0), origin(1), origin(2)];
      const listOf = (orderId: string) => {
        const list = model.get(orderId) ?? [];
        model.set(orderId, list);
        return list;
      };
      for (const [offset, what] of steps.entries()) {
        if (what.do === 'add') {
          const one = arrival(offset, origins[what.from]!, { orderId: `o-${what.order}` });
          backlog.add(one);
          listOf(`o-${what.order}`).push(one);
        }
        if (what.do === 'take') {
          const orderId = `o-${what.order}`;
          const taken = backlog.take(orderId, what.max);
          expect(taken).toEqual(listOf(orderId).splice(0, what.max));
          const back = taken.slice(what.back);
          backlog.putBack(orderId, back);
          listOf(orderId).unshift(...back);
        }
        if (what.do === 'lose') {
          origins[what.from]!.wanted = false;
          origins[what.from] = origin(what.from);
          backlog.prune();
          for (const [orderId, list] of model)
            model.set(
              orderId,
              list.filter(({ from }) => from.wanted),
            );
        }
        expect(backlog.size).toBe([...model.values()].reduce((sum, list) => sum + list.length, 0));
        for (const [orderId, list] of model) expect(backlog.has(orderId)).toBe(list.length > 0);
      }
      for (const [orderId, list] of model) expect(backlog.take(orderId, 1000)).toEqual(list);
    }),
    { numRuns: 300 },
  );
});
