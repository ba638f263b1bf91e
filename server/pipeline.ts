// Composition, from the topic down to the database: the consumer, intake and lanes, the fetcher, the settler, and the
// retry of parked messages. The integration tests are set on the same pipeline (test/ingest.ts).
import type { Kafka } from 'kafkajs';
import { moveToArchive, type ArchiveSources } from './archive/move.ts';
import type { Config } from './config.ts';
import type { Bus } from './db/bus.ts';
import type { PrismaClient } from './db/client.ts';
import type { Lineage } from './db/lineage.ts';
import { messageOf } from './errors.ts';
import { DetailSource } from './fetch/detail-source.ts';
import { glanceAt } from './ingest/glance.ts';
import { Intake } from './ingest/intake.ts';
import { Lanes } from './ingest/lanes.ts';
import { RejectedMessages } from './ingest/rejected.ts';
import { TopicConsumer } from './kafka/consumer.ts';
import { LagMonitor } from './kafka/lag.ts';
import { MissingMessages } from './kafka/missing.ts';
import { ReadAgain } from './kafka/read-again.ts';
import { TopicIds } from './kafka/topic-id.ts';
import { readStoryRows } from './insight/story-rows.ts';
import { recordTimes } from './insight/times.ts';
import type { Keep } from './lib/part.ts';
import type { Logger } from './logger.ts';
import { failedMessageEmail, missingMessagesEmail } from './mail/mails.ts';
import type { Fate, Metrics } from './monitor/metrics.ts';
import { Status } from './monitor/status.ts';
import { readHotOrder } from './operator/orders.ts';
import type { Settings } from './operator/settings.ts';
import { claimDue, renewClaims } from './retry/claims.ts';
import { RetryWorker } from './retry/worker.ts';
import { Settler } from './settle/settle.ts';
import { OrderApi } from './upstream/order-api.ts';

export interface PipelineDeps {
  config: Pick<Config, 'appEnv' | 'kafka' | 'orderApi' | 'retry' | 'alerts'> & { http: { publicUrl: string } };
  log: Logger;
  prisma: PrismaClient;
  /** Tells when the database lacks something that it had. */
  lineage: Lineage;
  bus: Bus;
  kafka: Kafka;
  settings: Pick<Settings, 'orderApiConcurrency' | 'onChange'>;
  metrics: Pick<Metrics, 'orderApiRequest' | 'messageEnded' | 'applied' | 'linesUnread'>;
  /** An e-mail waits in the outbox. */
  onMail?: (() => void) | undefined;
  /** Kafka has been silent for so long that only a new process may help. */
  onSilent: (reason: string) => void;
}

export interface Pipeline {
  source: DetailSource;
  consumer: TopicConsumer;
  readAgain: ReadAgain;
  status: Status;
  /** Begins to read the topic and to try parked messages. Until then the pipeline only waits. */
  read(): Promise<void>;
}

/** What the archive keeps of an order beside its own rows. */
export const archiveSources: ArchiveSources = { document: readHotOrder, story: readStoryRows, recordTimes };

/** Only a bound: the number in use is the detail source's limit, which an operator may raise. */
const MAX_CONNECTIONS = 10_000;

/** Orders of the last run: one of them is asked for where nothing else tells whether the order API works. */
const REMEMBERED = 8;

/** The orders that changed last, the newest last. */
export async function newestOrders(prisma: PrismaClient): Promise<string[]> {
  const rows = await prisma.order.findMany({
    select: { id: true },
    orderBy: { changedAt: 'desc' },
    take: REMEMBERED,
  });
  return rows.map(({ id }) => id).toReversed();
}

