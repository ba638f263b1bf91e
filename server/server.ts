// The composition root: makes every part, hands it its collaborators, starts them in order and stops them in reverse.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { failedMessageEmail, missingMessagesEmail } from './mail/mails.ts';
import { OutboxSender } from './mail/outbox-sender.ts';
import { Accounts } from './auth/accounts.ts';
import { makeDemoPerson } from './auth/demo.ts';
import { Devices } from './auth/devices.ts';
import { Limits } from './auth/limits.ts';
import { PeopleWatch } from './auth/people-watch.ts';
import { ScreenAccess } from './auth/screen-access.ts';
import { Sessions } from './auth/sessions.ts';
import { tapBy } from './auth/staff.ts';
import type { Config } from './config.ts';
import { Bus } from './db/bus.ts';
import { createPrisma } from './db/client.ts';
import { awaitDatabaseOf, stampDatabase } from './db/environment.ts';
import { migrate, projectRoot } from './db/migrate.ts';
import { Retention } from './archive/retention.ts';
import { messageOf } from './errors.ts';
import { createHttp } from './web/http.ts';
import { GuestTokens } from './guest/tokens.ts';
import { glanceAt } from './ingest/glance.ts';
import { Intake } from './ingest/intake.ts';
import { Lanes } from './ingest/lanes.ts';
import { RejectedMessages } from './ingest/rejected.ts';
import { readStoryRows } from './insight/story-rows.ts';
import { recordTimes } from './insight/times.ts';
import { TimesCollector } from './insight/times-collector.ts';
import { createKafka } from './kafka/connection.ts';
import { TopicConsumer } from './kafka/consumer.ts';
import { LagMonitor } from './kafka/lag.ts';
import { MissingMessages } from './kafka/missing.ts';
import { fetchTopicId } from './kafka/topic-id.ts';
import { CourseClock } from './kitchen/course-clock.ts';
import { KitchenCommands } from './kitchen/commands.ts';
import { OrderFinder } from './kitchen/find.ts';
import type { Logger } from './logger.ts';
import { Metrics, type Fate } from './monitor/metrics.ts';
import { Settings } from './operator/settings.ts';
import { readHotOrder } from './operator/orders.ts';
import { Archive } from './archive/archive.ts';
import { DetailSource } from './fetch/detail-source.ts';
import { OrderApi } from './upstream/order-api.ts';
import { Settler } from './settle/settle.ts';
import { claimDue } from './retry/claims.ts';
import { RetryControl } from './retry/control.ts';
import { RetryWorker } from './retry/worker.ts';
import { Gateway } from './socket/gateway.ts';
import { Status } from './monitor/status.ts';

export interface RunningServer {
  stop: () => Promise<void>;
}

const LANES_GRACE_MS = 5000;
/** Only a bound: how many are used is the detail source's limit, which an operator may raise. */
const MAX_CONNECTIONS = 10_000;
/**
 * Each part's time to stop; and that of all together, after which each is only told: a database that hangs would hold
 * up one after another.
 */
const STOP_PART_MS = 8000;
const STOP_ALL_MS = 12_000;
const STOP_TOLD_MS = 250;
/** Orders of the last run that may be asked for to tell whether the order API works. */
const REMEMBERED = 8;

