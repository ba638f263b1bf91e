// From where an operator may have the topic read again.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  describePlan,
  parseOffsets,
  parseTime,
  planReplay,
  ReplayRefused,
  type PartitionState,
} from './replay-plan.ts';

const state = (more: Partial<PartitionState> = {}): PartitionState => ({
  partition: 0,
  low: 0,
  high: 100,
  committed: 50,
  recorded: 50,
  ...more,
});
const offsets = (...pairs: [number, number][]) => ({ kind: 'offsets' as const, offsets: new Map(pairs) });

describe('an offset', () => {
  test('earlier than where reading is, in the partitions that are named', () => {
    expect(planReplay(offsets([0, 10]), [state(), state({ partition: 1 })])).toEqual([
      { partition: 0, from: 50, to: 10 },
    ]);
  });
  test('never leads forward: also not beyond what ended, where somebody moved the group', () => {
    expect(() => planReplay(offsets([0, 51]), [state()])).toThrow(/going on at 51 would skip 1 message\./);
    expect(() => planReplay(offsets([0, 60]), [state({ committed: 80 })])).toThrow(
      /is read from offset 50 on: going on at 60 would skip 10/,
    );
  });
  test('of what is gone is refused: it says how many, and the earliest', () => {
    expect(() => planReplay(offsets([0, 5]), [state({ low: 20 })])).toThrow(
      /the 15 messages from offset 5 on are gone: the earliest is 20/,
    );
  });
  test('of a partition that is not there, or where nothing changes, is refused', () => {
    expect(() => planReplay(offsets([7, 0]), [state()])).toThrow(/no partition 7/);
    expect(() => planReplay(offsets([0, 50]), [state()])).toThrow(/Nothing would be read again/);
    expect(() => planReplay({ kind: 'start' }, [state({ recorded: null })])).toThrow(/Nothing would be read again/);
  });
});

test('the start is the earliest that there is', () => {
  expect(
    planReplay({ kind: 'start' }, [
      state({ low: 20 }),
      state({ partition: 1, committed: -1, recorded: 9 }),
      state({ partition: 2 }),
    ]),
  ).toEqual([
    { partition: 0, from: 50, to: 20 },
    { partition: 2, from: 50, to: 0 },
  ]);
});

test('a time leads each partition back to its first message of then, and none forward', () => {
  const target = { kind: 'time' as const, time: new Date() };
  expect(planReplay(target, [state({ atTime: 30 }), state({ partition: 1, atTime: 90 })])).toEqual([
    { partition: 0, from: 50, to: 30 },
  ]);
  expect(() => planReplay(target, [state({ atTime: 90 })])).toThrow(/Nothing would be read again/);
  expect(() => planReplay(target, [state({ low: 20, atTime: 20 })])).toThrow(
    /of the 20 messages before it, which are gone, some may be of that time/,
  );
});

test('property: it never leads forward, nor out of the topic', () => {
  const partition = fc
    .tuple(fc.nat(50), fc.nat(50), fc.integer({ min: -2, max: 120 }), fc.nat(100), fc.nat(120))
    .map(([low, length, committed, recorded, atTime]) =>
      state({ low, high: low + length, committed, recorded: Math.min(recorded, low + length), atTime }),
    );
  const target = fc.oneof(
    fc.constant({ kind: 'start' as const }),
    fc.constant({ kind: 'time' as const, time: new Date() }),
    fc.nat(120).map((offset) => offsets([0, offset])),
  );
  fc.assert(
    fc.property(partition, target, (one, to) => {
      try {
        for (const step of planReplay(to, [one])) {
          expect(step.to).toBeLessThan(step.from);
          expect(step.to).toBeGreaterThanOrEqual(one.low);
          expect(step.from).toBeLessThanOrEqual(Math.max(one.low, one.recorded!));
        }
      } catch (error) {
        if (!(error instanceof ReplayRefused)) throw error;
      }
    }),
  );
});

test('arguments are read, or refused in one line', () => {
  expect(parseOffsets('0:10, 3:0')).toEqual(
    new Map([
      [0, 10],
      [3, 0],
    ]),
  );
  for (const text of ['', '0', '0:', ':1', '0:-1', '0:1,', '0:1;1:2', '0:1,0:2'])
    expect(() => parseOffsets(text), text).toThrow(ReplayRefused);
  expect(parseTime('2026-11-23T12:00:00+01:00')).toEqual(new Date('2026-11-23T11:00:00Z'));
  for (const text of ['', 'yesterday', '2026-11-23', '2026-11-23T12:00:00', '2026-13-23T12:00:00Z'])
    expect(() => parseTime(text), text).toThrow(ReplayRefused);
});

test('what will be done is said: from where to where, how many messages, and that nothing is doubled', () => {
  const lines = describePlan(
    [
      { partition: 0, from: 50, to: 10 },
      { partition: 2, from: 9, to: 8 },
    ],
    { topic: 'prod_order_events', groupId: 'prod_kds', appEnv: 'prod' },
  ).join('\n');
  for (const part of [
    'prod_order_events',
    'prod_kds',
    'partition 0: from offset 10 instead of 50, 40 messages',
    'In all 41 messages',
    'Nothing is doubled',
  ])
    expect(lines).toContain(part);
});
