// Makes the topic of the environment where it does not exist, for `npm run up`: with the server's own variables, so that
// any cluster that the server can read will do. Argument: the number of partitions.
import { parseToolConfig } from '../config.ts';
import { createLogger } from '../logger.ts';
import { reasonOf } from './broker-words.ts';
import { createKafka } from './connection.ts';

const TIMEOUT_MS = 20_000;

try {
  const config = parseToolConfig(process.env);
  const admin = createKafka(config, createLogger('silent')).admin({ retry: { retries: 2 } });
  try {
    await admin.connect();
    const topics = [{ topic: config.kafka.topic, numPartitions: Number(process.argv[2] ?? 1) }];
    // KafkaJS's wait for leaders fails where the broker does not know the topic at once. The server waits by itself.
    await admin.createTopics({ topics, waitForLeaders: false, timeout: TIMEOUT_MS });
  } finally {
    await admin.disconnect();
  }
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exitCode = 1;
}
