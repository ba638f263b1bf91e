// A connection goes back to the pool clean or not at all, and all connections lead to one database.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Proxy } from '../../chaos/proxy.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { log } from '../../test/pipeline.ts';
import { until } from '../../test/until.ts';
import { createPrisma } from './client.ts';
import { Lineage } from './lineage.ts';
import { CleanPool } from './pool.ts';
import { sessionAt } from './session.mjs';

let database: TestDatabase;
let proxy: Proxy;
let url: string;
beforeAll(async () => {
  database = await createTestDatabase();
  const behind = new URL(database.url);
  const port = Number(behind.port);
  proxy = await new Proxy(() => port).listen();
  behind.port = String(proxy.port);
  url = behind.href;
});
afterAll(async () => {
  await proxy?.close();
  await database?.drop();
});
const pid = async (pool: CleanPool) =>
  (await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]!.pid;

test('a connection that did its work is used again', async () => {
  const pool = new CleanPool({ ...sessionAt(database.url), max: 1 });
  const first = await pid(pool);
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('SELECT 1');
  await client.query('COMMIT');
  client.release();
  expect(await pid(pool)).toBe(first);
  await pool.end();
});

test.each([
  ['in an open transaction', ['BEGIN', 'SELECT 1']],
  ['after an error in its transaction', ['BEGIN', 'SELECT 1/0', 'ROLLBACK']],
  ['after an error', ['SELECT nothing']],
])('a connection that comes back %s ends', async (_, statements) => {
  const pool = new CleanPool({ ...sessionAt(database.url), max: 1 });
  const first = await pid(pool);
  const client = await pool.connect();
  for (const statement of statements) await client.query(statement).catch(() => {});
  client.release();
  expect(await pid(pool)).not.toBe(first);
  await pool.end();
});

test('a connection that stalled in a transaction commits nothing of it for its next borrower', async () => {
  const pool = new CleanPool({ ...sessionAt(url), max: 1, query_timeout: 300 });
  pool.on('error', () => {});
  const key = randomUUID();
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query("INSERT INTO settings (key, value) VALUES ($1, '1')", [key]);
  proxy.freeze();
  // No answer comes, and the roll-back that is sent behind it is cut out of the queue.
  await expect(client.query('SELECT 2')).rejects.toThrow('timeout');
  await expect(client.query('ROLLBACK')).rejects.toThrow('timeout');
  client.release();
  proxy.thaw();
  await until('it is there again', () => pool.query('SELECT 1'));
  const next = await pool.connect();
  await next.query('BEGIN');
  await next.query('COMMIT');
  next.release();
  expect(await database.prisma.setting.findUnique({ where: { key } })).toBe(null);
  await pool.end();
});

test('the same through Prisma: a transaction that stalls leaves nothing behind', async () => {
  const lineage = new Lineage(log);
  const prisma = createPrisma(url, { poolSize: 1, lineage });
  const key = randomUUID();
  await expect(
    prisma.$transaction(
      async (tx) => {
        await tx.setting.create({ data: { key, value: 1 } });
        proxy.resetAll();
        await tx.$queryRaw`SELECT 1`;
      },
      { timeout: 20_000 },
    ),
  ).rejects.toThrow();
  expect(await prisma.setting.findUnique({ where: { key } })).toBe(null);
  expect(lineage.current).toMatch(/^\d+\/0000000\d$/);
  await prisma.$disconnect();
});

test('the identity is told to a role without any rights', async () => {
  const role = `heard_${randomUUID().replaceAll('-', '')}`;
  await database.prisma.$executeRawUnsafe(`CREATE ROLE ${role} LOGIN PASSWORD '${role}'`);
  const theirs = new URL(database.url);
  [theirs.username, theirs.password] = [role, role];
  const warnings: unknown[] = [];
  const lineage = new Lineage({ warn: (fields: unknown) => void warnings.push(fields) });
  const prisma = createPrisma(theirs.href, { poolSize: 1, lineage });
  await prisma.$queryRaw`SELECT 1`;
  expect([lineage.current !== null, warnings]).toEqual([true, []]);
  await prisma.$disconnect();
  await database.prisma.$executeRawUnsafe(`DROP ROLE ${role}`);
});

test('a database that does not tell it is used all the same, and that is said once', async () => {
  const warnings: unknown[] = [];
  const lineage = new Lineage({ warn: (fields: unknown) => void warnings.push(fields) });
  await database.prisma.$executeRawUnsafe('REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC');
  const role = `heard_${randomUUID().replaceAll('-', '')}`;
  await database.prisma.$executeRawUnsafe(`CREATE ROLE ${role} LOGIN PASSWORD '${role}'`);
  const theirs = new URL(database.url);
  [theirs.username, theirs.password] = [role, role];
  const prisma = createPrisma(theirs.href, { poolSize: 2, lineage });
  await Promise.all([prisma.$queryRaw`SELECT 1`, prisma.$queryRaw`SELECT pg_sleep(0.1)::text`]);
  expect([lineage.current, warnings.length]).toEqual([null, 1]);
  await prisma.$disconnect();
  await database.prisma.$executeRawUnsafe(`DROP ROLE ${role}`);
});
