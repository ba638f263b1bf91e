// A standby, and a primary that was demoted and stays up read-only behind a proxy that keeps its connections: neither is
// taken for a database, and the promoted one is found without a restart.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Proxy } from '../../chaos/proxy.ts';
import { demote, dropSlot, startStandby, type Standby } from '../../chaos/standby.ts';
import { startPostgres } from '../../scripts/local/postgres.mjs';
import { freePort, removedInTheEnd, temporaryDirectory } from '../../scripts/local/process.mjs';
import { log } from '../../test/pipeline.ts';
import { until } from '../../test/until.ts';
import { Problem } from '../http/problems.ts';
import { Status, type StatusDeps } from '../monitor/status.ts';
import { addHealthRoutes } from '../web/health.ts';
import { Bus } from './bus.ts';
import { createPrisma, type PrismaClient } from './client.ts';
import { awaitDatabaseOf } from './environment.ts';
import { Lineage } from './lineage.ts';
import { migrate } from './migrate.ts';

const NAME = 'heard';
const undo: (() => unknown)[] = [];
let primary: Awaited<ReturnType<typeof startPostgres>>;
let standby: Standby;
let proxy: Proxy;
let port: number;
let url: string;
let prisma: PrismaClient;
let bus: Bus;
let status: Status;
const lineage = new Lineage(log);
const changes: string[] = [];
const app = new Hono();
app.onError((error) => (error as Problem).toResponse());

beforeAll(async () => {
  const directory = temporaryDirectory('standby');
  undo.push(removedInTheEnd(directory));
  primary = await startPostgres({
    dataDir: path.join(directory, 'primary'),
    port: await freePort(),
    logFile: path.join(directory, 'primary.log'),
  });
  undo.push(() => primary.stop());
  await primary.ensureDatabase(NAME);
  await migrate(primary.url(NAME), log);
  standby = await startStandby(primary, path.join(directory, 'standby.log'));
  undo.push(async () => {
    await dropSlot(primary).catch(() => {});
    await standby.stop();
  });
  port = primary.port;
  proxy = await new Proxy(() => port).listen();
  const behind = new URL(primary.url(NAME));
  behind.port = String(proxy.port);
  url = behind.href;
  lineage.onChange((reason) => changes.push(reason));
  prisma = createPrisma(url, { lineage });
  bus = new Bus({ databaseUrl: url, lineage, log });
  await bus.start();
  status = new Status({
    log,
    prisma,
    lineage,
    databaseTrouble: () => null,
    consumer: { readiness: () => ({ ready: true }) },
    lag: { lag: null },
    readAgain: { held: false },
    source: { status: { state: 'ok', inFlight: 0, limit: 10 } },
  } as unknown as StatusDeps);
  status.start();
  addHealthRoutes(app, { prisma, status });
  undo.push(
    () => proxy.close(),
    () => prisma.$disconnect(),
    () => bus.stop(),
    () => status.stop(),
  );
}, 120_000);
afterAll(async () => {
  for (const one of undo.toReversed()) await one();
});

const ready = async () => {
  const answer = await app.request('/readyz');
  return [answer.status, await answer.text()] as const;
};
const notReady = /the database takes no changes: it is a standby, or read-only|the database does not answer/;
const write = () => prisma.setting.create({ data: { key: randomUUID(), value: 1 } });

test(
  'a demoted primary that stays up is not ready; the promoted standby is, without a restart',
  { timeout: 120_000 },
  async () => {
    await until('it is ready', async () => (await ready())[0] === 200);
    await write();
    const before = lineage.current;

    // As operators demote it. Connections stay open, and reads are still answered.
    await demote(primary);
    await until('it is not ready', async () => (await ready())[0] === 503);
    expect((await ready())[1]).toMatch(notReady);
    await expect(write()).rejects.toThrow();
    await expect(prisma.$queryRaw`SELECT 1`).rejects.toThrow();
    await until('screens are told', () => status.health().database === 'away');

    // The proxy points at a standby that is not promoted yet.
    port = standby.postgres.port;
    proxy.resetAll();
    expect((await ready())[0]).toBe(503);
    await expect(prisma.$queryRaw`SELECT 1`).rejects.toThrow();
    let begun = false;
    const start = awaitDatabaseOf('test', url, log).then(() => {
      begun = true;
    });
    // Back at the demoted primary, whose connections the proxy keeps from now on.
    port = primary.port;
    expect((await ready())[0]).toBe(503);

    await standby.promote();
    expect([(await ready())[0], begun]).toEqual([503, false]);
    port = standby.postgres.port;
    await until('it is ready again', async () => (await ready())[0] === 200);
    await write();
    await start;
    expect([lineage.current === before, changes.length > 0]).toEqual([false, true]);
    await until('screens are told', () => status.health().database === 'ok');

    const other = new Bus({ databaseUrl: standby.postgres.url(NAME), log });
    await other.start();
    const heard = new Set<string>();
    bus.on('settings', (keys) => {
      for (const key of keys) heard.add(key);
    });
    await until('hints of the new primary are heard', () => {
      other.publish('settings', ['a-key']);
      return heard.has('a-key');
    });
    await other.stop();
  },
);
