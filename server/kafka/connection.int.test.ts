// A connection to the broker that is cut in the middle of an answer: the consumer goes on with the next one.
import { connect, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createLogger } from '../logger.ts';
import { createTopic, produce, uniqueEnvironment } from '../../test/kafka.ts';
import { until, untilWithin } from '../../test/until.ts';
import { createKafka } from './connection.ts';

let relay: Server;
/** Of the next long answer half is passed on, and the connection reset. */
let cutNext = false;
let cuts = 0;

beforeAll(async () => {
  const { port, advertisedPort } = inject('kafkaDoor');
  relay = createServer((client) => {
    const broker = connect(port, '127.0.0.1');
    const end = () => {
      client.resetAndDestroy();
      broker.destroy();
    };
    for (const socket of [client, broker]) socket.on('error', end).on('close', end);
    client.on('data', (chunk) => broker.write(chunk));
    broker.on('data', (chunk) => {
      if (!cutNext || chunk.length < 2000) {
        client.write(chunk);
        return;
      }
      cutNext = false;
      cuts += 1;
      client.write(chunk.subarray(0, chunk.length >> 1), () => setTimeout(end, 20));
    });
  });
  await new Promise<void>((resolve) => {
    relay.listen(advertisedPort, '127.0.0.1', resolve);
  });
});
afterAll(() => relay?.close());

test('after a connection was cut in the middle of an answer, what comes next is read within seconds', async () => {
  const topic = `${uniqueEnvironment()}_order_events`;
  await createTopic(topic);
  const kafka = createKafka(
    { kafka: { brokers: [`127.0.0.1:${inject('kafkaDoor').advertisedPort}`] } },
    createLogger('silent'),
  );
  const consumer = kafka.consumer({ groupId: topic, maxWaitTimeInMs: 100 });
  const read: string[] = [];
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: async ({ message }) => {
        read.push(String(message.key));
      },
    });
    await produce(topic, [{ key: 'before', value: {} }]);
    await until('the first one is read', () => read.length === 1);
    cutNext = true;
    await produce(topic, [{ key: 'cut', value: 'x'.repeat(60_000) }]);
    await until('the connection is cut', () => cuts === 1);
    await produce(topic, [{ key: 'after', value: {} }]);
    await untilWithin('all are read', 9000, () => new Set(read).size === 3);
    expect([...new Set(read)]).toEqual(['before', 'cut', 'after']);
  } finally {
    await consumer.disconnect();
  }
});
