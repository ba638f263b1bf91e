// The classifier against a real PostgreSQL, through the client that Heard uses: a change of Prisma's wrapping shows
// here.
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { createPrisma, type PrismaClient } from './client.ts';
import { faultOf } from './faults.ts';

let database: TestDatabase;
let relay: Server;
let throughRelay: PrismaClient;
/** Resets each connection as soon as a statement is sent over it. */
let resetting = false;

beforeAll(async () => {
  database = await createTestDatabase();
  const { hostname, port } = new URL(database.url);
  relay = createServer((client) => {
    const server = connect(Number(port), hostname);
    const end = () => {
      client.resetAndDestroy();
      server.destroy();
    };
    for (const socket of [client, server] satisfies Socket[]) socket.on('error', end).on('close', end);
    client.on('data', (data) => (resetting ? end() : server.write(data)));
    server.pipe(client);
  });
  await new Promise<void>((resolve) => {
    relay.listen(0, '127.0.0.1', resolve);
  });
  const url = new URL(database.url);
  url.port = String((relay.address() as AddressInfo).port);
  throughRelay = createPrisma(url.href, { poolSize: 2 });
});
afterAll(async () => {
  await throughRelay?.$disconnect();
  relay?.close();
  await database?.drop();
});

const faultIn = async (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => faultOf(error),
  );

test('a connection that is reset, in a statement, in a transaction or in a query of the client, is an outage', async () => {
  expect(await faultIn(throughRelay.$queryRaw`SELECT 1`)).toBe('none');
  const works = [
    () => throughRelay.$queryRaw`SELECT 1`,
    () => throughRelay.$executeRaw`INSERT INTO settings (key, value) VALUES ('a', '1'::jsonb)`,
    () => throughRelay.$transaction((tx) => tx.$queryRaw`SELECT 1`),
    () => throughRelay.order.findFirst(),
  ];
  for (const work of works) {
    resetting = true;
    expect(await faultIn(work()), String(work)).toBe('away');
    resetting = false;
    expect(await faultIn(throughRelay.$queryRaw`SELECT 1`)).toBe('none');
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
