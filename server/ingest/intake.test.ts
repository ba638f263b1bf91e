// Between the consumer and the lanes: the offsets that may be committed, and that an assignment that is over moves none.
import { beforeEach, expect, test } from 'vitest';
import { createLogger } from '../logger.ts';
import { deferred, turns, type Deferred } from '../../test/made.ts';
import { HIGH_MARK, Intake, type IntakeRecord } from './intake.ts';
import type { Lanes } from './lanes.ts';
import type { Arrival } from './arrival.ts';
import type { Rejection, RejectedMessages } from './rejected.ts';

let arrivals: Arrival[];
let rejections: (Deferred<void> & { rejection: Rejection })[];
let pruned: number;
let intake: Intake;
beforeEach(() => {
  [arrivals, rejections, pruned] = [[], [], 0];
  const lanes: Pick<Lanes, 'add' | 'prune'> = {
    add: (arrival) => {
      arrivals.push(arrival);
    },
    prune: () => {
      pruned += 1;
    },
  };
  const rejected = {
    keep: (rejection: Rejection) => {
      const one = { ...deferred<void>(), rejection };
      rejections.push(one);
      return one.promise;
    },
  } as unknown as RejectedMessages;
  intake = new Intake({ appEnv: 'test', lanes, rejected, log: createLogger('silent') });
});

const record = (offset: number, body: unknown = { id: `o-${offset}`, status: 'PAID' }): IntakeRecord => ({
  offset,
  key: Buffer.from(`o-${offset}`),
  value: Buffer.from(JSON.stringify(body)),
  headers: {},
});
const end = ({ event, from }: Arrival) => from.ended(event);
const committable = () => Object.fromEntries(intake.committable());

test('a message goes to its lane with its place, and may be committed once it has ended, behind all before it', () => {
  intake.beginEpoch(4, [0, 1]);
  intake.admit(0, [record(7), record(8), record(11)]);
  intake.admit(1, [record(3)]);
  expect(arrivals.map(({ event }) => [event.orderId, event.position])).toEqual(
    [7, 8, 11, 3].map((offset) => [`o-${offset}`, { incarnationId: 4, partition: offset === 3 ? 1 : 0, offset }]),
  );
  expect([committable(), intake.open]).toEqual([{}, 4]);
  end(arrivals[1]!);
  end(arrivals[3]!);
  expect(committable()).toEqual({ 1: 4 });
  end(arrivals[0]!);
  expect([committable(), intake.open]).toEqual([{ 0: 9, 1: 4 }, 1]);
});

test('one that cannot be read ends only when it is kept', async () => {
  intake.beginEpoch(1, [0]);
  intake.admit(0, [record(0, 'no object'), record(1)]);
  end(arrivals[0]!);
  expect([committable(), rejections[0]!.rejection]).toMatchObject([
    {},
    { reason: 'its value is not a JSON object', position: { offset: 0 } },
  ]);
  rejections[0]!.resolve();
  await turns();
  expect([committable(), intake.open]).toEqual([{ 0: 2 }, 0]);
});

test('one that could not be kept holds back the commit', async () => {
  intake.beginEpoch(1, [0]);
  intake.admit(0, [record(0, 7), record(1)]);
  rejections[0]!.reject(new Error('stopped'));
  end(arrivals[0]!);
  await turns();
  expect(committable()).toEqual({});
});

test('after a join, what an older assignment has under way moves no offset, and what it has not begun is not wanted', () => {
  intake.beginEpoch(1, [0]);
  intake.admit(0, [record(0), record(1)]);
  intake.beginEpoch(1, [0, 1]);
  end(arrivals[0]!);
  expect([arrivals[1]!.from.wanted, committable(), intake.open, pruned]).toEqual([false, {}, 0, 2]);
  intake.admit(0, [record(0), record(1)]);
  expect(arrivals[2]!.from.wanted).toBe(true);
  end(arrivals[3]!);
  expect(committable()).toEqual({});
  end(arrivals[2]!);
  expect(committable()).toEqual({ 0: 2 });
});

test('without an assignment nothing is admitted and nothing may be committed', () => {
  intake.beginEpoch(1, [0]);
  intake.admit(0, [record(0)]);
  end(arrivals[0]!);
  intake.endEpoch();
  intake.admit(0, [record(1)]);
  expect([arrivals.length, committable()]).toEqual([1, {}]);
});

