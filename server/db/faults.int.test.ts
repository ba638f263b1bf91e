// The classifier against a real PostgreSQL, through the client that Heard uses: a change of Prisma's wrapping shows
// here.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Proxy } from '../../chaos/proxy.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { createPrisma, type PrismaClient } from './client.ts';
import { faultOf } from './faults.ts';

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

test('a database that is not there, or ends the session or the statement, is away', async () => {
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
  ).toBe('away');
});

test('data that breaks a rule is refused, in a statement and through the client', async () => {
  const { prisma } = database;
  const twice = () => prisma.$executeRaw`INSERT INTO environment_stamp (id, app_env) VALUES (1, 'dev')`;
  await twice();
  expect(await faultIn(twice())).toBe('refused');
  expect(await faultIn(prisma.environmentStamp.create({ data: { id: 1, appEnv: 'dev' } }))).toBe('refused');
  expect(await faultIn(prisma.$queryRaw`SELECT ${'a\0b'}::text`)).toBe('refused');
  expect(await faultIn(prisma.$queryRaw`SELECT ${'99999999999'}::text::int`)).toBe('refused');
});
