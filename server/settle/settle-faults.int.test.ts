// A database that is not as it should be costs no order anything: none is parked, none loses an attempt, and the reason is
// told. Once it is mended, everything goes on.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { detail, event, item } from '../../test/made.ts';
import { arrived, failing, lease, parkedOf, startSettler, type TestSettler } from '../../test/pipeline.ts';
import { until } from '../../test/until.ts';

let database: TestDatabase;
let one: TestSettler;
const role = `heard_${randomUUID().replaceAll('-', '')}`;
let [orders, offset] = [0, 0];
let id = '';
const sql = (text: string) => database.prisma.$executeRawUnsafe(text);

beforeAll(async () => {
  database = await createTestDatabase();
  await sql(`CREATE ROLE ${role} LOGIN PASSWORD '${role}'`);
  await sql(`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}`);
  await sql(`GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO ${role}`);
  const url = new URL(database.url);
  [url.username, url.password] = [role, role];
  one = await startSettler(url.href);
  await one.settler.settle(arrived([event((offset += 1))], detail(1, { id: 'o-1' })));
});
afterAll(async () => {
  await one?.stop();
  if (database) await sql(`DROP OWNED BY ${role}`);
  if (database) await sql(`DROP ROLE ${role}`);
  await database?.drop();
});
beforeEach(() => {
  id = `order-${(orders += 1)}`;
});
const next = (orderId = id) => event((offset += 1), { orderId, version: 1 });

test.each([
  ['a missing right', '42501', `REVOKE INSERT ON order_history FROM ${role}`, `GRANT ALL ON order_history TO ${role}`],
  ['a missing right to read', '42501', `REVOKE SELECT ON lanes FROM ${role}`, `GRANT ALL ON lanes TO ${role}`],
  [
    'a missing column',
    '42703',
    'ALTER TABLE line_items RENAME COLUMN seat TO chair',
    'ALTER TABLE line_items RENAME COLUMN chair TO seat',
  ],
  ['a missing table', '42P01', 'ALTER TABLE tickets RENAME TO slips', 'ALTER TABLE slips RENAME TO tickets'],
  [
    'a sequence that is behind',
    '23505',
    "SELECT setval('order_history_seq_seq', 1, false)",
    "SELECT setval('order_history_seq_seq', (SELECT max(seq) FROM order_history))",
  ],
  [
    'a trigger that refuses',
    'P0001',
    `CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'maintenance'; END $$;`,
    'DROP TRIGGER no ON orders',
  ],
])('%s: orders wait, nothing is parked, and the reason is told', async (_, code, spoil, mend) => {
  await sql(spoil);
  if (code === 'P0001') await sql('CREATE TRIGGER no BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION no()');
  const both = Promise.all(
    [`${id}-a`, `${id}-b`].map((orderId) => one.settler.settle(arrived([next(orderId)], detail(1, { id: orderId })))),
  );
  await until('it was noticed', () => one.settler.databaseTrouble?.includes(code));
  expect(one.settler.databaseTrouble).toContain(`until it is mended: ${code}`);
  await sql(mend);
  expect((await both).map(({ fates }) => fates)).toEqual([{ APPLIED: 1 }, { APPLIED: 1 }]);
  expect(one.settler.databaseTrouble).toBe(null);
  expect(await database.prisma.parkedMessage.count({ where: { orderId: { startsWith: `${id}-` } } })).toBe(0);
});

test('a try from the retry table burns no attempt while a right is missing', async () => {
  await one.settler.settle(failing([next()]));
  await sql(`REVOKE INSERT ON orders FROM ${role}`);
  const trying = one.settler.settle({
    orderId: id,
    finding: { kind: 'detail', detail: detail(1, { id }) },
    before: [],
    during: [],
    lease: await lease(database.prisma, id),
  });
  await until('it was noticed', () => one.settler.databaseTrouble?.includes('42501'));
  expect(await parkedOf(database.prisma, id)).toMatchObject([{ state: 'PARKED', attempts: 0 }]);
  await sql(`GRANT ALL ON orders TO ${role}`);
  await trying;
  expect(await parkedOf(database.prisma, id)).toMatchObject([{ state: 'APPLIED', attempts: 0 }]);
});

