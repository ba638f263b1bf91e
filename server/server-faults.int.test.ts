// Stops of the server and faults of the platform, on a real Kafka and a real database: nothing lost, nothing doubled,
// in order.
import { describe, expect, test } from 'vitest';
import { committedOffsets, createTopic } from '../test/kafka.ts';
import {
  allCommitted,
  allEnded,
  expectTruth,
  fates,
  openPlatform,
  order,
  run,
  start,
  stop,
  total,
  withTopic,
} from '../test/topic-run.ts';
import { until } from '../test/until.ts';

withTopic();

describe('after a stop', () => {
  test('that no commit survived, everything is read again and nothing is doubled', async () => {
    await createTopic(run.topic, 2);
    await openPlatform();
    const first = await start();
    first.loseCommits();
    const ids = Array.from({ length: 20 }, () => run.platform.place(order()).id);
    for (const id of ids) run.platform.change(id, 'pay');
    const poor = run.platform.place(order());
    run.platform.answer(poor.id, { status: 500 });
    await run.platform.flush();
    await allEnded(41);
    await stop(first);
    expect(total(await committedOffsets(`${run.env}_kds`, run.topic))).toBe(0);
    const before = await run.prisma.orderHistory.findMany({ where: { orderId: { in: ids } }, orderBy: { seq: 'asc' } });
    const rev = (await run.prisma.restaurant.findUniqueOrThrow({ where: { id: `r-${run.env}` } })).rev;
    await start();
    await allCommitted(41);
    expect(
      await run.prisma.orderHistory.findMany({ where: { orderId: { in: ids } }, orderBy: { seq: 'asc' } }),
    ).toEqual(before);
    expect([
      await fates(),
      (await run.prisma.restaurant.findUniqueOrThrow({ where: { id: `r-${run.env}` } })).rev,
    ]).toEqual([{ positions: 41, rows: 41 }, rev]);
  });

  test('in the middle of everything, with a second process that takes over, each message has one fate', async () => {
    await createTopic(run.topic, 4);
    await openPlatform({ dials: { latencyMs: { min: 0, max: 40 }, errors: { 500: 0.1, 503: 0.05 } } });
    const first = await start();
    const ids = Array.from({ length: 40 }, () => run.platform.place(order()).id);
    await run.platform.flush();
    await until('some are there', async () => (await fates()).positions > 5);
    first.loseCommits();
    const second = start();
    for (const id of ids) run.platform.change(id, 'pay');
    await run.platform.flush();
    await stop(first);
    await second;
    for (const id of ids) run.platform.change(id, { kind: 'move', table: '7' });
    await run.platform.flush();
    run.platform.turn({ errors: { 500: 0, 503: 0 } });
    await allEnded(120);
    await allCommitted(120);
    await until(
      'nothing waits',
      async () =>
        (await run.prisma.parkedMessage.count({
          where: { orderId: { in: ids }, state: { in: ['PARKED', 'FAILED'] } },
        })) === 0,
    );
    expect(await fates()).toEqual({ positions: 120, rows: 120 });
    await expectTruth(ids);
  });
});

test('an outage of the order service parks nothing, burns nothing and loses nothing', async () => {
  await createTopic(run.topic);
  await openPlatform();
  const ingest = await start();
  const [first] = [run.platform.place(order())];
  await run.platform.flush();
  await allEnded(1);
  run.platform.turn({ outage: 'refuse' });
  const ids = Array.from({ length: 30 }, () => run.platform.place(order()).id);
  await run.platform.flush();
  await until('it is noticed', () => ingest.source.status.state === 'down');
  await new Promise((resolve) => {
    setTimeout(resolve, 1500);
  });
  expect([
    await run.prisma.parkedMessage.count({ where: { orderId: { in: ids } } }),
    total(await committedOffsets(`${run.env}_kds`, run.topic)),
  ]).toEqual([0, 1]);
  run.platform.turn({ outage: null });
  await allEnded(31);
  await expectTruth([first.id, ...ids]);
});

for (const batchMax of [1, 20]) {
  test(
    `whatever the platform does, the kitchen has its truth in the end, and the limit is kept${batchMax > 1 ? ', with multi-get' : ''}`,
    { timeout: 120_000 },
    async () => {
      await createTopic(run.topic, 3);
      await openPlatform({
        seed: 5 + batchMax,
        dials: {
          latencyMs: { min: 0, max: 30 },
          replicaLagMs: 300,
          emptyRate: 0.1,
          duplicateRate: 0.2,
          versionlessRate: 0.5,
          retryAfterS: 0,
          errors: { 500: 0.05, 503: 0.05, 429: 0.02, 404: 0.05, reset: 0.03, cut: 0.03, timeout: 0.02 },
        },
      });
      await start({ concurrency: 8, batchMax, timeoutMs: 500, retry: { maxAttempts: 50, baseMs: 30, maxMs: 200 } });
      await start({ concurrency: 8, batchMax, timeoutMs: 500, retry: { maxAttempts: 50, baseMs: 30, maxMs: 200 } });
      const { chance } = run.platform;
      const ids: string[] = [];
      for (let i = 0; i < 250; i += 1) {
        const id = ids.length < 40 || chance.happens(0.1) ? undefined : chance.pick(ids);
        const now = id === undefined ? undefined : run.platform.book.get(id)!;
        if (!now) ids.push(run.platform.place(order()).id);
        else if (now.status === 'PLACED')
          run.platform.change(
            now.id,
            chance.pick([
              'pay',
              { kind: 'add', items: [{ name: 'Naan' }] },
              { kind: 'quantity', line: 'l1', quantity: i },
              { kind: 'void', line: 'l2' },
              { kind: 'move', table: String(i) },
              'cancel',
            ] as const),
          );
        else if (now.status === 'PAID')
          run.platform.change(
            now.id,
            chance.pick([
              'complete',
              { kind: 'vanish', line: 'l1' },
              { kind: 'add', items: [{ name: 'Lassi' }] },
            ] as const),
          );
        if (i === 120) run.platform.replay(60);
        if (i % 10 === 0)
          await new Promise((resolve) => {
            setTimeout(resolve, 40);
          });
      }
      await run.platform.flush();
      run.platform.turn({ errors: { 500: 0, 503: 0, 429: 0, 404: 0, reset: 0, cut: 0, timeout: 0 }, emptyRate: 0 });
      await allEnded(run.platform.messagesSent);
      await until(
        'nothing waits',
        async () =>
          (await run.prisma.parkedMessage.count({
            where: { orderId: { in: ids }, state: { in: ['PARKED', 'FAILED'] } },
          })) === 0,
      );
      await expectTruth(ids);
      expect(await fates()).toEqual({ positions: run.platform.messagesSent, rows: run.platform.messagesSent });
      expect(run.platform.traffic.maxInFlight).toBeLessThanOrEqual(16);
      expect(
        await run.prisma.$queryRaw`
          SELECT *
          FROM (
            SELECT
              order_id, version, "offset", lag(version) OVER w AS version_before,
              lag("offset") OVER w AS offset_before
            FROM order_history
            WHERE kind = 'APPLIED' AND order_id = ANY (${ids})
            WINDOW w AS (PARTITION BY order_id, incarnation_id, partition ORDER BY seq)
          ) a
          WHERE version <= version_before OR "offset" <= offset_before
        `,
      ).toEqual([]);
    },
  );
}
