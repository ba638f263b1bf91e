// The KafkaJS client, with its log in ours.
import { Kafka, logLevel } from 'kafkajs';
import type { Config } from '../config.ts';
import type { Logger } from '../logger.ts';
import { connectWholly } from './whole-answers.ts';

/** The client's own retry is kept short: what is above it waits, says why, and begins again. */
export function createKafka({ kafka: { brokers, groupId } }: Pick<Config, 'kafka'>, log: Logger): Kafka {
  return new Kafka({
    clientId: groupId,
    brokers,
    socketFactory: connectWholly,
    connectionTimeout: 2000,
    requestTimeout: 10_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 5 },
    logLevel: logLevel.WARN,
    // A broker that restarts makes KafkaJS shout; the consumer's own lines say what it means.
    logCreator:
      () =>
      ({ namespace, log: { message, error } }) =>
        log.debug({ kafka: namespace, error: error as unknown }, message),
  });
}