test('two orders that are refused alike pay with no attempt; one alone does', async () => {
  const soup = (orderId: string) => detail(1, { id: orderId, items: [item('l1', { name: 'Poison' })] });
  await sql("ALTER TABLE line_items ADD CONSTRAINT no_poison CHECK (name <> 'Poison') NOT VALID");
  const tryAgain = async (orderId: string) =>
    one.settler.settle({
      orderId,
      finding: { kind: 'detail', detail: soup(orderId) },
      before: [],
      during: [],
      lease: await lease(database.prisma, orderId),
    });
  const [first, second] = [`${id}-a`, `${id}-b`];
  await one.settler.settle(arrived([next(first)], soup(first)));
  await tryAgain(first);
  expect(await parkedOf(database.prisma, first)).toMatchObject([{ state: 'PARKED', attempts: 1 }]);
  await one.settler.settle(arrived([next(second)], soup(second)));
  for (let tries = 0; tries < 4; tries += 1) await Promise.all([tryAgain(first), tryAgain(second)]);
  expect(await parkedOf(database.prisma, first)).toMatchObject([{ state: 'PARKED', attempts: 1 }]);
  expect(await parkedOf(database.prisma, second)).toMatchObject([{ state: 'PARKED', attempts: 0 }]);
  await sql('ALTER TABLE line_items DROP CONSTRAINT no_poison');
  for (const orderId of [first, second]) {
    await tryAgain(orderId);
    expect(await parkedOf(database.prisma, orderId)).toMatchObject([{ state: 'APPLIED' }]);
  }
});

test('a restaurant that a restore took away is made again', async () => {
  const restaurantId = `r-${id}`;
  await one.settler.settle(arrived([next(`${id}-a`)], detail(1, { id: `${id}-a`, restaurantId })));
  await sql(`
    WITH l AS (DELETE FROM line_items WHERE order_id = '${id}-a'), t AS (DELETE FROM tickets WHERE order_id = '${id}-a')
    DELETE FROM changes WHERE restaurant_id = '${restaurantId}'
  `);
  await sql(`DELETE FROM orders WHERE id = '${id}-a'`);
  await sql(`DELETE FROM stations WHERE restaurant_id = '${restaurantId}'`);
  await sql(`DELETE FROM restaurants WHERE id = '${restaurantId}'`);
  const result = await one.settler.settle(arrived([next(`${id}-b`)], detail(1, { id: `${id}-b`, restaurantId })));
  expect(result.fates).toEqual({ APPLIED: 1 });
});

test('what waits for its locks while a loss of the database is noticed elsewhere is not settled: it is read again, in its order', async () => {
  await one.settler.settle(arrived([next()], detail(1, { id })));
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let locked = false;
  const holder = database.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT order_id FROM lanes WHERE order_id = ${id} FOR UPDATE`;
    locked = true;
    await released;
  });
  await until('the lane is locked', () => locked);
  let wanted = true;
  const message = event((offset += 1), { orderId: id, version: 2 });
  const settled = one.settler.settle({ ...arrived([message], detail(2, { id })), wanted: () => wanted });
  await until('it waits', async () => {
    const [row] = await database.prisma.$queryRaw<[{ waits: boolean }]>`
      SELECT count(*) > 0 AS waits
      FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'
    `;
    return row.waits;
  });
  one.settler.forget();
  wanted = false;
  release();
  await holder;
  expect(await settled).toMatchObject({ again: [message], fates: {} });
  expect(await database.prisma.orderHistory.count({ where: { orderId: id } })).toBe(1);
});
