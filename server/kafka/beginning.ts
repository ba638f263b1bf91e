// Where an assignment begins to read. The group's committed offset alone does not say it: it may be of a topic that is
// no more, or have been moved by somebody's tool. What the database recorded of this incarnation does: everything below
// it has ended.
//
//   low ....... committed ....... recorded ....... committed by somebody else
//    |              `- begins here: ended already, read again   `- not ours: begins at what is recorded
//    `- recorded lies below it: what is between is missing
import type { Admin } from 'kafkajs';
import type { PrismaClient } from '../db/client.ts';
import { isOther, resolveIncarnation, type Incarnation, type TopicFacts } from './incarnation.ts';

export interface Place {
  low: number;
  high: number;
  /** The group's offset; negative where it has none. */ committed: number;
  /** Everything below it has ended. */ recorded: number;
}
export interface Start {
  offset: number;
  /** The group's offset as it is, which may have to be put right. */
  committed: number;
  /** Where the topic should still have had messages. */
  missingFrom: number | null;
  /** The group's offset lies beyond everything that ended. */
  foreign: boolean;
}
export interface Beginning {
  incarnation: Incarnation;
  starts: Map<number, Start>;
}
export interface BeginningDeps {
  prisma: PrismaClient;
  topic: string;
  groupId: string;
  topicId: () => Promise<string | null>;
}

/** @throws when Kafka or the database do not answer */
export async function findBeginning(
  admin: Admin,
  { prisma, topic, groupId, topicId }: BeginningDeps,
  replaced?: number,
): Promise<Beginning> {
  const { incarnation, facts } = await resolveIncarnation(admin, prisma, topic, topicId, replaced);
  const committed = await committedOffsets(admin, groupId, topic);
  const recorded = await recordedProgress(prisma, topic, incarnation, facts, committed);
  const starts = [...facts.spans].map(
    ([partition, span]) =>
      [
        partition,
        startOf({ ...span, committed: committed.get(partition) ?? -1, recorded: recorded.get(partition) ?? 0 }),
      ] as const,
  );
  return { incarnation, starts: new Map(starts) };
}

export function startOf({ low, committed, recorded }: Place): Start {
  const done = Math.max(low, recorded);
  return {
    // A group without an offset reads everything again, which doubles nothing.
    offset: committed < 0 ? low : Math.max(low, Math.min(committed, done)),
    committed,
    missingFrom: recorded < low ? recorded : null,
    foreign: committed > done,
  };
}

/** The group's offsets by partition; negative where it has none. @throws when Kafka does not answer */
export async function committedOffsets(admin: Admin, groupId: string, topic: string): Promise<Map<number, number>> {
  const [group] = await admin.fetchOffsets({ groupId, topics: [topic] });
  return new Map(group?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
}

/**
 * What ended of each partition; where reading it has not begun yet, where it is to begin: that is recorded for all
 * partitions at once.
 */
async function recordedProgress(
  prisma: PrismaClient,
  topic: string,
  { id }: Incarnation,
  { spans, clusterId, topicId }: TopicFacts,
  committed: ReadonlyMap<number, number>,
): Promise<Map<number, number>> {
  return prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM topic_incarnations WHERE id = ${id} FOR UPDATE`;
    const recorded = new Map(
      (await tx.partitionProgress.findMany({ where: { incarnationId: id } })).map(({ partition, nextOffset }) => [
        partition,
        Number(nextOffset),
      ]),
    );
    const fresh = [...spans].filter(([partition]) => !recorded.has(partition));
    if (!fresh.length) return recorded;
    const former = await tx.topicIncarnation.findFirst({ where: { topic, id: { lt: id } }, orderBy: { id: 'desc' } });
    const fromNothing = recorded.size > 0 || (former?.clusterId === clusterId && isOther(former.topicId, topicId));
    for (const [partition, { low, high }] of fresh) {
      const group = committed.get(partition) ?? -1;
      // The first one ever was read by somebody before us, or by nobody. Another cluster's may be older than our
      // knowing of it. But in a partition that was added, or a topic that was made again, every message is ours.
      const begins = fromNothing ? 0 : !former && group >= 0 && group <= high ? group : low;
      await tx.$executeRaw`
        INSERT INTO partition_progress (incarnation_id, partition, next_offset)
        VALUES (${id}, ${partition}, ${begins})
        ON CONFLICT DO NOTHING
      `;
      recorded.set(partition, begins);
    }
    return recorded;
  });
}
