// Migrations on a real PostgreSQL: they lead to the schema, several servers may start at once, and Prisma's own records
// agree.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { createDatabase } from '../../test/database.ts';
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

  test('say in one line what went wrong', async () => {
    const failure = await migrate('postgresql://heard:wrong@127.0.0.1:1/heard', log).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MigrationError);
    expect((failure as Error).message).toMatch(/^The database could not be migrated: .*ECONNREFUSED[^\n]*$/);
  });
});
