// From a topic of a real Kafka, past the ordering platform, into a real database: each message has its fate, and only
// then is it committed.
import { expect, test } from 'vitest';
import { committedOffsets, createTopic, produce } from '../test/kafka.ts';
import { kindsOf, parkedOf } from '../test/pipeline.ts';
import {
  allCommitted,
  allEnded,
  expectTruth,
  fates,
  incarnations,
  openPlatform,
  order,
  run,
  start,
  total,
  withTopic,
} from '../test/topic-run.ts';
import { until } from '../test/until.ts';

withTopic();

test('what is produced ends applied, each message once, and is committed to the last one', async () => {
  await createTopic(run.topic, 3);
  await openPlatform();
  await start();
  const ids = Array.from({ length: 30 }, () => run.platform.place(order()).id);
  for (const id of ids) {
    run.platform.change(id, 'pay');
    run.platform.change(id, { kind: 'add', items: [{ name: 'Naan' }] });
  }
  await run.platform.flush();
  await allEnded(90);
  await expectTruth(ids);
  expect(await fates()).toEqual({ positions: 90, rows: 90 });
  await allCommitted(90);
});

test("only what has ended is committed: one slow order holds back its partition's offset, and no other order", async () => {
  await createTopic(run.topic);
  await openPlatform();
  await start({ timeoutMs: 10_000 });
  const slow = run.platform.place(order());
  run.platform.answer(slow.id, { delayMs: 5000, body: slow, status: 200 }, 1);
  const ids = Array.from({ length: 20 }, () => run.platform.place(order()).id);
  await run.platform.flush();
  await until(
    'the others are applied',
    async () => (await run.prisma.order.count({ where: { id: { in: ids } } })) === ids.length,
  );
  await new Promise((resolve) => {
    setTimeout(resolve, 450);
  });
  expect([
    await run.prisma.order.count({ where: { id: slow.id } }),
    total(await committedOffsets(`${run.env}_kds`, run.topic)),
  ]).toEqual([0, 0]);
  await allCommitted(21);
  expect(await kindsOf(run.prisma, slow.id)).toEqual(['0 APPLIED']);
});

test('a failing order is parked: it holds back no commit, and is applied when the platform has it', async () => {
  await createTopic(run.topic);
  await openPlatform();
  await start({ retry: { maxAttempts: 100, baseMs: 50, maxMs: 100 } });
  const poor = run.platform.place(order());
  run.platform.answer(poor.id, { status: 500 });
  const ids = Array.from({ length: 5 }, () => run.platform.place(order()).id);
  run.platform.change(poor.id, 'pay');
  await run.platform.flush();
  await allCommitted(7);
  expect(await parkedOf(run.prisma, poor.id)).toMatchObject([
    { offset: 0, state: 'PARKED' },
    { state: 'PARKED', attempts: 0 },
  ]);
  run.platform.heal();
  await until('it is applied', async () => (await kindsOf(run.prisma, poor.id)).length === 2);
  await expectTruth([poor.id, ...ids]);
});

test('what cannot be read is kept with its bytes, its headers and its reason, and stops nothing', async () => {
  await createTopic(run.topic);
  await openPlatform();
  await start();
  const { id } = run.platform.place(order(), { silent: true });
  const value = { id, status: 'PLACED', version: 1 };
  await produce(run.topic, [
    { key: 'a', value: null },
    { key: 'a', value: '' },
    { key: 'a', value: 'not JSON' },
    { key: 'a', value: Buffer.from([0xff, 0x00, 0xfe]) },
    { key: null, value },
    { key: 'other', value },
    { key: id, value: { ...value, id: 7 } },
    { key: id, value: { ...value, version: '1' } },
    { key: 'x'.repeat(10_240), value: { ...value, id: 'x'.repeat(10_240) } },
    { key: id, value, headers: { env: 'another', b: ['1', Buffer.from([0])] } },
    { key: id, value: `{"pad":"${'x'.repeat(900_000)}"}` },
    { key: id, value, headers: { env: run.env } },
  ]);
  await allEnded(12);
  await allCommitted(12);
  const rows = await run.prisma.rejectedMessage.findMany({
    where: { incarnationId: { in: await incarnations() } },
    orderBy: { offset: 'asc' },
  });
  expect(rows.map(({ reason }) => reason.split(/;|, and/)[0])).toEqual([
    'its value is null',
    'its value is not JSON',
    'its value is not JSON',
    'its value is not UTF-8',
    'its key is missing',
    'its key is not equal to id',
    'id must be a string',
    'version must be a whole number from 0 to 2^63-1',
    'id must have 1 to 64 characters',
    'its header env is "another"',
    'id must be a string',
  ]);
  expect([rows[0]!.value, Buffer.from(rows[3]!.value!), rows[4]!.key, rows[10]!.value!.length]).toEqual([
    null,
    Buffer.from([0xff, 0x00, 0xfe]),
    null,
    900_010,
  ]);
  expect(rows[9]!.headers).toEqual({
    env: [Buffer.from('another').toString('base64')],
    b: [Buffer.from('1').toString('base64'), 'AA=='],
  });
  expect(await kindsOf(run.prisma, id)).toEqual(['11 APPLIED']);
});
