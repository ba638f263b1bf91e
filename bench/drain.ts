// Draining a backlog: messages of many orders wait in the topic when the server starts. In the same run it is compared
// with a simple consumer that fetches once for each message, and with one that only reads.
import { setTimeout as sleep } from 'node:timers/promises';
import { Platform } from '../simulator/platform.ts';
import { awaitQuiet, watchLoad } from './support/load.ts';
import { printProfile, profiling } from './support/profile.ts';
import {
  flag,
  loggedAt,
  machine,
  option,
  printStatements,
  queryOne,
  runChild,
  startServer,
  until,
  withBench,
  type Bench,
} from './support/set-up.ts';
import { median, overRuns, printTable } from './support/statistics.ts';

const MESSAGES = option('messages', 20_000);
const KEYS = option('keys', 1000);
const CONCURRENCY = option('concurrency', 64);
const RUNS = option('runs', 3);
const LATENCY = option('latency', -1);
const BATCH_MAX = option('batch-max', -1);
const QUIET_S = option('quiet', 0);
const RESTAURANTS = 20;
/** At 50 ms and low concurrency, one fetch for each message is slow, so measuring a part of the messages suffices. */
const NAIVE_SECONDS = 3;

type Spread = 'uniform' | 'zipf';
interface Case {
  spread: Spread;
  latency: number;
  batchMax: number;
  concurrency: number;
}
interface Result {
  perSecond: number;
  requests: number;
  busy: string;
}

/** All orders exist before. The messages that wait in the topic are changes of them, each with a version of its own. */
async function fill(platform: Platform, spread: Spread): Promise<void> {
  const items = [
    { name: 'Chicken Tikka Masala', category: 'curry', quantity: 2 },
    { name: 'Garlic Naan', category: 'bread' },
    { name: 'Mango Lassi', category: 'drinks' },
  ];
  const orders = Array.from({ length: KEYS }, (_, n) =>
    platform.place({ restaurantId: `r-${n % RESTAURANTS}`, table: String(n % 40), items }, { silent: true }),
  );
  const rankOf = spread === 'uniform' ? (n: number) => n % KEYS : zipf(platform);
  for (let n = 0; n < MESSAGES; n += 1) {
    platform.change(orders[rankOf(n)]!.id, 'touch');
    if (n % 10_000 === 9999) await platform.flush();
  }
  await platform.flush();
}

/**
 * Draws the order of rank k with a share in proportion to 1/k (Zipf's law, exponent 1), from the platform's own seed.
 */
function zipf({ chance }: Platform): () => number {
  let sum = 0;
  const upTo = Array.from({ length: KEYS }, (_, k) => (sum += 1 / (k + 1)));
  return () => {
    const at = chance.next() * sum;
    return Math.min(
      KEYS - 1,
      upTo.findIndex((share) => share >= at),
    );
  };
}

let drains = 0;

/** A fresh database and a fresh group begin at the topic's start. */
async function drain(
  bench: Bench,
  platform: Platform,
  appEnv: string,
  { latency, batchMax, concurrency }: Case,
): Promise<Result> {
  if (QUIET_S) await awaitQuiet(QUIET_S);
  const database = `drain_${drains++}`;
  await forgetGroup(bench, `${appEnv}_kds`);
  const before = platform.traffic.requests;
  const load = watchLoad();
  const profiled = flag('profile');
  const env = {
    APP_ENV: appEnv,
    ORDER_API_URL: platform.url,
    ORDER_API_CONCURRENCY: String(concurrency),
    ORDER_API_BATCH_MAX: String(batchMax),
  };
  const server = await startServer(bench, env, { database, nodeArgs: profiled ? profiling(bench.directory) : [] });
  const history = 'SELECT count(*)::int AS n, extract(epoch FROM max(at))::float8 * 1000 AS last FROM order_history';
  const ended = async () => queryOne<{ n: number; last: number }>(bench, history, database);
  await until(
    `${MESSAGES} messages have ended (${latency} ms, ${batchMax})`,
    120_000,
    async () => (await ended()).n >= MESSAGES,
    200,
  );
  const busy = load();
  const { last } = await ended();
  await sleep(300);
  await server.stop();
  await printStatements(bench, database);
  if (profiled) printProfile(bench.directory);
  return {
    perSecond: (MESSAGES / (last - loggedAt(server, 'joined the group'))) * 1000,
    requests: platform.traffic.requests - before,
    busy,
  };
}

