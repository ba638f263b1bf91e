// The two consumers that the drain is compared with, run as a process of its own: one fetches once for each message,
// one only reads. Orders are written in sets of up to 100, as a good simple consumer would. It keeps no history, parks
// nothing and tells no screen.
import { Kafka, logLevel } from 'kafkajs';
import pg from 'pg';
import { Pool } from 'undici';

interface Options {
  brokers: string;
  topic: string;
  messages: number;
  concurrency: number;
  /** Undefined: it only reads. */ api?: string;
  database?: string;
}

const { brokers, topic, messages, concurrency, api, database } = JSON.parse(process.argv[2] ?? '{}') as Options;
const consumer = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING }).consumer({
  groupId: `naive-${process.pid}`,
  maxWaitTimeInMs: 100,
});
const db = database ? new pg.Pool({ connectionString: database, max: 2 }) : undefined;
const http = api ? new Pool(new URL(api).origin, { connections: concurrency, pipelining: 1 }) : undefined;
const lanes = new Map<string, Promise<void>>();
const waiting: (() => void)[] = [];
let inFlight = 0;
let read = 0;
let done = 0;
let joinedAt = 0;
let finish: () => void = () => {};
const finished = new Promise<void>((resolve) => {
  finish = resolve;
});

async function fetchOrder(id: string): Promise<{ id: string; version: number }> {
  if (inFlight >= concurrency)
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
  inFlight += 1;
  try {
    const { body } = await http!.request({ method: 'GET', path: `${new URL(api!).pathname}/orders/${id}` });
    return (await body.json()) as { id: string; version: number };
  } finally {
    inFlight -= 1;
    waiting.shift()?.();
  }
}

let queue: { order: { id: string; version: number }; resolve: () => void }[] = [];
let writing = 0;
function write(order: { id: string; version: number }): Promise<void> {
  return new Promise((resolve) => {
    queue.push({ order, resolve });
    setImmediate(() => void pump());
  });
}
async function pump(): Promise<void> {
  while (queue.length && writing < 2) {
    const batch = queue.splice(0, 100);
    writing += 1;
    const newest = [...new Map(batch.map(({ order }) => [order.id, order])).values()].toSorted((a, b) =>
      a.id < b.id ? -1 : 1,
    );
    await db!.query(
      `
        INSERT INTO naive_orders (id, version, body)
        SELECT r->>'id', (r->>'version')::bigint, r
        FROM jsonb_array_elements($1::jsonb) r
        ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version, body = EXCLUDED.body
        WHERE naive_orders.version <= EXCLUDED.version
      `,
      [JSON.stringify(newest)],
    );
    writing -= 1;
    for (const { resolve } of batch) resolve();
  }
}

if (db)
  await db.query(
    'CREATE TABLE IF NOT EXISTS naive_orders (id text PRIMARY KEY, version bigint NOT NULL, body jsonb NOT NULL)',
  );
const end = () => {
  done += 1;
  if (done === messages) finish();
};
consumer.on(consumer.events.GROUP_JOIN, () => {
  joinedAt ||= performance.now();
});
await consumer.connect();
await consumer.subscribe({ topics: [topic], fromBeginning: true });
await consumer.run({
  autoCommit: false,
  eachBatch: async ({ batch }) => {
    for (const { key } of batch.messages) {
      if (read === messages) return;
      read += 1;
      if (!http) {
        end();
        continue;
      }
      const id = key?.toString() ?? '';
      const lane = (lanes.get(id) ?? Promise.resolve())
        .then(() => fetchOrder(id))
        .then(write)
        .then(end);
      lanes.set(id, lane);
    }
  },
});
await finished;
console.log(JSON.stringify({ perSecond: (messages / (performance.now() - joinedAt)) * 1000 }));
process.exit(0);