export async function startPipeline(deps: PipelineDeps, keep: Keep): Promise<Pipeline> {
  const { config, log, prisma, lineage, bus, kafka, settings, metrics, onMail, onSilent } = deps;
  const { topic, groupId, brokers, rack } = config.kafka;
  const { publicUrl } = config.http;

  const api = await keep('order API', new OrderApi({ ...config.orderApi, connections: MAX_CONNECTIONS }));
  const source = await keep(
    'detail source',
    new DetailSource({
      api,
      ceiling: settings.orderApiConcurrency(),
      batchMax: config.orderApi.batchMax,
      onRequest: (outcome, seconds) => metrics.orderApiRequest(outcome, seconds),
      onOutage: (reason) =>
        reason === null ? log.info('the order API works again') : log.warn({ reason }, 'the order API is down'),
    }),
  );
  settings.onChange(() => source.setCeiling(settings.orderApiConcurrency()));

  const settler = await keep(
    'settler',
    new Settler({
      prisma,
      bus,
      log,
      retry: config.retry,
      archive: (tx, orderId) => moveToArchive(tx, orderId, archiveSources),
      failedEmail: (failed) => (config.alerts ? failedMessageEmail(failed, publicUrl) : null),
      onPutBack: () => lineage.changed('a message that had ended is not known any more'),
      onTopicMadeAgain: (incarnationId) => consumer.topicMadeAgain(incarnationId),
      onUnread: (lines) => metrics.linesUnread(lines),
      onSettled: (fates, size, seconds) => {
        for (const [fate, count] of Object.entries(fates)) metrics.messageEnded(fate.toLowerCase() as Fate, count);
        metrics.applied(size, seconds);
        if (fates.FAILED) onMail?.();
      },
    }),
  );
  const lanes = await keep(
    'lanes',
    new Lanes({
      look: (ids) => glanceAt(prisma, ids),
      fetch: (id, onStart) => source.fetch(id, { onStart }),
      settle: (settlement) => settler.settle(settlement),
      appetite: () => source.appetite,
      onFault: (orderId, error) =>
        log.error({ orderId, error: messageOf(error) }, 'an order could not be worked on; it is tried again'),
    }),
  );
  const rejected = await keep('rejected messages', new RejectedMessages({ prisma, log }));
  const intake = new Intake({
    appEnv: config.appEnv,
    lanes,
    rejected,
    log,
    onRejected: () => metrics.messageEnded('rejected'),
  });

  const lag = new LagMonitor({ kafka, topic, groupId, log });
  const readAgain = await keep('read again', new ReadAgain({ prisma, lag, topic, log }));
  lineage.onChange(() => {
    settler.forget();
    readAgain.begin();
  });
  const topicIds = await keep('topic id', new TopicIds({ kafka, brokers, topic, log }));
  const consumer = new TopicConsumer({
    kafka,
    prisma,
    lineage,
    intake,
    missing: new MissingMessages({
      prisma,
      log,
      topic,
      missingEmail: (found) => (config.alerts ? missingMessagesEmail(found, topic, publicUrl) : null),
      ...(onMail && { onNoted: onMail }),
    }),
    log,
    topic,
    groupId,
    appEnv: config.appEnv,
    rack,
    topicId: () => topicIds.current(),
    onSilent,
  });
  const worker = new RetryWorker({
    log,
    claim: (free, trying) => claimDue(prisma, free, trying),
    renew: (claims) => renewClaims(prisma, claims),
    fetch: (id, onStart) => source.fetch(id, { onStart, urgent: true }),
    settle: (settlement) => settler.settle(settlement),
    serviceDown: () => source.status.state === 'down',
    width: () => source.retryWidth,
  });
  const status = new Status({
    log,
    prisma,
    lineage,
    consumer,
    lag,
    readAgain,
    source,
    databaseTrouble: () => settler.databaseTrouble,
  });

  return {
    source,
    consumer,
    readAgain,
    status,
    read: async () => {
      await keep('lag monitor', lag);
      await keep('consumer', consumer);
      await keep('retry worker', worker);
      await keep('status', status);
      bus.on('retry', () => worker.kick());
    },
  };
}
