// Sends a broker requests that KafkaJS does not speak, over a connection of KafkaJS itself, so that TLS, SASL, time-outs
// and the log are those of all other connections. KafkaJS 2.2.4 offers no such call: its Cluster is reached by the
// symbol that Kafka keeps it under. Another version of KafkaJS may need another way; topic-id.int.test.ts shows it.
import type { Kafka } from 'kafkajs';

const CREATE_CLUSTER = 'private:Kafka:createCluster';

/** The parts of KafkaJS's own classes that are used here. */
interface Cluster {
  connectionPoolBuilder: { build(destination: { host: string; port: number }): Promise<ConnectionPool> };
  brokerPool: { createBroker(options: { connectionPool: ConnectionPool; logger: unknown }): Broker };
  rootLogger: unknown;
}
interface ConnectionPool {
  send(protocol: {
    /** KafkaJS writes the header before `encode`, whose answer only has to look like its Encoder. */
    request: {
      apiKey: number;
      apiVersion: number;
      apiName: string;
      encode: () => Promise<{ buf: Buffer; buffer: Buffer }>;
    };
    response: { decode: (payload: Buffer) => Promise<Buffer>; parse: (decoded: Buffer) => Promise<Buffer> };
  }): Promise<Buffer>;
}
interface Broker {
  connectionPool: ConnectionPool;
  versions: Record<number, { minVersion: number; maxVersion: number }>;
  connect(): Promise<void>;
  disconnect(): Promise<unknown>;
}

export interface BrokerRequest {
  apiKey: number;
  apiVersion: number;
  apiName: string;
  /** Everything behind the client's id, which ends the header of version 1. */
  body: Buffer;
}

/** A connection to one broker. It connects anew by itself when it was cut. */
export class BrokerConnection {
  private constructor(private readonly broker: Broker) {}

  /** @throws when the broker does not answer, or refuses the connection */
  static async open(kafka: Kafka, { host, port }: { host: string; port: number }): Promise<BrokerConnection> {
    const { connectionPoolBuilder, brokerPool, rootLogger } = clusterOf(kafka);
    const connectionPool = await connectionPoolBuilder.build({ host, port });
    const broker = brokerPool.createBroker({ connectionPool, logger: rootLogger });
    try {
      await broker.connect();
    } catch (error) {
      await broker.disconnect();
      throw error;
    }
    return new BrokerConnection(broker);
  }

  /** The highest version of a request that the broker answers; 0 where it does not know the request. */
  maxVersion(apiKey: number): number {
    return this.broker.versions[apiKey]?.maxVersion ?? 0;
  }

  /** @returns the answer behind its correlation id. @throws when the broker does not answer */
  send({ body, ...request }: BrokerRequest): Promise<Buffer> {
    return this.broker.connectionPool.send({
      request: { ...request, encode: async () => ({ buf: body, buffer: body }) },
      response: { decode: async (payload) => payload, parse: async (decoded) => decoded },
    });
  }

  /** Waits for requests that are under way. */
  async close(): Promise<void> {
    await this.broker.disconnect();
  }
}

function clusterOf(kafka: Kafka): Cluster {
  const symbol = Object.getOwnPropertySymbols(kafka).find(({ description }) => description === CREATE_CLUSTER);
  const create = symbol && (kafka as unknown as Record<symbol, unknown>)[symbol];
  if (typeof create !== 'function') throw new Error('this version of KafkaJS gives no way to its connections');
  return create({ allowAutoTopicCreation: false }) as Cluster;
}
