// An operator reads the topic again: nothing is doubled, the messages that the database lacks come back, and nothing
// unsafe is done.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { Platform } from '../../simulator/platform.ts';
import type { Config } from '../config.ts';
import { stampDatabase } from '../db/environment.ts';
import { migrate } from '../db/migrate.ts';
import { createDatabase, createTestDatabase, databaseEnv, type TestDatabase } from '../../test/database.ts';
import { startIngest, type Ingest } from '../../test/ingest.ts';
import {
  committedOffsets,
  createKafka,
  createTopic,
  deleteTopic,
  kafkaBrokers,
  produce,
  uniqueEnvironment,
} from '../../test/kafka.ts';
import { buildProgram, type Program } from '../../test/program.ts';
import { until } from '../../test/until.ts';
import { replayTopic } from './replay.ts';
import type { ReplayTarget } from './replay-plan.ts';

let program: Program;
beforeAll(async () => {
  program = await buildProgram('replay-topic');
});
afterAll(() => program?.remove());

let database: TestDatabase;
let env = '';
let config: Pick<Config, 'appEnv' | 'databaseUrl' | 'kafka'>;
let platform: Platform;
const running: Ingest[] = [];
beforeEach(async () => {
  database = await createTestDatabase();
  env = uniqueEnvironment();
  config = {
    appEnv: env,
    databaseUrl: database.url,
    kafka: { brokers: kafkaBrokers(), topic: `${env}_order_events`, groupId: `${env}_kds` },
  };
  platform = await new Platform({ appEnv: env, brokers: undefined, seed: 4 }).listen();
  await stampDatabase(env, database.url);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((ingest) => ingest.stop()));
  await platform.close();
  await database.drop();
});

async function start(): Promise<Ingest> {
  const ingest = await startIngest({ appEnv: env, databaseUrl: database.url, orderApiUrl: platform.url });
  running.push(ingest);
  return ingest;
}
const stop = async () => {
  await Promise.all(running.splice(0).map((ingest) => ingest.stop()));
};
const total = async () =>
  [...(await committedOffsets(config.kafka.groupId, config.kafka.topic)).values()].reduce(
    (sum, offset) => sum + Math.max(0, offset),
    0,
  );
const committed = (count: number) =>
  until(`${count} are committed`, async () => {
    const sum = await total();
    if (sum !== count) throw new Error(`${sum} are`);
    return true;
  });
/** Orders with two messages each; the second one adds a dish. */
async function announce(count: number): Promise<string[]> {
  const ids = Array.from(
    { length: count },
    () => platform.place({ restaurantId: `r-${env}`, items: [{ name: 'Bhuna' }] }, { silent: true }).id,
  );
  for (const version of [1, 2]) {
    if (version === 2)
      for (const id of ids) platform.change(id, { kind: 'add', items: [{ name: 'Naan' }] }, { silent: true });
    await produce(
      config.kafka.topic,
      ids.map((id, i) => ({ key: id, value: { id, status: 'PLACED', version }, partition: i % 2 })),
    );
  }
  return ids;
}
async function readAndStopped(): Promise<string[]> {
  await createTopic(config.kafka.topic, 2);
  const ids = await announce(6);
  await start();
  await committed(12);
  await stop();
  return ids;
}
const kitchen = async () => ({
  orders: await database.prisma.order.findMany({
    include: { lines: { orderBy: { id: 'asc' } }, tickets: { orderBy: { id: 'asc' } } },
    orderBy: { id: 'asc' },
  }),
  history: await database.prisma.orderHistory.findMany({ orderBy: { seq: 'asc' } }),
  rev: (await database.prisma.restaurant.findFirst())?.rev,
});
async function replay(target: ReplayTarget, confirm = true): Promise<string[]> {
  const lines: string[] = [];
  await replayTopic({ config, target, say: (line) => lines.push(line), confirm: async () => confirm });
  return lines;
}
const fromStart = { kind: 'start' } as const;

test('after it and a start, everything was read again, and nothing is doubled or changed', async () => {
  await readAndStopped();
  const before = await kitchen();
  expect((await replay(fromStart)).join('\n')).toContain('In all 12 messages');
  expect(await total()).toBe(0);
  expect(await database.prisma.auditEntry.findMany()).toMatchObject([
    {
      actor: 'cli',
      action: 'topic.replay',
      detail: {
        groupId: `${env}_kds`,
        steps: [
          { partition: 0, from: 6, to: 0 },
          { partition: 1, from: 6, to: 0 },
        ],
      },
    },
  ]);
  await start();
  await committed(12);
  expect(await kitchen()).toEqual(before);
});

test('what a restored backup lacks is there again', async () => {
  const ids = await readAndStopped();
  const lost = ids.slice(0, 3);
  for (const table of ['line_items', 'tickets', 'order_history', 'lanes'])
    await database.prisma.$executeRawUnsafe(`DELETE FROM ${table} WHERE order_id = ANY ($1)`, lost);
  await database.prisma.order.deleteMany({ where: { id: { in: lost } } });
  await replay({
    kind: 'offsets',
    offsets: new Map([
      [0, 1],
      [1, 0],
    ]),
  });
  expect(await total()).toBe(1);
  await start();
  await committed(12);
  const orders = await database.prisma.order.findMany({ include: { lines: true } });
  expect(orders.map(({ id, version, lines }) => [id, Number(version), lines.length]).sort()).toEqual(
    ids.map((id) => [id, 2, 2]).sort(),
  );
});

