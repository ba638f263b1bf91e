// Migrations on a real PostgreSQL: they lead to the schema, several servers may start at once, and Prisma's own records
// agree.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryDirectory } from '../../scripts/local/process.mjs';
import pg from 'pg';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { createDatabase } from '../../test/database.ts';
import { until } from '../../test/until.ts';
import { MigrationError, migrate, migrationsFolder } from './migrate.ts';
import { migrationsToSchema, readMigrations, withSchemaEngine } from './schema-engine.mjs';

const log = { info: () => {} };
const drops: (() => Promise<void>)[] = [];

async function emptyDatabase(): Promise<string> {
  const { url, drop } = await createDatabase(inject('postgresUrl'));
  drops.push(drop);
  return url;
}

async function rows<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

afterEach(async () => {
  await Promise.all(drops.splice(0).map((drop) => drop()));
});

describe('migrations', () => {
  test('lead to exactly the schema (else: npm run db:migration -- --name ...)', async () => {
    const schema = readFileSync(path.join(migrationsFolder(), '../schema.prisma'), 'utf8');
    const migrations = await readMigrations(migrationsFolder());
    expect(
      await withSchemaEngine(inject('postgresUrl'), (engine) => migrationsToSchema(engine, migrations, schema)),
    ).toBe('');
  });

  test('are applied once when three servers start at once', async () => {
    const url = await emptyDatabase();
    const all = (await readMigrations(migrationsFolder())).migrationDirectories.map(({ path: name }) => name);
    const applied = await Promise.all([migrate(url, log), migrate(url, log), migrate(url, log)]);
    expect(applied.flat().toSorted()).toEqual(all);
    const recorded = await rows<{ migration_name: string; done: boolean }>(
      url,
      'SELECT migration_name, finished_at IS NOT NULL AS done FROM _prisma_migrations ORDER BY 1',
    );
    expect(recorded).toEqual(all.map((name) => ({ migration_name: name, done: true })));
    expect(await migrate(url, log)).toEqual([]);
  });

  test('do not wait for ever while another process migrates', async () => {
    const url = await emptyDatabase();
    const holder = new pg.Client({ connectionString: url });
    await holder.connect();
    try {
      await holder.query('SELECT pg_advisory_lock($1)', [0x6865617264]);
      await expect(migrate(url, log, { lockWaitMs: 300 })).rejects.toThrow(
        /^The database could not be migrated: another process has been migrating it for 0\.3 s$/,
      );
    } finally {
      await holder.end();
    }
  });

  /** All migrations and a next one. */
  function folderWith(sql: string): { folder: string; next: string } {
    const [folder, next] = [temporaryDirectory('migrations'), '99990101000000_next'];
    drops.push(async () => rmSync(folder, { recursive: true, force: true }));
    cpSync(migrationsFolder(), folder, { recursive: true });
    mkdirSync(path.join(folder, next));
    writeFileSync(path.join(folder, next, 'migration.sql'), sql);
    return { folder, next };
  }

  test('build an index concurrently, also while other processes wait to migrate', async () => {
    const url = await emptyDatabase();
    const { folder, next } = folderWith('-- why\nCREATE INDEX CONCURRENTLY "next_idx" ON "orders"("number");\n');
    const applied = await Promise.all([1, 2, 3].map(() => migrate(url, log, { folder })));
    expect(applied.flat().filter((name) => name === next)).toEqual([next]);
    expect(await rows(url, "SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = 'next_idx'::regclass")).toEqual(
      [{ valid: true }],
    );
  });

  test('hold up nobody while another session, such as a backup, holds a table', async () => {
    const url = await emptyDatabase();
    await migrate(url, log);
    const { folder, next } = folderWith('ALTER TABLE "orders" ADD COLUMN "next" TEXT;\n');
    const backup = new pg.Client({ connectionString: url });
    await backup.connect();
    const said: string[] = [];
    try {
      await backup.query('BEGIN; LOCK TABLE orders IN ACCESS SHARE MODE');
      const migrating = migrate(
        url,
        { info: (_: unknown, message?: string) => void said.push(message ?? '') },
        { folder },
      );
      migrating.catch(() => {});
      await until('it has given way twice', async () => {
        // The kitchens go on; each wait for the migration is short.
        await rows(url, 'SELECT count(*) FROM orders');
        return said.filter((message) => message.includes('waits for a table')).length >= 2;
      });
      await backup.query('COMMIT');
      expect(await migrating).toEqual([next]);
    } finally {
      await backup.end();
    }
    expect(await rows(url, "SELECT 1 AS n FROM information_schema.columns WHERE column_name = 'next'")).toHaveLength(1);
    expect(await migrate(url, log, { folder })).toEqual([]);
  });

  test('say in one line what went wrong', async () => {
    const failure = await migrate('postgresql://heard:wrong@127.0.0.1:1/heard', log).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MigrationError);
    expect((failure as Error).message).toMatch(/^The database could not be migrated: .*ECONNREFUSED[^\n]*$/);
  });
});
