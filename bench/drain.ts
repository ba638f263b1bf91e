// A backlog that is drained: messages of many orders wait in the topic when the server starts. Compared, in the same run, with a simple
// consumer that fetches once for each message, and with one that only reads.
import { setTimeout as sleep } from 'node:timers/promises';
import { Platform } from '../simulator/platform.ts';
import { awaitQuiet, watchLoad } from './support/load.ts';
import { printProfile, profiling } from './support/profile.ts';
import { flag, loggedAt, machine, option, printStatements, queryOne, runChild, startServer, until, withBench, type Bench } from './support/set-up.ts';
import { median, overRuns, printTable } from './support/statistics.ts';

const MESSAGES = option('messages', 20_000);
const KEYS = option('keys', 1000);
const CONCURRENCY = option('concurrency', 64);
const RUNS = option('runs', 3);
const LATENCY = option('latency', -1);
const BATCH_MAX = option('batch-max', -1);
const QUIET_S = option('quiet', 0);
const RESTAURANTS = 20;
/** At 50 ms and 64 at once a fetch for each message is slow: a part of them tells as much. */
const NAIVE_MESSAGES = Math.min(MESSAGES, 6000);

interface Result { perSecond: number; requests: number; busy: string }

/** All orders are there before; what waits in the topic are changes of each, in turn, every one with a version of its own. */
async function fill(platform: Platform): Promise<void> {
  const items = [{ name: 'Chicken Tikka Masala', category: 'curry', quantity: 2 }, { name: 'Garlic Naan', category: 'bread' }, { name: 'Mango Lassi', category: 'drinks' }];
  for (let n = 0; n < KEYS; n++) platform.place({ restaurantId: `r-${n % RESTAURANTS}`, table: String(n % 40), items }, { silent: true });
  platform.startJob({ messages: MESSAGES, of: 'touched' });
  await platform.flush();
}

let drains = 0;

/** A fresh database and a fresh group begin at the topic's start. */
async function drain(bench: Bench, platform: Platform, { latency, batchMax }: { latency: number; batchMax: number }): Promise<Result> {
  if (QUIET_S) await awaitQuiet(QUIET_S);
  const database = `drain_${drains++}`;
  await forgetGroup(bench, 'prod_kds');
  const before = platform.traffic.requests;
  const load = watchLoad();
  const profiled = flag('profile');
  const env = { APP_ENV: 'prod', ORDER_API_URL: platform.url, ORDER_API_CONCURRENCY: String(CONCURRENCY), ORDER_API_BATCH_MAX: String(batchMax) };
  const server = await startServer(bench, env, { database, nodeArgs: profiled ? profiling(bench.directory) : [] });
  const history = 'SELECT count(*)::int AS n, extract(epoch FROM max(at))::float8 * 1000 AS last FROM order_history';
  const ended = async () => queryOne<{ n: number; last: number }>(bench, history, database);
  await until(`${MESSAGES} messages have ended (${latency} ms, ${batchMax})`, 120_000, async () => (await ended()).n >= MESSAGES, 200);
  const busy = load();
  const { last } = await ended();
  await sleep(300);
  await server.stop();
  await printStatements(bench, database);
  if (profiled) printProfile(bench.directory);
  return { perSecond: (MESSAGES / (last - loggedAt(server, 'joined the group'))) * 1000, requests: platform.traffic.requests - before, busy };
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

await withBench('drain', async (bench) => {
  // The same platform for all of them, in this process; both kinds of consumer are processes of their own.
  const platform = await new Platform({ brokers: [bench.brokers], appEnv: 'prod' }).listen();
  bench.undo.push(() => platform.close());
  await bench.kafka.createTopic(platform.topic, 4);
  await bench.postgres.ensureDatabase('naive');
  await fill(platform);
  console.log(`drain: ${MESSAGES} messages of ${KEYS} orders, ${CONCURRENCY} requests at once, ${machine()}`);
  const database = bench.postgres.url('naive');
  const child = { brokers: bench.brokers, topic: platform.topic, concurrency: CONCURRENCY };
  const rows: string[][] = [];
  const reads = await times(async () => (await runChild<{ perSecond: number }>('naive-child', { ...child, messages: MESSAGES })).perSecond);
  console.log(`only reading: ${overRuns(reads)} messages/s`);
  for (const latency of LATENCY < 0 ? [0, 10, 50] : [LATENCY]) {
    platform.turn({ latencyMs: { min: latency, max: latency } });
    const naive = await times(async () => (await runChild<{ perSecond: number }>('naive-child', { ...child, messages: NAIVE_MESSAGES, api: platform.url, database })).perSecond);
    for (const batchMax of BATCH_MAX < 0 ? [1, 50] : [BATCH_MAX]) {
      const results = await times(() => drain(bench, platform, { latency, batchMax }));
      const rates = results.map(({ perSecond }) => perSecond);
      const ratios = [(median(rates) / median(naive)).toFixed(1), (median(rates) / median(reads)).toFixed(3)];
      rows.push([`${latency} ms, multi-get of ${batchMax}`, overRuns(rates), overRuns(results.map(({ requests }) => requests)), overRuns(naive), ...ratios]);
      for (const { busy } of results) console.log(`  ${latency} ms, ${batchMax}: ${busy}`);
    }
  }
  printTable(['order API', 'messages/s', 'requests', 'one fetch each', 'ratio', 'to reading'], rows);
});
