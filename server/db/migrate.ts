// Applies pending migrations when a server starts. Of several that start at once, one holds an advisory lock and
// migrates; the others wait for it and find nothing to do. `prisma migrate deploy` on the same folder does the same.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Sql } from './client.ts';
import { NO_FILTERS, readMigrations, withSchemaEngine } from './schema-engine.mjs';
import { schemaAt, sessionAt, sessionClient } from './session.mjs';

/** Any number that nothing else on this database locks: "heard" in ASCII. */
const LOCK = 0x6865617264;
const LOCK_WAIT_MS = 120_000;
const LOCK_AGAIN_MS = 200;
const TABLE_AGAIN_MS = 2000;

export class MigrationError extends Error {}

/**
 * The project's folder, whether this runs from the sources or from the bundle in dist/, and from wherever it is
 * started.
 */
export const projectRoot = (): string => {
  let directory = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(directory, 'package.json'))) directory = path.dirname(directory);
  return directory;
};

export const migrationsFolder = (): string => path.join(projectRoot(), 'prisma', 'migrations');

/** The migrations of this version that the database lacks. */
export async function pendingMigrations(prisma: Sql): Promise<string[]> {
  const rows = await prisma.$queryRaw<
    { name: string }[]
  >`SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL`;
  const applied = new Set(rows.map(({ name }) => name));
  return (await readMigrations(migrationsFolder())).migrationDirectories
    .map(({ path: name }) => name)
    .filter((name) => !applied.has(name));
}

/**
 * @returns the names of the migrations that this call applied
 * @throws MigrationError with one line to show
 */
export async function migrate(
  databaseUrl: string,
  log: Pick<Logger, 'info'>,
  { lockWaitMs = LOCK_WAIT_MS, folder = migrationsFolder() }: { lockWaitMs?: number; folder?: string } = {},
): Promise<string[]> {
  const migrationsList = await readMigrations(folder);
  if (!migrationsList.migrationDirectories.length) throw new MigrationError(`There are no migrations in ${folder}`);
  // A connection of its own, since the lock lives as long as its session: a process that dies gives it back.
  const holder = sessionClient({
    ...sessionAt(databaseUrl),
    connectionTimeoutMillis: 10_000,
    application_name: 'heard-migrate',
  });
  holder.on('error', () => {});
  try {
    await holder.connect();
    await lock(holder, lockWaitMs);
    await ensureSchema(holder, schemaAt(databaseUrl));
    const appliedMigrationNames = await applied(databaseUrl, migrationsList, holder, log, lockWaitMs);
    if (appliedMigrationNames.length) log.info({ migrations: appliedMigrationNames }, 'migrations applied');
    return appliedMigrationNames;
  } catch (error) {
    const why = messageOf(error);
    const missing = /permission denied for (schema|database) \w+/.exec(why);
    throw new MigrationError(
      `The database could not be migrated: ${missing ? rightWords(databaseUrl, missing[0], missing[1]!) : why}`,
      { cause: error },
    );
  } finally {
    await holder.end().catch(() => {});
  }
}

/**
 * A statement that waits for a table's lock holds up all later statements on that table, and so the kitchens. It gives up
 * after some seconds, and is tried again while a backup or the like holds the table.
 */
async function applied(
  databaseUrl: string,
  migrationsList: Awaited<ReturnType<typeof readMigrations>>,
  holder: pg.Client,
  log: Pick<Logger, 'info'>,
  waitMs: number,
): Promise<string[]> {
  const givenUpAt = performance.now() + waitMs;
  for (;;) {
    try {
      const { appliedMigrationNames } = await withSchemaEngine(databaseUrl, (engine) =>
        engine.applyMigrations({ migrationsList, filters: NO_FILTERS }),
      );
      return appliedMigrationNames;
    } catch (error) {
      if (!/lock timeout/.test(messageOf(error)) || performance.now() > givenUpAt) throw error;
      // Each migration is one transaction, so nothing of it stayed, but for the engine's note that it began.
      const { rows } = await holder.query<{ name: string }>(
        'UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL RETURNING migration_name AS name',
      );
      log.info({ migrations: rows.map(({ name }) => name) }, 'a migration waits for a table that others hold');
      await sleep(TABLE_AGAIN_MS);
    }
  }
}

/**
 * It is asked for again and again, since a statement that waits for a lock holds a snapshot: an index that is built
 * concurrently by the lock's holder would wait for it for ever.
 */
async function lock(holder: pg.Client, waitMs: number): Promise<void> {
  const givenUpAt = performance.now() + waitMs;
  for (;;) {
    const { rows } = await holder.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [LOCK]);
    if (rows[0]!.free) return;
    if (performance.now() > givenUpAt) throw new Error(`another process has been migrating it for ${waitMs / 1000} s`);
    await sleep(LOCK_AGAIN_MS);
  }
}

async function ensureSchema(holder: pg.Client, schema: string): Promise<void> {
  const { rowCount } = await holder.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
  if (rowCount === 0) await holder.query(`CREATE SCHEMA ${pg.escapeIdentifier(schema)}`);
}

function rightWords(databaseUrl: string, why: string, kind: string): string {
  const { username, pathname } = new URL(databaseUrl.replace('@/', '@localhost/'));
  const name = kind === 'schema' ? schemaAt(databaseUrl) : pathname.slice(1);
  return (
    `${why}: its role may make no tables. As the owner, run GRANT CREATE ON ${kind.toUpperCase()} ${name}` +
    ` TO ${decodeURIComponent(username)}`
  );
}
