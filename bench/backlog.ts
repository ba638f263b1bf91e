// A batch job upstream puts several hundred thousand messages into the topic within seconds, and guests go on ordering
// meanwhile. How long do their orders take, compared with the minute before? And does the order API ever see more than
// its limit?
import { setTimeout as sleep } from 'node:timers/promises';
import { Platform, type Job } from '../simulator/platform.ts';
import { watchLoad } from './support/load.ts';
import {
  machine,
  option,
  queryOne,
  queryRows,
  startServer,
  until,
  withBench,
  type Bench,
  type Server,
} from './support/set-up.ts';
import { figure, printTable, spreadOf } from './support/statistics.ts';

const MESSAGES = option('messages', 400_000);
const KEYS = option('keys', 4000);
const CONCURRENCY = option('concurrency', 10);
const LATENCY = option('latency', 50);
const SECONDS = option('seconds', 60);
const BEFORE_S = option('before', 15);
const EVERY_MS = 200;
/** The archive's orders belong to r-101 to r-103. */
const BUSY = ['r-101', 'r-102', 'r-103'];
const QUIET = 'r-quiet';

interface Fresh {
  id: string;
  at: number;
  quiet: boolean;
}

/** Places orders at a steady rate until `ended`, in a busy and in the quiet restaurant in turn. */
async function guests(platform: Platform, placed: Fresh[], ended: () => boolean): Promise<void> {
  for (let n = 0; !ended(); n += 1) {
    const quiet = n % 2 === 1;
    const { id } = platform.place({
      restaurantId: quiet ? QUIET : BUSY[(n >> 1) % BUSY.length]!,
      table: '7',
      items: [{ name: 'Garlic Naan', category: 'bread', quantity: 1 }],
    });
    placed.push({ id, at: Date.now(), quiet });
    await sleep(EVERY_MS);
  }
}

/**
 * The time from each order's placing until the kitchen had it. An order that is not there yet counts with the time
 * until now.
 */
async function latencies(
  bench: Bench,
  placed: Fresh[],
  database: string,
): Promise<{ busy: number[]; quiet: number[]; missing: number }> {
  const rows = await queryRows<{ id: string; at: number }>(
    bench,
    'SELECT id, extract(epoch FROM received_at)::float8 * 1000 AS at FROM orders WHERE id = ANY($1)',
    database,
    [placed.map(({ id }) => id)],
  );
  const at = new Map(rows.map((row) => [row.id, row.at]));
  const of = (quiet: boolean) =>
    placed.filter((fresh) => fresh.quiet === quiet).map(({ id, at: began }) => (at.get(id) ?? Date.now()) - began);
  return { busy: of(false), quiet: of(true), missing: placed.filter(({ id }) => !at.has(id)).length };
}

async function endedMessages(bench: Bench, database: string): Promise<number> {
  return (await queryOne<{ n: number }>(bench, 'SELECT count(*)::int AS n FROM order_history', database)).n;
}

async function watch(server: Server, ended: () => boolean): Promise<number> {
  let peak = 0;
  while (!ended()) {
    peak = Math.max(peak, server.memoryMb().rss);
    await sleep(500);
  }
  return peak;
}

let runs = 0;

async function run(bench: Bench, name: string, of: Job['of'], batchMax: number): Promise<string[]> {
  const appEnv = `backlog${(runs += 1)}`;
  const platform = await new Platform({
    brokers: [bench.brokers],
    appEnv,
    dials: { latencyMs: { min: LATENCY, max: LATENCY } },
  }).listen();
  try {
    await bench.kafka.createTopic(platform.topic, 4);
    if (of === 'touched')
      for (let n = 0; n < KEYS; n += 1)
        platform.place({
          restaurantId: BUSY[n % BUSY.length]!,
          table: '1',
          items: [{ name: 'Garlic Naan', category: 'bread', quantity: 1 }],
        });
    const env = {
      APP_ENV: appEnv,
      ORDER_API_URL: platform.url,
      ORDER_API_CONCURRENCY: String(CONCURRENCY),
      ORDER_API_BATCH_MAX: String(batchMax),
    };
    const server = await startServer(bench, env, { database: appEnv });
    if (of === 'touched')
      await until(
        'the orders are in the kitchen',
        120_000,
        async () => (await endedMessages(bench, appEnv)) >= KEYS,
        500,
      );
    const [before, during]: [Fresh[], Fresh[]] = [[], []];
    let over = Date.now() + BEFORE_S * 1000;
    await guests(platform, before, () => Date.now() > over);
    const quietly = await latencies(bench, before, appEnv);
    const [load, done, began] = [watchLoad(), await endedMessages(bench, appEnv), Date.now()];
    over = began + SECONDS * 1000;
    platform.startJob({ messages: MESSAGES, of });
    let drainedAt = Number.NaN;
    const isOver = () => Date.now() > over || !Number.isNaN(drainedAt);
    const awaitDrained = async () => {
      while (!isOver()) {
        if ((await endedMessages(bench, appEnv)) >= MESSAGES + during.length + done) drainedAt = Date.now();
        await sleep(1000);
      }
    };
    const [, peakMb] = await Promise.all([guests(platform, during, isOver), watch(server, isOver), awaitDrained()]);
    const ended = (await endedMessages(bench, appEnv)) - done;
    const meanwhile = await latencies(
      bench,
      during.filter(({ at }) => at < Date.now() - 3000),
      appEnv,
    );
    console.log(`  ${name}: ${load()}`);
    const requests = platform.traffic;
    await server.stop();
    const spread = (values: number[]) => {
      const { p50, p99, max } = spreadOf(values);
      return `${figure(p50)} / ${figure(p99)} / ${figure(max)}`;
    };
    const state = Number.isNaN(drainedAt)
      ? `${Math.round((ended / MESSAGES) * 100)} % in ${SECONDS} s`
      : `${figure((drainedAt - began) / 1000)} s`;
    return [
      name,
      spread([...quietly.busy, ...quietly.quiet]),
      spread(meanwhile.busy),
      spread(meanwhile.quiet),
      String(meanwhile.missing),
      state,
      `${requests.maxInFlight} of ${CONCURRENCY}`,
      `${Math.round(peakMb)} MB`,
    ];
  } finally {
    await platform.close();
  }
}

await withBench('backlog', async (bench) => {
  console.log(
    `backlog: ${MESSAGES} messages over 4 partitions, order API ${LATENCY} ms and ${CONCURRENCY} at once, ${machine()}`,
  );
  const rows = [
    await run(bench, `${KEYS} open orders`, 'touched', 1),
    await run(bench, `${MESSAGES} former orders`, 'archived', 1),
    await run(bench, `${MESSAGES} former orders, multi-get of 50`, 'archived', 50),
  ];
  console.log('Time of a new order until the kitchen has it, ms: p50 / p99 / longest.');
  printTable(
    ['backlog', 'before it', 'busy restaurants', 'quiet one', 'not there yet', 'drained', 'requests at once', 'memory'],
    rows,
  );
});
