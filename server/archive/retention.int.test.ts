// Every table that grows has an end, and nothing younger goes with the old.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PrismaClient } from '../db/client.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { detail, event } from '../../test/made.ts';
import { arrived, log, startSettler, type TestSettler } from '../../test/pipeline.ts';
import { Retention } from './retention.ts';

let database: TestDatabase;
let prisma: PrismaClient;
let settler: TestSettler;
beforeAll(async () => {
  database = await createTestDatabase();
  prisma = database.prisma;
  settler = await startSettler(database.url);
});
afterAll(async () => {
  await settler.stop();
  await database.drop();
});

const count = async (table: string): Promise<number> =>
  Number((await prisma.$queryRawUnsafe<[{ n: bigint }]>(`SELECT count(*) AS n FROM ${table}`))[0].n);

test('rejected messages, archived orders and change rows end by age, many thousands in one round', async () => {
  await prisma.$executeRaw`
    INSERT INTO rejected_messages (incarnation_id, "partition", "offset", at, reason, headers)
    SELECT 1, 0, n, now() - CASE WHEN n <= 12000 THEN interval '91 days' ELSE interval '89 days' END, 'junk', '{}'
    FROM generate_series(1, 12100) n
  `;
  await prisma.$executeRaw`
    INSERT INTO archived_orders (order_id, archived_at, restaurant_id, received_at, document, kitchen_order, actions)
    SELECT 'a' || n, now() - n * interval '1 year', 'r-1', now(), '{}', '{}', '[]' FROM generate_series(1, 5) n
  `;
  // 7,000 rows of one rev carry one time: they go together, or a screen would be sent half of a rev.
  await prisma.$executeRaw`
    INSERT INTO changes (restaurant_id, rev, order_id, at)
    SELECT 'r-old', 1, 'o' || n, now() - interval '61 minutes' FROM generate_series(1, 7000) n
  `;
  await new Retention({ prisma, log }).trim();
  expect([await count('rejected_messages'), await count('archived_orders'), await count('changes')]).toEqual([
    100, 2, 0,
  ]);
});

test('messages of an order that never came to be go after 90 days; those of an order, or that wait, stay', async () => {
  await settler.settler.settle(arrived([event(1, { orderId: 'real' })], detail(1, { id: 'real' })));
  for (const [n, orderId] of ['gone', 'waits', 'young'].entries()) {
    await prisma.$executeRaw`
      INSERT INTO lanes (order_id, parked, touched_at)
      VALUES (
        ${orderId}, ${orderId === 'waits' ? 1 : 0},
        now() - CASE WHEN ${orderId} = 'young' THEN interval '89 days' ELSE interval '91 days' END
      )
    `;
    await prisma.$executeRaw`
      INSERT INTO parked_messages (order_id, incarnation_id, "partition", "offset", status, digest, state, parked_at)
      VALUES (${orderId}, 9, 0, ${n}, 'PAID', '\\x00', ${orderId === 'waits' ? 'PARKED' : 'FAILED'}, now() - interval '91 days')
    `;
  }
  await prisma.$executeRaw`UPDATE lanes SET touched_at = now() - interval '91 days' WHERE order_id = 'real'`;
  await new Retention({ prisma, log }).trim();
  const left = await prisma.lane.findMany({ select: { orderId: true }, orderBy: { orderId: 'asc' } });
  expect(left.map(({ orderId }) => orderId)).toEqual(['real', 'waits', 'young']);
  expect(await count('parked_messages')).toBe(2);
  expect(await count(`order_history WHERE order_id = 'real'`)).toBe(1);
});
