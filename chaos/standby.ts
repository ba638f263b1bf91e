// A real standby of the ground's PostgreSQL: a base backup that streams through a proxy and applies late, so that a
// promotion finds the last transactions missing.
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPostgres } from '../scripts/local/postgres.mjs';
import { freePort } from '../scripts/local/process.mjs';
import type { Postgres } from './ground.ts';
import { Proxy } from './proxy.ts';

const SLOT = 'standby';
/** How far it lags behind all the time. */
const APPLY_DELAY = '2s';
const PATIENCE_MS = 60_000;

export interface Standby {
  postgres: Postgres;
  /** From now on the primary's transactions do not reach it. */
  cutOff(): Promise<void>;
  /** Resolves once everything that the primary has written is here. */
  receivedAllOf(primary: Postgres): Promise<void>;
  /** It becomes a primary of its own. The former one must have ended. */
  promote(): Promise<void>;
  stop(): Promise<void>;
}

async function onPostgres<T>(postgres: Postgres, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: postgres.url(), connectionTimeoutMillis: 3000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}

export async function startStandby(primary: Postgres, logFile: string): Promise<Standby> {
  const link = await new Proxy(() => primary.port).listen();
  const dataDir = `${primary.dataDir}-standby`;
  await onPostgres(primary, (client) => baseBackup(client, primary.dataDir, dataDir));
  writeFileSync(path.join(dataDir, 'standby.signal'), '');
  own(dataDir, primary.dataDir);
  const { username, password } = new URL(primary.url());
  const postgres = await startPostgres({
    dataDir,
    port: await freePort(),
    logFile,
    settings: {
      primary_conninfo: `host=127.0.0.1 port=${link.port} user=${username} password=${password}`,
      primary_slot_name: SLOT,
      recovery_min_apply_delay: APPLY_DELAY,
    },
  });
  return {
    postgres,
    cutOff: () => link.refuse(),
    async receivedAllOf(from) {
      const written = await onPostgres(from, (client) =>
        client.query<{ lsn: string }>('SELECT pg_current_wal_lsn()::text AS lsn'),
      );
      const { lsn } = written.rows[0]!;
      await onPostgres(postgres, async (client) => {
        for (const until = Date.now() + PATIENCE_MS; ; await sleep(50)) {
          const { rows } = await client.query<{ all: boolean }>(
            'SELECT pg_last_wal_receive_lsn() >= $1::pg_lsn AS all',
            [lsn],
          );
          if (rows[0]!.all) return;
          if (Date.now() > until) throw new Error('the standby does not receive everything');
        }
      });
    },
    async promote() {
      await onPostgres(postgres, async (client) => {
        await client.query('SELECT pg_promote(true, 60)');
        for (const until = Date.now() + PATIENCE_MS; ; await sleep(50)) {
          const { rows } = await client.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby');
          if (!rows[0]!.standby) return;
          if (Date.now() > until) throw new Error('the standby was not promoted');
        }
      });
    },
    async stop() {
      await postgres.stop();
      await link.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The files are copied while the primary writes on, as pg_basebackup does. */
async function baseBackup(client: pg.Client, from: string, to: string): Promise<void> {
  await client.query('SELECT pg_create_physical_replication_slot($1, true)', [SLOT]);
  await client.query("SELECT pg_backup_start('standby', true)");
  const left = new Set(['postmaster.pid', 'postmaster.opts', path.join('pg_replslot', SLOT)]);
  cpSync(from, to, { recursive: true, filter: (source) => !left.has(path.relative(from, source)) });
  const { rows } = await client.query<{ label: string }>('SELECT labelfile AS label FROM pg_backup_stop(false)');
  writeFileSync(path.join(to, 'backup_label'), rows[0]!.label);
}

/** PostgreSQL wants its files for itself, and does not run as root. */
function own(folder: string, like: string): void {
  execFileSync('chmod', ['-R', 'go-rwx', folder]);
  const { uid, gid } = statSync(like);
  if (uid !== process.getuid?.()) execFileSync('chown', ['-R', `${uid}:${gid}`, folder]);
}

const readOnly = (primary: Postgres, sql: string) =>
  onPostgres(primary, async (client) => {
    await client.query(sql);
    await client.query('SELECT pg_reload_conf()');
  });
/** It stays up, answers questions, and takes no changes, on connections that are open already as well. */
export const demote = (primary: Postgres): Promise<void> =>
  readOnly(primary, 'ALTER SYSTEM SET default_transaction_read_only = on');
export const undoDemotion = (primary: Postgres): Promise<void> =>
  readOnly(primary, 'ALTER SYSTEM RESET default_transaction_read_only');

/** The primary forgets it. */
export const dropSlot = (primary: Postgres): Promise<unknown> =>
  onPostgres(primary, (client) =>
    client.query('SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1', [SLOT]),
  );
