// Faults of the broker and of the topic.
import { setTimeout as sleep } from 'node:timers/promises';
import { stoppedOf, familyOf, freeze, thaw } from '../processes.ts';
import { committedOf, endsOf } from '../topic.ts';
import { PARTITIONS, SESSION_MS, type ChaosWorld } from '../world.ts';
import { doneTo, proxiesOf } from './connections.ts';
import type { Scenario } from './scenario.ts';

/** Waits until every message in the topic has ended. New messages wait at the platform. */
async function drained({ load, platform, watch }: ChaosWorld): Promise<void> {
  load.stop();
  await platform.flush();
  for (const until = performance.now() + 30_000; (await watch.unended()) !== 0;) {
    if (performance.now() > until) throw new Error('the topic was not read to its end before it was taken away');
    await sleep(100);
  }
  // An offset is committed a moment after its message ended.
  await sleep(500);
}

const notConsuming = ({ servers }: ChaosWorld) =>
  servers.reduce((sum, server) => sum + server.logCount('"msg":"not consuming"'), 0);

export const brokerScenarios: Scenario[] = [
  {
    name: 'broker-restart',
    fault: 'broker restarted (SIGTERM)',
    seconds: 5,
    async run(world, seconds) {
      const { ground } = world.options;
      const connections = () => proxiesOf(world, 'kafka').reduce((sum, { done }) => sum + done.connections, 0);
      const before = connections();
      await ground.kafka.stop();
      await sleep(seconds * 1000);
      const tries = connections() - before;
      await ground.startKafka();
      return [{ what: 'connections tried while it was away', count: tries }];
    },
  },
  {
    name: 'broker-kill',
    fault: 'broker killed (SIGKILL) and started again',
    seconds: 5,
    async run(world, seconds) {
      const { ground } = world.options;
      await ground.kafka.kill();
      const ended = (await ground.kafka.program.ended) === 'SIGKILL' ? 1 : 0;
      await sleep(seconds * 1000);
      await ground.startKafka();
      return [{ what: 'ended by SIGKILL', count: ended }];
    },
  },
  {
    name: 'broker-away',
    fault: 'broker unreachable: connections refused',
    seconds: 20,
    async run(world, seconds) {
      const before = notConsuming(world);
      const bites = await doneTo(world, 'kafka', seconds, 'refused', (proxy) => proxy.refuse());
      return [...bites, { what: 'servers that said so', count: notConsuming(world) - before }];
    },
  },
  {
    name: 'broker-silent',
    fault: 'broker unreachable: connections stay open, nothing passes',
    seconds: 20,
    run: (world, seconds) => doneTo(world, 'kafka', seconds, 'held', (proxy) => proxy.freeze()),
  },
  {
    name: 'broker-frozen',
    fault: 'broker stopped (SIGSTOP, SIGCONT)',
    seconds: 20,
    async run({ options: { ground } }, seconds) {
      const family = familyOf(ground.kafka.program.pid);
      const frozen = freeze(family, seconds + 30);
      await sleep(seconds * 1000);
      const still = stoppedOf(family);
      thaw(family);
      return [
        { what: 'processes stopped', count: frozen },
        { what: 'still stopped at its end', count: still },
      ];
    },
  },
];

