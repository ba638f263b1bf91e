// The stages of one event in time: when its request reached the order API, when its transaction was committed, and so
// on.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Kafka, logLevel } from 'kafkajs';
import pg from 'pg';
import { now } from './browser.ts';
import type { Bench } from './set-up.ts';

export interface Call {
  began: number;
  ended: number;
}

/** Records each request for one order that reaches this process. */
export function recordCalls(): { calls: Map<string, Call[]>; stop: () => void } {
  const calls = new Map<string, Call[]>();
  const underWay = new WeakMap<IncomingMessage, Call>();
  const start = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    const id = /\/orders\/([^/?]+)$/.exec(request.url ?? '')?.[1];
    if (!id) return;
    const call = { began: now(), ended: Number.NaN };
    underWay.set(request, call);
    const earlier = calls.get(decodeURIComponent(id));
    if (earlier) earlier.push(call);
    else calls.set(decodeURIComponent(id), [call]);
  };
  const finish = (message: unknown) => {
    const call = underWay.get((message as { request: IncomingMessage; response: ServerResponse }).request);
    if (call) call.ended = now();
  };
  subscribe('http.server.request.start', start);
  subscribe('http.server.response.finish', finish);
  return {
    calls,
    stop: () => {
      unsubscribe('http.server.request.start', start);
      unsubscribe('http.server.response.finish', finish);
    },
  };
}

/** The baseline: a consumer that only records when it was given each message, by order and version. */
export async function startBareConsumer(bench: Bench, topic: string): Promise<Map<string, number>> {
  const kafka = new Kafka({ clientId: 'bench', brokers: [bench.brokers], logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: 'bench-bare', maxWaitTimeInMs: 100 });
  const received = new Map<string, number>();
  bench.undo.push(() => consumer.disconnect());
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const joined = new Promise((resolve) => {
    consumer.on(consumer.events.GROUP_JOIN, resolve);
  });
  await consumer.run({
    eachBatch: async ({ batch }) => {
      const at = now();
      for (const { value } of batch.messages) {
        const { id, version } = JSON.parse(value?.toString() ?? '') as { id: string; version: number };
        received.set(`${id} ${version}`, at);
      }
    },
  });
  await joined;
  return received;
}

export interface Commit {
  version: number;
  began: number;
  committed: number;
}

/**
 * By order: when the transactions that ended its messages began and were committed, by the database's clock (this
 * machine's).
 */
export async function readCommits(url: string): Promise<Map<string, Commit[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Commit & { id: string }>(`
      SELECT
        order_id AS id, version::int, extract(epoch FROM at)::float8 * 1000 AS began,
        extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8 * 1000 AS committed
      FROM order_history
      WHERE version IS NOT NULL
      ORDER BY seq
    `);
    const commits = new Map<string, Commit[]>();
    for (const { id, ...commit } of rows) commits.set(id, [...(commits.get(id) ?? []), commit]);
    return commits;
  } finally {
    await client.end();
  }
}
