// Through a real PgBouncer in transaction mode: sessions are shared by clients, and nothing of ours is lost or left behind
// in them. Poolers that would lose our time-outs or hints are refused in one line.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createDatabase, createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { ensurePgBouncer, startPgBouncer, type PgBouncer } from '../../test/pgbouncer.ts';
import { log } from '../../test/pipeline.ts';
import { createPrisma, type PrismaClient } from './client.ts';
import { awaitDatabaseOf } from './environment.ts';
import { Lineage } from './lineage.ts';
import { awaitPooler } from './pooler.ts';

const there = ensurePgBouncer();
let database: TestDatabase;
let pooler: PgBouncer;
let pooled: string;
let clients: PrismaClient[] = [];
const undo: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  if (!there) return;
  database = await createTestDatabase({ timeZone: 'Asia/Shanghai' });
  undo.push(() => database.drop());
  pooler = await startPgBouncer(inject('postgresUrl'), { default_pool_size: '2' });
  undo.push(() => pooler.stop());
  pooled = pooler.through(database.url);
  clients = [1, 2].map(() => createPrisma(pooled, { poolSize: 5, pooled: true, lineage: new Lineage(log) }));
  for (const client of clients) undo.push(() => client.$disconnect());
});
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

const settings = (sql: Pick<PrismaClient, '$queryRawUnsafe'>) =>
  sql.$queryRawUnsafe(`
    SELECT
      current_setting('TimeZone') AS zone,
      current_setting('statement_timeout') AS longest,
      current_setting('idle_in_transaction_session_timeout') AS pause,
      current_setting('search_path') AS path,
      current_setting('enable_seqscan') AS seqscan,
      current_setting('jit') AS jit,
      pg_backend_pid()::int AS pid
  `) as Promise<{ pid: number }[]>;
const ours = { zone: 'UTC', longest: '6s', pause: '4s', path: 'public', seqscan: 'off', jit: 'off' };

