// A record batch whose bytes were broken: its partition alone stands, is named, and goes on once the batch is gone.
import { connect, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createKafka, createTopic, deleteTopic, produce } from '../../test/kafka.ts';
import { allEnded, openPlatform, order, run, start, withTopic } from '../../test/topic-run.ts';
import { until } from '../../test/until.ts';
import { troublesOf } from '../lib/troubles.ts';
import { createLogger } from '../logger.ts';

withTopic();

const MARK = 'undecodable-key';
/** In a batch of one small record: from the low byte of its attributes to its key. */
const ATTRIBUTES_TO_KEY = 44;
const CODEC_OF_NOBODY = 5;

let relay: Server;
beforeAll(async () => {
  const { port, advertisedPort } = inject('kafkaBreakingDoor');
  relay = createServer((client) => {
    const broker = connect(port, '127.0.0.1');
    const end = () => {
      client.destroy();
      broker.destroy();
    };
    for (const socket of [client, broker]) socket.on('error', end).on('close', end);
    client.on('data', (chunk) => broker.write(chunk));
    broker.on('data', (chunk) => {
      for (let at = chunk.indexOf(MARK); at >= ATTRIBUTES_TO_KEY; at = chunk.indexOf(MARK, at + 1))
        chunk[at - ATTRIBUTES_TO_KEY] = CODEC_OF_NOBODY;
      client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => {
    relay.listen(advertisedPort, '127.0.0.1', resolve);
  });
});
afterAll(() => relay?.close());

test('a batch with an unknown codec stops its partition alone, is named, and reading goes on behind it', async () => {
  await createTopic(run.topic, 2);
  await openPlatform({ brokers: undefined });
  const joins: unknown[] = [];
  const log = Object.assign(createLogger('silent'), {
    info: (_: unknown, said: string) => said === 'joined the group' && joins.push(said),
  });
  const ingest = await start({ kafka: { brokers: [`127.0.0.1:${inject('kafkaBreakingDoor').advertisedPort}`] }, log });
  await until('it reads', () => ingest.consumer.readiness().ready);
  const send = async (partition: number) => {
    const { id } = run.platform.place(order(), { silent: true });
    await produce(run.topic, [{ key: id, value: { id, status: 'PLACED', version: 1 }, partition }]);
  };
  const admin = createKafka().admin();
  await admin.connect();
  try {
    await send(1);
    await allEnded(1);
    await produce(run.topic, [{ key: MARK, value: '{}', partition: 1 }]);
    await send(1);
    await until('it is named', () => ingest.consumer.readiness().remark);
    expect(ingest.consumer.readiness()).toEqual({
      ready: true,
      remark: expect.stringMatching(
        `^partition 1 of ${run.topic} stands at offset 1: its records .*an unknown codec \\(5\\).* cannot be decoded: `,
      ),
    });
    expect(ingest.consumer.standing).toBe(1);
    expect(troublesOf(log).list()).toEqual([
      expect.objectContaining({
        name: `partition 1 of ${run.topic} stands at offset 1, and is not read; others are`,
        error: expect.stringContaining('unknown codec (5)'),
      }),
    ]);
    const before = joins.length;
    for (let sent = 0; sent < 3; sent += 1) await send(0);
    await allEnded(4);
    // Over two further tries of the batch the group stays as it is.
    await until('it was tried again', () => (troublesOf(log).list()[0]?.failures ?? 0) >= 3);
    expect(joins.length).toBe(before);
    // KafkaJS asks for the leaders here, and does not for the deletion.
    await admin.fetchTopicOffsets(run.topic);
    await admin.deleteTopicRecords({ topic: run.topic, partitions: [{ partition: 1, offset: '2' }] });
    await allEnded(5);
    await until('nothing stands', () => ingest.consumer.standing === 0);
    expect([ingest.consumer.readiness(), troublesOf(log).list(), joins.length]).toEqual([{ ready: true }, [], before]);
  } finally {
    await admin.disconnect();
  }
});

test('a topic that is made again while a partition stands is read from its start, and nothing stands any more', async () => {
  await createTopic(run.topic);
  await openPlatform({ brokers: undefined });
  const ingest = await start({ kafka: { brokers: [`127.0.0.1:${inject('kafkaBreakingDoor').advertisedPort}`] } });
  await until('it reads', () => ingest.consumer.readiness().ready);
  const send = async () => {
    const { id } = run.platform.place(order(), { silent: true });
    await produce(run.topic, [{ key: id, value: { id, status: 'PLACED', version: 1 } }]);
  };
  for (let sent = 0; sent < 3; sent += 1) await send();
  await allEnded(3);
  await produce(run.topic, [{ key: MARK, value: '{}' }]);
  await until('it stands', () => ingest.consumer.standing === 1);
  await deleteTopic(run.topic);
  await until('it can be made', () => createTopic(run.topic).then(() => true));
  await send();
  await allEnded(4);
  await until('nothing stands', () => ingest.consumer.standing === 0);
  expect(ingest.consumer.readiness()).toEqual({ ready: true });
});