async function forgetGroup(bench: Bench, groupId: string): Promise<void> {
  const { Kafka, logLevel } = await import('kafkajs');
  const admin = new Kafka({ brokers: [bench.brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.deleteGroups([groupId]).catch(() => {});
  await admin.disconnect();
}

async function times<T>(work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let run = 0; run < RUNS; run++) results.push(await work());
  return results;
}

function cases(): Case[] {
  const hot = [1, 50].map((batchMax): Case => ({ spread: 'zipf', latency: 10, batchMax, concurrency: CONCURRENCY }));
  if (flag('zipf')) return [...hot.map((one): Case => ({ ...one, spread: 'uniform' })), ...hot];
  const latencies = LATENCY < 0 ? [0, 10, 50] : [LATENCY];
  const batches = BATCH_MAX < 0 ? [1, 50] : [BATCH_MAX];
  const all: Case[] = latencies.flatMap((latency) =>
    batches.map((batchMax): Case => ({ spread: 'uniform', latency, batchMax, concurrency: CONCURRENCY })),
  );
  if (LATENCY >= 0 || BATCH_MAX >= 0) return all;
  return [...all, { spread: 'uniform', latency: 50, batchMax: 50, concurrency: 10 }, ...hot];
}

await withBench('drain', async (bench) => {
  // All cases of one kind share a platform in this process. Both kinds of consumer are processes of their own.
  const platforms = new Map<Spread, Platform>();
  for (const spread of new Set(cases().map((one) => one.spread))) {
    const platform = await new Platform({ brokers: [bench.brokers], appEnv: spread }).listen();
    bench.undo.push(() => platform.close());
    await bench.kafka.createTopic(platform.topic, 4);
    await fill(platform, spread);
    platforms.set(spread, platform);
  }
  await bench.postgres.ensureDatabase('naive');
  console.log(`drain: ${MESSAGES} messages of ${KEYS} orders, ${machine()}`);
  const database = bench.postgres.url('naive');
  const topic = platforms.get('uniform')!.topic;
  const reads = await times(
    async () =>
      (
        await runChild<{ perSecond: number }>('naive-child', {
          brokers: bench.brokers,
          topic,
          concurrency: 1,
          messages: MESSAGES,
        })
      ).perSecond,
  );
  console.log(`only reading: ${overRuns(reads)} messages/s`);
  const rows: string[][] = [];
  const naives = new Map<string, number[]>();
  for (const one of cases()) {
    const { spread, latency, batchMax, concurrency } = one;
    const platform = platforms.get(spread)!;
    platform.turn({ latencyMs: { min: latency, max: latency } });
    const key = `${spread} ${latency} ${concurrency}`;
    const messages = Math.min(MESSAGES, Math.round((NAIVE_SECONDS * 1000 * concurrency) / Math.max(latency, 20)));
    const naive =
      naives.get(key) ??
      (await times(
        async () =>
          (
            await runChild<{ perSecond: number }>('naive-child', {
              brokers: bench.brokers,
              topic: platform.topic,
              concurrency,
              messages,
              api: platform.url,
              database,
            })
          ).perSecond,
      ));
    naives.set(key, naive);
    const results = await times(() => drain(bench, platform, spread, one));
    const rates = results.map(({ perSecond }) => perSecond);
    const ratios = [(median(rates) / median(naive)).toFixed(1), (median(rates) / median(reads)).toFixed(3)];
    const name = `${latency} ms, ${concurrency} at once, multi-get of ${batchMax}${spread === 'zipf' ? ', Zipf' : ''}`;
    rows.push([name, overRuns(rates), overRuns(results.map(({ requests }) => requests)), overRuns(naive), ...ratios]);
    for (const { busy } of results) console.log(`  ${name}: ${busy}`);
  }
  printTable(['order API', 'messages/s', 'requests', 'one fetch each', 'ratio', 'to reading'], rows);
});
