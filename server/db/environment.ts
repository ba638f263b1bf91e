// Keeps environments apart: a database is stamped with its environment at the first start, and a process of another
// environment refuses it before any migration.
import { setTimeout as sleep } from 'node:timers/promises';
import { HeardError, messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { notWritable, WRITABLE } from './lineage.ts';
import { checkSession } from './pooler.ts';
import { hostOf, refusalOf, type DatabaseVariable } from './refusals.ts';
import { sessionAt, sessionClient } from './session.mjs';

const AGAIN_MS = 1000;

/**
 * Waits until the database answers and takes changes, and compares its stamp.
 * @throws HeardError WRONG_ENVIRONMENT, or INVALID_CONFIG when the database refuses us for good
 */
export async function awaitDatabaseOf(
  appEnv: string,
  databaseUrl: string,
  log: Logger,
  variable: DatabaseVariable = 'DATABASE_URL',
): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const client = sessionClient({ ...sessionAt(databaseUrl), connectionTimeoutMillis: 5000, query_timeout: 5000 });
    client.on('error', () => {});
    try {
      await client.connect();
      await checkSession(databaseUrl, variable);
      const {
        rows: [{ stamped, writable }],
      } = await client.query(`SELECT to_regclass('environment_stamp') IS NOT NULL AS stamped, ${WRITABLE}`);
      if (stamped) refuseOther(appEnv, (await client.query('SELECT app_env FROM environment_stamp')).rows[0]?.app_env);
      if (!writable) throw notWritable();
      return;
    } catch (error) {
      if (error instanceof HeardError) throw error;
      const refusal = refusalOf(error, variable, databaseUrl);
      if (refusal !== null) throw new HeardError('INVALID_CONFIG', refusal);
      if (tries % 10 === 0)
        log.warn({ host: hostOf(databaseUrl), error: messageOf(error) }, 'waiting for the database');
      await sleep(AGAIN_MS);
    } finally {
      await client.end().catch(() => {});
    }
  }
}

/**
 * Stamps a migrated database that has no stamp yet; of several processes that try, one wins.
 * @throws HeardError WRONG_ENVIRONMENT
 */
export async function stampDatabase(appEnv: string, databaseUrl: string): Promise<void> {
  const client = sessionClient({ ...sessionAt(databaseUrl), connectionTimeoutMillis: 5000, query_timeout: 5000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('INSERT INTO environment_stamp (id, app_env) VALUES (1, $1) ON CONFLICT (id) DO NOTHING', [
      appEnv,
    ]);
    refuseOther(appEnv, (await client.query('SELECT app_env FROM environment_stamp')).rows[0]?.app_env);
  } finally {
    await client.end().catch(() => {});
  }
}

/** @throws HeardError WRONG_ENVIRONMENT */
export function refuseOther(appEnv: string, stamped: string | undefined): void {
  if (stamped === undefined || stamped === appEnv) return;
  throw new HeardError(
    'WRONG_ENVIRONMENT',
    `APP_ENV is ${appEnv}, but this database belongs to ${stamped}: give this environment a database of its own`,
  );
}
