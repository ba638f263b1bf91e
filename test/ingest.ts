// The server without pages and screens: from the topic to the database, wired as server.ts wires it.
import type { Consumer, Kafka } from 'kafkajs';
import { missingMessagesEmail } from '../server/mail/mails.ts';
import { Bus } from '../server/db/bus.ts';
import { createPrisma, type PrismaClient } from '../server/db/client.ts';
import { glanceAt } from '../server/ingest/glance.ts';
import { Intake } from '../server/ingest/intake.ts';
import { Lanes } from '../server/ingest/lanes.ts';
import { RejectedMessages } from '../server/ingest/rejected.ts';
import { createKafka } from '../server/kafka/connection.ts';
import { TopicConsumer } from '../server/kafka/consumer.ts';
import { MissingMessages } from '../server/kafka/missing.ts';
import { fetchTopicId } from '../server/kafka/topic-id.ts';
import type { Logger } from '../server/logger.ts';
import { DetailSource } from '../server/fetch/detail-source.ts';
import { OrderApi } from '../server/upstream/order-api.ts';
import { Settler } from '../server/settle/settle.ts';
import { claimDue } from '../server/retry/claims.ts';
import { RetryWorker } from '../server/retry/worker.ts';
import { kafkaBrokers } from './kafka.ts';
import { log as silent } from './pipeline.ts';

export interface IngestOptions {
  appEnv: string;
  databaseUrl: string;
  orderApiUrl: string;
  concurrency?: number;
  batchMax?: number;
  timeoutMs?: number;
  retry?: { maxAttempts: number; baseMs: number; maxMs: number };
  log?: Logger;
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
  orderApiUrl,
  concurrency = 10,
  batchMax = 1,
  timeoutMs = 2000,
  retry = { maxAttempts: 7, baseMs: 50, maxMs: 500 },
  log = silent,
}: IngestOptions): Promise<Ingest> {
  const [topic, groupId] = [`${appEnv}_order_events`, `${appEnv}_kds`];
  const prisma = createPrisma(databaseUrl);
  const bus = new Bus(databaseUrl, log);
  await bus.start();
  const api = new OrderApi({ url: orderApiUrl, token: undefined, timeoutMs, connections: 1000 });
  const source = new DetailSource({ api, ceiling: concurrency, batchMax });
  const settler = new Settler({
    prisma,
    bus,
    log,
    retry,
    failedEmail: ({ orderId }) => ({ subject: orderId, body: 'FAILED' }),
    onTopicMadeAgain: (incarnationId) => consumer.topicMadeAgain(incarnationId),
  });
  const lanes = new Lanes({
    look: (ids) => glanceAt(prisma, ids),
    fetch: (id, onStart) => source.fetch(id, { onStart }),
    settle: (settlement) => settler.settle(settlement),
    appetite: () => source.appetite,
  });
  const rejected = new RejectedMessages(prisma, log);
  const intake = new Intake({ appEnv, lanes, rejected, log });
  const worker = new RetryWorker({
    log,
    claim: (free, trying) => claimDue(prisma, free, trying),
    fetch: (id, onStart) => source.fetch(id, { onStart, urgent: true }),
    settle: (settlement) => settler.settle(settlement),
    serviceDown: () => source.status.state === 'down',
    width: () => source.retryWidth,
  });
  bus.on('retry', () => worker.kick());
  let lost = false;
  let reader: Consumer | undefined;
  const missing = new MissingMessages({
    prisma,
    log,
    topic,
    missingEmail: (found) => missingMessagesEmail(found, topic, 'http://heard.test'),
  });
  const consumer: TopicConsumer = new TopicConsumer({
    kafka: withCommits(
      createKafka({ kafka: { brokers: kafkaBrokers(), topic, groupId } }, log),
      () => lost,
      (made) => {
        reader = made;
      },
    ),
    prisma,
    intake,
    missing,
    log,
    topic,
    groupId,
    topicId: () => fetchTopicId(kafkaBrokers(), topic),
    onSilent: () => {},
  });
  consumer.start();
  worker.start();
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
    async stop() {
      // As server.ts does: in reverse order of their start.
      await consumer.stop();
      await worker.stop();
      rejected.stop();
      await lanes.stop(2000);
      settler.stop();
      source.stop();
      await api.stop();
      await bus.stop();
      await prisma.$disconnect();
    },
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
