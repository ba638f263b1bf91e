// A topic that is missing, is made again, or gets a partition: nothing is lost.
import { describe, expect, test } from 'vitest';
import { createKafka, createTopic, deleteTopic, produce } from '../test/kafka.ts';
import {
  allCommitted,
  allEnded,
  incarnations,
  openPlatform,
  order,
  run,
  start,
  stop,
  withTopic,
} from '../test/topic-run.ts';
import { until } from '../test/until.ts';

withTopic();

test('while the topic is missing it waits and names it, and does not make it', async () => {
  await openPlatform({ brokers: undefined });
  const ingest = await start();
  await until('it names the topic', () => ingest.consumer.readiness().reason?.includes(run.topic));
  await new Promise((resolve) => {
    setTimeout(resolve, 1500);
  });
  const admin = createKafka().admin();
  await admin.connect();
  expect(await admin.listTopics()).not.toContain(run.topic);
  await admin.disconnect();
  await createTopic(run.topic);
  const { id } = run.platform.place(order(), { silent: true });
  await produce(run.topic, [{ key: id, value: { id, status: 'PLACED', version: 1 } }]);
  await allEnded(1);
  expect(ingest.consumer.readiness()).toEqual({ ready: true });
});

test('a topic that is deleted under a running server is not made again by it', async () => {
  // The broker makes topics for whoever asks without saying no: that is Kafka's default.
  await createTopic(run.topic);
  await openPlatform({ brokers: undefined });
  const ingest = await start();
  await until('it reads', () => ingest.consumer.readiness().ready);
  await deleteTopic(run.topic);
  await until('it says that the topic is missing', () => ingest.consumer.readiness().reason?.includes(run.topic));
  const admin = createKafka().admin();
  await admin.connect();
  expect(await admin.listTopics()).not.toContain(run.topic);
  await admin.disconnect();
});

describe('a topic that is made again', () => {
  const messages = (ids: string[]) => ids.map((id) => ({ key: id, value: { id, status: 'PLACED', version: 1 } }));
  const placed = (count: number) =>
    Array.from({ length: count }, () => run.platform.place(order(), { silent: true }).id);
  const applied = (ids: string[]) =>
    until(
      'the new ones are applied',
      async () => (await run.prisma.order.count({ where: { id: { in: ids } } })) === ids.length,
    );
  const again = async () => {
    await deleteTopic(run.topic);
    await until('it can be made', () => createTopic(run.topic).then(() => true));
  };

  for (const [what, count] of [
    ['fewer', 2],
    ['as many', 5],
    ['more', 9],
  ] as const) {
    test(`while the server is away, with ${what} messages: nothing is lost`, async () => {
      await createTopic(run.topic);
      await openPlatform({ brokers: undefined });
      const first = await start();
      const old = placed(5);
      await produce(run.topic, messages(old));
      await applied(old);
      await allCommitted(5);
      await stop(first);
      await again();
      const ids = placed(count);
      await produce(run.topic, messages(ids));
      await start();
      await applied(ids);
      await allCommitted(count);
      expect((await incarnations()).length).toBe(2);
    });
  }

  test('under a running server: nothing is lost', async () => {
    await createTopic(run.topic);
    await openPlatform({ brokers: undefined });
    await start();
    const old = placed(5);
    await produce(run.topic, messages(old));
    await applied(old);
    await again();
    const ids = placed(7);
    await produce(run.topic, messages(ids));
    await applied(ids);
    expect((await incarnations()).length).toBe(2);
  });
});

test('a partition that is added is read from its start', async () => {
  await createTopic(run.topic);
  await openPlatform({ brokers: undefined });
  await start();
  const [old, fresh] = [run.platform.place(order(), { silent: true }), run.platform.place(order(), { silent: true })];
  await produce(run.topic, [{ key: old.id, value: { id: old.id, status: 'PLACED', version: 1 }, partition: 0 }]);
  await allEnded(1);
  const admin = createKafka().admin();
  await admin.connect();
  await admin.createPartitions({ topicPartitions: [{ topic: run.topic, count: 2 }] });
  await admin.disconnect();
  await until('it can be written to', () =>
    produce(run.topic, [{ key: fresh.id, value: { id: fresh.id, status: 'PLACED', version: 1 }, partition: 1 }]).then(
      () => true,
    ),
  );
  await until('it is applied', async () => (await run.prisma.order.count({ where: { id: fresh.id } })) === 1);
});
