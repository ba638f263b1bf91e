// Lets an operator read the topic again from an earlier place, such as after a restored backup: checks that it is safe,
// shows the plan, asks, and sets the group's offsets. The next start decides where reading begins (beginning.ts): never
// behind a message that has not ended.
import type { Admin } from 'kafkajs';
import type { Config } from '../config.ts';
import { createPrisma, type PrismaClient } from '../db/client.ts';
import { refuseOther } from '../db/environment.ts';
import { pendingMigrations } from '../db/migrate.ts';
import { messageOf } from '../errors.ts';
import { createLogger } from '../logger.ts';
import { audit } from '../db/audit.ts';
import { committedOffsets } from './beginning.ts';
import { reasonOf } from './broker-words.ts';
import { createKafka } from './connection.ts';
import { findIncarnation, topicSpans } from './incarnation.ts';
import {
  describePlan,
  planReplay,
  ReplayRefused,
  type PartitionState,
  type ReplayStep,
  type ReplayTarget,
} from './replay-plan.ts';
import { TopicIds } from './topic-id.ts';

export interface ReplayDeps {
  config: Pick<Config, 'appEnv' | 'databaseUrl' | 'kafka'>;
  target: ReplayTarget;
  say: (line: string) => void;
  /** Is it to be done? Asked after the plan was shown. */
  confirm: () => Promise<boolean>;
}

/** @returns the steps that were done. @throws ReplayRefused or HeardError, each with one line to show */
export async function replayTopic({ config, target, say, confirm }: ReplayDeps): Promise<ReplayStep[]> {
  const {
    appEnv,
    databaseUrl,
    kafka: { brokers, topic, groupId },
  } = config;
  const prisma = createPrisma(databaseUrl, { poolSize: 1 });
  const log = createLogger('silent');
  const client = createKafka(config, log);
  const admin = client.admin({ retry: { retries: 2 } });
  const topicIds = new TopicIds({ kafka: client, brokers, topic, log });
  try {
    await refuseDatabase(prisma, appEnv);
    await admin.connect().catch((error: unknown) => {
      throw new ReplayRefused(`KAFKA_BROKERS ${brokers.join(',')} cannot be reached: ${reasonOf(error)}`);
    });
    if (!(await admin.listTopics()).includes(topic)) throw new ReplayRefused(`There is no topic ${topic}.`);
    await refuseMembers(admin, groupId);
    const incarnationId = await sameIncarnation(admin, prisma, topic, topicIds, say);
    const steps = planReplay(target, await statesOf(admin, prisma, config, target, incarnationId));
    for (const line of describePlan(steps, { appEnv, topic, groupId })) say(line);
    if (!(await confirm())) throw new ReplayRefused('Nothing was changed.');
    await setOffsets(admin, config, steps);
    await audit(prisma, 'cli', 'topic.replay', `topic ${topic}`, { groupId, incarnationId, steps });
    say('Done: start Heard, and it reads from there.');
    return steps;
  } finally {
    await Promise.allSettled([admin.disconnect(), topicIds.stop(), prisma.$disconnect()]);
  }
}

async function refuseDatabase(prisma: PrismaClient, appEnv: string): Promise<void> {
  const [{ stamped }] = await prisma.$queryRaw<
    [{ stamped: boolean }]
  >`SELECT to_regclass('environment_stamp') IS NOT NULL AS stamped`.catch((error: unknown) => {
    throw new ReplayRefused(`DATABASE_URL cannot be used: ${messageOf(error)}`);
  });
  const stamp = stamped ? await prisma.environmentStamp.findFirst() : null;
  if (!stamp)
    throw new ReplayRefused(
      'DATABASE_URL is a database on which Heard never started: there is nothing to put right in it.',
    );
  refuseOther(appEnv, stamp.appEnv);
  const pending = await pendingMigrations(prisma);
  if (pending.length)
    throw new ReplayRefused(
      `DATABASE_URL is not migrated (${pending.join(', ')}): start and stop this version of Heard once.`,
    );
}

/** Running processes would commit over the offsets that are set here. */
async function refuseMembers(admin: Admin, groupId: string): Promise<void> {
  const {
    groups: [group],
  } = await admin.describeGroups([groupId]);
  const count = group?.members.length ?? 0;
  if (count)
    throw new ReplayRefused(
      count === 1
        ? `One process of ${groupId} is running and would commit over it: stop it first.`
        : `${count} processes of ${groupId} are running and would commit over it: stop them first.`,
    );
}

async function sameIncarnation(
  admin: Admin,
  prisma: PrismaClient,
  topic: string,
  topicIds: TopicIds,
  say: ReplayDeps['say'],
): Promise<number> {
  const { latest, facts, isOver } = await findIncarnation(admin, prisma, topic, () => topicIds.current());
  if (!latest)
    throw new ReplayRefused(
      `Heard has never read ${topic} on this cluster with this database: it reads all of it when it starts.`,
    );
  if (latest.topicId !== null && facts.topicId === null)
    say(`The brokers do not tell the id of ${topic}: only its offsets tell whether it was made again.`);
  if (isOver)
    throw new ReplayRefused(`${topic} was made again since Heard last read it: it reads all of it when it starts.`);
  return latest.id;
}

async function statesOf(
  admin: Admin,
  prisma: PrismaClient,
  { kafka: { topic, groupId } }: ReplayDeps['config'],
  target: ReplayTarget,
  incarnationId: number,
): Promise<PartitionState[]> {
  const spans = await topicSpans(admin, topic);
  const committed = await committedOffsets(admin, groupId, topic);
  const recorded = new Map(
    (await prisma.partitionProgress.findMany({ where: { incarnationId } })).map(({ partition, nextOffset }) => [
      partition,
      Number(nextOffset),
    ]),
  );
  const times =
    target.kind === 'time'
      ? new Map(
          (await admin.fetchTopicOffsetsByTimestamp(topic, target.time.getTime())).map(({ partition, offset }) => [
            partition,
            Number(offset),
          ]),
        )
      : undefined;
  return [...spans].map(([partition, span]) => {
    const atTime = times?.get(partition);
    return {
      partition,
      ...span,
      committed: committed.get(partition) ?? -1,
      recorded: recorded.get(partition) ?? null,
      ...(atTime !== undefined && { atTime }),
    };
  });
}

/** KafkaJS joins the group to do it, which fails where a process has joined meanwhile. */
async function setOffsets(
  admin: Admin,
  { kafka: { topic, groupId } }: ReplayDeps['config'],
  steps: readonly ReplayStep[],
): Promise<void> {
  await refuseMembers(admin, groupId);
  await admin
    .setOffsets({ groupId, topic, partitions: steps.map(({ partition, to }) => ({ partition, offset: String(to) })) })
    .catch((error: unknown) => {
      throw new ReplayRefused(`The group's offsets could not be set: ${messageOf(error)}`);
    });
  const now = await committedOffsets(admin, groupId, topic);
  const wrong = steps.find(({ partition, to }) => now.get(partition) !== to);
  if (wrong)
    throw new ReplayRefused(
      `The group's offset of partition ${wrong.partition} is ${now.get(wrong.partition)}, not ${wrong.to}: ` +
        'see whether a process of Heard runs, and try again.',
    );
}
