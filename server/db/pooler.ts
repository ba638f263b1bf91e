// Looks, at the start, whether the addresses lead where they should: to sessions that are ours alone and have our
// settings, or, with DATABASE_DIRECT_URL, to one database by both ways. A pooler that drops time-outs without a word would
// let a frozen process hold an order for ever; one that lends a session to others would lose hints and locks.
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { HeardError, messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { hostOf, poolerWords, refusalOf, type DatabaseVariable } from './refusals.ts';
import { pooledSessionAt, sessionAt, sessionClient } from './session.mjs';

/** Any that tells whether settings arrive. */
const PROBE = { idle_in_transaction_session_timeout: '4000' };
const TIMEOUTS = { connectionTimeoutMillis: 5000, query_timeout: 5000 };
const AGAIN_MS = 1000;

/** @throws HeardError INVALID_CONFIG, or the error of a database that is away */
export async function checkSession(databaseUrl: string, variable: DatabaseVariable): Promise<void> {
  const place = hostOf(databaseUrl);
  await withClients(
    () => sessionClient({ ...sessionAt(databaseUrl, PROBE), ...TIMEOUTS }),
    async ([first, second]) => {
      const settings = (await first.query<{ zone: string; pause: string; pid: number }>(SETTINGS)).rows[0]!;
      if (settings.zone !== 'UTC' || settings.pause !== '4s')
        refuse(poolerWords(variable, place, 'drops our time-outs and time zone, by ignore_startup_parameters'));
      // A pooler tells us another process than the one that works for us. In transaction mode it lends the same one to the
      // next client while the first one is connected.
      if (settings.pid === (first as unknown as { processID: number }).processID) return;
      await second.query('BEGIN');
      const other = (await second.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]!.pid;
      await second.query('ROLLBACK');
      if (other === settings.pid)
        refuse(poolerWords(variable, place, 'lends one session to several clients, by pool_mode=transaction'));
    },
  );
}

const SETTINGS = `
  SELECT
    current_setting('TimeZone') AS zone,
    current_setting('idle_in_transaction_session_timeout') AS pause,
    pg_backend_pid() AS pid
`;

/**
 * Waits for the pooler, and looks whether settings arrive through it and whether it leads to the same database as the
 * direct address.
 * @throws HeardError INVALID_CONFIG
 */
export async function awaitPooler(databaseUrl: string, directUrl: string, log: Logger): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await checkPooler(databaseUrl, directUrl);
    } catch (error) {
      if (error instanceof HeardError) throw error;
      const refusal = refusalOf(error, 'DATABASE_URL', databaseUrl);
      if (refusal !== null) refuse(refusal);
      if (tries % 10 === 0) log.warn({ host: hostOf(databaseUrl), error: messageOf(error) }, 'waiting for the pooler');
      await sleep(AGAIN_MS);
    }
  }
}

async function checkPooler(databaseUrl: string, directUrl: string): Promise<void> {
  const clients = [
    () => sessionClient({ ...sessionAt(directUrl), ...TIMEOUTS }),
    () => sessionClient({ ...pooledSessionAt(databaseUrl, PROBE), ...TIMEOUTS }),
  ];
  await withClients(
    () => clients.shift()!(),
    async ([direct, pooled]) => {
      // A lock of this kind is known in its database only.
      const key = randomInt(2 ** 31);
      await direct.query('SELECT pg_advisory_lock($1, $2)', [DIRECT, key]);
      await pooled.query('BEGIN').catch((error: unknown) => {
        if ((error as { code?: string }).code === '08P01')
          refuse(
            `DATABASE_URL leads to a pooler without transactions (${messageOf(error)}): set pool_mode=transaction`,
          );
        throw error;
      });
      const settings = (await pooled.query<{ zone: string; pause: string }>(SETTINGS)).rows[0]!;
      const { free } = (
        await pooled.query<{ free: boolean }>('SELECT pg_try_advisory_xact_lock($1, $2) AS free', [DIRECT, key])
      ).rows[0]!;
      await pooled.query('ROLLBACK');
      if (free) refuse('DATABASE_URL and DATABASE_DIRECT_URL lead to two databases, and must lead to one');
      if (settings.zone !== 'UTC' || settings.pause !== '4s')
        refuse(`DATABASE_URL leads to a pooler at ${hostOf(databaseUrl)} that keeps no setting within a transaction`);
    },
  );
}

/** The first half of the lock's key: "heardp" cut to a number that nothing else on this database locks. */
const DIRECT = 0x68656172;

function refuse(line: string): never {
  throw new HeardError('INVALID_CONFIG', line);
}

async function withClients(make: () => pg.Client, use: (clients: [pg.Client, pg.Client]) => Promise<void>) {
  const clients: [pg.Client, pg.Client] = [make(), make()];
  try {
    for (const client of clients) {
      client.on('error', () => {});
      await client.connect();
    }
    await use(clients);
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => {})));
  }
}
