// A message without a fate is counted as missing once, by any process that notices it and however often.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPrisma } from '../db/client.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { log } from '../../test/pipeline.ts';
import { MissingMessages } from './missing.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

let generation = 0;
async function incarnation(): Promise<number> {
  generation += 1;
  return (await database.prisma.topicIncarnation.create({ data: { topic: 't', clusterId: 'c', generation } })).id;
}
const email = () => ({ subject: 'missing', body: '' });
const missing = () => new MissingMessages({ prisma: database.prisma, log, topic: 't', missingEmail: email });
const rows = async (incarnationId: number) =>
  (await database.prisma.missingMessages.findMany({ where: { incarnationId }, orderBy: { fromOffset: 'asc' } })).map(
    ({ fromOffset, toOffset }) => [Number(fromOffset), Number(toOffset)] as const,
  );

test('property: of several gaps, in any order, each message without a fate is counted once, and no other', async () => {
  const gap = fc.tuple(fc.nat(30), fc.nat(15)).map(([from, length]) => ({ partition: 0, from, to: from + length }));
  const fates = fc
    .array(fc.tuple(fc.nat(40), fc.constantFrom('history', 'parked', 'rejected')), { maxLength: 12 })
    .map((list) => [...new Map(list)]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(gap, { minLength: 1, maxLength: 4 }),
      fates,
      fc.option(fc.nat(40)),
      async (gaps, ended, progress) => {
        const { prisma } = database;
        const incarnationId = await incarnation();
        const place = (offset: number) => ({ incarnationId, partition: 0, offset: BigInt(offset) });
        for (const [offset, where] of ended) {
          if (where === 'history')
            await prisma.orderHistory.create({
              data: { ...place(offset), orderId: 'o', at: new Date(), kind: 'APPLIED', digest: Buffer.alloc(4) },
            });
          if (where === 'parked')
            await prisma.parkedMessage.create({
              data: {
                ...place(offset),
                orderId: 'o',
                status: 'PAID',
                digest: Buffer.alloc(4),
                state: 'PARKED',
                parkedAt: new Date(),
              },
            });
          if (where === 'rejected')
            await prisma.rejectedMessage.create({
              data: { ...place(offset), at: new Date(), reason: '', headers: {} },
            });
        }
        if (progress !== null)
          await prisma.partitionProgress.create({
            data: { incarnationId, partition: 0, nextOffset: BigInt(progress) },
          });
        const expected = new Set<number>();
        for (const one of gaps) {
          const fresh = Array.from({ length: one.to - one.from }, (_, i) => one.from + i).filter(
            (offset) => !expected.has(offset) && offset >= (progress ?? 0) && !ended.some(([at]) => at === offset),
          );
          expect(await missing().note(incarnationId, [one])).toBe(fresh.length);
          for (const offset of fresh) expected.add(offset);
        }
        const counted = (await rows(incarnationId)).flatMap(([from, to]) =>
          Array.from({ length: to - from }, (_, i) => from + i),
        );
        expect(counted).toEqual([...expected].sort((a, b) => a - b));
      },
    ),
    { numRuns: 60 },
  );
});

test('of several processes that notice at once one says so, and what another saw more of is counted by it alone', async () => {
  const clients = Array.from({ length: 4 }, () => createPrisma(database.url, { poolSize: 2 }));
  try {
    for (let round = 0; round < 10; round += 1) {
      const incarnationId = await incarnation();
      await database.prisma.outboxMessage.deleteMany();
      await Promise.all(clients.map((prisma) => prisma.$queryRaw`SELECT 1`));
      const counts = await Promise.all(
        clients.map((prisma, i) =>
          new MissingMessages({ prisma, log, topic: 't', missingEmail: email }).note(incarnationId, [
            { partition: 0, from: 10 - (i % 2), to: 20 + (i % 2) },
            { partition: 1, from: 0, to: 5 },
          ]),
        ),
      );
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(17);
      expect(await database.prisma.outboxMessage.count()).toBe(counts.filter((count) => count > 0).length);
    }
  } finally {
    await Promise.all(clients.map((prisma) => prisma.$disconnect()));
  }
});

test('an e-mail is written with the count, or neither', async () => {
  const incarnationId = await incarnation();
  const failing = new MissingMessages({
    prisma: database.prisma,
    log,
    topic: 't',
    missingEmail: () => ({ subject: '\0', body: '' }),
  });
  await expect(failing.note(incarnationId, [{ partition: 0, from: 0, to: 5 }])).rejects.toThrow();
  expect(await rows(incarnationId)).toEqual([]);
  await missing().note(incarnationId, [{ partition: 0, from: 0, to: 5 }]);
  expect(await rows(incarnationId)).toEqual([[0, 5]]);
});
