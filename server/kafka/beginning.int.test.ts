// Where reading begins on a real Kafka: after any change of the topic or of the group's offsets, nothing is skipped in
// silence.
import { ConfigResourceTypes, type Admin } from 'kafkajs';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Platform } from '../../simulator/platform.ts';
import type { PrismaClient } from '../db/client.ts';
import { createLogger, type Logger } from '../logger.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { startIngest, type Ingest } from '../../test/ingest.ts';
import {
  committedOffsets,
  createKafka,
  createTopic,
  deleteTopic,
  kafkaBrokers,
  produce,
  setOffset,
  uniqueEnvironment,
} from '../../test/kafka.ts';
import { until } from '../../test/until.ts';
import { findBeginning } from './beginning.ts';
import { LagMonitor } from './lag.ts';
import { TopicIds } from './topic-id.ts';

let database: TestDatabase;
let prisma: PrismaClient;
const admin: Admin = createKafka().admin();
beforeAll(async () => {
  database = await createTestDatabase();
  prisma = database.prisma;
  await admin.connect();
});
afterAll(async () => {
  await admin.disconnect();
  await database?.drop();
});

let [env, topic, groupId] = ['', '', ''];
let platform: Platform;
let lines: { level: string; words: string; fields: Record<string, unknown> }[] = [];
const running: Ingest[] = [];
beforeEach(async () => {
  env = uniqueEnvironment();
  [topic, groupId, lines] = [`${env}_order_events`, `${env}_kds`, []];
  platform = await new Platform({ appEnv: env, brokers: undefined, seed: 3 }).listen();
  await prisma.outboxMessage.deleteMany();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((ingest) => ingest.stop()));
  await platform.close();
});

function noted(): Logger {
  const note = (level: string) => (fields: Record<string, unknown>, words: string) => {
    lines.push({ level, words, fields });
  };
  return Object.assign(createLogger('silent'), { info: note('info'), warn: note('warn'), error: note('error') });
}
async function start(): Promise<Ingest> {
  const ingest = await startIngest({ appEnv: env, databaseUrl: database.url, orderApiUrl: platform.url, log: noted() });
  running.push(ingest);
  return ingest;
}
const stop = async (ingest: Ingest) => {
  running.splice(running.indexOf(ingest), 1);
  await ingest.stop();
};
/** Orders that are announced in these partitions, in turn. */
async function announce(count: number, partitions = [0], timestamp?: string): Promise<string[]> {
  const ids = Array.from(
    { length: count },
    () => platform.place({ restaurantId: `r-${env}`, items: [{ name: 'Bhuna' }] }, { silent: true }).id,
  );
  await until('it can be written to', () =>
    produce(
      topic,
      ids.map((id, i) => ({
        key: id,
        value: { id, status: 'PLACED', version: 1 },
        partition: partitions[i % partitions.length]!,
        ...(timestamp !== undefined && { timestamp }),
      })),
    ).then(() => true),
  );
  return ids;
}
const arrived = (ids: string[]) =>
  until('all are in the kitchen', async () => {
    const there = await prisma.order.count({ where: { id: { in: ids } } });
    if (there !== ids.length) throw new Error(`${there} of ${ids.length}`);
    return true;
  });
const committed = (count: number) =>
  until('all is committed', async () => {
    const sum = [...(await committedOffsets(groupId, topic)).values()].reduce((a, b) => a + Math.max(0, b), 0);
    if (sum !== count) throw new Error(`${sum} are`);
    return true;
  });
const moveGroup = async (offset: number, partition = 0) =>
  until("the group's offset is set", () => setOffset(groupId, topic, partition, offset).then(() => true));
const again = async () => {
  await deleteTopic(topic);
  await until('it can be made', () => createTopic(topic).then(() => true));
};
async function remove(offset: number, partition = 0): Promise<void> {
  await admin.fetchTopicOffsets(topic); // or KafkaJS does not know the partition's leader
  await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(offset) }] });
}
const missing = async () => {
  const ids = (await prisma.topicIncarnation.findMany({ where: { topic } })).map(({ id }) => id);
  return (
    await prisma.missingMessages.findMany({
      where: { incarnationId: { in: ids } },
      orderBy: [{ incarnationId: 'asc' }, { partition: 'asc' }, { fromOffset: 'asc' }],
    })
  ).map(({ partition, fromOffset, toOffset }) => [partition, Number(fromOffset), Number(toOffset)]);
};
const shouts = () =>
  lines
    .filter(({ words }) => words.startsWith('messages are missing'))
    .map(({ level, fields }) => ({
      level,
      partition: fields['partition'],
      from: fields['from'],
      to: fields['to'],
      missing: fields['missing'],
    }));

