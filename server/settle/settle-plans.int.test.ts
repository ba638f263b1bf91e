// The cost of a message does not grow with the number of earlier ones. PostgreSQL plans a prepared statement once,
// possibly while the tables are nearly empty, when reading all of them is cheapest; a burst after the first start must
// not pay for that.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { glanceAt } from '../ingest/glance.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { detail, event } from '../../test/made.ts';
import { arrived, startSettler, type TestSettler } from '../../test/pipeline.ts';
import { reportStatistics } from '../../test/statistics.ts';

let database: TestDatabase;
let one: TestSettler;
beforeAll(async () => {
  database = await createTestDatabase();
  one = await startSettler(database.url);
});
afterAll(async () => {
  await one.stop();
  await database.drop();
});

let offset = 0;
const settleNew = (orderId: string) =>
  one.settler.settle(arrived([event((offset += 1), { orderId })], detail(offset, { id: orderId })));
const settleMany = (name: string, count: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => settleNew(`${name}-${n}`)));
/** Rows that were read by going through whole tables, and rows that were looked up. */
async function rowsRead(): Promise<{ throughTables: number; lookedUp: number }> {
  await reportStatistics(one.prisma);
  const [row] = await database.prisma.$queryRaw<{ through: bigint; up: bigint }[]>`
    SELECT sum(seq_tup_read)::bigint AS through, (SELECT sum(idx_tup_read)::bigint FROM pg_stat_user_indexes) AS up
    FROM pg_stat_user_tables
    WHERE relname IN ('orders', 'line_items', 'tickets', 'lanes', 'order_history', 'parked_messages')
  `;
  return { throughTables: Number(row!.through), lookedUp: Number(row!.up) };
}

test('with plans made on empty tables, a settlement and a look read what concerns them, and no whole table', async () => {
  // Each connection makes its plan for good after five runs of a statement.
  for (let n = 0; n < 40; n += 1) {
    await Promise.all([settleNew(`early-${n}`), glanceAt(one.prisma, [`early-${n}`])]);
  }
  await settleMany('many', 3000);
  const before = await rowsRead();
  await settleMany('late', 300);
  for (let n = 0; n < 20; n += 1) await glanceAt(one.prisma, [`many-${n}`, `late-${n}`, `nobody-${n}`]);
  const after = await rowsRead();
  expect(after.throughTables - before.throughTables).toBe(0);
  // 5.3 were seen, always.
  expect((after.lookedUp - before.lookedUp) / 300).toBeLessThan(10);
});
