// The cost for all other orders of orders that time out for ever (poisoned orders). A steady stream of changes of 200
// orders is timed from the produce call to the commit in the database: without poisoned orders, with one, and with
// five, in turn, several times in one run. Goal: p99 not more than 10 % above that without.
import { setTimeout as sleep } from 'node:timers/promises';
import { Platform } from '../simulator/platform.ts';
import { now } from './support/browser.ts';
import { awaitQuiet, watchLoad } from './support/load.ts';
import { machine, option, queryOne, startServer, until, withBench, type Bench } from './support/set-up.ts';
import { readCommits } from './support/stages.ts';
import { figure, percentile, printTable } from './support/statistics.ts';

const RATE = option('rate', 30);
const SECONDS = option('seconds', 15);
const RUNS = option('runs', 3);
const ORDERS = option('orders', 200);
const CONCURRENCY = option('concurrency', 10);
const API_MS = option('latency', 5);
const QUIET_S = option('quiet', 0);
/** Each poisoned order fails its first fetch and five or six retries within a phase. */
const RETRY_BASE_MS = 200;
const RESTAURANTS = 5;
const POISONED = [0, 1, 0, 5];

interface Event {
  orderId: string;
  version: number;
  at: number;
}

async function phase(platform: Platform, ids: string[], poisoned: number): Promise<Event[]> {
  const poison = Array.from(
    { length: poisoned },
    () => platform.place({ restaurantId: 'r-0', items: [{ name: 'Vindaloo' }] }, { silent: true }).id,
  );
  for (const id of poison) platform.answer(id, { fault: 'timeout' });
  for (const id of poison) platform.change(id, 'pay');
  const events: Event[] = [];
  const began = now();
  for (let n = 0; n < RATE * SECONDS; n++) {
    await sleep(Math.max(0, began + (n * 1000) / RATE - now()));
    const at = now();
    const { id, version } = platform.change(ids[n % ids.length]!, 'touch');
    events.push({ orderId: id, version, at });
  }
  for (const id of poison) platform.heal(id);
  await sleep(500);
  return events;
}

/** The ms from each event until its change was committed. Events that one fetch covered share its commit. */
async function latencies(bench: Bench, events: Event[]): Promise<number[]> {
  const commits = await readCommits(bench.postgres.url('heard'));
  return events.map(({ orderId, version, at }) => {
    const commit = commits.get(orderId)?.find((one) => one.version >= version);
    if (!commit) throw new Error(`${orderId} has not come in version ${version}`);
    return commit.committed - at;
  });
}

await withBench('poison', async (bench) => {
  const platform = await new Platform({
    brokers: [bench.brokers],
    appEnv: 'prod',
    dials: { latencyMs: { min: API_MS, max: API_MS } },
  }).listen();
  bench.undo.push(() => platform.close());
  await bench.kafka.createTopic(platform.topic, 4);
  const env = {
    APP_ENV: 'prod',
    ORDER_API_URL: platform.url,
    ORDER_API_CONCURRENCY: String(CONCURRENCY),
    RETRY_BASE_MS: String(RETRY_BASE_MS),
  };
  await startServer(bench, env);
  console.log(
    `poison: ${RATE} events/s over ${ORDERS} orders, order API ${API_MS} ms, ${CONCURRENCY} at once, ` +
      `${RUNS} x ${POISONED.length} phases of ${SECONDS} s, ${machine()}`,
  );
  const ids = Array.from(
    { length: ORDERS },
    (_, n) =>
      platform.place({
        restaurantId: `r-${n % RESTAURANTS}`,
        table: String(n % 40),
        items: [{ name: 'Korma' }, { name: 'Naan' }],
      }).id,
  );
  await until(
    'all orders are there',
    60_000,
    async () => (await queryOne<{ n: number }>(bench, 'SELECT count(*)::int AS n FROM orders')).n >= ORDERS,
    200,
  );
  await phase(platform, ids, 0);
  const phases: { poisoned: number; ms: number[] }[] = [];
  const load = watchLoad();
  for (let run = 0; run < RUNS; run++) {
    for (const poisoned of POISONED) {
      if (QUIET_S) await awaitQuiet(QUIET_S);
      const ms = await latencies(bench, await phase(platform, ids, poisoned));
      phases.push({ poisoned, ms });
      const [p50, p99, max] = [0.5, 0.99, 1].map((part) => figure(percentile(ms, part)));
      console.log(`  ${poisoned} poisoned: p50 ${p50}, p99 ${p99}, max ${max} ms`);
    }
  }
  console.log(load());
  const all = (poisoned: number) => phases.filter((one) => one.poisoned === poisoned).flatMap(({ ms }) => ms);
  const without = all(0);
  printTable(
    ['poisoned', 'events', 'p50', 'p99', 'ratio p50', 'ratio p99'],
    [...new Set(POISONED)].map((poisoned) => {
      const ms = all(poisoned);
      const ratio = (share: number) => (percentile(ms, share) / percentile(without, share)).toFixed(2);
      return [String(poisoned), String(ms.length), percentile(ms, 0.5), percentile(ms, 0.99), ratio(0.5), ratio(0.99)];
    }),
  );
  const { failing } = await queryOne<{ failing: number }>(
    bench,
    'SELECT COALESCE(max(attempts), 0)::int AS failing FROM parked_messages',
  );
  console.log(
    `most attempts of one poisoned order: ${failing}; ` +
      `most requests in flight at the order API: ${platform.traffic.maxInFlight}`,
  );
});
