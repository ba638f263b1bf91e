// The look at Kafka before the group is joined: is the topic there, and is the group this environment's own? A member of
// another environment would take partitions away, and keep their orders for itself.
import type { Admin, Kafka } from 'kafkajs';

const STAMP = 'heard:';

/** Stands beside each committed offset, so that the group belongs to an environment as the database does. */
export const stampOf = (appEnv: string): string => `${STAMP}${appEnv}`;

/**
 * It never makes the topic.
 * @returns a connected admin
 * @throws while Kafka is away, the topic missing, or the group another environment's
 */
export async function awaitTopic({
  kafka,
  topic,
  groupId,
  appEnv,
}: {
  kafka: Kafka;
  topic: string;
  groupId: string;
  appEnv: string;
}): Promise<Admin> {
  const admin = kafka.admin({ retry: { retries: 1 } });
  try {
    await admin.connect();
    if (!(await admin.listTopics()).includes(topic))
      throw new Error(`the topic ${topic} does not exist yet: waiting for it`);
    await refuseGroupOfAnother(admin, { topic, groupId, appEnv });
    return admin;
  } catch (error) {
    await admin.disconnect().catch(() => {});
    throw error;
  }
}

async function refuseGroupOfAnother(
  admin: Admin,
  { topic, groupId, appEnv }: { topic: string; groupId: string; appEnv: string },
): Promise<void> {
  const [group] = await admin.fetchOffsets({ groupId, topics: [topic] });
  const other = group?.partitions.find(
    ({ metadata }) => metadata?.startsWith(STAMP) && metadata !== stampOf(appEnv),
  )?.metadata;
  if (other)
    throw new Error(
      `KAFKA_GROUP_ID ${groupId} belongs to the environment ${other.slice(STAMP.length)}, but APP_ENV is ${appEnv}: ` +
        'give this environment a group of its own',
    );
}
