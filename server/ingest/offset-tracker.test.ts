// The offset to commit of a partition: all messages below it have ended, without a gap, from the first one read.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OffsetTracker } from './offset-tracker.ts';

test('nothing has ended: nothing may be committed', () => {
  const tracker = new OffsetTracker();
  expect([tracker.committable, tracker.open, tracker.last]).toEqual([null, 0, -1]);
  tracker.begin(7);
  expect([tracker.committable, tracker.open, tracker.last]).toEqual([null, 1, 7]);
});

test('a message that has not ended holds back those after it, across gaps in the offsets', () => {
  const tracker = new OffsetTracker();
  for (const offset of [5, 6, 9]) tracker.begin(offset);
  tracker.end(9);
  tracker.end(6);
  expect(tracker.committable).toBeNull();
  tracker.end(5);
  expect([tracker.committable, tracker.open]).toEqual([10, 0]);
});

test("offsets that go back are another topic's", () => {
  const tracker = new OffsetTracker();
  tracker.begin(5);
  for (const offset of [5, 4, 0]) expect(() => tracker.begin(offset)).toThrow(RangeError);
  tracker.end(5);
  expect(() => tracker.begin(5)).toThrow(RangeError);
  tracker.begin(6);
});

test('property: for any order of ends, the committable offset is the end of the longest ended prefix', () => {
  const offsets = fc
    .uniqueArray(fc.nat(500), { minLength: 1, maxLength: 60 })
    .map((list) => list.sort((a, b) => a - b));
  fc.assert(
    fc.property(
      offsets.chain((read) => fc.tuple(fc.constant(read), fc.shuffledSubarray(read, { minLength: 0 }))),
      ([read, ends]) => {
        const tracker = new OffsetTracker();
        const ended = new Set<number>();
        for (const offset of read) tracker.begin(offset);
        for (const offset of ends) {
          tracker.end(offset);
          ended.add(offset);
          const firstOpen = read.findIndex((one) => !ended.has(one));
          const prefix = firstOpen < 0 ? read.length : firstOpen;
          expect(tracker.committable).toBe(prefix === 0 ? null : read[prefix - 1]! + 1);
          expect(tracker.open).toBe(read.length - prefix);
        }
      },
    ),
  );
});

test('property: beginning and ending in turns, over many thousands, forgets nothing and commits nothing too early', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.infiniteStream(fc.nat(49)), (width, picks) => {
      const tracker = new OffsetTracker();
      const open: number[] = [];
      let next = 0;
      for (const pick of picks) {
        if (next < 10_000 && open.length < width) {
          tracker.begin(next);
          open.push(next);
          next += 1;
          continue;
        }
        if (!open.length) break;
        tracker.end(open.splice(pick % open.length, 1)[0]!);
        const lowest = open.length ? Math.min(...open) : next;
        if (tracker.committable !== (lowest === 0 ? null : lowest))
          throw new Error(`committable ${tracker.committable}, but ${lowest} is the first that has not ended`);
      }
      expect([tracker.committable, tracker.open]).toEqual([10_000, 0]);
    }),
    { numRuns: 10 },
  );
});
