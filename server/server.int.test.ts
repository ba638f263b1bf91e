// From a topic of a real Kafka, past an ordering platform with faults, into a real database: nothing lost, nothing
// doubled, in order.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Platform, type PlatformOptions } from '../simulator/platform.ts';
import type { PrismaClient } from './db/client.ts';
import { createTestDatabase, type TestDatabase } from '../test/database.ts';
import { startIngest, type Ingest, type IngestOptions } from '../test/ingest.ts';
import {
  committedOffsets,
  createKafka,
  createTopic,
  deleteTopic,
  kafkaBrokers,
  produce,
  uniqueEnvironment,
} from '../test/kafka.ts';
import { kindsOf, parkedOf } from '../test/pipeline.ts';
import { until } from '../test/until.ts';

let database: TestDatabase;
let prisma: PrismaClient;
beforeAll(async () => {
  database = await createTestDatabase();
  prisma = database.prisma;
});
afterAll(() => database?.drop());

let env = '';
let topic = '';
let platform: Platform;
const running: Ingest[] = [];
beforeEach(() => {
  env = uniqueEnvironment();
  topic = `${env}_order_events`;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((ingest) => ingest.stop()));
  await platform?.close();
});

const openPlatform = async (options: Partial<PlatformOptions> = {}) =>
  (platform = await new Platform({ appEnv: env, brokers: kafkaBrokers(), seed: 11, ...options }).listen());
async function start(options: Partial<IngestOptions> = {}): Promise<Ingest> {
  const ingest = await startIngest({ appEnv: env, databaseUrl: database.url, orderApiUrl: platform.url, ...options });
  running.push(ingest);
  return ingest;
}
const stop = async (ingest: Ingest) => {
  running.splice(running.indexOf(ingest), 1);
  await ingest.stop();
};

const incarnations = async () =>
  (await prisma.topicIncarnation.findMany({ where: { topic }, orderBy: { generation: 'asc' } })).map(({ id }) => id);
/** partition -> how many of its messages have a row in a table of fates. */
async function fates(): Promise<{ positions: number; rows: number }> {
  const ids = await incarnations();
  const [row] = await prisma.$queryRaw<[{ positions: number; rows: number }]>`
    SELECT count(*)::int AS rows, count(DISTINCT (i, p, o))::int AS positions
    FROM (
      SELECT incarnation_id i, partition p, "offset" o
      FROM order_history
      UNION ALL
      SELECT incarnation_id, partition, "offset"
      FROM parked_messages
      WHERE state IN ('PARKED', 'FAILED')
      UNION ALL
      SELECT incarnation_id, partition, "offset"
      FROM rejected_messages
    ) f
    WHERE i = ANY (${ids}::int[])
  `;
  return row;
}
const allEnded = (count: number) =>
  until(`all ${count} messages have a fate`, async () => {
    const { positions } = await fates();
    if (positions !== count) throw new Error(`${positions} have`);
    return true;
  });
const total = (offsets: Map<number, number>) =>
  [...offsets.values()].reduce((sum, offset) => sum + Math.max(0, offset), 0);
const allCommitted = (count: number) =>
  until(`all ${count} messages are committed`, async () => {
    const sum = total(await committedOffsets(`${env}_kds`, topic));
    if (sum !== count) throw new Error(`${sum} are`);
    return true;
  });
const order = (restaurantId = `r-${env}`) => ({ restaurantId, items: [{ name: 'Bhuna' }, { name: 'Pilau Rice' }] });
/** The kitchen has the platform's truth. */
async function expectTruth(ids: string[]): Promise<void> {
  const held = new Map(
    (await prisma.order.findMany({ where: { id: { in: ids } }, include: { lines: true } })).map((row) => [row.id, row]),
  );
  for (const id of ids) {
    const truth = platform.book.get(id)!;
    const have = held.get(id);
    expect([have?.status, Number(have?.version), have?.table], id).toEqual([truth.status, truth.version, truth.table]);
    if (truth.status === 'CANCELED') continue;
    const live = (list: { id: string; quantity: number; voided: boolean }[]) =>
      list
        .filter(({ voided }) => !voided)
        .map((line) => `${line.id} x${line.quantity}`)
        .sort();
    expect(live(have!.lines), id).toEqual(live(truth.items));
  }
}