/** @throws HeardError, MigrationError or a listening error, each with one line to show */
export async function startServer(
  config: Config,
  log: Logger,
  onFatal: (reason: string) => void,
): Promise<RunningServer> {
  await awaitDatabaseOf(config.appEnv, config.databaseUrl, log);
  await migrate(config.databaseUrl, log);
  await stampDatabase(config.appEnv, config.databaseUrl);

  const running: [name: string, stop: () => unknown][] = [];
  const stop = async () => {
    const until = performance.now() + STOP_ALL_MS;
    let first: unknown;
    for (const [name, stopPart] of running.splice(0).toReversed()) {
      const ms = Math.max(STOP_TOLD_MS, Math.min(STOP_PART_MS, until - performance.now()));
      try {
        await Promise.race([stopPart(), sleep(ms, undefined, { ref: false })]);
      } catch (error) {
        first ??= error;
        log.error({ part: name, error: messageOf(error) }, 'a part did not stop cleanly');
      }
    }
    if (first) throw first;
  };
  const started = <T>(name: string, part: T, stopPart: (part: T) => unknown): T => {
    running.push([name, () => stopPart(part)]);
    return part;
  };

  try {
    const { topic, groupId } = config.kafka;
    const prisma = started('database', createPrisma(config.databaseUrl), (it) => it.$disconnect());
    const bus = started('bus', new Bus(config.databaseUrl, log), (it) => it.stop());
    await bus.start();
    const metrics = new Metrics({ groupId, topic });
    const settings = started(
      'settings',
      new Settings({ prisma, bus, log, defaults: { orderApiConcurrency: config.orderApi.concurrency } }),
      (it) => it.stop(),
    );
    await settings.start();

    const api = started('order API', new OrderApi({ ...config.orderApi, connections: MAX_CONNECTIONS }), (it) =>
      it.stop(),
    );
    const source = started(
      'detail source',
      new DetailSource({
        api,
        ceiling: settings.orderApiConcurrency(),
        batchMax: config.orderApi.batchMax,
        onRequest: (outcome, seconds) => metrics.orderApiRequest(outcome, seconds),
      }),
      (it) => it.stop(),
    );
    settings.onChange(() => source.setCeiling(settings.orderApiConcurrency()));
    source.remember(
      (await prisma.order.findMany({ select: { id: true }, orderBy: { changedAt: 'desc' }, take: REMEMBERED }))
        .map(({ id }) => id)
        .toReversed(),
    );

    const { publicUrl } = config.http;
    const sessions = new Sessions({ prisma, bus, publicUrl });
    const limits = new Limits(prisma);
    const accounts = new Accounts({ prisma, sessions, limits, log, publicUrl });
    const outbox =
      config.alerts &&
      started(
        'alerts',
        new OutboxSender({
          prisma,
          log,
          alerts: config.alerts,
          appEnv: config.appEnv,
          linkFor: (id) => accounts.mailedLink(id),
        }),
        (it) => it.stop(),
      );
    const settler = started(
      'settler',
      new Settler({
        prisma,
        bus,
        log,
        retry: config.retry,
        failedEmail: (failed) => (config.alerts ? failedMessageEmail(failed, config.http.publicUrl) : null),
        onTopicMadeAgain: (incarnationId) => consumer.topicMadeAgain(incarnationId),
        onSettled: (fates, size, seconds) => {
          for (const [fate, count] of Object.entries(fates)) metrics.messageEnded(fate.toLowerCase() as Fate, count);
          metrics.applied(size, seconds);
          if (fates.FAILED) outbox?.kick();
        },
      }),
      (it) => it.stop(),
    );
    const lanes = started(
      'lanes',
      new Lanes({
        look: (ids) => glanceAt(prisma, ids),
        fetch: (id, onStart) => source.fetch(id, { onStart }),
        settle: (settlement) => settler.settle(settlement),
        appetite: () => source.appetite,
        onFault: (orderId, error) =>
          log.error({ orderId, error: messageOf(error) }, 'an order could not be worked on; it is tried again'),
      }),
      (it) => it.stop(LANES_GRACE_MS),
    );
    const rejected = started('rejected messages', new RejectedMessages(prisma, log), (it) => it.stop());
    const intake = new Intake({
      appEnv: config.appEnv,
      lanes,
      rejected,
      log,
      onRejected: () => metrics.messageEnded('rejected'),
    });

    const worker = started(
      'retry worker',
      new RetryWorker({
        log,
        claim: (free, trying) => claimDue(prisma, free, trying),
        fetch: (id, onStart) => source.fetch(id, { onStart, urgent: true }),
        settle: (settlement) => settler.settle(settlement),
        serviceDown: () => source.status.state === 'down',
        width: () => source.retryWidth,
      }),
      (it) => it.stop(),
    );
    bus.on('retry', () => worker.kick());

    const kafka = createKafka(config, log);
    const lag = started('lag monitor', new LagMonitor({ kafka, topic, groupId }), (it) => it.stop());
    const missing = new MissingMessages({
      prisma,
      log,
      topic,
      missingEmail: (found) => (config.alerts ? missingMessagesEmail(found, topic, config.http.publicUrl) : null),
      onNoted: () => outbox?.kick(),
    });
    const consumer = started(
      'consumer',
      new TopicConsumer({
        kafka,
        prisma,
        intake,
        missing,
        log,
        topic,
        groupId,
        topicId: () => fetchTopicId(config.kafka.brokers, topic),
        onSilent: onFatal,
      }),
      (it) => it.stop(),
    );
    const status = started(
      'status',
      new Status({ prisma, consumer, lag, source, databaseAway: () => settler.databaseAway }),
      (it) => it.stop(),
    );

    const devices = new Devices({ prisma, bus, publicUrl });
    const access = new ScreenAccess({ prisma, devices, sessions });
    const watch = started('watch', new PeopleWatch({ sessions, bus, log }), (it) => it.stop());
    watch.start();
    const retry = new RetryControl(prisma, bus);
    const guests = await GuestTokens.load(prisma);
    const finder = new OrderFinder({ prisma, log, health: () => status.health() });
    const commands = new KitchenCommands({
      prisma,
      bus,
      log,
      retryParked: (...asked) => retry.retryOrder(...asked),
      nameOfPerson: ({ deviceId }, personId) => tapBy(prisma, deviceId, personId),
    });
    const nextHandler = await pages(config);
    const http = started(
      'http',
      createHttp({
        config,
        log,
        prisma,
        bus,
        status,
        retry,
        settings,
        devices,
        sessions,
        limits,
        accounts,
        guests,
        watch,
        metrics,
        onMail: outbox && (() => outbox.kick()),
        nextHandler,
      }),
      (it) => it.stop(),
    );
    // After the HTTP server, and so stopped before it, which would wait for open sockets.
    const gateway = started(
      'gateway',
      new Gateway({
        prisma,
        bus,
        log,
        access,
        watch,
        commands,
        guests,
        find: (restaurantId, text) => finder.find(restaurantId, text),
        health: () => status.health(),
        publicUrl: config.http.publicUrl,
        build: config.dev ? undefined : builtAs(),
        onSockets: (delta) => metrics.sockets(delta),
        onConfirmed: (seconds) => metrics.ticketConfirmed(seconds),
        onRedelivered: (tickets) => metrics.ticketsRedelivered(tickets),
      }),
      (it) => it.stop(),
    );
    gateway.start(http.server);
    await http.listen();

    lag.start();
    consumer.start();
    worker.start();
    status.start();
    started('course clock', new CourseClock({ prisma, bus, log }), (it) => it.stop()).start();
    started('retention', new Retention({ prisma, log }), (it) => it.stop()).start();
    started('archive', new Archive({ prisma, log, document: readHotOrder, story: readStoryRows, recordTimes }), (it) =>
      it.stop(),
    ).start();
    started('times', new TimesCollector({ prisma, log }), (it) => it.stop()).start();
    outbox?.start();
    if (config.demo) await makeDemoPerson(prisma, config.demoPassword ?? null);
    else await accounts.printFirstLink();
    log.info({ appEnv: config.appEnv, topic, groupId, url: config.http.publicUrl }, 'Heard is up');
    return { stop };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

/** The build's name, as its pages have it too. */
function builtAs(): string | undefined {
  try {
    return readFileSync(path.join(projectRoot(), '.next', 'BUILD_ID'), 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** Next.js as a request handler. Its upgrade listener is given a server of its own, or it would fight Socket.IO's. */
async function pages({ dev, http }: Config) {
  // Imported late: React reads NODE_ENV when it is loaded.
  const { default: next } = await import('next');
  const app = next({ dev, dir: projectRoot(), hostname: http.host, port: http.port, httpServer: createServer() });
  await app.prepare();
  return app.getRequestHandler();
}
