// A broker that asks for TLS and a password: everything that Heard asks a broker works through the same door.
import { expect, inject, test } from 'vitest';
import { createTopic, produce, uniqueEnvironment } from '../../test/kafka.ts';
import { until } from '../../test/until.ts';
import { createLogger } from '../logger.ts';
import { createKafka, type KafkaAccess } from './connection.ts';
import { TopicIds } from './topic-id.ts';

const log = createLogger('silent');

test('over TLS and SASL messages are read, large ones whole, offsets are known, and so is the id of the topic', async () => {
  const { broker, ca, sasl } = inject('kafkaSecure');
  const topic = `${uniqueEnvironment()}_order_events`;
  await createTopic(topic);
  const brokers = [broker];
  const kafka = createKafka({ kafka: { brokers, tls: { ca }, sasl } }, log);
  const [consumer, admin] = [kafka.consumer({ groupId: topic, maxWaitTimeInMs: 100 }), kafka.admin()];
  const ids = new TopicIds({ kafka, brokers, topic, log });
  const read: (string | undefined)[] = [];
  try {
    expect(await ids.current()).toMatch(/^[0-9a-f]{32}$/);
    await Promise.all([consumer.connect(), admin.connect()]);
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: async ({ message }) => {
        read.push(message.value?.toString());
      },
    });
    // An answer of many TLS records, which hold 16 KB each.
    const values = ['first', 'x'.repeat(300_000), 'last'];
    await produce(
      topic,
      [...values.entries()].map(([i, value]) => ({ key: String(i), value })),
    );
    await until('all are read', () => read.length === 3);
    expect(read).toEqual(values);
    expect(await admin.fetchTopicOffsets(topic)).toEqual([{ partition: 0, offset: '3', high: '3', low: '0' }]);
  } finally {
    await Promise.all([consumer.disconnect(), admin.disconnect(), ids.stop()]);
  }
});

test.each<[string, (access: ReturnType<typeof secure>) => Partial<KafkaAccess>, RegExp]>([
  ['no TLS', () => ({}), /speaks TLS, and is spoken to without/],
  [
    "an authority that has not signed the broker's certificate",
    ({ sasl }) => ({ tls: {}, sasl }),
    /authority that is not known here: set KAFKA_CA/,
  ],
  [
    'a wrong password',
    ({ ca, sasl }) => ({ tls: { ca }, sasl: { ...sasl, password: 'wrong' } }),
    /refuses the sign-in by PLAIN: check KAFKA_SASL_USERNAME/,
  ],
])('with %s nothing is told, and the reason is given', async (_, accessWith, reason) => {
  const access = secure();
  const [brokers, warned] = [[access.broker], [] as string[]];
  const kafka = createKafka({ kafka: { brokers, ...accessWith(access) } }, log);
  const ids = new TopicIds({
    kafka,
    brokers,
    topic: 't',
    log: Object.assign(createLogger('silent'), { warn: (said: { reason: string }) => void warned.push(said.reason) }),
  });
  expect(await ids.current()).toBeNull();
  expect(warned).toEqual([expect.stringMatching(reason)]);
  await ids.stop();
});

const secure = () => inject('kafkaSecure');