describe.skipIf(!there)('PgBouncer in transaction mode', () => {
  test('every statement of every client has our settings, alone and in a transaction', async () => {
    const seen = await Promise.all(
      Array.from({ length: 90 }, (_, i) => {
        const client = clients[i % 2]!;
        return i % 3 === 0 ? client.$transaction((tx) => settings(tx), { maxWait: 30_000 }) : settings(client);
      }),
    );
    for (const [row] of seen) expect(row).toMatchObject(ours);
    // Ten connections of ours shared two sessions.
    expect(new Set(seen.map(([row]) => row!.pid)).size).toBeLessThanOrEqual(2);
  });

  test('nothing of ours is left behind in a session', async () => {
    await Promise.all(clients.flatMap((client) => Array.from({ length: 10 }, () => settings(client))));
    const other = new pg.Client({ connectionString: pooled });
    await other.connect();
    const { rows } = await other.query(`
      SELECT current_setting('statement_timeout') AS longest, (SELECT count(*)::int FROM pg_prepared_statements) AS named
    `);
    await other.end();
    expect(rows).toEqual([{ longest: '0', named: 0 }]);
  });

  test('statements with and without values, of one row, many and none, answer as without the pooler', async () => {
    const [client] = clients;
    const at = new Date();
    for (let i = 0; i < 3; i += 1) {
      await client!.setting.upsert({
        where: { key: `k${i}` },
        create: { key: `k${i}`, value: i },
        update: { value: i },
      });
    }
    expect(
      await client!.setting.findMany({ where: { key: { startsWith: 'k' } }, orderBy: { key: 'asc' } }),
    ).toMatchObject([0, 1, 2].map((value) => ({ key: `k${value}`, value })));
    expect(await client!.$queryRaw`SELECT ${at}::timestamptz AS at, NULL::text AS none, ARRAY[1, 2] AS list`).toEqual([
      { at, none: null, list: [1, 2] },
    ]);
    expect(await client!.$executeRaw`UPDATE settings SET value = '7' WHERE key LIKE 'k%'`).toBe(3);
    expect(await client!.$executeRaw`DELETE FROM settings WHERE key = 'none'`).toBe(0);
    await expect(client!.$queryRaw`SELECT 1 / ${0}::int`).rejects.toThrow('division by zero');
    await expect(client!.$queryRaw`SELECT nothing_like_it`).rejects.toThrow();
    expect(await client!.$queryRaw`SELECT 1 AS still`).toEqual([{ still: 1 }]);
  });

  test('a statement that takes too long is ended by the database itself, alone and in a transaction', async () => {
    const impatient = createPrisma(pooled, { poolSize: 1, pooled: true });
    try {
      const beganAt = Date.now();
      await expect(impatient.$queryRaw`SELECT pg_sleep(30)::text`).rejects.toThrow(/statement timeout/);
      await expect(
        impatient.$transaction((tx) => tx.$queryRaw`SELECT pg_sleep(30)::text`, { timeout: 30_000 }),
      ).rejects.toThrow(/statement timeout/);
      expect(Date.now() - beganAt).toBeLessThan(25_000);
    } finally {
      await impatient.$disconnect();
    }
  });

  test('a process that stands still in a transaction loses its locks', async () => {
    const [one, two] = clients;
    await one!.setting.upsert({ where: { key: 'lock' }, create: { key: 'lock', value: 1 }, update: { value: 1 } });
    let goOn = () => {};
    const still = new Promise<void>((resolve) => (goOn = resolve));
    const frozen = one!.$transaction(
      async (tx) => {
        await tx.$executeRaw`UPDATE settings SET value = '2' WHERE key = 'lock'`;
        await still;
        await tx.$executeRaw`UPDATE settings SET value = '3' WHERE key = 'lock'`;
      },
      { timeout: 60_000 },
    );
    await two!.$executeRaw`UPDATE settings SET value = '4' WHERE key = 'lock'`;
    goOn();
    await expect(frozen).rejects.toThrow();
    expect(await two!.setting.findUnique({ where: { key: 'lock' } })).toMatchObject({ value: 4 });
  });

  test('the start takes it with a direct address, and finds the time-outs within transactions', async () => {
    await awaitDatabaseOf('any', database.url, log, 'DATABASE_DIRECT_URL');
    await awaitPooler(pooled, database.url, log);
  });

  test('two addresses that lead to two databases are refused', async () => {
    const other = await createDatabase(inject('postgresUrl'));
    try {
      await expect(awaitPooler(pooled, other.url, log)).rejects.toThrow(/lead to two databases/);
    } finally {
      await other.drop();
    }
  });

  test.each([
    [
      'it refuses settings',
      {},
      /leads to a pooler at 127\.0\.0\.1:\d+ that refuses our settings: .*set DATABASE_DIRECT_URL/,
    ],
    [
      'it drops settings',
      { ignore_startup_parameters: 'options,extra_float_digits' },
      /drops our time-outs and time zone, by ignore_startup_parameters: .*set DATABASE_DIRECT_URL/,
    ],
  ])('without a direct address it is refused in one line: %s', async (_, more, words) => {
    const dropping = await startPgBouncer(inject('postgresUrl'), more);
    try {
      for (const variable of ['DATABASE_URL', 'DATABASE_DIRECT_URL'] as const) {
        const failure = await awaitDatabaseOf('any', dropping.through(database.url), log, variable).catch(
          (error: unknown) => error,
        );
        expect(failure).toMatchObject({ code: 'INVALID_CONFIG' });
        expect((failure as Error).message).toMatch(new RegExp(`^${variable} leads to a pooler [^\\n]+$`));
        if (variable === 'DATABASE_URL') expect((failure as Error).message).toMatch(words);
      }
    } finally {
      await dropping.stop();
    }
  });

  test("one that has our settings as the role's own, and lends sessions, is refused as well", async () => {
    const name = new URL(database.url).pathname.slice(1);
    for (const setting of ["timezone = 'UTC'", "idle_in_transaction_session_timeout = '4s'"])
      await database.prisma.$executeRawUnsafe(`ALTER ROLE CURRENT_USER IN DATABASE ${name} SET ${setting}`);
    const lending = await startPgBouncer(inject('postgresUrl'), { ignore_startup_parameters: 'options' });
    try {
      await expect(awaitDatabaseOf('any', lending.through(database.url), log)).rejects.toThrow(
        /lends one session to several clients, by pool_mode=transaction: .*set DATABASE_DIRECT_URL/,
      );
      const session = await startPgBouncer(inject('postgresUrl'), {
        ignore_startup_parameters: 'options',
        pool_mode: 'session',
      });
      // In session mode nothing is lost.
      await awaitDatabaseOf('any', session.through(database.url), log).finally(() => session.stop());
    } finally {
      await lending.stop();
    }
  });

  test('a pooler without transactions, a wrong password and an unknown database end the start in one line', async () => {
    const none = await startPgBouncer(inject('postgresUrl'), { pool_mode: 'statement' });
    const wrong = new URL(pooled);
    wrong.password = 'wrong';
    const unknown = new URL(pooled);
    unknown.pathname = '/none_here';
    try {
      await expect(awaitPooler(none.through(database.url), database.url, log)).rejects.toThrow(
        /pool_mode=transaction$/,
      );
      for (const { href } of [wrong, unknown])
        await expect(awaitPooler(href, database.url, log)).rejects.toThrow(/^DATABASE_URL is refused by [^\n]+$/);
    } finally {
      await none.stop();
    }
  });
});
