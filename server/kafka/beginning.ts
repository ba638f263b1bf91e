// Where an assignment begins to read. The group's committed offset alone does not say it: it may belong to a topic that
// was deleted, or a tool may have moved it. The database's record of this incarnation does: every message below it has
// ended.
//
//   low ....... committed ....... recorded ....... committed by somebody else
//    |              `- begins here: ended already, read again   `- not ours: begins at the recorded offset
//    `- recorded lies below it: the messages between are missing
import type { Admin } from 'kafkajs';
import type { PrismaClient } from '../db/client.ts';
import { isOther, resolveIncarnation, type Incarnation, type TopicFacts } from './incarnation.ts';

export interface Place {
  low: number;
  high: number;
  /** The group's offset; negative where it has none. */
  committed: number;
  /** Every message below it has ended. */
  recorded: number;
}
export interface Start {
  offset: number;
  /** The group's present offset, which may have to be corrected. */
  committed: number;
  /** As the database has it. */
  recorded: number;
  /** The first offset that is missing; null where none is. */
  missingFrom: number | null;
  /** The group's offset lies beyond every message that ended, so another tool committed it. */
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
    // A group without an offset reads all messages again, which doubles nothing.
    offset: committed < 0 ? low : Math.max(low, Math.min(committed, done)),
    committed,
    recorded,
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
 * How far the messages of each partition have ended. For partitions that were never read, the offset to begin at is
 * chosen and recorded, for all of them in one transaction.
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
      // The very first topic may have been read by another program before, and a topic on another cluster may be older
      // than our knowledge of it. In an added partition, or a topic that was made again, every message is ours.
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
