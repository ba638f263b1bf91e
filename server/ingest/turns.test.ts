// The order in which orders are served when more wait than can be fetched, and that none is forgotten.
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { Turns, type Urgency } from './turns.ts';

let now: number;
let waiting: Map<string, number>;
let turns: Turns;
beforeEach(() => {
  [now, waiting] = [0, new Map()];
  turns = new Turns(
    (orderId) => waiting.get(orderId),
    () => now,
  );
});
const add = (orderId: string, restaurantId = 'r-1', urgency: Urgency = 'new') => {
  if (!waiting.has(orderId)) waiting.set(orderId, now);
  turns.add(orderId, restaurantId, urgency);
};
const urgencies = fc.constantFrom<Urgency>('new', 'open', 'over');
const take = (count: number) =>
  Array.from({ length: count }, () => {
    const next = turns.take();
    if (next !== undefined) waiting.delete(next);
    return next;
  });

test('a short queue is first come, first served', () => {
  for (const id of ['a', 'b', 'c', 'd', 'e']) add(id);
  expect(take(6)).toEqual(['a', 'b', 'c', 'd', 'e', undefined]);
});

test('restaurants take turns', () => {
  for (let n = 0; n < 50; n += 1) add(`busy-${n}`, 'busy');
  add('quiet', 'quiet');
  expect(take(3)).toEqual(['busy-0', 'quiet', 'busy-1']);
});

test("new orders come before open ones, and these before those that are over, but for every fourth turn, which is the oldest's", () => {
  for (let n = 0; n < 50; n += 1) add(`over-${n}`, 'r-1', 'over');
  for (let n = 0; n < 3; n += 1) add(`open-${n}`, 'r-1', 'open');
  for (let n = 0; n < 3; n += 1) add(`new-${n}`);
  expect(take(9)).toEqual(['new-0', 'new-1', 'new-2', 'over-0', 'open-0', 'open-1', 'open-2', 'over-1', 'over-2']);
});

test('where the oldest has waited for long, the newest comes first, and the oldest at every fourth turn', () => {
  for (let n = 0; n < 10; n += 1) {
    add(`o-${n}`);
    now += 1000;
  }
  expect(take(8)).toEqual(['o-9', 'o-8', 'o-7', 'o-0', 'o-6', 'o-5', 'o-4', 'o-1']);
});

test('an order that was served meanwhile is passed over', () => {
  for (const id of ['a', 'b', 'c']) add(id);
  waiting.delete('a');
  expect(take(3)).toEqual(['b', 'c', undefined]);
});

test('property: whoever waits is served, once for each time that it waited', () => {
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('add' as const),
        order: fc.nat(40),
        restaurant: fc.nat(4),
        urgency: urgencies,
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('take' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), order: fc.nat(40) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('later' as const), ms: fc.nat(9000) }) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      [now, waiting] = [0, new Map()];
      turns = new Turns(
        (orderId) => waiting.get(orderId),
        () => now,
      );
      for (const what of steps) {
        if (what.do === 'add' && !waiting.has(`o-${what.order}`))
          add(`o-${what.order}`, `r-${what.restaurant}`, what.urgency);
        if (what.do === 'drop') waiting.delete(`o-${what.order}`);
        if (what.do === 'later') now += what.ms;
        if (what.do !== 'take') continue;
        const before = new Set(waiting.keys());
        const [next] = take(1);
        expect(next === undefined ? before.size === 0 : before.has(next)).toBe(true);
      }
      const left = [...waiting.keys()].toSorted();
      expect(take(left.length).toSorted()).toEqual(left);
      expect(turns.take()).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

test('property: nobody starves: with so many before it, an order is served within four turns for each of them, whatever comes after', () => {
  fc.assert(
    fc.property(
      fc.nat(30),
      fc.array(fc.record({ restaurant: fc.nat(3), urgency: urgencies, ms: fc.nat(3000) }), {
        minLength: 1,
        maxLength: 5,
      }),
      (before, newcomers) => {
        [now, waiting] = [0, new Map()];
        turns = new Turns(
          (orderId) => waiting.get(orderId),
          () => now,
        );
        for (let n = 0; n < before; n += 1) add(`before-${n}`, 'r-0', 'over');
        add('it', 'r-0', 'over');
        for (let turn = 0; waiting.has('it'); turn += 1) {
          expect(turn).toBeLessThan(4 * (before + 1));
          for (const [n, { restaurant, urgency, ms }] of newcomers.entries()) {
            now += ms;
            add(`after-${turn}-${n}`, `r-${restaurant}`, urgency);
          }
          take(1);
        }
      },
    ),
    { numRuns: 200 },
  );
});
