// A real PgBouncer before a real PostgreSQL, in transaction mode unless a test asks for another. It is Debian's package,
// which is installed where root may do so. Elsewhere the tests say aloud that they were skipped.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import {
  freePort,
  installByApt,
  isRootOnDebian,
  removedInTheEnd,
  startProgram,
  stopProgram,
  temporaryDirectory,
  untilReady,
} from '../scripts/local/process.mjs';

const PROGRAM = '/usr/sbin/pgbouncer';

export interface PgBouncer {
  port: number;
  /** The same database by way of the pooler. */
  through(url: string): string;
  stop(): Promise<void>;
}

/** @returns whether there is one, installed just now or before */
export function ensurePgBouncer(): boolean {
  if (existsSync(PROGRAM)) return true;
  if (isRootOnDebian()) {
    try {
      installByApt(['pgbouncer'], console.log);
      return true;
    } catch (error) {
      console.log((error as Error).message);
    }
  }
  console.log('SKIPPED: there is no PgBouncer on this machine (Debian: apt-get install pgbouncer).');
  return false;
}

/** @param postgresUrl of a role that may read the passwords of the others */
export async function startPgBouncer(postgresUrl: string, settings: Record<string, string> = {}): Promise<PgBouncer> {
  const directory = temporaryDirectory('pgbouncer');
  const removed = removedInTheEnd(directory);
  const { port: behind, username, password } = new URL(postgresUrl);
  const port = await freePort();
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    unix_socket_dir: '',
    auth_type: 'scram-sha-256',
    auth_file: path.join(directory, 'users.txt'),
    auth_user: username,
    auth_query: 'SELECT usename, passwd FROM pg_shadow WHERE usename = $1',
    pool_mode: 'transaction',
    max_client_conn: '2000',
    // Far fewer than clients, so that a session goes from one to the next.
    default_pool_size: '8',
    server_idle_timeout: '5',
    ...settings,
  };
  writeFileSync(path.join(directory, 'users.txt'), `"${username}" "${password}"\n`);
  writeFileSync(
    path.join(directory, 'pgbouncer.ini'),
    [
      '[databases]',
      `* = host=127.0.0.1 port=${behind}`,
      '[pgbouncer]',
      ...Object.entries(all).map(([name, value]) => `${name} = ${value}`),
      '',
    ].join('\n'),
  );
  chmodSync(directory, 0o755);
  const logFile = path.join(directory, 'pgbouncer.log');
  const program = await startProgram('PgBouncer', PROGRAM, [path.join(directory, 'pgbouncer.ini')], {
    logFile,
    ...otherUser(),
  });
  const through = (url: string) => {
    const pooled = new URL(url);
    pooled.port = String(port);
    return pooled.href;
  };
  const stop = async () => {
    await stopProgram(program, 'SIGKILL', 5000);
    await removed();
  };
  try {
    await untilReady(program, 20_000, async () => {
      const client = new pg.Client({ connectionString: through(postgresUrl), connectionTimeoutMillis: 2000 });
      client.on('error', () => {});
      try {
        await client.connect();
        await client.query('SELECT 1');
      } finally {
        await client.end().catch(() => {});
      }
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, through, stop };
}

/** It refuses to run as root; the package brings the user along. */
function otherUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
