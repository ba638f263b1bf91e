// An order with very many messages, or one that takes too long for any other reason: its look-ups do not grow with its
// history, and nobody else waits for it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { execute, createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { detail, event } from '../../test/made.ts';
import { arrived, failing, lease, parkedOf, startSettler, type TestSettler } from '../../test/pipeline.ts';

let database: TestDatabase;
let one: TestSettler;
beforeAll(async () => {
  database = await createTestDatabase();
  one = await startSettler(database.url);
});
afterAll(async () => {
  await one?.stop();
  await database?.drop();
});

let offset = 1_000_000;
const settle = (orderId: string, messages = 1) => {
  const first = (offset += messages) - messages;
  const events = Array.from({ length: messages }, (_, i) => ({ ...event(first + i), orderId }));
  return one.settler.settle(arrived(events, detail(offset, { id: orderId })));
};
/** Pages of the history and the retry table that were looked at so far. */
async function pagesRead(): Promise<number> {
  // Each session reports its part at the end of a statement that asks for that.
  await Promise.all(Array.from({ length: 10 }, () => one.prisma.$queryRaw`SELECT pg_stat_force_next_flush()::text`));
  const [row] = await database.prisma.$queryRaw<{ pages: bigint }[]>`
    SELECT sum(heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read)::bigint AS pages
    FROM pg_statio_user_tables
    WHERE relname IN ('order_history', 'parked_messages')
  `;
  return Number(row!.pages);
}

test('with plans made on empty tables, a message costs as much after 100 others of its order as after 20,000', async () => {
  // Each connection makes its plan for good after five runs of a statement.
  await execute(database.url, 'VACUUM ANALYZE order_history, parked_messages');
  for (let n = 0; n < 40; n += 1) await Promise.all([settle(`early-${n}`), settle(`first-${n}`)]);
  const history = (orderId: string, rows: number, from: number) => database.prisma.$executeRaw`
    INSERT INTO order_history (order_id, at, kind, incarnation_id, partition, "offset", digest)
    SELECT
      ${orderId}, now(), CASE n % 2 WHEN 0 THEN 'APPLIED' ELSE 'COVERED' END, 1, 0, ${from}::int + n,
      sha256(n::text::bytea)
    FROM generate_series(1, ${rows}::int) AS n
  `;
  await settle('cool');
  await settle('hot');
  await history('cool', 100, 100_000);
  await history('hot', 20_000, 200_000);
  const costOf = async (orderId: string) => {
    const before = await pagesRead();
    for (let n = 0; n < 20; n += 1) await settle(orderId, 10);
    return ((await pagesRead()) - before) / 200;
  };
  const [cool, hot] = [await costOf('cool'), await costOf('hot')];
  // Pages for each message, those that its own rows are written to among them. An index has one more level at most.
  expect(hot).toBeLessThan(cool * 1.5);
  expect(hot).toBeLessThan(60);
});

test('an arrival behind thousands that wait costs no more than behind one, and tries take them in turns', async () => {
  await one.settler.settle(failing([{ ...event((offset += 1) - 1), orderId: 'queue' }]));
  await one.settler.settle(failing([{ ...event((offset += 1) - 1), orderId: 'lonely' }]));
  const waiting = 2500;
  await database.prisma.$executeRaw`
    INSERT INTO parked_messages (
      order_id, incarnation_id, partition, "offset", status, version, digest, state, parked_at
    )
    SELECT 'queue', 1, 1, n, 'PLACED', n, sha256(n::text::bytea), 'PARKED', now()
    FROM generate_series(1, ${waiting}::int) AS n
  `;
  await database.prisma.lane.update({ where: { orderId: 'queue' }, data: { parked: waiting + 1 } });
  const costOf = async (orderId: string) => {
    const before = await pagesRead();
    for (let n = 0; n < 20; n += 1) await settle(orderId);
    return ((await pagesRead()) - before) / 20;
  };
  expect(await costOf('queue')).toBeLessThan((await costOf('lonely')) * 1.5);

  // The first of all is the head that failed, before the rows above.
  const all = (await database.prisma.lane.findUniqueOrThrow({ where: { orderId: 'queue' } })).parked;
  expect(all).toBe(waiting + 21);
  const left = [];
  for (let tries = 0; tries < 3; tries += 1) {
    await one.settler.settle({
      orderId: 'queue',
      finding: { kind: 'detail', detail: detail(5_000_000, { id: 'queue' }) },
      before: [],
      during: [],
      lease: await lease(database.prisma, 'queue'),
    });
    left.push((await database.prisma.lane.findUniqueOrThrow({ where: { orderId: 'queue' } })).parked);
  }
  expect(left).toEqual([all - 1000, all - 2000, 0]);
  expect((await parkedOf(database.prisma, 'queue')).filter(({ state }) => state === 'PARKED')).toEqual([]);
  expect(await database.prisma.orderHistory.count({ where: { orderId: 'queue' } })).toBe(all);
});

test('an order that takes too long stands alone in the end: the others go on, and the database is not away', async () => {
  const { prisma } = database;
  await prisma.$executeRawUnsafe(`
    CREATE FUNCTION crawl() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF EXISTS (SELECT FROM settings WHERE key = 'crawl') THEN PERFORM pg_sleep(30); END IF;
      RETURN NEW;
    END $$
  `);
  await prisma.$executeRawUnsafe(`
    CREATE TRIGGER crawls BEFORE INSERT ON order_history
    FOR EACH ROW WHEN (NEW.order_id = 'slow') EXECUTE FUNCTION crawl()
  `);
  await prisma.setting.create({ data: { key: 'crawl', value: true } });
  const troubles = new Set<string | null>();
  const watch = setInterval(() => troubles.add(one.settler.databaseTrouble), 20);
  try {
    let slowIsDone = false;
    const slow = settle('slow', 300).finally(() => {
      slowIsDone = true;
    });
    const others = Array.from({ length: 30 }, (_, n) => settle(`beside-${n}`));
    expect((await Promise.all(others)).map(({ fates }) => fates)).toEqual(others.map(() => ({ APPLIED: 1 })));
    // While it is tried again and again, new orders go on as ever.
    for (let n = 0; n < 5; n += 1) expect((await settle(`after-${n}`)).fates).toEqual({ APPLIED: 1 });
    expect(slowIsDone).toBe(false);
    expect([...troubles]).toEqual([null]);
    await prisma.setting.delete({ where: { key: 'crawl' } });
    expect((await slow).fates).toEqual({ APPLIED: 1, COVERED: 299 });
  } finally {
    clearInterval(watch);
  }
});