export const topicScenarios: Scenario[] = [
  {
    name: 'partitions',
    fault: 'partitions added: 4 become 8',
    async run(world) {
      await world.admin((admin) =>
        admin.createPartitions({ topicPartitions: [{ topic: world.topic, count: 2 * PARTITIONS }] }),
      );
      // The platform's producer looks for new partitions every 10 s. 30 s are allowed until they are read.
      const added = async () =>
        [...(await world.admin((admin) => endsOf(admin, world.topic)))].reduce(
          (sum, [partition, end]) => sum + (partition >= PARTITIONS ? end : 0),
          0,
        );
      for (const until = performance.now() + 20_000; performance.now() < until && !(await added());) await sleep(200);
      return [{ what: 'messages in the new partitions', count: await added() }];
    },
    recoverMs: 30_000,
  },
  {
    name: 'topic-again',
    fault: 'topic deleted and made again: offsets from 0',
    async run(world) {
      await drained(world);
      await world.remember();
      world.nextTopic();
      await world.admin((admin) => admin.deleteTopics({ topics: [world.topic] }));
      world.load.start();
      await sleep(1500);
      for (let tries = 0; ; tries += 1) {
        try {
          await world.options.ground.kafka.createTopic(world.topic, PARTITIONS);
          break;
        } catch (error) {
          if (tries > 50) throw error;
          await sleep(200);
        }
      }
      return [{ what: 'topics of this name', count: world.topics - 1 }];
    },
    also: twoTopics,
  },
  {
    name: 'cluster',
    fault: 'cluster replaced by a new one at the same address',
    async run(world) {
      const { ground } = world.options;
      const idOf = () => world.admin(async (admin) => (await admin.describeCluster()).clusterId);
      await drained(world);
      await world.remember();
      const before = await idOf();
      world.nextTopic();
      await ground.kafka.stop();
      world.load.start();
      await ground.startAnotherKafka();
      const after = await idOf();
      await ground.kafka.createTopic(world.topic, PARTITIONS);
      return [{ what: 'other cluster id', count: before === after ? 0 : 1 }];
    },
    also: twoTopics,
  },
  {
    name: 'offsets-gone',
    fault: "the group's committed offsets gone, all servers down meanwhile",
    recoverMs: SESSION_MS + 15_000,
    async run(world) {
      await Promise.all(world.servers.map((server) => server.stop()));
      for (let tries = 0; ; tries += 1) {
        try {
          await world.admin((admin) => admin.deleteGroups([world.groupId]));
          break;
        } catch (error) {
          if (tries > 50) throw error;
          await sleep(200);
        }
      }
      const committed = await world.admin((admin) => committedOf(admin, world.groupId, world.topic));
      await Promise.all(world.servers.map((server) => server.start({ wait: false })));
      return [
        { what: 'partitions without an offset', count: [...committed.values()].filter((offset) => offset < 0).length },
      ];
    },
  },
  {
    name: 'retention',
    fault: 'messages gone by retention before they were read',
    recoverMs: SESSION_MS + 15_000,
    async run(world) {
      const { admin, topic, groupId } = { admin: world.admin.bind(world), topic: world.topic, groupId: world.groupId };
      await Promise.all(proxiesOf(world, 'kafka').map((proxy) => proxy.refuse()));
      await sleep(6000);
      await world.remember();
      const gone = await admin(async (it) => {
        const [ends, committed] = [await endsOf(it, topic), await committedOf(it, groupId, topic)];
        // The older half of the messages that nobody has read.
        const partitions = [...ends].map(([partition, end]) => ({
          partition,
          from: Math.max(0, committed.get(partition) ?? 0),
          to: Math.floor((Math.max(0, committed.get(partition) ?? 0) + end) / 2),
        }));
        await it.deleteTopicRecords({
          topic,
          partitions: partitions.map(({ partition, to }) => ({ partition, offset: String(to) })),
        });
        return partitions;
      });
      await Promise.all(proxiesOf(world, 'kafka').map((proxy) => proxy.heal()));
      return [
        {
          what: 'messages deleted that nobody had committed',
          count: gone.reduce((sum, { from, to }) => sum + to - from, 0),
        },
      ];
    },
    async also({ servers, database }) {
      const [row] = await database.rows<{ missing: number }>(
        'SELECT COALESCE(sum(to_offset - from_offset), 0)::float8 AS missing FROM missing_messages',
      );
      const missing = row!.missing;
      const wrong: string[] = [];
      if (!missing) wrong.push('no message is counted as missing');
      if (!servers.some((server) => server.logCount('messages are missing')))
        wrong.push('no log says that messages are missing');
      const metric = Number(/^kds_missing_messages(?:\{[^}]*\})? (\d+)/m.exec(await servers[0]!.metrics())?.[1]);
      if (metric !== missing) wrong.push(`the metric says ${metric} are missing, the database ${missing}`);
      const mails = await database.rows<{ subject: string; body: string }>('SELECT subject, body FROM outbox');
      const told = mails.reduce(
        (sum, { subject }) => sum + Number(/(\d+) (?:order )?messages?/.exec(subject)?.[1] ?? 0),
        0,
      );
      if (told !== missing)
        wrong.push(
          `e-mails tell of ${told} missing messages, the database of ${missing}: ` +
            mails.map(({ subject }) => subject).join('; '),
        );
      return wrong;
    },
  },
];

async function twoTopics({ topics, database }: ChaosWorld): Promise<string[]> {
  const { incarnations } = await database.records();
  return incarnations.length === topics ? [] : [`${topics} topics were taken for ${incarnations.length}`];
}
