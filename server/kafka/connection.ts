// The KafkaJS client, with its log in ours.
import { Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import type { Config } from '../config.ts';
import type { Logger } from '../logger.ts';
import { openBrokerSocket } from './broker-socket.ts';

/** `ssl` and `sasl` as KafkaJS takes them. All connections use them, including those that ask for the topic's id. */
export type KafkaAccess = Pick<Config['kafka'], 'brokers' | 'groupId'> & Pick<KafkaConfig, 'ssl' | 'sasl'>;

/** The client's own retry is kept short: the parts above it wait, give the reason, and begin again. */
export function createKafka({ kafka: { brokers, groupId, ssl, sasl } }: { kafka: KafkaAccess }, log: Logger): Kafka {
  return new Kafka({
    clientId: groupId,
    brokers,
    ...(ssl !== undefined && { ssl }),
    // A copy: KafkaJS keeps its authenticator in this object, with the password that it had at first.
    ...(sasl !== undefined && { sasl: { ...sasl } }),
    socketFactory: openBrokerSocket,
    connectionTimeout: 2000,
    requestTimeout: 10_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 5 },
    logLevel: logLevel.WARN,
    // KafkaJS logs a broker's restart as errors; the consumer's own lines tell its meaning.
    logCreator:
      () =>
      ({ namespace, log: { message, error } }) =>
        log.debug({ kafka: namespace, error: error as unknown }, message),
  });
}
