// The pipeline's status for screens, probes and scrapes: counts as the database has them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Status, type StatusDeps } from './status.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { log } from '../../test/pipeline.ts';
import { until } from '../../test/until.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

test('missing messages: all of them for scrapes, those of the last day for screens; and what was rejected, as it comes', async () => {
  const deps = {
    log,
    consumer: { readiness: () => ({ ready: true }) },
    lag: { lag: null },
    readAgain: { held: false },
    source: { status: { state: 'ok', inFlight: 0, limit: 10 } },
  } as unknown as StatusDeps;
  const status = new Status({
    ...deps,
    log,
    prisma: database.prisma,
    databaseTrouble: () => null,
    lineage: { refuse: () => {} },
  });
  expect([status.missingMessages(), status.health().missingMessages]).toEqual([0, 0]);
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  await database.prisma.missingMessages.createMany({
    data: [25, 23, 1].map((hours, i) => ({
      incarnationId: 1,
      partition: i,
      fromOffset: 10n,
      toOffset: 10n + 10n ** BigInt(i),
      at: hoursAgo(hours),
    })),
  });
  const reject = (offset: number) =>
    database.prisma.rejectedMessage.create({
      data: { incarnationId: 1, partition: 0, offset, at: new Date(), reason: 'its value is null', headers: {} },
    });
  for (const offset of [1, 2]) await reject(offset);
  status.start();
  await until('they are counted', () => status.missingMessages() === 111);
  expect([status.health().missingMessages, status.health().rejectedMessages]).toEqual([110, 2]);
  await reject(3);
  await until('it is counted, too', () => status.health().rejectedMessages === 3);
  await status.stop();
});