test('offsets that go back give another topic away', () => {
  intake.beginEpoch(1, [0]);
  intake.admit(0, [record(5)]);
  expect(() => intake.admit(0, [record(0)])).toThrow(RangeError);
});

test('a partition is full at its share of the high mark, and drained at 70 % of it; the others are read on', () => {
  intake.beginEpoch(1, [0, 1]);
  const share = HIGH_MARK / 2;
  for (let offset = 0; offset < share - 1; offset += 1000)
    intake.admit(
      0,
      Array.from({ length: Math.min(1000, share - 1 - offset) }, (_, i) => record(offset + i)),
    );
  expect([intake.full(0), intake.drained(0)]).toEqual([false, false]);
  intake.admit(0, [record(share)]);
  expect([intake.full(0), intake.full(1), intake.drained(1)]).toEqual([true, false, true]);
  for (const arrival of arrivals.slice(0, share * 0.3)) end(arrival);
  expect([intake.full(0), intake.drained(0)]).toEqual([false, true]);
});

test('messages that have ended behind an open one take memory, too: reading pauses before they fill it', () => {
  intake.beginEpoch(1, [0]);
  let offset = 0;
  // The first one never ends; all others end as soon as they are read.
  while (!intake.full(0) && offset < 4 * HIGH_MARK) {
    intake.admit(
      0,
      Array.from({ length: 1000 }, (_, i) => record(offset + i)),
    );
    for (const arrival of arrivals.splice(0)) if (arrival.event.position.offset > 0) end(arrival);
    offset += 1000;
  }
  expect([offset > HIGH_MARK, offset <= 2 * HIGH_MARK + 1000]).toEqual([true, true]);
  expect([intake.full(0), intake.drained(0), committable()]).toEqual([true, false, {}]);
});

test('one that is taken away while it is full is full no more', () => {
  intake.beginEpoch(1, [0]);
  intake.admit(
    0,
    Array.from({ length: 40 }, (_, offset) => ({ ...record(offset), value: Buffer.alloc(1 << 20) })),
  );
  expect(intake.full(0)).toBe(true);
  intake.beginEpoch(1, [1]);
  expect([intake.full(0), intake.drained(0)]).toEqual([false, true]);
});

test('rejected messages are bounded by their size, too: a few hundred of 1 MB would fill the memory', async () => {
  intake.beginEpoch(1, [0]);
  const large = (offset: number): IntakeRecord => ({ ...record(offset), value: Buffer.alloc(1 << 20) });
  intake.admit(
    0,
    Array.from({ length: 31 }, (_, offset) => large(offset)),
  );
  expect(intake.full(0)).toBe(false);
  intake.admit(0, [large(31)]);
  expect([intake.full(0), intake.drained(0)]).toEqual([true, false]);
  for (const { resolve } of rejections.slice(0, 12)) resolve();
  await turns();
  expect([intake.full(0), intake.drained(0)]).toEqual([false, true]);
  // Small ones take memory as well.
  intake.beginEpoch(1, [1]);
  intake.admit(
    1,
    Array.from({ length: 30_000 }, (_, offset) => ({ ...record(offset), value: null })),
  );
  expect(intake.full(1)).toBe(false);
  intake.admit(
    1,
    Array.from({ length: 5000 }, (_, i) => ({ ...record(30_000 + i), value: null })),
  );
  expect(intake.full(1)).toBe(true);
});

test('places that transactions left are passed once all before them has ended, and are no message that ended', () => {
  intake.beginEpoch(1, [0]);
  const place = (offset: number): IntakeRecord => ({ ...record(offset), value: null, passed: true });
  intake.admit(0, [place(2)]);
  expect([committable(), intake.lastEnded, intake.open]).toEqual([{ 0: 3 }, null, 0]);
  intake.admit(0, [record(5), place(9)]);
  expect([committable(), intake.open]).toEqual([{ 0: 3 }, 1]);
  end(arrivals[0]!);
  expect([committable(), intake.lastEnded]).toEqual([{ 0: 10 }, { incarnationId: 1, partition: 0, offset: 5 }]);
  expect(rejections).toEqual([]);
});
