// The composition root: makes every part or has it made by pipeline.ts and screens.ts, starts the parts in order and
// stops them in reverse.
import { Archive } from './archive/archive.ts';
import { Retention } from './archive/retention.ts';
import { makeDemoPerson } from './auth/demo.ts';
import type { Config } from './config.ts';
import { Bus } from './db/bus.ts';
import { createPrisma } from './db/client.ts';
import { awaitDatabaseOf, stampDatabase } from './db/environment.ts';
import { Lineage } from './db/lineage.ts';
import { migrate } from './db/migrate.ts';
import { awaitPooler } from './db/pooler.ts';
import { GuestTokens } from './guest/tokens.ts';
import { TimesCollector } from './insight/times-collector.ts';
import { createKafka } from './kafka/connection.ts';
import { CourseClock } from './kitchen/course-clock.ts';
import { SoldOutClock } from './kitchen/sold-out-clock.ts';
import { StartClock } from './kitchen/start-clock.ts';
import { startParts, type Running } from './lib/part.ts';
import type { Logger } from './logger.ts';
import { OutboxSender } from './mail/outbox-sender.ts';
import { Metrics } from './monitor/metrics.ts';
import { Settings } from './operator/settings.ts';
import { newestOrders, startPipeline, archiveSources } from './pipeline.ts';
import { RetryControl } from './retry/control.ts';
import { makeAuth, makeGateway, makeHttp } from './screens.ts';
import { buildName, nextPages } from './web/next-pages.ts';

/** @throws HeardError, MigrationError or a listening error, each with one line to show */
export async function startServer(config: Config, log: Logger, onFatal: (reason: string) => void): Promise<Running> {
  const { url, pooled, max } = config.databasePool;
  await awaitDatabaseOf(config.appEnv, config.databaseUrl, log, pooled ? 'DATABASE_DIRECT_URL' : 'DATABASE_URL');
  await migrate(config.databaseUrl, log);
  await stampDatabase(config.appEnv, config.databaseUrl);
  if (pooled) await awaitPooler(url, config.databaseUrl, log);

  return startParts(log, async (keep) => {
    const lineage = new Lineage(log);
    const prisma = createPrisma(url, { poolSize: max, pooled, lineage });
    await keep('database', { stop: () => prisma.$disconnect() });
    const bus = await keep('bus', new Bus({ databaseUrl: config.databaseUrl, lineage, log }));
    const metrics = new Metrics(config.kafka);
    const defaults = { orderApiConcurrency: config.orderApi.concurrency };
    const settings = await keep('settings', new Settings({ prisma, bus, log, defaults }));
    const retry = new RetryControl({ prisma, bus });
    const onMail = config.alerts && (() => outbox?.kick());
    const base = { config, log, prisma, lineage, bus, metrics, settings, retry, onMail };

    const auth = makeAuth(base);
    const { alerts, appEnv } = config;
    const linkFor = (invitationId: string) => auth.invitations.mailedLink(invitationId);
    const outbox = alerts && (await keep('outbox', new OutboxSender({ prisma, log, alerts, appEnv, linkFor })));
    const pipeline = await startPipeline({ ...base, kafka: createKafka(config, log), onSilent: onFatal }, keep);
    pipeline.source.remember(await newestOrders(prisma));

    const { status, readAgain } = pipeline;
    const door = { ...base, ...auth, status, readAgain, guests: await GuestTokens.load(prisma) };
    const http = makeHttp({ ...door, nextHandler: await nextPages(config) });
    const { publicUrl, trustedProxies } = config.http;
    const build = config.dev ? undefined : buildName();
    const gateway = makeGateway({ ...door, server: http.server, publicUrl, trustedProxies, build });
    await keep('watch', auth.watch);
    // Before the topic is read: an address that is taken ends the start, and the group need not notice.
    await keep('http', http);
    await pipeline.read();
    // After the HTTP server and so stopped before it, which would wait for open sockets.
    await keep('gateway', gateway);

    await keep('course clock', new CourseClock({ prisma, bus, log }));
    await keep('start clock', new StartClock({ prisma, bus, log }));
    await keep('sold-out clock', new SoldOutClock({ prisma, bus, log }));
    await keep('retention', new Retention({ prisma, log }));
    await keep('archive', new Archive({ prisma, log, ...archiveSources }));
    await keep('times', new TimesCollector({ prisma, log }));
    if (config.demo) await makeDemoPerson(prisma, config.demoPassword ?? null);
    else await auth.invitations.printFirstLink();
    log.info({ appEnv, topic: config.kafka.topic, groupId: config.kafka.groupId, url: publicUrl }, 'Heard is up');
  });
}
