import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deferred, turns, type Deferred } from '../../test/made.ts';
import { MicroBatch } from './micro-batch.ts';

interface Item {
  key: string;
  n: number;
  weight: number;
}

/** Batches that end when the test says so. */
function batches(maxSize: number, width: number, maxWeight = Infinity) {
  const open: (Deferred<void> & { items: Item[] })[] = [];
  const seen: Item[][] = [];
  const batch = new MicroBatch<Item, number>(
    async (items) => {
      const one = { ...deferred<void>(), items };
      open.push(one);
      seen.push(items);
      try {
        await one.promise;
      } finally {
        open.splice(open.indexOf(one), 1);
      }
      return items.map(({ n }) => n * 10);
    },
    { maxSize, width, maxWeight, weightOf: ({ weight }) => weight, keyOf: ({ key }) => key },
  );
  let n = 0;
  return { batch, open, seen, add: (key: string, weight = 1) => batch.add({ key, n: (n += 1), weight }) };
}

test('what is added together travels together, up to the largest size, and each item gets its own result', async () => {
  const { add, open, seen } = batches(3, 1);
  const results = Promise.all(['a', 'b', 'c', 'd'].map((key) => add(key)));
  await turns();
  expect(seen.map((items) => items.length)).toEqual([3]);
  open[0]!.resolve();
  await turns();
  open[0]!.resolve();
  expect(await results).toEqual([10, 20, 30, 40]);
  expect(seen.map((items) => items.length)).toEqual([3, 1]);
});

test('a batch weighs no more than it may; what weighs more than that has one of its own, and what waits for it keeps its place', async () => {
  const { add, open, seen } = batches(10, 1, 5);
  for (const [key, weight] of [
    ['a', 2],
    ['a', 1],
    ['b', 3],
    ['c', 1],
    ['d', 9],
    ['e', 0],
    ['f', 5],
  ] as const)
    void add(key, weight);
  await turns();
  for (let taken = 0; open.length && taken < 10; taken += 1) {
    open[0]!.resolve();
    await turns();
  }
  expect(seen.map((items) => items.map(({ key, weight }) => `${key}${weight}`))).toEqual([
    ['a2', 'b3'],
    ['a1', 'c1'],
    ['d9'],
    ['e0', 'f5'],
  ]);
});

test('no more batches at once than its width', async () => {
  const { add, open } = batches(1, 2);
  for (const key of ['a', 'b', 'c', 'd']) void add(key);
  await turns();
  expect(open).toHaveLength(2);
});

test('items with the same key never share a batch, nor run at once, and keep their order', async () => {
  const { add, open, seen } = batches(10, 2);
  for (const key of ['a', 'a', 'b', 'a']) void add(key);
  await turns();
  expect(seen).toMatchObject([
    [
      { key: 'a', n: 1 },
      { key: 'b', n: 3 },
    ],
  ]);
  open[0]!.resolve();
  await turns();
  expect(seen.at(-1)).toMatchObject([{ key: 'a', n: 2 }]);
  open[0]!.resolve();
  await turns();
  expect(seen.at(-1)).toMatchObject([{ key: 'a', n: 4 }]);
});

test('hundreds of thousands may wait, and each batch costs no more for it', async () => {
  const batch = new MicroBatch<number, number>(async (items) => items, { maxSize: 8, width: 1, keyOf: String });
  const results = await Promise.all(Array.from({ length: 300_000 }, (_, n) => batch.add(n)));
  expect(results.every((result, n) => result === n)).toBe(true);
  expect(batch.waiting).toBe(0);
});

test('a batch that fails fails its own items only, and its keys are free again', async () => {
  const { add, open } = batches(10, 1);
  const first = Promise.allSettled([add('a'), add('b')]);
  await turns();
  const second = add('a');
  open[0]!.reject(new Error('no'));
  expect((await first).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await turns();
  open[0]!.resolve();
  expect(await second).toBe(30);
});

test('property: every item is worked on once, in the order of its key, never beside another of its key', async () => {
  const step = fc.oneof(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(4));
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 6 }),
      fc.array(step, { maxLength: 40 }),
      async (maxSize, width, maxWeight, steps) => {
        const { add, open, seen, batch } = batches(maxSize, width, maxWeight);
        const results: Promise<number>[] = [];
        const settle = async () => {
          await turns(2);
          const running = open.flatMap(({ items }) => items.map(({ key }) => key));
          expect(new Set(running).size).toBe(running.length);
          expect(open.length).toBeLessThanOrEqual(width);
          for (const { items } of open) {
            expect(items.length).toBeLessThanOrEqual(maxSize);
            if (items.length > 1)
              expect(items.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(maxWeight);
          }
        };
        for (const what of steps) {
          if (typeof what === 'string') results.push(add(what, results.length % 4));
          else open[what % Math.max(1, open.length)]?.resolve();
          await settle();
        }
        while (open.length) {
          open[0]!.resolve();
          await settle();
        }
        expect(batch.waiting).toBe(0);
        expect(await Promise.all(results)).toEqual(results.map((_, i) => (i + 1) * 10));
        const done = seen.flat();
        for (const key of ['a', 'b', 'c', 'd']) {
          const order = done.filter((one) => one.key === key).map(({ n }) => n);
          expect(order).toEqual([...order].sort((x, y) => x - y));
        }
      },
    ),
    { numRuns: 60 },
  );
});
