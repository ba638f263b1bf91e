// Tells incarnations of the topic apart. Offsets begin at 0 again when a topic is deleted and made again, or the cluster
// is replaced: its new messages would be taken for old ones that have ended. Another cluster id is another incarnation,
// and so is another topic id. Not all brokers tell topic ids, so an end below an offset that was seen before is a sign,
// too.
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
 * The topic as it is now, the incarnation that was read last, and whether that one is over. The recorded offsets are
 * read before the topic's ends: other processes read on meanwhile, and an offset that they record later may lie beyond
 * these ends in the same topic.
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
  // The other process saw another topic than we do: either ours is the later one, or that process finds out in turn.
  if (isOther(made.topicId, topicId)) return resolveIncarnation(admin, prisma, topic, topicIdNow, made.id);
  return { facts, incarnation: { id: made.id, clusterId, topicId } };
}

/** Where one of the ids is not known, the topics may be the same. */
export const isOther = (known: string | null | undefined, now: string | null): boolean =>
  typeof known === 'string' && now !== null && known !== now;
