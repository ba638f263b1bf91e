// The KafkaJS client, with its log in ours.
import { Kafka, logLevel } from 'kafkajs';
import type { KafkaSettings } from '../config/kafka.ts';
import type { Logger } from '../logger.ts';
import { brokerSockets } from './broker-socket.ts';
import { wordsOfRefusal } from './broker-words.ts';
import { beginAt, explainRefusals, onEachPool } from './clusters.ts';
import { registerCodecs } from './codecs.ts';
import { saslFor } from './sasl.ts';

/** All connections use it, including those that ask for the topic's id. */
export type KafkaAccess = Pick<KafkaSettings, 'brokers' | 'clientId' | 'tls' | 'sasl'>;

/** The client's own retry is kept short: the parts above it wait, give the reason, and begin again. */
export function createKafka(
  { kafka: { brokers, clientId = 'heard', tls, sasl } }: { kafka: KafkaAccess },
  log: Logger,
): Kafka {
  registerCodecs();
  const approach = { tls: tls !== undefined, mechanism: sasl?.mechanism };
  const kafka = new Kafka({
    clientId,
    brokers,
    // The object itself: its certificates may be read anew at each connection.
    ...(tls !== undefined && { ssl: tls }),
    ...(sasl !== undefined && { sasl: saslFor(sasl) }),
    socketFactory: brokerSockets(approach),
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
  beginAt(kafka, brokers);
  onEachPool(kafka, (pool) => {
    explainRefusals(pool, (error, peer) => wordsOfRefusal(error, peer, approach));
  });
  return kafka;
}