describe('a topic that is made again', () => {
  test("and has grown past the group's offset, which lies in its middle, is read from its start", async () => {
    await createTopic(topic);
    const first = await start();
    await arrived(await announce(3));
    await committed(3);
    await stop(first);
    await again();
    const ids = await announce(9);
    await moveGroup(3);
    await start();
    await arrived(ids);
    await committed(9);
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        words: expect.stringContaining('is not ours'),
        fields: expect.objectContaining({ committed: 3, beginsAt: 0 }),
      }),
    );
    expect([await missing(), await prisma.topicIncarnation.count({ where: { topic } })]).toEqual([[], 2]);
  });

  test('at once, with more messages than before, while no fetch is under way that could fail', async () => {
    await createTopic(topic);
    const ingest = await start();
    await arrived(await announce(4));
    await committed(4);
    ingest.pauseReading();
    await again();
    const ids = await announce(12);
    ingest.resumeReading();
    await arrived(ids);
    await committed(12);
    expect([await missing(), await prisma.topicIncarnation.count({ where: { topic } })]).toEqual([[], 2]);
  });

  test('at once, and a late commit for the old one comes to lie in the new one', async () => {
    await createTopic(topic);
    const ingest = await start();
    await arrived(await announce(4));
    await committed(4);
    await deleteTopic(topic);
    await until('it can be made', () => createTopic(topic).then(() => true));
    const ids = announce(12);
    await until('it is committed', () => ingest.commitLate(0, 4).then(() => true));
    await arrived(await ids);
    await committed(12);
    expect(await missing()).toEqual([]);
  });

  test('whose first messages are gone before they were read: they are missing', async () => {
    await createTopic(topic);
    const first = await start();
    await arrived(await announce(2));
    await committed(2);
    await stop(first);
    await again();
    await announce(5);
    await remove(3);
    await start();
    await committed(5);
    expect(await missing()).toEqual([[0, 0, 3]]);
  });
});

describe("the group's offset", () => {
  test('that somebody moved forward skips nothing, and the log says so', async () => {
    await createTopic(topic);
    const first = await start();
    await arrived(await announce(2));
    await committed(2);
    await stop(first);
    const ids = await announce(6);
    await moveGroup(7);
    await start();
    await arrived(ids);
    await committed(8);
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        words: expect.stringContaining('is not ours'),
        fields: expect.objectContaining({ partition: 0, committed: 7, beginsAt: 2 }),
      }),
    );
  });

  test('counts where this database has never read the topic', async () => {
    await createTopic(topic);
    const ids = await announce(5);
    await moveGroup(3);
    await start();
    await arrived(ids.slice(3));
    await committed(5);
    expect([await prisma.order.count({ where: { id: { in: ids } } }), await missing()]).toEqual([2, []]);
  });

  test('is not there in a new environment: all that the topic has is read, and what it lost before is not missed', async () => {
    await createTopic(topic, 2);
    const ids = await announce(10, [0, 1]);
    await remove(3, 1);
    await start();
    await arrived(ids.filter((_, i) => i % 2 === 0 || i >= 6));
    await committed(10);
    expect(await missing()).toEqual([]);
  });
});

test('what other processes read on, while a new one looks where to begin, makes no other topic of it', async () => {
  await createTopic(topic);
  const other = await start();
  await arrived(await announce(3));
  await committed(3);
  let fresh: string[] = [];
  // After its look at the topic's ends, and before its next look, the other process reads on.
  const slow = Object.assign(Object.create(admin) as Admin, {
    fetchTopicOffsets: async (name: string) => {
      const ends = await admin.fetchTopicOffsets(name);
      fresh = await announce(4);
      await arrived(fresh);
      await committed(7);
      return ends;
    },
  });
  const ids = new TopicIds({ kafka: createKafka(), brokers: kafkaBrokers(), topic, log: noted() });
  const { incarnation, starts } = await findBeginning(slow, {
    prisma,
    topic,
    groupId,
    topicId: () => ids.current(),
  });
  await ids.stop();
  expect(fresh.length).toBe(4);
  expect((await prisma.topicIncarnation.findMany({ where: { topic } })).map(({ id }) => id)).toEqual([incarnation.id]);
  expect(starts.get(0)).toEqual({ offset: 7, committed: 7, recorded: 7, missingFrom: null, foreign: false });
  await stop(other);
});

test('while the database does not say where to begin, nothing is read, and the place in the group is kept', async () => {
  await createTopic(topic);
  const ids = await announce(4);
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  await holder.query('BEGIN; LOCK TABLE topic_incarnations IN ACCESS EXCLUSIVE MODE');
  await start();
  const members = async () =>
    (await admin.describeGroups([groupId])).groups[0]!.members.map(({ memberId }) => memberId);
  const joined = await until('it has joined', async () => {
    const list = await members();
    return list.length === 1 && list;
  });
  await new Promise((resolve) => {
    setTimeout(resolve, 12_000);
  });
  expect([await members(), await prisma.order.count({ where: { id: { in: ids } } })]).toEqual([joined, 0]);
  await holder.end();
  await arrived(ids);
  await committed(4);
  expect(await members()).toEqual(joined);
});

