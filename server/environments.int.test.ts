// Environments can't mix: a process of one that is pointed at another's database ends at once and touches nothing;
// beside another on the same brokers each reads its own topic only.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Platform } from '../simulator/platform.ts';
import { stampDatabase } from './db/environment.ts';
import { createTestDatabase, databaseEnv, type TestDatabase } from '../test/database.ts';
import { startIngest, type Ingest } from '../test/ingest.ts';
import { committedOffsets, createKafka, createTopic, kafkaBrokers, produce, uniqueEnvironment } from '../test/kafka.ts';
import { buildProgram, type Program } from '../test/program.ts';
import { until } from '../test/until.ts';

interface World {
  env: string;
  topic: string;
  groupId: string;
  database: TestDatabase;
  platform: Platform;
  ingest: Ingest;
}

let program: Program;
beforeAll(async () => {
  program = await buildProgram('main');
});
afterAll(() => program?.remove());

const undo: (() => Promise<unknown>)[] = [];
let prod: World;
beforeEach(async () => {
  prod = await startWorld('prod');
});
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

/** A database, a topic and a reading process of an environment. */
async function startWorld(name: string): Promise<World> {
  const env = `${name}${uniqueEnvironment().slice(0, 8)}`;
  const topic = `${env}_order_events`;
  const database = await createTestDatabase();
  undo.push(() => database.drop());
  await stampDatabase(env, database.url);
  await createTopic(topic, 2);
  const platform = await new Platform({ appEnv: env, brokers: kafkaBrokers(), seed: 8 }).listen();
  undo.push(() => platform.close());
  const ingest = await startIngest({ appEnv: env, databaseUrl: database.url, orderApiUrl: platform.url });
  undo.push(() => ingest.stop());
  return { env, topic, groupId: `${env}_kds`, database, platform, ingest };
}
async function placed({ platform, database, env }: World, count: number): Promise<string[]> {
  const ids = Array.from(
    { length: count },
    () => platform.place({ restaurantId: `r-${env}`, items: [{ name: 'Bhuna' }] }).id,
  );
  await platform.flush();
  await until(
    'they are in the kitchen',
    async () => (await database.prisma.order.count({ where: { id: { in: ids } } })) === count,
  );
  return ids;
}
/** Every row of every table. */
async function contents({ database: { prisma } }: World): Promise<Record<string, string>> {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT quote_ident(table_name) AS name
    FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
  `;
  const rows: Record<string, string> = {};
  for (const { name } of tables)
    rows[name] = (
      await prisma.$queryRawUnsafe<[{ rows: string }]>(
        `SELECT COALESCE(string_agg(t::text, E'\\n' ORDER BY t::text), '') AS rows FROM ${name} t`,
      )
    )[0].rows;
  return rows;
}
async function membersOf(groupIds: string[]): Promise<string[][]> {
  const admin = createKafka().admin();
  await admin.connect();
  try {
    // They are answered in any order.
    const { groups } = await admin.describeGroups(groupIds);
    return groupIds.map((groupId) =>
      groups.find((group) => group.groupId === groupId)!.members.map(({ memberId }) => memberId),
    );
  } finally {
    await admin.disconnect();
  }
}
const allCommitted = ({ groupId, topic }: World, count: number) =>
  until(
    'all is committed',
    async () =>
      [...(await committedOffsets(groupId, topic)).values()].reduce((sum, offset) => sum + Math.max(0, offset), 0) ===
      count,
  );

test("a pre process that is pointed at prod's database and Kafka ends with one line, and touches neither", async () => {
  await placed(prod, 5);
  await allCommitted(prod, 5);
  const pre = prod.env.replace('prod', 'pre');
  await createTopic(`${pre}_order_events`);
  const [rows, [members], offsets] = [
    await contents(prod),
    await membersOf([prod.groupId]),
    await committedOffsets(prod.groupId, prod.topic),
  ];
  expect(members).toHaveLength(1);
  const { code, out, err } = await program.run({
    APP_ENV: pre,
    ...databaseEnv(prod.database.url),
    KAFKA_BROKERS: kafkaBrokers().join(','),
    ORDER_API_URL: prod.platform.url,
    OPS_TOKEN: 'sixteen-letters!',
  });
  expect([code, err]).toEqual([
    1,
    `APP_ENV is ${pre}, but this database belongs to ${prod.env}: give this environment a database of its own\n`,
  ]);
  expect(out).toBe('');
  expect(await contents(prod)).toEqual(rows);
  expect(await membersOf([prod.groupId, `${pre}_kds`])).toEqual([members, []]);
  expect(await committedOffsets(prod.groupId, prod.topic)).toEqual(offsets);
  await placed(prod, 1);
});

test("beside prod on the same brokers pre reads its own topic only, and rejects what prod's producer put there", async () => {
  const pre = await startWorld('pre');
  const [ours, theirs] = [await placed(pre, 3), await placed(prod, 4)];
  const { id } = pre.platform.place({ restaurantId: 'r-pre', items: [{ name: 'Bhuna' }] }, { silent: true });
  await produce(pre.topic, [{ key: id, value: { id, status: 'PLACED', version: 1 }, headers: { env: prod.env } }]);
  await allCommitted(pre, 4);
  await allCommitted(prod, 4);
  expect(
    (await pre.database.prisma.rejectedMessage.findMany()).map(({ reason, key }) => [
      reason,
      Buffer.from(key!).toString(),
    ]),
  ).toEqual([[`its header env is "${prod.env}", and this environment is ${pre.env}`, id]]);
  for (const [world, ids] of [
    [pre, ours],
    [prod, theirs],
  ] as const) {
    expect(
      (await world.database.prisma.order.findMany({ select: { id: true } })).map((order) => order.id).sort(),
    ).toEqual([...ids].sort());
    expect((await world.database.prisma.topicIncarnation.findMany()).map(({ topic }) => topic)).toEqual([world.topic]);
  }
  expect(await prod.database.prisma.rejectedMessage.count()).toBe(0);
  expect((await membersOf([pre.groupId, prod.groupId])).map((members) => members.length)).toEqual([1, 1]);
});

test("a pre process that is given prod's topic and group does not join it, and says so", async () => {
  await placed(prod, 5);
  await allCommitted(prod, 5);
  const env = prod.env.replace('prod', 'pre');
  const database = await createTestDatabase();
  undo.push(() => database.drop());
  await stampDatabase(env, database.url);
  const [members] = await membersOf([prod.groupId]);
  const pre = await startIngest({
    appEnv: env,
    databaseUrl: database.url,
    orderApiUrl: prod.platform.url,
    kafka: { topic: prod.topic, groupId: prod.groupId },
  });
  undo.push(() => pre.stop());
  const reason =
    `KAFKA_GROUP_ID ${prod.groupId} belongs to the environment ${prod.env}, but APP_ENV is ${env}: ` +
    'give this environment a group of its own';
  await until('it says so', () => pre.consumer.readiness().reason === reason);
  await placed(prod, 5);
  expect(await membersOf([prod.groupId])).toEqual([members]);
  expect(pre.consumer.readiness()).toEqual({ ready: false, reason });
  expect(await database.prisma.order.count()).toBe(0);
});
