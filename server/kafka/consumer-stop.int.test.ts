// A stop of the consumer that meets one of its beginnings: it ends all the same, and nothing begins after it.
import type { Admin, Consumer } from 'kafkajs';
import { expect, test } from 'vitest';
import { createKafka, createTopic } from '../../test/kafka.ts';
import { openPlatform, run, start, withTopic } from '../../test/topic-run.ts';
import { until } from '../../test/until.ts';
import { within } from '../lib/deadline.ts';
import { createLogger } from '../logger.ts';
import type { IngestOptions } from '../../test/ingest.ts';

withTopic();

/** Far above the time that a stop takes. Without an end it takes for ever. */
const ENDLESS_MS = 30_000;

/** Opened once, for everything that waits at it. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Starts on a topic of its own. @param change is handed each admin and each consumer before it is used */
async function begin(change: { admin?: (admin: Admin) => void; consumer?: (consumer: Consumer) => void }) {
  await createTopic(run.topic);
  await openPlatform({ brokers: undefined });
  const said: string[] = [];
  const note = (_: object, words: string) => void said.push(words);
  const log = Object.assign(createLogger('silent'), { info: note, warn: note, error: note });
  const prepare: IngestOptions['prepare'] = (kafka) => {
    const [admin, consumer] = [kafka.admin.bind(kafka), kafka.consumer.bind(kafka)];
    kafka.admin = (config) => changed(admin(config), change.admin);
    kafka.consumer = (config) => changed(consumer(config), change.consumer);
  };
  const { consumer } = await start({ log, prepare });
  return { consumer, said };
}
function changed<T>(made: T, change: ((made: T) => void) | undefined): T {
  change?.(made);
  return made;
}

test('while it looks for the topic: it ends, and does not join the group', async () => {
  const [asked, answer] = [gate(), gate()];
  const { consumer, said } = await begin({
    admin: (admin) => {
      const real = admin.listTopics;
      admin.listTopics = async () => {
        const topics = await real();
        asked.open();
        await answer.opened;
        return topics;
      };
    },
  });
  await asked.opened;
  const stopped = consumer.stop();
  answer.open();
  await within(ENDLESS_MS, stopped);
  expect(consumer.readiness()).toEqual({ ready: false, reason: 'stopping' });
  expect(said).not.toContain('joined the group');
});

test('while the group joins anew: nothing is read for the join that comes after the end', async () => {
  let joins = 0;
  const { consumer, said } = await begin({
    consumer: (made) => {
      made.on(made.events.GROUP_JOIN, () => {
        joins += 1;
      });
      const real = made.disconnect;
      made.disconnect = async () => {
        // Another process comes at this moment, so that all members join anew.
        const other = createKafka().consumer({ groupId: `${run.env}_kds` });
        await other.connect();
        await other.subscribe({ topics: [run.topic] });
        await Promise.all([
          other.run({ autoCommit: false, eachBatch: async () => {} }),
          until('it has joined anew', () => joins === 2),
        ]);
        await Promise.all([real(), other.disconnect()]);
      };
    },
  });
  await until('it reads', () => said.includes('joined the group'));
  await within(ENDLESS_MS, consumer.stop());
  await until('it has joined anew', () => joins === 2);
  expect(said.filter((words) => words === 'joined the group')).toHaveLength(1);
});

test('while it finds where to begin: no fault is told of', async () => {
  const [asked, ended, failed] = [gate(), gate(), gate()];
  const { consumer, said } = await begin({
    admin: (admin) => {
      const { describeCluster, disconnect } = admin;
      // Asked by the consumer's admin alone.
      admin.describeCluster = async () => {
        await describeCluster();
        asked.open();
        await ended.opened;
        failed.open();
        throw new Error('the connection is closed');
      };
      admin.disconnect = async () => {
        await disconnect();
        ended.open();
      };
    },
  });
  await asked.opened;
  await within(ENDLESS_MS, consumer.stop());
  await failed.opened;
  // The assignment hears of the failure in a later turn.
  await new Promise(setImmediate);
  expect(said).toEqual(['joined the group']);
});