describe('messages that the topic no longer has', () => {
  test('after a stop: reading goes on at the earliest, and how many are missing is said once, in the log, in an e-mail and for good', async () => {
    await createTopic(topic, 2);
    const first = await start();
    await arrived(await announce(6, [0, 1]));
    await committed(6);
    await stop(first);
    const ids = await announce(12, [0, 1]);
    await remove(7, 0);
    await remove(4, 1);
    const second = await start();
    await arrived(ids.filter((_, i) => (i % 2 === 0 ? i >= 8 : i >= 3)));
    await committed(18);
    expect([await missing(), shouts()]).toEqual([
      [
        [0, 3, 7],
        [1, 3, 4],
      ],
      [
        { level: 'error', partition: 0, from: 3, to: 7, missing: 4 },
        { level: 'error', partition: 1, from: 3, to: 4, missing: 1 },
      ],
    ]);
    expect(await prisma.order.count({ where: { id: { in: ids } } })).toBe(7);
    const mails = await prisma.outboxMessage.findMany();
    expect(mails.map(({ subject }) => subject)).toEqual([
      `5 messages of ${topic} are missing: orders may not have reached the kitchen`,
    ]);
    expect(mails[0]!.body).toMatch(/Partition 0: offsets 3 to 6, 4 missing, from after \d{4}-/);
    await stop(second);
    await start();
    await arrived(await announce(2, [0, 1]));
    expect([(await missing()).length, shouts().length, await prisma.outboxMessage.count()]).toEqual([2, 2, 1]);
  });

  test('all of them, up to the end: it is said though no message comes, and nothing is behind', async () => {
    await createTopic(topic);
    const first = await start();
    await arrived(await announce(2));
    await committed(2);
    await stop(first);
    await announce(3);
    await remove(5);
    await start();
    await committed(5);
    expect(await missing()).toEqual([[0, 2, 5]]);
  });

  test('while it runs, but is behind: what comes after them flows at once', async () => {
    await createTopic(topic);
    const ingest = await start();
    await arrived(await announce(3));
    await committed(3);
    // No process of ours reads while the broker removes them: as when reading is paused by a full intake.
    ingest.pauseReading();
    await announce(5);
    await remove(6);
    ingest.resumeReading();
    const ids = await announce(4);
    await arrived(ids);
    await committed(12);
    expect([await missing(), shouts()]).toEqual([
      [[0, 3, 6]],
      [{ level: 'error', partition: 0, from: 3, to: 6, missing: 3 }],
    ]);
  });

  test.each([
    ['in nanoseconds', '1795435084000000000'],
    ['that says none', '-1'],
  ])('are counted before a message with a time %s, with alert mails on', async (_, timestamp) => {
    await createTopic(topic);
    // Since 4.0 the broker refuses times far ahead unless it is told otherwise.
    await admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: ConfigResourceTypes.TOPIC,
          name: topic,
          configEntries: [{ name: 'message.timestamp.after.max.ms', value: '9223372036854775807' }],
        },
      ],
    });
    const ingest = await start();
    await arrived(await announce(3, [0], timestamp));
    await committed(3);
    ingest.pauseReading();
    await announce(5);
    await remove(8);
    ingest.resumeReading();
    await arrived(await announce(2, [0], timestamp));
    await committed(10);
    expect(await missing()).toEqual([[0, 3, 8]]);
    expect((await prisma.outboxMessage.findMany()).map(({ body }) => body)).toEqual([
      expect.stringMatching(/offsets 3 to 7, 5 missing, from after .*Z to now/),
    ]);
  });

  test('are not waited for: only what the topic has counts as behind', async () => {
    await createTopic(topic);
    await announce(5);
    await remove(3);
    const monitor = new LagMonitor({ kafka: createKafka(), topic, groupId, log: createLogger('silent') });
    monitor.start();
    try {
      const lag = await until('it is measured', () => monitor.lag);
      expect([lag.messages, lag.partitions]).toEqual([2, [{ partition: 0, lag: 2, committed: null, end: 5 }]]);
    } finally {
      await monitor.stop();
    }
  });

  test('that had ended are not missing, though no commit said so', async () => {
    await createTopic(topic);
    const first = await start();
    first.loseCommits();
    await arrived(await announce(4));
    await stop(first);
    await remove(3);
    await start();
    const ids = await announce(1);
    await arrived(ids);
    await committed(5);
    expect(await missing()).toEqual([]);
  });
});
