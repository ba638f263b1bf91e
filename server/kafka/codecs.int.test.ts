// Orders in records that were compressed by Java: by its producer, and by the broker where the topic's own compression
// is another than the producer's.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ensureKafka, java, javaTool } from '../../scripts/local/kafka-install.mjs';
import { createKafka, createTopic, kafkaBrokers, produce } from '../../test/kafka.ts';
import {
  allCommitted,
  allEnded,
  expectTruth,
  openPlatform,
  order,
  run,
  start,
  withTopic,
} from '../../test/topic-run.ts';

withTopic();

const CODECS = ['gzip', 'snappy', 'lz4', 'zstd'];
const COUNT = 40;
const program = fileURLToPath(new URL('../../test/java/Produce.java', import.meta.url));

async function place(send: (messages: { key: string; value: string }[]) => void | Promise<void>) {
  const ids = Array.from({ length: COUNT }, () => run.platform.place(order(), { silent: true }).id);
  await send(ids.map((id) => ({ key: id, value: JSON.stringify({ id, status: 'PLACED', version: 1 }) })));
  await allEnded(COUNT);
  await expectTruth(ids);
  await allCommitted(COUNT);
}

test.each(CODECS)('a topic whose compression.type is %s', async (codec) => {
  const admin = createKafka().admin();
  await admin.connect();
  await admin.createTopics({
    topics: [{ topic: run.topic, configEntries: [{ name: 'compression.type', value: codec }] }],
    waitForLeaders: true,
  });
  await admin.disconnect();
  await openPlatform({ brokers: undefined });
  const ingest = await start();
  await place((messages) => produce(run.topic, messages));
  expect(ingest.consumer.readiness()).toEqual({ ready: true });
});

/** Java runs a program from its source only where its compiler is installed, too. */
const hasCompiler = (() => {
  try {
    execFileSync(javaTool('javac'), ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!hasCompiler)("Java's producer, with each codec", async () => {
  await createTopic(run.topic);
  await openPlatform({ brokers: undefined });
  await start();
  const classpath = path.join(await ensureKafka(() => {}), 'lib', '*');
  await place((messages) => {
    execFileSync(java(), ['-cp', classpath, program, kafkaBrokers()[0]!, run.topic, CODECS.join(',')], {
      input: messages.map(({ key, value }) => `${key} ${value}\n`).join(''),
      stdio: ['pipe', 'ignore', 'pipe'],
    });
  });
});
