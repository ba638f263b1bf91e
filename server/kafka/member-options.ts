// How a process takes part in the group: its time-outs, and how often it asks for messages.
import type { ConsumerConfig } from 'kafkajs';

/**
 * All in ms. After the session time-out a dead member's partitions go to another member. A group whose broker was
 * killed waits as long for the member that it remembers.
 */
const SESSION_MS = 10_000;
const HEARTBEAT_MS = 2000;
const REBALANCE_MS = 15_000;
const METADATA_MS = 10_000;
/**
 * A fetch is answered as soon as there is a message; without one it is answered after this time. Each costs this
 * process and the broker some milliseconds of the processor. A commit goes over the same connection and waits behind it.
 */
const FETCH_WAIT_MS = 250;

export const memberOptions = ({ groupId, rack }: { groupId: string; rack?: string | undefined }): ConsumerConfig => ({
  groupId,
  ...(rack !== undefined && { rackId: rack }),
  sessionTimeout: SESSION_MS,
  heartbeatInterval: HEARTBEAT_MS,
  rebalanceTimeout: REBALANCE_MS,
  metadataMaxAge: METADATA_MS,
  maxWaitTimeInMs: FETCH_WAIT_MS,
  // KafkaJS's own default lets a broker make a missing topic, with the broker's number of partitions.
  allowAutoTopicCreation: false,
  retry: { restartOnFailure: async () => false },
});
