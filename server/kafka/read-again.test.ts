// Boards are held until the topic is read again up to where it ended when the loss was noticed.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PrismaClient } from '../db/client.ts';
import { createLogger } from '../logger.ts';
import type { Lag } from './lag.ts';
import { MOST_MS, ReadAgain } from './read-again.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

const log = createLogger('silent');

/** Two partitions; a test sets how far they are recorded, committed and written. */
function made() {
  const topic = {
    recorded: [5, 5],
    committed: [9, 7],
    ends: [9, 7],
    known: true,
    lag: undefined as number | undefined,
  };
  const lagOf = ([end, committed]: [number, number]) => Math.max(0, end - committed);
  const read = new ReadAgain({
    log,
    topic: 'topic',
    prisma: {
      $queryRaw: async () => topic.recorded.map((next, partition) => ({ partition, next: BigInt(next) })),
    } as unknown as PrismaClient,
    lag: {
      measuredSince: () =>
        topic.known
          ? ({
              partitions: topic.ends.map((end, partition) => ({
                partition,
                end,
                committed: topic.committed[partition]!,
                lag: topic.lag ?? lagOf([end, topic.committed[partition]!]),
              })),
            } as Lag)
          : undefined,
    },
  });
  const released: number[] = [];
  read.onRelease(() => released.push(performance.now()));
  return { topic, read, released };
}
const pass = (ms = 1000) => vi.advanceTimersByTimeAsync(ms);

test('until each partition has ended up to there, whatever comes meanwhile', async () => {
  const { topic, read, released } = made();
  expect(read.held).toBe(false);
  read.begin();
  await pass();
  expect([read.held, released.length]).toEqual([true, 0]);
  topic.ends = [50, 70];
  topic.committed = [5, 5];
  topic.recorded = [9, 6];
  await pass();
  expect(read.held).toBe(true);
  topic.recorded = [9, 7];
  await pass();
  expect([read.held, released.length]).toEqual([false, 1]);
});

test('a group whose offset lies beyond the record has not read it again', async () => {
  const { topic, read } = made();
  read.begin();
  topic.recorded = [9, 5];
  await pass();
  // The lag is 0, by the offset from before the loss.
  expect(read.held).toBe(true);
  // At the end there is nothing but records of transactions.
  topic.recorded = [9, 6];
  topic.committed = [9, 6];
  topic.lag = 0;
  await pass();
  expect(read.held).toBe(false);
});

test('a loss that is noticed while another one is made up for is waited for, too', async () => {
  const { topic, read, released } = made();
  read.begin();
  await pass();
  topic.ends = [12, 7];
  read.begin();
  topic.recorded = [9, 7];
  await pass();
  expect([read.held, released.length]).toEqual([true, 0]);
  topic.recorded = [12, 7];
  await pass();
  expect([read.held, released.length]).toEqual([false, 1]);
});

test('while Kafka does not answer it waits, and not for ever', async () => {
  const { topic, read, released } = made();
  topic.known = false;
  read.begin();
  await pass(MOST_MS - 1000);
  expect(read.held).toBe(true);
  await pass(2000);
  expect([read.held, released.length]).toEqual([false, 1]);
});
