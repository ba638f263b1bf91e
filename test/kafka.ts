// Topics and messages on the Kafka of the integration tests.
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, type IHeaders, type Producer } from 'kafkajs';
import { inject } from 'vitest';
import { until } from './until.ts';

export interface TestMessage {
  /** The order's id. */
  key: string | Buffer | null;
  /** Objects are sent as JSON, everything else as it is. */
  value: object | string | Buffer | null;
  headers?: IHeaders;
  partition?: number;
  /** In ms; another unit and -1 are sent as they are. */
  timestamp?: string;
}

export const kafkaBrokers = (): string[] => inject('kafkaBrokers').split(',');

export function createKafka(): Kafka {
  return new Kafka({
    clientId: 'test',
    brokers: kafkaBrokers(),
    logLevel: logLevel.NOTHING,
    retry: { retries: 8, initialRetryTime: 50 },
  });
}

/** An environment's name that no other test uses: its topic is `<name>_order_events`. */
export const uniqueEnvironment = (): string => `t${randomUUID().replaceAll('-', '').slice(0, 15)}`;

export async function createTopic(topic: string, partitions = 1): Promise<void> {
  await withAdmin(async (admin) => {
    await admin.createTopics({ topics: [{ topic, numPartitions: partitions }], waitForLeaders: false });
    // The client's own wait fails where the broker does not know the new topic at once.
    await until('the topic has its leaders', async () => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return topics[0]!.partitions.length === partitions && topics[0]!.partitions.every(({ leader }) => leader >= 0);
    });
  });
}

export async function deleteTopic(topic: string): Promise<void> {
  await withAdmin((admin) => admin.deleteTopics({ topics: [topic] }));
}

/** The group's committed offsets by partition; -1 before the first commit. */
export async function committedOffsets(groupId: string, topic: string): Promise<Map<number, number>> {
  const [found] = await withAdmin((admin) => admin.fetchOffsets({ groupId, topics: [topic] }));
  return new Map(found?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
}

/** Commits an offset for a group without members, as an operator can. The admin's own way takes five seconds for it. */
export async function setOffset(groupId: string, topic: string, partition: number, offset: number): Promise<void> {
  const consumer = createKafka().consumer({ groupId, maxWaitTimeInMs: 50 });
  const joined = new Promise((resolve) => {
    consumer.on(consumer.events.GROUP_JOIN, resolve);
  });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [topic] });
    await consumer.run({ autoCommit: false, eachBatch: async () => {} });
    await joined;
    await consumer.commitOffsets([{ topic, partition, offset: String(offset) }]);
  } finally {
    await consumer.disconnect();
  }
}

/** Sends in order and waits until the broker has all of them. */
export async function produce(topic: string, messages: TestMessage[]): Promise<void> {
  const producer = await createProducer();
  try {
    await producer.produce(topic, messages);
  } finally {
    await producer.disconnect();
  }
}

export interface TestProducer {
  produce(topic: string, messages: TestMessage[]): Promise<void>;
  disconnect(): Promise<void>;
}

/**
 * A producer that stays connected, for tests that send often or measure. It is idempotent, so that tests can count: the broker of
 * a new topic may refuse one partition for a moment, and KafkaJS then sends what it sent to all of them again.
 */
async function createProducer(): Promise<TestProducer> {
  const producer: Producer = createKafka().producer({ allowAutoTopicCreation: false, idempotent: true });
  await producer.connect();
  return {
    async produce(topic, messages) {
      await producer.send({
        topic,
        messages: messages.map(({ key, value, headers, partition, timestamp }) => ({
          key,
          value: typeof value === 'object' && value !== null && !Buffer.isBuffer(value) ? JSON.stringify(value) : value,
          ...(headers && { headers }),
          ...(partition !== undefined && { partition }),
          ...(timestamp !== undefined && { timestamp }),
        })),
      });
    },
    disconnect: () => producer.disconnect(),
  };
}

async function withAdmin<T>(use: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> {
  const admin = createKafka().admin();
  await admin.connect();
  try {
    return await use(admin);
  } finally {
    await admin.disconnect();
  }
}
