// From a topic of a real Kafka, past an ordering platform with faults, into a real database: the ground of tests that
// show that nothing is lost, doubled or overtaken on this way.
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { PrismaClient } from '../server/db/client.ts';
import { Platform, type PlatformOptions } from '../simulator/platform.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { startIngest, type Ingest, type IngestOptions } from './ingest.ts';
import { committedOffsets, kafkaBrokers, uniqueEnvironment } from './kafka.ts';
import { until } from './until.ts';

/** The test's own topic and platform, over the file's own database. */
export const run = {
  env: '',
  topic: '',
  platform: undefined as unknown as Platform,
  prisma: undefined as unknown as PrismaClient,
  databaseUrl: '',
};
let database: TestDatabase;
const running: Ingest[] = [];

/** Makes and ends what the tests of a file run on. */
export function withTopic(): void {
  beforeAll(async () => {
    database = await createTestDatabase();
    run.prisma = database.prisma;
    run.databaseUrl = database.url;
  });
  afterAll(() => database?.drop());
  beforeEach(() => {
    run.env = uniqueEnvironment();
    run.topic = `${run.env}_order_events`;
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((ingest) => ingest.stop()));
    await run.platform?.close();
  });
}

export const openPlatform = async (options: Partial<PlatformOptions> = {}) =>
  (run.platform = await new Platform({ appEnv: run.env, brokers: kafkaBrokers(), seed: 11, ...options }).listen());
export async function start(options: Partial<IngestOptions> = {}): Promise<Ingest> {
  const ingest = await startIngest({
    appEnv: run.env,
    databaseUrl: database.url,
    orderApiUrl: run.platform.url,
    ...options,
  });
  running.push(ingest);
  return ingest;
}
export const stop = async (ingest: Ingest) => {
  running.splice(running.indexOf(ingest), 1);
  await ingest.stop();
};

export const incarnations = async () =>
  (await run.prisma.topicIncarnation.findMany({ where: { topic: run.topic }, orderBy: { generation: 'asc' } })).map(
    ({ id }) => id,
  );
/** How many rows the tables of fates have for the messages of the topic, and for how many of these. */
export async function fates(): Promise<{ positions: number; rows: number }> {
  const ids = await incarnations();
  const [row] = await run.prisma.$queryRaw<[{ positions: number; rows: number }]>`
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
export const allEnded = (count: number) =>
  until(`all ${count} messages have a fate`, async () => {
    const { positions } = await fates();
    if (positions !== count) throw new Error(`${positions} have`);
    return true;
  });
export const total = (offsets: Map<number, number>) =>
  [...offsets.values()].reduce((sum, offset) => sum + Math.max(0, offset), 0);
export const allCommitted = (count: number) =>
  until(`all ${count} messages are committed`, async () => {
    const sum = total(await committedOffsets(`${run.env}_kds`, run.topic));
    if (sum !== count) throw new Error(`${sum} are`);
    return true;
  });
export const order = (restaurantId = `r-${run.env}`) => ({
  restaurantId,
  items: [{ name: 'Bhuna' }, { name: 'Pilau Rice' }],
});
/** The kitchen has the platform's truth. */
export async function expectTruth(ids: string[]): Promise<void> {
  const held = new Map(
    (await run.prisma.order.findMany({ where: { id: { in: ids } }, include: { lines: true } })).map((row) => [
      row.id,
      row,
    ]),
  );
  for (const id of ids) {
    const truth = run.platform.book.get(id)!;
    const have = held.get(id);
    expect([id, have?.status, Number(have?.version), have?.table]).toEqual([
      id,
      truth.status,
      truth.version,
      truth.table,
    ]);
    if (truth.status === 'CANCELED') continue;
    const live = (list: { id: string; quantity: number; voided: boolean }[]) =>
      list
        .filter(({ voided }) => !voided)
        .map((line) => `${line.id} x${line.quantity}`)
        .sort();
    expect([id, ...live(have!.lines)]).toEqual([id, ...live(truth.items)]);
  }
}
