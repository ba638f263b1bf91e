// The set-up of a bench: a real Kafka, a real PostgreSQL that waits for its disk, the ordering platform in this
// process, and the built server as a child. All of it lives in a temporary folder and ends with this process.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startKafka } from '../../scripts/local/kafka.mjs';
import { startPostgres } from '../../scripts/local/postgres.mjs';
import { freePort, removedInTheEnd, temporaryDirectory } from '../../scripts/local/process.mjs';
import { Operator } from '../../simulator/operator.ts';
import { startBuiltServer } from '../../test/built-server.ts';
import { printTable } from './statistics.ts';
import type { Restaurant } from '../../simulator/restaurants/index.ts';

export const OPS_TOKEN = 'bench-bench-bench-bench';

export interface Bench {
  directory: string;
  brokers: string;
  postgres: Awaited<ReturnType<typeof startPostgres>>;
  kafka: Awaited<ReturnType<typeof startKafka>>;
  /** Run at the end, in reverse. */
  undo: (() => unknown)[];
}

/** Sets up, runs `work`, and ends everything that was started, also after a failure or Ctrl-C. */
export async function withBench(name: string, work: (bench: Bench) => Promise<void>): Promise<void> {
  const directory = temporaryDirectory(`bench-${name}`);
  const undo: (() => unknown)[] = [removedInTheEnd(directory)];
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Error('interrupted')));
  });
  try {
    // fsync is on, as in production. Commit timestamps tell when each transaction was committed.
    const settings = {
      track_commit_timestamp: 'on',
      max_wal_size: '4GB',
      ...(flag('statements') && { shared_preload_libraries: 'pg_stat_statements' }),
    };
    const postgres = await startPostgres({
      dataDir: path.join(directory, 'postgres'),
      port: await freePort(),
      logFile: path.join(directory, 'postgres.log'),
      settings,
    });
    undo.push(() => postgres.stop());
    const kafka = await startKafka({
      dataDir: path.join(directory, 'kafka'),
      port: await freePort(),
      logFile: path.join(directory, 'kafka.log'),
    });
    undo.push(() => kafka.stop());
    await Promise.race([work({ directory, brokers: kafka.brokers, postgres, kafka, undo }), interrupted]);
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  } finally {
    for (const step of undo.toReversed()) await Promise.resolve(step()).catch((error: unknown) => console.error(error));
  }
  process.exit();
}

/** The fields of a restaurant that the operator's call needs. */
export type BenchRestaurant = Pick<Restaurant, 'id' | 'name' | 'timeZone' | 'stations'>;

export interface Server {
  url: string;
  pid: number;
  operator: Pick<Operator, 'pair'> & { setUp(restaurant: BenchRestaurant): Promise<void> };
  logFile: string;
  /** Resident memory of the process, and its peak, in MB. NaN if the system does not tell. */
  memoryMb: () => { rss: number; peak: number };
  stop: () => Promise<void>;
}

/** @param nodeArgs for example `--cpu-prof` */
export async function startServer(
  bench: Bench,
  env: Record<string, string>,
  { nodeArgs = [], database = 'heard' }: { nodeArgs?: string[]; database?: string } = {},
): Promise<Server> {
  await bench.postgres.ensureDatabase(database);
  const port = await freePort();
  const logFile = path.join(bench.directory, `server-${port}.log`);
  const server = await startBuiltServer({
    port,
    logFile,
    nodeArgs,
    env: { DATABASE_URL: bench.postgres.url(database), KAFKA_BROKERS: bench.brokers, OPS_TOKEN, ...env },
  });
  bench.undo.push(() => server.stop());
  await server.ready();
  const { url, pid } = server;
  const operator = new Operator({ url, token: OPS_TOKEN });
  return {
    url,
    pid,
    logFile,
    stop: () => server.stop(),
    memoryMb: () => memoryMb(pid),
    operator: {
      pair: (device) => operator.pair(device),
      setUp: (restaurant) => operator.setUp(restaurant as Restaurant),
    },
  };
}

/** The time at which the server logged these words, in ms since the epoch. @throws if it did not */
export function loggedAt(server: Pick<Server, 'logFile'>, words: string): number {
  const line = readFileSync(server.logFile, 'utf8')
    .split('\n')
    .find((entry) => entry.includes(words));
  if (!line) throw new Error(`the server did not log "${words}"`);
  return Date.parse((JSON.parse(line) as { time: string }).time);
}

function memoryMb(pid: number): { rss: number; peak: number } {
  const status = safely(`/proc/${pid}/status`);
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { rss: field('VmRSS'), peak: field('VmHWM') };
}

/** Runs a child script of the bench and returns the JSON of its last line. */
export async function runChild<T>(name: string, options: object): Promise<T> {
  const child = spawn(process.execPath, [path.join('dist', 'bench', `${name}.js`), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise((resolve) => {
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as T;
}

/** Rows of the server's database. */
export async function queryRows<T extends object>(
  bench: Bench,
  sql: string,
  database = 'heard',
  values: unknown[] = [],
): Promise<T[]> {
  const client = new pg.Client({ connectionString: bench.postgres.url(database) });
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

export async function queryOne<T extends object>(bench: Bench, sql: string, database = 'heard'): Promise<T> {
  return (await queryRows<T>(bench, sql, database))[0]!;
}

/** Waits until `probe` is true. */
export async function until(
  what: string,
  ms: number,
  probe: () => boolean | Promise<boolean>,
  everyMs = 20,
): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await probe())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${ms / 1000} s`);
    await sleep(everyMs);
  }
}

/** With `--statements`: the statements that took the database's time. */
export async function printStatements(bench: Bench, database = 'heard'): Promise<void> {
  if (!flag('statements')) return;
  await queryOne(bench, 'CREATE EXTENSION IF NOT EXISTS pg_stat_statements', database);
  const { rows } = await queryOne<{
    rows: { calls: number; mean: number; sd: number; max: number; total: number; query: string }[];
  }>(
    bench,
    `
      SELECT jsonb_agg(s) AS rows
      FROM (
        SELECT
          calls, mean_exec_time AS mean, stddev_exec_time AS sd, max_exec_time AS max, total_exec_time AS total,
          regexp_replace(left(query, 400), '\\s+', ' ', 'g') AS query
        FROM pg_stat_statements
        WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        ORDER BY total_exec_time DESC LIMIT 14
      ) s
    `,
    database,
  );
  printTable(
    ['ms', 'calls', 'mean', 'sd', 'max', 'total'],
    rows.map(({ query, calls, mean, sd, max, total }) => [
      query.slice(0, 110),
      String(calls),
      mean.toFixed(2),
      sd.toFixed(2),
      max,
      total,
    ]),
  );
}

export function machine(): string {
  const cpu = /^model name\s*:\s*(.+)$/m.exec(safely('/proc/cpuinfo'))?.[1] ?? process.arch;
  const cores = safely('/proc/cpuinfo').match(/^processor\s*:/gm)?.length ?? 0;
  return `${new Date().toISOString().slice(0, 16)}, ${cores} cores (${cpu}), load ${safely('/proc/loadavg').split(' ')[0]}, Node ${process.version}`;
}

function safely(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** The value of `--name value` on the command line. */
export function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? fallback : Number(process.argv[at + 1]);
}
export const flag = (name: string): boolean => process.argv.includes(`--${name}`);