test('what is produced ends applied, each message once, and is committed to the last one', async () => {
  await createTopic(topic, 3);
  await openPlatform();
  await start();
  const ids = Array.from({ length: 30 }, () => platform.place(order()).id);
  for (const id of ids) {
    platform.change(id, 'pay');
    platform.change(id, { kind: 'add', items: [{ name: 'Naan' }] });
  }
  await platform.flush();
  await allEnded(90);
  await expectTruth(ids);
  expect(await fates()).toEqual({ positions: 90, rows: 90 });
  await allCommitted(90);
});

test("only what has ended is committed: one slow order holds back its partition's offset, and no other order", async () => {
  await createTopic(topic);
  await openPlatform();
  await start({ timeoutMs: 10_000 });
  const slow = platform.place(order());
  platform.answer(slow.id, { delayMs: 5000, body: slow, status: 200 }, 1);
  const ids = Array.from({ length: 20 }, () => platform.place(order()).id);
  await platform.flush();
  await until(
    'the others are applied',
    async () => (await prisma.order.count({ where: { id: { in: ids } } })) === ids.length,
  );
  await new Promise((resolve) => {
    setTimeout(resolve, 450);
  });
  expect([
    await prisma.order.count({ where: { id: slow.id } }),
    total(await committedOffsets(`${env}_kds`, topic)),
  ]).toEqual([0, 0]);
  await allCommitted(21);
  expect(await kindsOf(prisma, slow.id)).toEqual(['0 APPLIED']);
});

test('a failing order is parked: it holds back no commit, and is applied when the platform has it', async () => {
  await createTopic(topic);
  await openPlatform();
  await start({ retry: { maxAttempts: 100, baseMs: 50, maxMs: 100 } });
  const poor = platform.place(order());
  platform.answer(poor.id, { status: 500 });
  const ids = Array.from({ length: 5 }, () => platform.place(order()).id);
  platform.change(poor.id, 'pay');
  await platform.flush();
  await allCommitted(7);
  expect(await parkedOf(prisma, poor.id)).toMatchObject([
    { offset: 0, state: 'PARKED' },
    { state: 'PARKED', attempts: 0 },
  ]);
  platform.heal();
  await until('it is applied', async () => (await kindsOf(prisma, poor.id)).length === 2);
  await expectTruth([poor.id, ...ids]);
});

test('what cannot be read is kept with its bytes, its headers and its reason, and stops nothing', async () => {
  await createTopic(topic);
  await openPlatform();
  await start();
  const { id } = platform.place(order(), { silent: true });
  const value = { id, status: 'PLACED', version: 1 };
  await produce(topic, [
    { key: 'a', value: null },
    { key: 'a', value: '' },
    { key: 'a', value: 'not JSON' },
    { key: 'a', value: Buffer.from([0xff, 0x00, 0xfe]) },
    { key: null, value },
    { key: 'other', value },
    { key: id, value: { ...value, id: 7 } },
    { key: id, value: { ...value, version: '1' } },
    { key: 'x'.repeat(10_240), value: { ...value, id: 'x'.repeat(10_240) } },
    { key: id, value, headers: { env: 'another', b: ['1', Buffer.from([0])] } },
    { key: id, value: `{"pad":"${'x'.repeat(900_000)}"}` },
    { key: id, value, headers: { env } },
  ]);
  await allEnded(12);
  await allCommitted(12);
  const rows = await prisma.rejectedMessage.findMany({
    where: { incarnationId: { in: await incarnations() } },
    orderBy: { offset: 'asc' },
  });
  expect(rows.map(({ reason }) => reason.split(/;|, and/)[0])).toEqual([
    'its value is null',
    'its value is not JSON',
    'its value is not JSON',
    'its value is not UTF-8',
    'its key is missing',
    'its key is not equal to id',
    'id must be a string',
    'version must be a whole number of 0 or more',
    'id must have 1 to 64 characters',
    'its header env is "another"',
    'id must be a string',
  ]);
  expect([rows[0]!.value, Buffer.from(rows[3]!.value!), rows[4]!.key, rows[10]!.value!.length]).toEqual([
    null,
    Buffer.from([0xff, 0x00, 0xfe]),
    null,
    900_010,
  ]);
  expect(rows[9]!.headers).toEqual({
    env: [Buffer.from('another').toString('base64')],
    b: [Buffer.from('1').toString('base64'), 'AA=='],
  });
  expect(await kindsOf(prisma, id)).toEqual(['11 APPLIED']);
});

