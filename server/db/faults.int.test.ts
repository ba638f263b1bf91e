// The classifier against a real PostgreSQL, through the client that Heard uses: a change of Prisma's wrapping shows
// here.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Proxy } from '../../chaos/proxy.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { createPrisma, type PrismaClient } from './client.ts';
import { diagnose, faultOf, SEQUENCE_KEYS } from './faults.ts';

let database: TestDatabase;
let proxy: Proxy;
let throughProxy: PrismaClient;

beforeAll(async () => {
  database = await createTestDatabase();
  const url = new URL(database.url);
  const port = Number(url.port);
  proxy = await new Proxy(() => port).listen();
  url.port = String(proxy.port);
  throughProxy = createPrisma(url.href, { poolSize: 2 });
});
afterAll(async () => {
  await throughProxy?.$disconnect();
  await proxy?.close();
  await database?.drop();
});

const faultIn = async (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => faultOf(error),
  );

test('a connection that is reset, in a statement, in a transaction or in a query of the client, is an outage', async () => {
  expect(await faultIn(throughProxy.$queryRaw`SELECT 1`)).toBe('none');
  const works = [
    () => throughProxy.$queryRaw`SELECT 1`,
    () => throughProxy.$executeRaw`INSERT INTO settings (key, value) VALUES ('a', '1'::jsonb)`,
    () => throughProxy.$transaction((tx) => tx.$queryRaw`SELECT 1`),
    () => throughProxy.order.findFirst(),
  ];
  for (const work of works) {
    proxy.tamper = (from) => (from === 'client' ? 'reset' : 'pass');
    expect(await faultIn(work()), String(work)).toBe('away');
    proxy.tamper = undefined;
    expect(await faultIn(throughProxy.$queryRaw`SELECT 1`)).toBe('none');
  }
});

test('a database that is not there, or ends the session, is away; a statement that it ends was slow', async () => {
  const nowhere = createPrisma('postgresql://nobody@127.0.0.1:1/none');
  expect(await faultIn(nowhere.$queryRaw`SELECT 1`)).toBe('away');
  expect(await faultIn(nowhere.$transaction((tx) => tx.$queryRaw`SELECT 1`))).toBe('away');
  await nowhere.$disconnect();
  const { prisma } = database;
  expect(await faultIn(prisma.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`)).toBe('away');
  expect(
    await faultIn(
      prisma.$transaction(async (tx) => {
        await tx.$executeRaw`SET LOCAL statement_timeout = 20`;
        await tx.$queryRaw`SELECT pg_sleep(1)`;
      }),
    ),
  ).toBe('slow');
});

test('data that breaks a rule is a fault of the data, in a statement and through the client', async () => {
  const { prisma } = database;
  const twice = () => prisma.$executeRaw`INSERT INTO environment_stamp (id, app_env) VALUES (1, 'dev')`;
  await twice();
  expect(await faultIn(twice())).toBe('data');
  expect(await faultIn(prisma.environmentStamp.create({ data: { id: 1, appEnv: 'dev' } }))).toBe('data');
  expect(await faultIn(prisma.$queryRaw`SELECT ${'a\0b'}::text`)).toBe('data');
  expect(await faultIn(prisma.$queryRaw`SELECT ${'99999999999'}::text::int`)).toBe('data');
});

test('what is wrong with the database is not called a fault of the data', async () => {
  const { prisma } = database;
  const during = (before: string[], statement: string) =>
    faultIn(
      prisma.$transaction(async (tx) => {
        for (const one of before) await tx.$executeRawUnsafe(one);
        await tx.$executeRawUnsafe(statement);
      }),
    );
  const insert = "INSERT INTO settings (key, value) VALUES ('x', '1')";
  await prisma.$executeRawUnsafe(
    'DO $$ BEGIN CREATE ROLE heard_test_reader; EXCEPTION WHEN duplicate_object THEN END $$',
  );
  expect(await during(['SET LOCAL ROLE heard_test_reader'], insert)).toBe('broken');
  expect(await during(['ALTER TABLE settings DROP COLUMN value'], insert)).toBe('broken');
  expect(await during(['ALTER TABLE settings RENAME COLUMN value TO other'], insert)).toBe('broken');
  expect(await during(['ALTER TABLE settings RENAME TO other'], insert)).toBe('broken');
  expect(await during(['SET TRANSACTION READ ONLY'], insert)).toBe('broken');
  expect(await during([], "DO $$ BEGIN RAISE EXCEPTION 'not now'; END $$")).toBe('broken');
});

test('a sequence that is behind is told from a value that is there already, for each sequence that there is', async () => {
  const { prisma } = database;
  const rows = await prisma.$queryRaw<{ key: string }[]>`
    SELECT c.conname AS key
    FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'p'
      AND cardinality(c.conkey) = 1
      AND pg_get_serial_sequence(c.conrelid::regclass::text, a.attname) IS NOT NULL
    ORDER BY 1
  `;
  expect(rows.map(({ key }) => key)).toEqual([...SEQUENCE_KEYS].sort());

  const write = () => prisma.$executeRaw`
    INSERT INTO audit (actor, action, subject, detail) VALUES ('operator', 'tested', 'sequence', '{}')
  `;
  await write();
  await prisma.$executeRaw`SELECT setval(pg_get_serial_sequence('audit', 'id'), 1, false)`;
  const error = await write().catch((refusal: unknown) => refusal);
  expect(diagnose(error)).toEqual({ fault: 'broken', state: '23505', constraint: 'audit_pkey' });
});