test('a database that is behind the group, as one that was restored, is read on from where it ends, without any command', async () => {
  await readAndStopped();
  const lost = (await database.prisma.orderHistory.findMany({ where: { offset: { gte: 2 } } })).map(
    ({ orderId }) => orderId,
  );
  for (const table of ['line_items', 'tickets', 'order_history', 'lanes'])
    await database.prisma.$executeRawUnsafe(`DELETE FROM ${table} WHERE order_id = ANY ($1)`, lost);
  await database.prisma.order.deleteMany({ where: { id: { in: lost } } });
  await database.prisma.$executeRaw`UPDATE partition_progress SET next_offset = 0`;
  await start();
  await until('all are there again', async () => (await database.prisma.order.count()) === 6);
});

test('a time: each partition from its first message of then', async () => {
  await createTopic(config.kafka.topic, 2);
  await announce(2);
  await new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
  const time = new Date();
  await announce(4);
  await start();
  await committed(12);
  await stop();
  expect((await replay({ kind: 'time', time })).join('\n')).toContain('In all 8 messages');
  expect(await total()).toBe(4);
});

describe('it refuses', () => {
  const refused = (words: RegExp, target: ReplayTarget = fromStart) => expect(replay(target)).rejects.toThrow(words);

  test('while processes run, and says how many', async () => {
    await readAndStopped();
    const both = [await start(), await start()];
    // The broker counts members that still join, too. Here both read already, and the command must leave them reading.
    await until('both are in the group', () => both.every(({ consumer }) => consumer.readiness().ready));
    await refused(/^2 processes of \w+_kds are running and would commit over it: stop them first\.$/);
    expect([...both.map(({ consumer }) => consumer.readiness().ready), await total()]).toEqual([true, true, 12]);
  });

  test("another environment's database, one without Heard, one that is not migrated, and one that is away", async () => {
    await createTopic(config.kafka.topic);
    await database.prisma.$executeRaw`UPDATE environment_stamp SET app_env = 'prod'`;
    await refused(/this database belongs to prod/);
    await database.prisma.environmentStamp.deleteMany();
    await refused(/on which Heard never started/);
    await stampDatabase(env, database.url);
    await database.prisma.$executeRaw`DELETE FROM _prisma_migrations WHERE migration_name LIKE '%missing_messages'`;
    await refused(/is not migrated \(\d+_missing_messages\)/);
    const empty = await createDatabase(inject('postgresUrl'));
    config = { ...config, databaseUrl: empty.url };
    await refused(/on which Heard never started/);
    await migrate(empty.url, { info: () => {} });
    await refused(/on which Heard never started/);
    await empty.drop();
    await refused(/^DATABASE_URL /);
  });

  test('a topic that is missing, was never read, or was made again', async () => {
    await refused(/There is no topic/);
    await createTopic(config.kafka.topic, 2);
    await refused(/has never read/);
    await announce(2);
    await start();
    await committed(4);
    await stop();
    await deleteTopic(config.kafka.topic);
    await until('it can be made', () => createTopic(config.kafka.topic, 2).then(() => true));
    await announce(4);
    await refused(/was made again/);
  });

  test('a place ahead, and one that the topic no longer has', async () => {
    await readAndStopped();
    await refused(/would skip 1 message\./, { kind: 'offsets', offsets: new Map([[0, 7]]) });
    await refused(/Nothing would be read again/, { kind: 'time', time: new Date(Date.now() + 60_000) });
    const admin = createKafka().admin();
    await admin.connect();
    await admin.fetchTopicOffsets(config.kafka.topic);
    await admin.deleteTopicRecords({ topic: config.kafka.topic, partitions: [{ partition: 0, offset: '4' }] });
    await admin.disconnect();
    await refused(/the 3 messages from offset 1 on are gone: the earliest is 4/, {
      kind: 'offsets',
      offsets: new Map([[0, 1]]),
    });
    await refused(/some may be of that time/, { kind: 'time', time: new Date(0) });
    expect((await replay(fromStart)).join('\n')).toContain('partition 0: from offset 4 instead of 6');
  });

  test('without a yes, and changes nothing', async () => {
    await readAndStopped();
    await expect(replay(fromStart, false)).rejects.toThrow('Nothing was changed.');
    expect([await total(), await database.prisma.auditEntry.count()]).toEqual([12, 0]);
  });
});

describe('as a command', () => {
  const call = (args: string[], more: Record<string, string> = {}) =>
    program.run({ APP_ENV: env, ...databaseEnv(database.url), KAFKA_BROKERS: kafkaBrokers().join(','), ...more }, args);

  test('wants one place, the variables, and a yes for this very environment: each refusal is one line', async () => {
    await readAndStopped();
    const wrong: [string[], RegExp, Record<string, string>?][] = [
      [[], /^usage: /],
      [['--from-start', '--from-time', '2026-11-23T12:00:00Z'], /^usage: /],
      [['--from-nowhere'], /^usage: /],
      [['--from-offset', '0'], /^--from-offset /],
      [['--from-time', 'noon'], /^--from-time /],
      [['--from-start'], /^KAFKA_BROKERS /, { KAFKA_BROKERS: '' }],
      [['--from-start'], /no terminal/],
      [['--from-start', '--yes', 'prod'], /--yes says prod/],
    ];
    for (const [args, words, more] of wrong) {
      const { code, err } = await call(args, more);
      expect([code, err.trim().split('\n').length], args.join(' ')).toEqual([1, 1]);
      expect(err).toMatch(words);
    }
    expect(await total()).toBe(12);
    const { code, out, err } = await call(['--from-offset', '1:3', '--yes', env]);
    expect([code, err, out.split('\n')[1]]).toEqual([
      0,
      '',
      '  partition 1: from offset 3 instead of 6, 3 messages again',
    ]);
    expect(await total()).toBe(9);
  });
});
