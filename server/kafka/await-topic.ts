// The look at Kafka before the group is joined: is the topic there?
import type { Admin, Kafka } from 'kafkajs';

/** It never makes the topic. @returns a connected admin. @throws while Kafka is away or the topic missing */
export async function awaitTopic({ kafka, topic }: { kafka: Kafka; topic: string }): Promise<Admin> {
  const admin = kafka.admin({ retry: { retries: 1 } });
  try {
    await admin.connect();
    if (!(await admin.listTopics()).includes(topic))
      throw new Error(`the topic ${topic} does not exist yet: waiting for it`);
    return admin;
  } catch (error) {
    await admin.disconnect().catch(() => {});
    throw error;
  }
}
