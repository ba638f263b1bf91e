// The inside of KafkaJS 2.2.4 that Heard needs: the connections of its clients, reached by the symbol under which Kafka
// keeps its way to make a Cluster. Another version of KafkaJS may need another way; topic-id.int.test.ts and
// undecodable.int.test.ts show it.
import type { Kafka } from 'kafkajs';

const CREATE_CLUSTER = 'private:Kafka:createCluster';

/** The parts of KafkaJS's own classes that are used here. */
export interface Cluster {
  connectionPoolBuilder: { build(destination?: { host: string; port: number }): Promise<ConnectionPool> };
  brokerPool: { createBroker(options: { connectionPool: ConnectionPool; logger: unknown }): Broker };
  rootLogger: unknown;
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addTargetTopic(topic: string): Promise<void>;
  refreshMetadataIfNecessary(): Promise<void>;
  fetchTopicsOffset(
    topics: { topic: string; fromBeginning: boolean; partitions: { partition: number }[] }[],
  ): Promise<{ topic: string; partitions: { partition: number; offset: string }[] }[]>;
}
export interface Protocol {
  request: {
    apiKey: number;
    apiVersion: number;
    apiName: string;
    /** KafkaJS writes the header before it; the answer only has to look like its Encoder. */
    encode: () => Promise<{ buf: Buffer; buffer: Buffer }>;
  };
  response: { decode: (payload: Buffer) => Promise<unknown>; parse: (decoded: never) => Promise<unknown> };
}
export interface ConnectionPool {
  send(protocol: Protocol): Promise<unknown>;
}
export interface Broker {
  connectionPool: ConnectionPool;
  versions: Record<number, { minVersion: number; maxVersion: number }>;
  connect(): Promise<void>;
  disconnect(): Promise<unknown>;
}
type CreateCluster = (options: object) => Cluster;

function wayOf(kafka: Kafka): { symbol: symbol; create: CreateCluster } {
  const symbol = Object.getOwnPropertySymbols(kafka).find(({ description }) => description === CREATE_CLUSTER);
  const create = symbol && (kafka as unknown as Record<symbol, unknown>)[symbol];
  if (!symbol || typeof create !== 'function')
    throw new Error('this version of KafkaJS gives no way to its connections');
  return { symbol, create: create as CreateCluster };
}

export const clusterOf = (kafka: Kafka, options: { isolationLevel?: number } = {}): Cluster =>
  wayOf(kafka).create({ allowAutoTopicCreation: false, ...options });

/** Calls `change` with each pool of connections that the clients made from now on will have. */
export function onEachPool(kafka: Kafka, change: (pool: ConnectionPool) => void): void {
  const { symbol, create } = wayOf(kafka);
  const changed: CreateCluster = (options) => {
    const cluster = create.call(kafka, options);
    const builder = cluster.connectionPoolBuilder;
    const build = builder.build.bind(builder);
    builder.build = async (destination) => {
      const pool = await build(destination);
      change(pool);
      return pool;
    };
    return cluster;
  };
  Object.defineProperty(kafka, symbol, { value: changed, writable: true, configurable: true, enumerable: true });
}
