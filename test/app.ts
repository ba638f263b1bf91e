// The app over a database of its own, with a pipeline whose status a test sets.
import { GuestTokens } from '../server/guest/tokens.ts';
import { createLogger } from '../server/logger.ts';
import { parseConfig } from '../server/config.ts';
import type { HintTopic } from '../server/db/bus.ts';
import { Metrics } from '../server/monitor/metrics.ts';
import { createTestDatabase } from './database.ts';
import { type AppDeps, createApp } from '../server/web/app.ts';
import type { PartitionLag } from '../server/kafka/lag.ts';
import type { RetryControl, RetryOutcome } from '../server/retry/control.ts';
import { makeAuth, type Auth } from '../server/screens.ts';
import { Settings } from '../server/operator/settings.ts';

export const OPS_TOKEN = 'a-token-for-tests-only';

export interface TestPipeline {
  ready: { ready: boolean; reason?: string };
  partitions: PartitionLag[];
  retry: RetryOutcome;
  asked: string[];
}

export async function createTestApp(env: Record<string, string> = {}) {
  const database = await createTestDatabase();
  const config = parseConfig({
    APP_ENV: 'test',
    DATABASE_URL: database.url,
    KAFKA_BROKERS: '127.0.0.1:9',
    ORDER_API_URL: 'http://127.0.0.1:9',
    OPS_TOKEN,
    LOG_LEVEL: 'silent',
    PORT: '3999',
    ...env,
  });
  const pipeline: TestPipeline = { ready: { ready: true }, partitions: [], retry: 'done', asked: [] };
  const hints: [HintTopic, string[]][] = [];
  const bus = {
    publish: (topic: HintTopic, ids: Iterable<string>) => {
      hints.push([topic, [...ids]]);
    },
    on: () => () => {},
  };
  const log = createLogger('silent');
  const metrics = new Metrics({ groupId: config.kafka.groupId, topic: config.kafka.topic });
  const { prisma } = database;
  const orderApi = { inFlight: 2, limit: 10, state: 'ok' as const, reason: null };
  const parts: AppDeps &
    Auth & {
      config: typeof config;
      bus: typeof bus;
      retry: Pick<RetryControl, 'retryNow' | 'discard' | 'retryOrder'>;
    } = {
    config,
    log,
    prisma,
    bus,
    metrics,
    settings: new Settings({ prisma, bus, log, defaults: { orderApiConcurrency: config.orderApi.concurrency } }),
    ...makeAuth({ config, prisma, bus, log }),
    guests: GuestTokens.of(Buffer.alloc(32, 7)),
    status: {
      readiness: () => pipeline.ready,
      partitions: () => pipeline.partitions,
      orderApi: () => orderApi,
      missingMessages: () => 5,
      troubles: () => [],
      health: () => ({
        database: 'ok',
        kafka: 'ok',
        lag: null,
        orderApi,
        parkedOrders: 1,
        parkedMessages: 2,
        failedMessages: 3,
        rejectedMessages: 4,
        oldestParkedAt: null,
      }),
    },
    retry: {
      retryNow: async (id, actor) => {
        pipeline.asked.push(`retry ${id} ${actor}`);
        return pipeline.retry;
      },
      discard: async (id, actor) => {
        pipeline.asked.push(`discard ${id} ${actor}`);
        return pipeline.retry;
      },
      retryOrder: async () => false,
    },
  };
  const app = createApp(parts);
  /** Calls as the operator. */
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await app.request(path, {
      method,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: { authorization: `Bearer ${OPS_TOKEN}`, ...headers },
    });
    const text = await answer.text(); // tests look into the parsed answer freely
    const type = answer.headers.get('content-type') ?? '';
    return {
      status: answer.status,
      type,
      headers: answer.headers,
      text,
      json: (type.includes('json') ? JSON.parse(text) : undefined) as any,
    };
  };
  return { app, call, parts, pipeline, hints, prisma, database };
}

export type TestApp = Awaited<ReturnType<typeof createTestApp>>;

/** The same app where e-mails can be sent. @param onMail told when one waits */
export const appWithMail = ({ parts }: TestApp, onMail: () => void) =>
  createApp({ ...parts, ...makeAuth({ ...parts, onMail }) });

const restaurant = {
  name: 'The First',
  timeZone: 'Europe/London',
  stations: [
    { name: 'Grill', routes: [{ category: 'grill' }] },
    { name: 'Range', fallback: true, routes: [] },
  ],
};

/** A restaurant with the stations Grill and Range. */
export async function makeRestaurant(
  { call }: TestApp,
  id = 'r-1',
): Promise<{ stations: { id: string; name: string }[] }> {
  const { status, json } = await call('PUT', `/api/v1/restaurants/${id}`, restaurant);
  if (status !== 200) throw new Error(`the restaurant could not be made: ${status}`);
  return json;
}
