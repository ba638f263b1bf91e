// Orders that fail for ever beside healthy ones, and outages of each kind, on a real topic and a real database: a
// failure is held against an order where it is the order's, and never where it is the service's.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Platform } from '../../simulator/platform.ts';
import type { PrismaClient } from '../db/client.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { startIngest, type Ingest } from '../../test/ingest.ts';
import { createTopic, kafkaBrokers, uniqueEnvironment } from '../../test/kafka.ts';
import { parkedOf } from '../../test/pipeline.ts';
import { until, untilWithin } from '../../test/until.ts';
import type { DetailSource } from './detail-source.ts';

let database: TestDatabase;
let prisma: PrismaClient;
let platform: Platform;
let ingest: Ingest | undefined;
let appEnv = '';
beforeAll(async () => {
  database = await createTestDatabase();
  prisma = database.prisma;
});
afterAll(() => database?.drop());
beforeEach(async () => {
  appEnv = uniqueEnvironment();
  await createTopic(`${appEnv}_order_events`);
  platform = await new Platform({ appEnv, brokers: kafkaBrokers(), seed: 11 }).listen();
});
afterEach(async () => {
  await ingest?.stop();
  ingest = undefined;
  await platform?.close();
});

const start = async (concurrency: number) =>
  (ingest = await startIngest({
    appEnv,
    databaseUrl: database.url,
    orderApiUrl: platform.url,
    concurrency,
    timeoutMs: 300,
    retry: { maxAttempts: 7, baseMs: 50, maxMs: 400 },
  }));
const order = () => ({ restaurantId: `r-${appEnv}`, items: [{ name: 'Bhuna' }] });
const has = (id: string) => until(`${id} is applied`, async () => (await prisma.order.count({ where: { id } })) === 1);
async function placeHealthy(): Promise<string> {
  const { id } = platform.place(order());
  await has(id);
  return id;
}

/**
 * How many answers of each order counted against it, and how many were taken for an outage: on a starved machine,
 * healthy orders time out, too.
 */
function countAnswers(source: DetailSource): Map<string, { held: number; excused: number }> {
  const asked = new Map<string, { held: number; excused: number }>();
  const fetch = source.fetch.bind(source);
  source.fetch = async (orderId, options) => {
    const result = await fetch(orderId, options);
    const count = asked.get(orderId) ?? { held: 0, excused: 0 };
    asked.set(orderId, count);
    if (!result.ok) count[result.outage ? 'excused' : 'held'] += 1;
    return result;
  };
  return asked;
}

const poisons = [
  { status: 500 },
  { fault: 'timeout' },
  { fault: 'cut' },
  { status: 404 },
  { status: 503, headers: { 'retry-after': '30' } },
  { body: 'no order' },
] as const;
for (const [kitchen, concurrency] of [
  ['busy', 10],
  ['busy', 1],
  ['silent', 10],
] as const) {
  test(
    `orders that fail for ever get exactly seven attempts in a ${kitchen} kitchen, ${concurrency} at once, and nobody else is parked`,
    { timeout: 60_000 },
    async () => {
      const { source } = await start(concurrency);
      const answers = countAnswers(source);
      const healthy = [await placeHealthy()];
      const poisoned = poisons.map((answer) => {
        const { id } = platform.place(order(), { silent: true });
        platform.answer(id, answer);
        return id;
      });
      for (const id of poisoned) platform.change(id, 'pay');
      let over = false;
      const others = (async () => {
        while (kitchen === 'busy' && !over) healthy.push(await placeHealthy());
      })();
      await until(
        'all have failed',
        async () =>
          (await prisma.parkedMessage.count({ where: { orderId: { in: poisoned }, state: 'FAILED' } })) ===
          poisoned.length,
      );
      over = true;
      await others;
      for (const id of poisoned) {
        expect(await parkedOf(prisma, id)).toMatchObject([{ state: 'FAILED', attempts: 7 }]);
        // Three at the first look, one for each attempt; and the service is asked by nobody else.
        expect(answers.get(id)!.held).toBe(10);
        expect(platform.callsFor(id)).toBeLessThanOrEqual(10 + answers.get(id)!.excused);
      }
      expect(await prisma.parkedMessage.count({ where: { orderId: { in: healthy } } })).toBe(0);
      expect(source.status.state).toBe('ok');
      expect(platform.traffic.maxInFlight).toBeLessThanOrEqual(concurrency);
    },
  );
}

const outages = [
  ['refused', { outage: 'refuse' }],
  ['503', { outage: '503', retryAfterS: null }],
  ['500', { errors: { 500: 1 } }],
  ['time-outs', { errors: { timeout: 1 } }],
  ['cut answers', { errors: { cut: 1 } }],
  ['429', { errors: { 429: 1 }, retryAfterS: 1 }],
] as const;
test(
  'an outage of any kind parks nobody, burns no attempt of those that were parked before, and is over when it is over',
  { timeout: 90_000 },
  async () => {
    await start(10);
    await placeHealthy();
    for (const [kind, dials] of outages) {
      const parked = platform.place(order(), { silent: true }).id;
      platform.answer(parked, { status: 404 });
      platform.change(parked, 'pay');
      await until('it is parked', async () => (await parkedOf(prisma, parked)).length === 1);
      platform.turn(dials);
      platform.heal(parked);
      const [before] = await parkedOf(prisma, parked);
      const ids = Array.from({ length: 12 }, () => platform.place(order()).id);
      await platform.flush();
      await new Promise((resolve) => {
        setTimeout(resolve, 2500);
      });
      const [after] = await parkedOf(prisma, parked);
      // One try that was under way when it began may still count.
      expect([
        kind,
        after!.state,
        after!.attempts - before!.attempts <= 1,
        await prisma.parkedMessage.count({ where: { orderId: { in: ids } } }),
      ]).toEqual([kind, 'PARKED', true, 0]);
      platform.turn({
        outage: null,
        errors: { 500: 0, 503: 0, 429: 0, 404: 0, reset: 0, cut: 0, timeout: 0 },
        retryAfterS: 1,
      });
      await untilWithin(
        `all have come after ${kind}`,
        15_000,
        async () => (await prisma.order.count({ where: { id: { in: [...ids, parked] } } })) === ids.length + 1,
      );
    }
  },
);
