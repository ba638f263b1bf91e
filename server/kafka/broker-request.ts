// Sends a broker requests that KafkaJS does not speak, over a connection of KafkaJS itself, so that TLS, SASL, time-outs
// and the log are those of all other connections.
import type { Kafka } from 'kafkajs';
import { clusterOf, type Broker } from './clusters.ts';

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
      response: { decode: async (payload) => payload, parse: async (decoded: Buffer) => decoded },
    }) as Promise<Buffer>;
  }

  /** Waits for requests that are under way. */
  async close(): Promise<void> {
    await this.broker.disconnect();
  }
}
