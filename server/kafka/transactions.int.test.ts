// Orders in transactions, on a real broker: aborted ones are never applied, and what transactions leave in the topic is
// no lag.
import { afterEach, expect, test } from 'vitest';
import type { Producer } from 'kafkajs';
import { committedOffsets, createKafka, createTopic, setOffset } from '../../test/kafka.ts';
import { allEnded, expectTruth, openPlatform, order, run, start, stop, withTopic } from '../../test/topic-run.ts';
import { until } from '../../test/until.ts';
import { troublesOf } from '../lib/troubles.ts';
import { createLogger, type Logger } from '../logger.ts';
import { LagMonitor } from './lag.ts';

withTopic();
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

async function producer(name: string): Promise<Producer> {
  const made = createKafka().producer({
    transactionalId: `${run.env}-${name}`,
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
  });
  await made.connect();
  undo.push(() => made.disconnect());
  return made;
}
const group = () => `${run.env}_kds`;
const placed = (count: number) => Array.from({ length: count }, () => run.platform.place(order(), { silent: true }).id);
const messages = (ids: string[]) =>
  ids.map((id) => ({ key: id, value: JSON.stringify({ id, status: 'PLACED', version: 1 }) }));
function monitor(log: Logger = createLogger('silent')): LagMonitor {
  const made = new LagMonitor({ kafka: createKafka(), topic: run.topic, groupId: group(), log });
  made.start();
  undo.push(() => made.stop());
  return made;
}
/** All is read, to the very end. @returns the end */
const nothingWaits = (lag: LagMonitor) =>
  until('there is no lag', () => {
    const now = lag.lag;
    if (!now) throw new Error('it is not known');
    const [{ committed, end } = { committed: null, end: -1 }] = now.partitions;
    if (now.messages !== 0 || committed !== end) throw new Error(JSON.stringify(now));
    return { end, seconds: now.seconds };
  });
const known = (ids: string[]) => run.prisma.orderHistory.count({ where: { orderId: { in: ids } } });

test('after committed transactions and silence there is no lag, nor after a restart', async () => {
  await createTopic(run.topic);
  await openPlatform({ brokers: undefined });
  const first = await start();
  const ids: string[] = [];
  const upstream = await producer('a');
  for (let i = 0; i < 5; i += 1) {
    const some = placed(3);
    const transaction = await upstream.transaction();
    await transaction.send({ topic: run.topic, messages: messages(some) });
    await transaction.commit();
    ids.push(...some);
  }
  const lag = monitor();
  await allEnded(15);
  // Each transaction leaves a control record behind it.
  expect(await nothingWaits(lag)).toEqual({ end: 20, seconds: 0 });
  await expectTruth(ids);
  await stop(first);
  await start();
  expect(await nothingWaits(lag)).toEqual({ end: 20, seconds: 0 });
  const [more] = placed(1);
  const transaction = await upstream.transaction();
  await transaction.send({ topic: run.topic, messages: messages([more!]) });
  await transaction.commit();
  await allEnded(16);
  await until('the new end is seen', () => lag.lag?.partitions[0]?.end === 22);
  expect(await nothingWaits(lag)).toEqual({ end: 22, seconds: 0 });
});

test('an aborted transaction of hundreds, the newest of its partition, is neither applied nor lag', async () => {
  await createTopic(run.topic);
  await openPlatform({ brokers: undefined });
  const ingest = await start();
  const upstream = await producer('a');
  const [good, bad] = [placed(2), placed(400)];
  const committed = await upstream.transaction();
  await committed.send({ topic: run.topic, messages: messages(good) });
  await committed.commit();
  const aborted = await upstream.transaction();
  for (let from = 0; from < bad.length; from += 50)
    await aborted.send({ topic: run.topic, messages: messages(bad.slice(from, from + 50)) });
  await aborted.abort();
  const lag = monitor();
  await allEnded(2);
  expect((await nothingWaits(lag)).end).toBe(404);
  expect([await known(bad), bad.some((id) => run.platform.callsFor(id) > 0)]).toEqual([0, false]);
  await expectTruth(good);
  // A process that reads all of it anew, as after a lost commit, applies none of it either.
  await stop(ingest);
  await setOffset(group(), run.topic, 0, 0);
  await start();
  await until('all of it is read', async () => (await committedOffsets(group(), run.topic)).get(0) === 404);
  expect([await known(bad), await known(good)]).toEqual([0, 2]);
});

test('of transactions at once the aborted ones are not applied, in whichever order they end', async () => {
  await createTopic(run.topic);
  await openPlatform({ brokers: undefined });
  const [a, b, c] = [await producer('a'), await producer('b'), await producer('c')];
  const [first, second, third] = [placed(5), placed(5), placed(5)];
  const [early, late, kept] = [await a.transaction(), await b.transaction(), await c.transaction()];
  await early.send({ topic: run.topic, messages: messages(first) });
  await late.send({ topic: run.topic, messages: messages(second) });
  await kept.send({ topic: run.topic, messages: messages(third) });
  // The one that began later ends first: brokers tell them in this order.
  await late.abort();
  await early.abort();
  await kept.commit();
  await start();
  const lag = monitor();
  await allEnded(5);
  expect((await nothingWaits(lag)).end).toBe(18);
  const bad = [...first, ...second];
  expect([await known(bad), bad.filter((id) => run.platform.callsFor(id) > 0)]).toEqual([0, []]);
  await expectTruth(third);
});

test('a transaction that stays open counts as waiting, with all that stands behind it, and is told until it ends', async () => {
  await createTopic(run.topic);
  await openPlatform({ brokers: undefined });
  await start();
  const [a, b] = [await producer('a'), await producer('b')];
  const [slow, behind] = [placed(2), placed(3)];
  const [open, other] = [await a.transaction(), await b.transaction()];
  await open.send({ topic: run.topic, messages: messages(slow) });
  await other.send({ topic: run.topic, messages: messages(behind) });
  await other.commit();
  const log = createLogger('silent');
  const lag = monitor(log);
  // For a moment it is nothing: most are.
  expect(await until('it is measured', () => lag.lag)).toMatchObject({ messages: 0 });
  const now = await until('it counts', () => (lag.lag?.messages ? lag.lag : null));
  expect(now).toMatchObject({ messages: 6, partitions: [{ lag: 6, end: 6 }] });
  expect(now.seconds).toBeGreaterThanOrEqual(10);
  expect(troublesOf(log).list()).toMatchObject([
    {
      name: `a producer's transaction in partition 0 of ${run.topic} stays open`,
      error: 'nothing from offset 0 to 5 can be read until it ends',
    },
  ]);
  await open.commit();
  await allEnded(5);
  expect(await nothingWaits(lag)).toEqual({ end: 7, seconds: 0 });
  expect(troublesOf(log).list()).toEqual([]);
});
