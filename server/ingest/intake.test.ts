// Between the consumer and the lanes: what may be committed, and what an assignment that is over can no longer move.
import { beforeEach, expect, test } from 'vitest';
import { createLogger } from '../logger.ts';
import { deferred, turns, type Deferred } from '../testing/made.ts';
import { HIGH_MARK, Intake, type IntakeRecord } from './intake.ts';
import type { Arrival, Lanes } from './lanes.ts';
import type { Rejection, RejectedMessages } from './rejected.ts';

let arrivals: Arrival[];
let rejections: (Deferred<void> & { rejection: Rejection })[];
let intake: Intake;
beforeEach(() => {
  [arrivals, rejections] = [[], []];
  const lanes = { add: (arrival: Arrival) => { arrivals.push(arrival); } } as unknown as Lanes;
  const rejected = { keep: (rejection: Rejection) => { const one = { ...deferred<void>(), rejection }; rejections.push(one); return one.promise; } } as unknown as RejectedMessages;
  intake = new Intake({ appEnv: 'test', lanes, rejected, log: createLogger('silent') });
});

const record = (offset: number, body: unknown = { id: `o-${offset}`, status: 'PAID' }): IntakeRecord => ({ offset, key: Buffer.from(`o-${offset}`), value: Buffer.from(JSON.stringify(body)), headers: {} });
const committable = () => Object.fromEntries(intake.committable());

test('a message goes to its lane with its place, and may be committed once it has ended, behind all before it', () => {
  intake.beginEpoch(4, [0, 1]);
  intake.admit(0, [record(7), record(8), record(11)]);
  intake.admit(1, [record(3)]);
  expect(arrivals.map(({ event }) => [event.orderId, event.position])).toEqual([7, 8, 11, 3].map((offset) => [`o-${offset}`, { incarnationId: 4, partition: offset === 3 ? 1 : 0, offset }]));
  expect([committable(), intake.open]).toEqual([{}, 4]);
  arrivals[1]!.ended();
  arrivals[3]!.ended();
  expect(committable()).toEqual({ 1: 4 });
  arrivals[0]!.ended();
  expect([committable(), intake.open]).toEqual([{ 0: 9, 1: 4 }, 1]);
});

test('one that cannot be read ends only when it is kept', async () => {
  intake.beginEpoch(1, [0]);
  intake.admit(0, [record(0, 'no object'), record(1)]);
  arrivals[0]!.ended();
  expect([committable(), rejections[0]!.rejection]).toMatchObject([{}, { reason: 'its value is not a JSON object', position: { offset: 0 } }]);
  rejections[0]!.resolve();
  await turns();
  expect([committable(), intake.open]).toEqual([{ 0: 2 }, 0]);
});

test('one that could not be kept holds back the commit', async () => {
  intake.beginEpoch(1, [0]);
  intake.admit(0, [record(0, 7), record(1)]);
  rejections[0]!.reject(new Error('stopped'));
  arrivals[0]!.ended();
  await turns();
  expect(committable()).toEqual({});
});

test('after a join, what an older assignment has under way moves no offset, and what it has not begun is not wanted', () => {
  intake.beginEpoch(1, [0]);
  intake.admit(0, [record(0), record(1)]);
  intake.beginEpoch(1, [0, 1]);
  arrivals[0]!.ended();
  expect([arrivals[1]!.wanted(), committable(), intake.open]).toEqual([false, {}, 0]);
  intake.admit(0, [record(0), record(1)]);
  expect(arrivals[2]!.wanted()).toBe(true);
  arrivals[3]!.ended();
  expect(committable()).toEqual({});
  arrivals[2]!.ended();
  expect(committable()).toEqual({ 0: 2 });
});

test('without an assignment nothing is admitted and nothing may be committed', () => {
  intake.beginEpoch(1, [0]);
  intake.admit(0, [record(0)]);
  arrivals[0]!.ended();
  intake.endEpoch();
  intake.admit(0, [record(1)]);
  expect([arrivals.length, committable()]).toEqual([1, {}]);
});

test('offsets that go back give another topic away', () => {
  intake.beginEpoch(1, [0]);
  intake.admit(0, [record(5)]);
  expect(() => intake.admit(0, [record(0)])).toThrow(RangeError);
});

test('it is full at the high mark, and drained at 70 % of it', () => {
  intake.beginEpoch(1, [0]);
  intake.admit(0, Array.from({ length: HIGH_MARK - 1 }, (_, offset) => record(offset)));
  expect([intake.full, intake.drained]).toEqual([false, false]);
  intake.admit(0, [record(HIGH_MARK)]);
  expect(intake.full).toBe(true);
  for (const { ended } of arrivals.slice(0, HIGH_MARK * 0.3)) ended();
  expect([intake.full, intake.drained]).toEqual([false, true]);
});

test('rejected messages are bounded by their size, too: a few hundred of 1 MB would fill the memory', async () => {
  intake.beginEpoch(1, [0]);
  const large = (offset: number): IntakeRecord => ({ ...record(offset), value: Buffer.alloc(1 << 20) });
  intake.admit(0, Array.from({ length: 31 }, (_, offset) => large(offset)));
  expect(intake.full).toBe(false);
  intake.admit(0, [large(31)]);
  expect([intake.full, intake.drained]).toEqual([true, false]);
  for (const { resolve } of rejections.slice(0, 12)) resolve();
  await turns();
  expect([intake.full, intake.drained]).toEqual([false, true]);
});
