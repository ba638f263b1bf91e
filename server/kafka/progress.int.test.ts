// The record of the topic moves on only where the database still has what the process has seen.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { log } from '../../test/pipeline.ts';
import { createPrisma, type PrismaClient } from '../db/client.ts';
import { Lineage } from '../db/lineage.ts';
import { recordProgress, type Progress } from './progress.ts';

let database: TestDatabase;
let prisma: PrismaClient;
const lineage = new Lineage(log);
beforeAll(async () => {
  database = await createTestDatabase();
  prisma = createPrisma(database.url, { lineage });
});
afterAll(async () => {
  await prisma?.$disconnect();
  await database?.drop();
});
beforeEach(async () => {
  await prisma.orderHistory.deleteMany();
  await prisma.partitionProgress.deleteMany();
  await prisma.partitionProgress.createMany({
    data: [0, 1].map((partition) => ({ incarnationId: 1, partition, nextOffset: 10n })),
  });
  await prisma.orderHistory.create({
    data: {
      orderId: 'o',
      at: new Date(),
      kind: 'APPLIED',
      incarnationId: 1,
      partition: 0,
      offset: 19n,
      digest: Buffer.alloc(32),
    },
  });
});
const recorded = async () =>
  (await prisma.partitionProgress.findMany({ orderBy: { partition: 'asc' } })).map(({ nextOffset }) =>
    Number(nextOffset),
  );
const record = (more: Partial<Progress> = {}) =>
  recordProgress(prisma, lineage, {
    incarnationId: 1,
    steps: [
      { partition: 0, before: 10, next: 20 },
      { partition: 1, before: 10, next: 10 },
    ],
    last: { incarnationId: 1, partition: 0, offset: 19 },
    lineage: lineage.current,
    ...more,
  });

test('where everything is as it was, the record moves on, and never back', async () => {
  expect([await record(), await recorded()]).toEqual([null, [20, 10]]);
  expect(await record({ steps: [{ partition: 0, before: 10, next: 15 }] })).toBe(null);
  expect(await recorded()).toEqual([20, 10]);
});

test('another process may have moved it on further', async () => {
  await prisma.partitionProgress.updateMany({ data: { nextOffset: 50n } });
  expect([await record(), await recorded()]).toEqual([null, [50, 50]]);
});

test.each<[string, Partial<Progress>, string]>([
  [
    'a record that was put back, also of a partition where nothing is new',
    {
      steps: [
        { partition: 0, before: 10, next: 20 },
        { partition: 1, before: 11, next: 11 },
      ],
    },
    'the record of the topic was put back',
  ],
  ['a record that is gone', { steps: [{ partition: 7, before: 0, next: 5 }] }, 'the record of the topic was put back'],
  [
    'a message that had ended and is not there',
    { last: { incarnationId: 1, partition: 0, offset: 21 } },
    'a message that had ended is not known any more',
  ],
  ['another timeline', { lineage: '1/00000009' }, 'the database is another one'],
])('%s: nothing is recorded', async (_, more, reason) => {
  await prisma.$queryRaw`SELECT 1`;
  expect(await record(more)).toContain(reason);
  expect(await recorded()).toEqual([10, 10]);
});
