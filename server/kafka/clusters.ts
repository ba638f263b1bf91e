// The inside of KafkaJS 2.2.4 that Heard needs: the connections of its clients, reached by the symbol under which Kafka
// keeps its way to make a Cluster. Another version of KafkaJS may need another way; topic-id.int.test.ts and
// undecodable.int.test.ts show it.
import type { Kafka } from 'kafkajs';

const CREATE_CLUSTER = 'private:Kafka:createCluster';
const AUTHENTICATE = 'private:Connection:authenticate';

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
  host: string;
  port: number;
  pool: object[];
  send(protocol: Protocol): Promise<unknown>;
}
export interface Broker {
  connectionPool: ConnectionPool;
  versions: Record<number, { minVersion: number; maxVersion: number }>;
  connect(): Promise<void>;
  disconnect(): Promise<unknown>;
}
type Sasl = { mechanism: string } | null;
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

type Build = Cluster['connectionPoolBuilder']['build'];

/** Puts something around the way in which the clients made from now on build their pools of connections. */
function aroundBuild(kafka: Kafka, around: (build: Build) => Build): void {
  const { symbol, create } = wayOf(kafka);
  const changed: CreateCluster = (options) => {
    const cluster = create.call(kafka, options);
    const { connectionPoolBuilder: builder } = cluster;
    builder.build = around(builder.build.bind(builder));
    return cluster;
  };
  Object.defineProperty(kafka, symbol, { value: changed, writable: true, configurable: true, enumerable: true });
}

/** Calls `change` with each pool of connections that the clients made from now on will have. */
export function onEachPool(kafka: Kafka, change: (pool: ConnectionPool) => void): void {
  aroundBuild(kafka, (build) => async (destination) => {
    const pool = await build(destination);
    change(pool);
    return pool;
  });
}

/** The clients made from now on begin at these addresses, in turns: KafkaJS itself cuts `[::1]:9092` at its first colon. */
export function beginAt(kafka: Kafka, brokers: readonly string[]): void {
  const seeds = brokers.map((broker) => {
    const at = broker.lastIndexOf(':');
    return { host: broker.slice(0, at).replace(/^\[(.*)\]$/, '$1'), port: Number(broker.slice(at + 1)) };
  });
  let turn = Math.floor(Math.random() * seeds.length);
  aroundBuild(kafka, (build) => (destination) => build(destination ?? seeds[turn++ % seeds.length]));
}

const SASL_AUTHENTICATE = 36;
/** An empty text behind its length. */
const NOTHING = 4;

/**
 * Gives the errors of sign-ins their words: KafkaJS's own name no broker. KafkaJS also takes a broker's refusal of a
 * token for a good answer.
 */
export function explainRefusals(
  { host, port, pool }: ConnectionPool,
  wordsOf: (error: Error & { type?: string }, peer: string) => string,
): void {
  for (const connection of pool as (Record<symbol, unknown> & Pick<ConnectionPool, 'send'> & { sasl: Sasl })[]) {
    const send = connection.send.bind(connection);
    connection.send = async (protocol) => {
      const answer = await send(protocol);
      const { authBytes } = answer as { authBytes?: Buffer };
      const isToken = connection.sasl?.mechanism === 'oauthbearer';
      if (protocol.request.apiKey === SASL_AUTHENTICATE && isToken && authBytes && authBytes.length > NOTHING)
        throw new Error('authentication failed');
      return answer;
    };
    const symbol = Object.getOwnPropertySymbols(connection).find(({ description }) => description === AUTHENTICATE);
    if (!symbol) throw new Error('this version of KafkaJS gives no way to its sign-ins');
    const authenticate = connection[symbol] as () => Promise<void>;
    connection[symbol] = () =>
      authenticate.call(connection).catch((error: Error) => {
        error.message = wordsOf(error, `${host}:${port}`);
        throw error;
      });
  }
}
