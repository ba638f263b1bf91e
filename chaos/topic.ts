// Direct access to the real topic, past the proxies: its messages, the group's committed offsets, and changes by hand.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import type { Produced } from './records.ts';

const kafkaOf = (brokers: string) =>
  new Kafka({
    clientId: 'chaos',
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 2000,
    requestTimeout: 10_000,
    retry: { retries: 8, initialRetryTime: 100 },
  });

export async function withAdmin<T>(brokers: string, use: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafkaOf(brokers).admin();
  try {
    await admin.connect();
    return await use(admin);
  } finally {
    await admin.disconnect().catch(() => {});
  }
}

/**
 * The offset behind the last message of each partition. It retries, because KafkaJS does not do so itself where a new
 * partition has no leader yet.
 */
export async function endsOf(admin: Admin, topic: string): Promise<Map<number, number>> {
  for (let tries = 1; ; tries += 1) {
    try {
      return new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]));
    } catch (error) {
      if (tries === 10 || (error as { type?: string }).type !== 'NOT_LEADER_FOR_PARTITION') throw error;
      await sleep(100);
    }
  }
}

/** An offset is negative if the group has committed nothing. */
export async function committedOf(admin: Admin, groupId: string, topic: string): Promise<Map<number, number>> {
  const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
  return new Map(found?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
}

/** Every message that the topic has now. @param number counts the topics of this name, from 0 */
export async function readTopic(brokers: string, topic: string, number: number): Promise<Produced[]> {
  const ends = await withAdmin(brokers, (admin) => admin.fetchTopicOffsets(topic));
  const left = new Map(
    ends.filter(({ low, high }) => Number(high) > Number(low)).map(({ partition, high }) => [partition, Number(high)]),
  );
  const messages: Produced[] = [];
  if (!left.size) return messages;
  const consumer = kafkaOf(brokers).consumer({
    groupId: `chaos-${randomUUID()}`,
    sessionTimeout: 30_000,
    maxWaitTimeInMs: 100,
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the topic ${topic} could not be read`)), 60_000);
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        clearTimeout(timer);
        reject(payload.error);
      });
      void consumer.run({
        autoCommit: false,
        eachMessage: async ({ partition, message: { offset, key, value } }) => {
          const at = Number(offset);
          if (at >= (left.get(partition) ?? 0)) return;
          messages.push({
            topic: number,
            partition,
            offset: at,
            key: key?.toString() ?? null,
            version: versionIn(value),
          });
          if (at === left.get(partition)! - 1) left.delete(partition);
          if (!left.size) {
            clearTimeout(timer);
            resolve();
          }
        },
      });
    });
  } finally {
    await consumer.disconnect().catch(() => {});
  }
  return messages;
}

function versionIn(value: Buffer | null): number | null {
  try {
    return (JSON.parse(value?.toString() ?? '') as { version?: number }).version ?? null;
  } catch {
    return null;
  }
}
