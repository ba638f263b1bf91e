// Which incarnation of the topic is this? Offsets count anew when a topic is deleted and made again, or the cluster is replaced: without
// telling these apart, new messages would be taken for old ones that have ended. Another cluster id is another incarnation; so is an end
// that lies below what was seen of it before.
import type { Admin } from 'kafkajs';
import type { PrismaClient } from '../db/client.ts';

export interface Incarnation { id: number; clusterId: string }

/** Partition -> offset of the next message to be produced. @throws when Kafka does not answer */
export async function endOffsets(admin: Admin, topic: string): Promise<Map<number, number>> {
  return new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]));
}

/**
 * @param replaced an incarnation that is known to be over, where its ends do not tell
 * @throws when Kafka or the database do not answer
 */
export async function resolveIncarnation(admin: Admin, prisma: PrismaClient, topic: string, replaced?: number): Promise<Incarnation> {
  const { clusterId } = await admin.describeCluster();
  const ends = await endOffsets(admin, topic);
  const latest = await prisma.topicIncarnation.findFirst({ where: { topic, clusterId }, orderBy: { generation: 'desc' } });
  const seen = latest ? await prisma.partitionProgress.findMany({ where: { incarnationId: latest.id } }) : [];
  const madeAgain = latest?.id === replaced || seen.some(({ partition, nextOffset }) => (ends.get(partition) ?? 0) < Number(nextOffset));
  if (latest && !madeAgain) return { id: latest.id, clusterId };
  const generation = (latest?.generation ?? 0) + 1;
  // Several processes may notice at once: they agree on one row.
  await prisma.$executeRaw`INSERT INTO topic_incarnations (topic, cluster_id, generation) VALUES (${topic}, ${clusterId}, ${generation}) ON CONFLICT DO NOTHING`;
  const made = await prisma.topicIncarnation.findUniqueOrThrow({ where: { topic_clusterId_generation: { topic, clusterId, generation } } });
  return { id: made.id, clusterId };
}

/** Remembers how far each partition was seen, so that an end below it gives a new topic away. */
export async function recordProgress(prisma: PrismaClient, incarnationId: number, nextOffsets: ReadonlyMap<number, number>): Promise<void> {
  if (!nextOffsets.size) return;
  const rows = JSON.stringify([...nextOffsets].sort(([a], [b]) => a - b).map(([partition, next]) => ({ partition, next })));
  await prisma.$executeRaw`
    INSERT INTO partition_progress (incarnation_id, partition, next_offset)
    SELECT ${incarnationId}, partition, next FROM jsonb_to_recordset(${rows}::jsonb) AS r(partition int, next bigint) ORDER BY partition
    ON CONFLICT (incarnation_id, partition) DO UPDATE SET next_offset = GREATEST(partition_progress.next_offset, EXCLUDED.next_offset)`;
}
