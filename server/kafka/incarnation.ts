// Which incarnation of the topic is this? Offsets count anew when a topic is deleted and made again, or the cluster is
// replaced: without telling these apart, new messages would be taken for old ones that have ended. Another cluster id
// is another incarnation; so is another topic id, or, since that is not known everywhere, an end that lies below what
// was seen of it before.
import type { Admin } from 'kafkajs';
import type { PrismaClient } from '../db/client.ts';

export interface Incarnation {
  id: number;
  clusterId: string;
  topicId: string | null;
}
/** Offsets of a partition's first message and of the next one to be produced. */
export interface Span {
  low: number;
  high: number;
}
export interface TopicFacts {
  clusterId: string;
  topicId: string | null;
  spans: Map<number, Span>;
}

/** By partition, in their order. @throws when Kafka does not answer */
export async function topicSpans(admin: Admin, topic: string): Promise<Map<number, Span>> {
  const spans = (await admin.fetchTopicOffsets(topic)).map(
    ({ partition, low, high }) => [partition, { low: Number(low), high: Number(high) }] as const,
  );
  return new Map(spans.sort(([a], [b]) => a - b));
}

/**
 * What the topic is now, the last one that was read, and whether it is another. What was seen is read before the
 * topic's ends: other processes read on meanwhile, and what they see after the ends were read lies beyond them in the
 * same topic.
 * @throws when Kafka or the database do not answer
 */
export async function findIncarnation(
  admin: Admin,
  prisma: PrismaClient,
  topic: string,
  topicId: () => Promise<string | null>,
) {
  const { clusterId } = await admin.describeCluster();
  const latest = await prisma.topicIncarnation.findFirst({
    where: { topic, clusterId },
    orderBy: { generation: 'desc' },
  });
  const seen = latest ? await prisma.partitionProgress.findMany({ where: { incarnationId: latest.id } }) : [];
  const facts: TopicFacts = { clusterId, topicId: await topicId(), spans: await topicSpans(admin, topic) };
  const isOver =
    isOther(latest?.topicId, facts.topicId) ||
    seen.some(({ partition, nextOffset }) => (facts.spans.get(partition)?.high ?? 0) < Number(nextOffset));
  return { facts, latest, isOver };
}

/**
 * @param replaced an incarnation that is known to be over, where nothing else tells
 * @throws when Kafka or the database do not answer
 */
export async function resolveIncarnation(
  admin: Admin,
  prisma: PrismaClient,
  topic: string,
  topicIdNow: () => Promise<string | null>,
  replaced?: number,
): Promise<{ incarnation: Incarnation; facts: TopicFacts }> {
  const { facts, latest, isOver } = await findIncarnation(admin, prisma, topic, topicIdNow);
  const { clusterId, topicId } = facts;
  if (latest && !isOver && latest.id !== replaced) {
    if (latest.topicId === null && topicId !== null)
      await prisma.topicIncarnation.update({ where: { id: latest.id }, data: { topicId } });
    return { facts, incarnation: { id: latest.id, clusterId, topicId: topicId ?? latest.topicId } };
  }
  const generation = (latest?.generation ?? 0) + 1;
  // Several processes may notice at once: they agree on one row.
  await prisma.$executeRaw`
    INSERT INTO topic_incarnations (topic, cluster_id, generation, topic_id)
    VALUES (${topic}, ${clusterId}, ${generation}, ${topicId})
    ON CONFLICT DO NOTHING
  `;
  const made = await prisma.topicIncarnation.findUniqueOrThrow({
    where: { topic_clusterId_generation: { topic, clusterId, generation } },
  });
  // The other one saw yet another topic: of the two, ours is the later one, or it finds that out in turn.
  if (isOther(made.topicId, topicId)) return resolveIncarnation(admin, prisma, topic, topicIdNow, made.id);
  return { facts, incarnation: { id: made.id, clusterId, topicId } };
}

/** Remembers how far each partition was seen, so that an end below it gives a new topic away. */
export async function recordProgress(
  prisma: PrismaClient,
  incarnationId: number,
  nextOffsets: ReadonlyMap<number, number>,
): Promise<void> {
  if (!nextOffsets.size) return;
  const rows = JSON.stringify(
    [...nextOffsets].sort(([a], [b]) => a - b).map(([partition, next]) => ({ partition, next })),
  );
  await prisma.$executeRaw`
    INSERT INTO partition_progress (incarnation_id, partition, next_offset)
    SELECT ${incarnationId}, partition, next
    FROM jsonb_to_recordset(${rows}::jsonb) AS r(partition int, next bigint)
    ORDER BY partition
    ON CONFLICT (incarnation_id, partition) DO UPDATE SET
      next_offset = GREATEST(partition_progress.next_offset, EXCLUDED.next_offset)
  `;
}

/** Where one of them is not known they may be the same. */
export const isOther = (known: string | null | undefined, now: string | null): boolean =>
  typeof known === 'string' && now !== null && known !== now;