test('while the topic is missing it waits and names it, and does not make it', async () => {
  await openPlatform({ brokers: undefined });
  const ingest = await start();
  await until('it names the topic', () => ingest.consumer.readiness().reason?.includes(topic));
  await new Promise((resolve) => {
    setTimeout(resolve, 1500);
  });
  const admin = createKafka().admin();
  await admin.connect();
  expect(await admin.listTopics()).not.toContain(topic);
  await admin.disconnect();
  await createTopic(topic);
  const { id } = platform.place(order(), { silent: true });
  await produce(topic, [{ key: id, value: { id, status: 'PLACED', version: 1 } }]);
  await allEnded(1);
  expect(ingest.consumer.readiness()).toEqual({ ready: true });
});

describe('after a stop', () => {
  test('that no commit survived, everything is read again and nothing is doubled', async () => {
    await createTopic(topic, 2);
    await openPlatform();
    const first = await start();
    first.loseCommits();
    const ids = Array.from({ length: 20 }, () => platform.place(order()).id);
    for (const id of ids) platform.change(id, 'pay');
    const poor = platform.place(order());
    platform.answer(poor.id, { status: 500 });
    await platform.flush();
    await allEnded(41);
    await stop(first);
    expect(total(await committedOffsets(`${env}_kds`, topic))).toBe(0);
    const before = await prisma.orderHistory.findMany({ where: { orderId: { in: ids } }, orderBy: { seq: 'asc' } });
    const rev = (await prisma.restaurant.findUniqueOrThrow({ where: { id: `r-${env}` } })).rev;
    await start();
    await allCommitted(41);
    expect(await prisma.orderHistory.findMany({ where: { orderId: { in: ids } }, orderBy: { seq: 'asc' } })).toEqual(
      before,
    );
    expect([await fates(), (await prisma.restaurant.findUniqueOrThrow({ where: { id: `r-${env}` } })).rev]).toEqual([
      { positions: 41, rows: 41 },
      rev,
    ]);
  });

  test('in the middle of everything, with a second process that takes over, each message has one fate', async () => {
    await createTopic(topic, 4);
    await openPlatform({ dials: { latencyMs: { min: 0, max: 40 }, errors: { 500: 0.1, 503: 0.05 } } });
    const first = await start();
    const ids = Array.from({ length: 40 }, () => platform.place(order()).id);
    await platform.flush();
    await until('some are there', async () => (await fates()).positions > 5);
    first.loseCommits();
    const second = start();
    for (const id of ids) platform.change(id, 'pay');
    await platform.flush();
    await stop(first);
    await second;
    for (const id of ids) platform.change(id, { kind: 'move', table: '7' });
    await platform.flush();
    platform.turn({ errors: { 500: 0, 503: 0 } });
    await allEnded(120);
    await allCommitted(120);
    await until(
      'nothing waits',
      async () =>
        (await prisma.parkedMessage.count({ where: { orderId: { in: ids }, state: { in: ['PARKED', 'FAILED'] } } })) ===
        0,
    );
    expect(await fates()).toEqual({ positions: 120, rows: 120 });
    await expectTruth(ids);
  });
});

describe('a topic that is made again', () => {
  const messages = (ids: string[]) => ids.map((id) => ({ key: id, value: { id, status: 'PLACED', version: 1 } }));
  const placed = (count: number) => Array.from({ length: count }, () => platform.place(order(), { silent: true }).id);
  const applied = (ids: string[]) =>
    until(
      'the new ones are applied',
      async () => (await prisma.order.count({ where: { id: { in: ids } } })) === ids.length,
    );
  const again = async () => {
    await deleteTopic(topic);
    await until('it can be made', () => createTopic(topic).then(() => true));
  };

  for (const [what, count] of [
    ['fewer', 2],
    ['as many', 5],
    ['more', 9],
  ] as const) {
    test(`while the server is away, with ${what} messages: nothing is lost`, async () => {
      await createTopic(topic);
      await openPlatform({ brokers: undefined });
      const first = await start();
      const old = placed(5);
      await produce(topic, messages(old));
      await applied(old);
      await allCommitted(5);
      await stop(first);
      await again();
      const ids = placed(count);
      await produce(topic, messages(ids));
      await start();
      await applied(ids);
      await allCommitted(count);
      expect((await incarnations()).length).toBe(2);
    });
  }

  test('under a running server: nothing is lost', async () => {
    await createTopic(topic);
    await openPlatform({ brokers: undefined });
    await start();
    const old = placed(5);
    await produce(topic, messages(old));
    await applied(old);
    await again();
    const ids = placed(7);
    await produce(topic, messages(ids));
    await applied(ids);
    expect((await incarnations()).length).toBe(2);
  });
});

