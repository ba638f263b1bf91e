// The server without pages and screens: from the topic to the database, as the composition root starts it.
import type { Consumer, Kafka } from 'kafkajs';
import type { KafkaSettings } from '../server/config/kafka.ts';
import { Bus } from '../server/db/bus.ts';
import { createPrisma, type PrismaClient } from '../server/db/client.ts';
import { Lineage } from '../server/db/lineage.ts';
import type { DetailSource } from '../server/fetch/detail-source.ts';
import { createKafka } from '../server/kafka/connection.ts';
import type { TopicConsumer } from '../server/kafka/consumer.ts';
import { startParts } from '../server/lib/part.ts';
import type { Logger } from '../server/logger.ts';
import { Metrics } from '../server/monitor/metrics.ts';
import { Settings } from '../server/operator/settings.ts';
import { startPipeline, type Pipeline } from '../server/pipeline.ts';
import { kafkaBrokers } from './kafka.ts';
import { log as silent } from './pipeline.ts';

export interface IngestOptions {
  appEnv: string;
  databaseUrl: string;
  /** Of a pooler in transaction mode, which statements go through. */
  poolerUrl?: string;
  orderApiUrl: string;
  concurrency?: number;
  batchMax?: number;
  timeoutMs?: number;
  retry?: { maxAttempts: number; baseMs: number; maxMs: number };
  log?: Logger;
  /** Other brokers than the plain ones of the tests, and the way to convince them. */
  kafka?: Partial<KafkaSettings>;
  /** Changes the client before anything is made with it, such as to hold an answer back. */
  prepare?: (kafka: Kafka) => void;
}
export interface Ingest {
  readonly topic: string;
  readonly groupId: string;
  readonly prisma: PrismaClient;
  readonly source: DetailSource;
  readonly consumer: TopicConsumer;
  /** From now on no commit reaches the group: as if the process were killed before each. */
  loseCommits(): void;
  /** It stays in the group, and reads nothing meanwhile: as when it is behind. */
  pauseReading(): void;
  resumeReading(): void;
  /** As a commit does that was under way when the topic was made again. */
  commitLate(partition: number, offset: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startIngest({
  appEnv,
  databaseUrl,
  poolerUrl,
  orderApiUrl,
  concurrency = 10,
  batchMax = 1,
  timeoutMs = 2000,
  retry = { maxAttempts: 7, baseMs: 50, maxMs: 500 },
  log = silent,
  kafka: access = {},
  prepare,
}: IngestOptions): Promise<Ingest> {
  const [topic, groupId] = [`${appEnv}_order_events`, `${appEnv}_kds`];
  const config = {
    appEnv,
    kafka: { brokers: kafkaBrokers(), topic, groupId, ...access },
    orderApi: { url: orderApiUrl, token: undefined, concurrency, batchMax, timeoutMs },
    retry,
    alerts: { smtpUrl: 'smtp://127.0.0.1:9', to: 'manager@heard.test', from: 'heard@heard.test' },
    http: { publicUrl: 'http://heard.test' },
  };
  const lineage = new Lineage(log);
  const prisma = createPrisma(poolerUrl ?? databaseUrl, { lineage, pooled: poolerUrl !== undefined });
  let lost = false;
  let reader: Consumer | undefined;
  const kafka = withCommits(
    createKafka(config, log),
    () => lost,
    (made) => {
      reader = made;
    },
  );
  prepare?.(kafka);
  let pipeline: Pipeline | undefined;
  const running = await startParts(log, async (keep) => {
    await keep('database', { stop: () => prisma.$disconnect() });
    const bus = await keep('bus', new Bus({ databaseUrl, log }));
    const settings = new Settings({ prisma, bus, log, defaults: { orderApiConcurrency: concurrency } });
    const metrics = new Metrics(config.kafka);
    pipeline = await startPipeline(
      { config, log, prisma, lineage, bus, kafka, settings, metrics, onSilent: () => {} },
      keep,
    );
    await pipeline.read();
  });
  const { source, consumer } = pipeline!;
  return {
    topic,
    groupId,
    prisma,
    source,
    consumer,
    loseCommits() {
      lost = true;
    },
    pauseReading() {
      reader?.pause([{ topic }]);
    },
    resumeReading() {
      reader?.resume([{ topic }]);
    },
    async commitLate(partition, offset) {
      await reader?.commitOffsets([{ topic, partition, offset: String(offset) }]);
    },
    stop: () => running.stop(),
  };
}

function withCommits(kafka: Kafka, lost: () => boolean, made: (consumer: Consumer) => void): Kafka {
  const make = kafka.consumer.bind(kafka);
  kafka.consumer = (config) => {
    const consumer = make(config);
    made(consumer);
    const commit = consumer.commitOffsets.bind(consumer);
    consumer.commitOffsets = (offsets) =>
      lost() ? Promise.reject(new Error('the process was killed')) : commit(offsets);
    return consumer;
  };
  return kafka;
}