test('a partition that is added is read from its start', async () => {
  await createTopic(topic);
  await openPlatform({ brokers: undefined });
  await start();
  const [old, fresh] = [platform.place(order(), { silent: true }), platform.place(order(), { silent: true })];
  await produce(topic, [{ key: old.id, value: { id: old.id, status: 'PLACED', version: 1 }, partition: 0 }]);
  await allEnded(1);
  const admin = createKafka().admin();
  await admin.connect();
  await admin.createPartitions({ topicPartitions: [{ topic, count: 2 }] });
  await admin.disconnect();
  await until('it can be written to', () =>
    produce(topic, [{ key: fresh.id, value: { id: fresh.id, status: 'PLACED', version: 1 }, partition: 1 }]).then(
      () => true,
    ),
  );
  await until('it is applied', async () => (await prisma.order.count({ where: { id: fresh.id } })) === 1);
});

test('an outage of the order service parks nothing, burns nothing and loses nothing', async () => {
  await createTopic(topic);
  await openPlatform();
  const ingest = await start();
  const [first] = [platform.place(order())];
  await platform.flush();
  await allEnded(1);
  platform.turn({ outage: 'refuse' });
  const ids = Array.from({ length: 30 }, () => platform.place(order()).id);
  await platform.flush();
  await until('it is noticed', () => ingest.source.status.state === 'down');
  await new Promise((resolve) => {
    setTimeout(resolve, 1500);
  });
  expect([
    await prisma.parkedMessage.count({ where: { orderId: { in: ids } } }),
    total(await committedOffsets(`${env}_kds`, topic)),
  ]).toEqual([0, 1]);
  platform.turn({ outage: null });
  await allEnded(31);
  await expectTruth([first.id, ...ids]);
});

for (const batchMax of [1, 20]) {
  test(
    `whatever the platform does, the kitchen has its truth in the end, and the limit is kept${batchMax > 1 ? ', with multi-get' : ''}`,
    { timeout: 120_000 },
    async () => {
      await createTopic(topic, 3);
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
      const { chance } = platform;
      const ids: string[] = [];
      for (let i = 0; i < 250; i += 1) {
        const id = ids.length < 40 || chance.happens(0.1) ? undefined : chance.pick(ids);
        const now = id === undefined ? undefined : platform.book.get(id)!;
        if (!now) ids.push(platform.place(order()).id);
        else if (now.status === 'PLACED')
          platform.change(
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
          platform.change(
            now.id,
            chance.pick([
              'complete',
              { kind: 'vanish', line: 'l1' },
              { kind: 'add', items: [{ name: 'Lassi' }] },
            ] as const),
          );
        if (i === 120) platform.replay(60);
        if (i % 10 === 0)
          await new Promise((resolve) => {
            setTimeout(resolve, 40);
          });
      }
      await platform.flush();
      platform.turn({ errors: { 500: 0, 503: 0, 429: 0, 404: 0, reset: 0, cut: 0, timeout: 0 }, emptyRate: 0 });
      await allEnded(platform.messagesSent);
      await until(
        'nothing waits',
        async () =>
          (await prisma.parkedMessage.count({
            where: { orderId: { in: ids }, state: { in: ['PARKED', 'FAILED'] } },
          })) === 0,
      );
      await expectTruth(ids);
      expect(await fates()).toEqual({ positions: platform.messagesSent, rows: platform.messagesSent });
      expect(platform.traffic.maxInFlight).toBeLessThanOrEqual(16);
      expect(
        await prisma.$queryRaw`
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
