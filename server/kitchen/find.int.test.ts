// Finding an order in every place where it can be, with the reason why it is not here, for one restaurant only, and
// while it moves into the archive.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Prisma } from '../db/client.ts';
import { Archive } from '../archive/archive.ts';
import { readStoryRows } from '../insight/story-rows.ts';
import { recordTimes } from '../insight/times.ts';
import { readHotOrder } from '../operator/orders.ts';
import type { FindResult, FoundOrder } from '../protocol/find.ts';
import type { Health, ScreenIdentity } from '../protocol/views.ts';
import { startKitchen, type TestKitchen } from '../../test/kitchen.ts';
import { event, item } from '../../test/made.ts';
import { failing, log } from '../../test/pipeline.ts';
import { reportStatistics } from '../../test/statistics.ts';
import { OrderFinder } from './find.ts';

let kitchen: TestKitchen;
let finder: OrderFinder;
let expo: ScreenIdentity;
const health: Health = {
  database: 'ok',
  kafka: 'away',
  lag: { messages: 1200, seconds: 9 },
  orderApi: { state: 'slow', inFlight: 1, limit: 10 },
  parkedOrders: 0,
  parkedMessages: 0,
  failedMessages: 0,
  rejectedMessages: 0,
  oldestParkedAt: null,
};
beforeAll(async () => {
  kitchen = await startKitchen();
  finder = new OrderFinder({ prisma: kitchen.prisma, log, health: () => health });
  expo = await kitchen.screen('expo', { name: 'Pass' });
});
afterAll(() => kitchen?.stop());

const ask = async (text: string, restaurantId = 'r-1') =>
  (await finder.find(restaurantId, text)) as Extract<FindResult, { outcome: 'found' }>;
const find = async (text: string, restaurantId = 'r-1') => (await ask(text, restaurantId)).matches;
const one = async (text: string): Promise<FoundOrder> => {
  const matches = await find(text);
  expect(matches).toHaveLength(1);
  return matches[0]!;
};
const bumpAll = async (id: string) => {
  for (const ticket of (await kitchen.read(id)).tickets)
    await kitchen.tap(expo, { kind: 'bump', orderId: id, ticketId: ticket.id });
};
let offsets = 0;
const park = (orderId: string, restaurantId: string | null, reason = 'the order service answered 404') =>
  kitchen.part.settler.settle(
    failing([event(1, { orderId, restaurantId, at: { partition: 7, offset: (offsets += 1) } })], reason),
  );
const reject = (key: string, reason: string) =>
  kitchen.prisma.rejectedMessage.create({
    data: {
      incarnationId: 1,
      partition: 3,
      offset: (offsets += 1),
      at: new Date(),
      reason,
      key: Buffer.from(key),
      headers: {},
    },
  });
const made = (id: string, number: string, more: object = {}) => kitchen.arrive(id, 1, { number, ...more });
const aged = async (id: string, days: number) => {
  await kitchen.prisma.$executeRaw`
    UPDATE orders
    SET received_at = received_at - ${days} * interval '1 day', changed_at = changed_at - ${days} * interval '1 day'
    WHERE id = ${id}
  `;
  await kitchen.prisma
    .$executeRaw`UPDATE tickets SET fired_at = fired_at - ${days} * interval '1 day' WHERE order_id = ${id}`;
};

test('an order in the kitchen is found by id and by number, with its stations, and who bumped it and when', async () => {
  await made('f-1', 'A102', { items: [item('l1'), item('l2', { category: 'drinks' })] });
  expect(await one('f-1')).toMatchObject({ orderId: 'f-1', number: 'A102', where: 'open', table: '12', parked: null });
  const bar = (await kitchen.read('f-1')).tickets.find(({ stationId }) => stationId === kitchen.stations.Bar.id)!;
  await kitchen.tap(expo, { kind: 'bump', orderId: 'f-1', ticketId: bar.id });
  for (const text of ['A102', ' a102 ', '#A102', '102', '0102', 'f-1']) {
    const { tickets } = await one(text);
    expect(tickets.find(({ station }) => station === 'Bar')).toMatchObject({
      state: 'bumped',
      bumpedBy: 'Pass',
      bumpedAt: expect.stringMatching(/Z$/),
    });
    expect(tickets.find(({ station }) => station === 'Kitchen')).toMatchObject({
      state: 'open',
      bumpedAt: null,
      bumpedBy: null,
    });
  }
  for (const text of ['A1', '02', '2', 'F-1', 'A102\0'].slice(0, 3)) expect(await find(text), text).toEqual([]);
});

test('where it is: held, ready, done, canceled, older than three days, in the archive', async () => {
  await made('f-held', 'B1');
  await kitchen.tap(expo, { kind: 'hold', orderId: 'f-held' });
  await made('f-ready', 'B2');
  await bumpAll('f-ready');
  await made('f-done', 'B3', { items: [item('l1')] });
  await bumpAll('f-done');
  await kitchen.tap(expo, { kind: 'serve', orderId: 'f-done', lineIds: ['l1'] });
  await made('f-canceled', 'B4');
  await kitchen.arrive('f-canceled', 2, { number: 'B4', status: 'CANCELED', items: [] });
  await made('f-old', 'B5');
  await aged('f-old', 4);
  await made('f-archived', 'B6');
  await bumpAll('f-archived');
  await aged('f-archived', 9);
  await new Archive({ prisma: kitchen.prisma, log, document: readHotOrder, story: readStoryRows, recordTimes }).run();
  expect((await Promise.all(['B1', 'B2', 'B3', 'B4', 'B5', 'B6'].map(one))).map(({ where }) => where)).toEqual([
    'held',
    'ready',
    'done',
    'canceled',
    'old',
    'archived',
  ]);
  expect(await one('f-archived')).toMatchObject({
    number: 'B6',
    tickets: [{ station: 'Kitchen', state: 'bumped', bumpedBy: 'Pass' }],
  });
  expect((await one('b6')).orderId).toBe('f-archived');
});

test('why it is not here: it waits for a retry, FAILED, was discarded, or could not be read', async () => {
  await park('f-parked', 'r-1');
  await park('f-failed', null, 'it broke');
  await kitchen.prisma.$executeRaw`
      UPDATE parked_messages SET state = 'FAILED', attempts = 7, next_attempt_at = NULL WHERE order_id = 'f-failed'
    `;
  await park('f-discarded', 'r-1');
  await kitchen.prisma
    .$executeRaw`UPDATE parked_messages SET state = 'DISCARDED', next_attempt_at = NULL WHERE order_id = 'f-discarded'`;
  await reject('f-rejected', 'its value is not JSON');
  expect(await one('f-parked')).toMatchObject({
    where: 'parked',
    number: 'f-parked',
    tickets: [],
    parked: {
      failed: false,
      attempts: 0,
      nextAttemptAt: expect.stringMatching(/Z$/),
      lastError: 'the order service answered 404',
    },
  });
  expect(await one('f-failed')).toMatchObject({
    where: 'failed',
    parked: { failed: true, attempts: 7, nextAttemptAt: null, lastError: 'it broke' },
  });
  expect(await one('f-discarded')).toMatchObject({ where: 'discarded' });
  expect(await one('f-rejected')).toMatchObject({ where: 'rejected', reason: 'its value is not JSON' });
});

test('an order in the kitchen with a newer message that waits says both', async () => {
  await made('f-both', 'C1');
  await park('f-both', 'r-1');
  expect(await one('C1')).toMatchObject({ where: 'open', parked: { failed: false } });
});

test('what is not found can still be on its way: how far behind everything is, and how many orders could not be fetched yet', async () => {
  const { matches, pipeline } = await ask('Z999');
  expect([matches, pipeline]).toEqual([
    [],
    { messagesWaiting: 1200, secondsBehind: 9, orderApi: 'slow', kafka: 'away', unfetchedOrders: 2 },
  ]);
  expect((await ask('A102')).pipeline.unfetchedOrders).toBe(0);
});

test("of another restaurant's order nothing is said, by number or id, parked, rejected or archived", async () => {
  await made('theirs-1', 'T1', { restaurantId: 'r-2' });
  await park('theirs-1', null);
  await reject('theirs-1', 'secret');
  await park('theirs-2', 'r-2');
  await made('theirs-3', 'T3', { restaurantId: 'r-2' });
  await aged('theirs-3', 9);
  await new Archive({ prisma: kitchen.prisma, log, document: readHotOrder, story: readStoryRows, recordTimes }).run();
  await reject('theirs-3', 'secret');
  for (const text of ['T1', 'theirs-1', 'theirs-2', 'theirs-3', 'T3']) expect(await find(text), text).toEqual([]);
  expect((await find('theirs-3', 'r-2'))[0]).toMatchObject({ where: 'archived' });
  expect((await find('theirs-2', 'r-2'))[0]).toMatchObject({ where: 'parked' });
});

test('text that no row can have, or that is meant for the database, finds nothing and breaks nothing', async () => {
  for (const text of [
    '\0',
    '\ud800',
    '%',
    '.*',
    "'; DROP TABLE orders; --",
    '#',
    '   ',
    '9'.repeat(100),
    '1'.repeat(99),
  ])
    expect(await ask(text), text).toMatchObject({ outcome: 'found', matches: [] });
});

test('an order that is being archived while it is looked for is found at every moment', async () => {
  const ids = Array.from({ length: 25 }, (_, i) => `moving-${i}`);
  for (const id of ids) {
    await made(id, `M${id}`);
    await aged(id, 9);
  }
  let moving = true;
  const moved = new Archive({ prisma: kitchen.prisma, log, document: readHotOrder, story: readStoryRows, recordTimes })
    .run()
    .finally(() => {
      moving = false;
    });
  const places = new Set<string>();
  while (moving) for (const id of ids) for (const match of [await one(`M${id}`)]) places.add(match.where);
  await moved;
  for (const id of ids) expect((await one(id)).where).toBe('archived');
  expect([...places].sort()).toEqual(['archived', 'old']);
});

test('a database that does not answer is said so', async () => {
  const broken = new OrderFinder({
    prisma: { $queryRaw: () => Promise.reject(new Error('away')) } as never,
    log,
    health: () => health,
  });
  expect(await broken.find('r-1', 'A102')).toEqual({ outcome: 'unavailable' });
});

test('looking reads what concerns it, and no whole table, however much there is', async () => {
  await kitchen.prisma.$executeRaw`
      INSERT INTO archived_orders (
        order_id, archived_at, restaurant_id, number, received_at, document, kitchen_order, actions
      )
      SELECT
        'x-' || i, now(), 'r-1', 'X' || i, now() - interval '30 days', '{}',
        json_build_object('id', 'x-' || i, 'number', 'X' || i, 'tickets', '[]'::json), '[]'
      FROM generate_series(1, 20000) i
    `;
  await kitchen.prisma.$executeRaw`
      INSERT INTO rejected_messages (incarnation_id, partition, "offset", at, reason, key, headers)
      SELECT 1, 9, i, now(), 'x', convert_to('k-' || i, 'UTF8'), '{}'
      FROM generate_series(1, 20000) i
    `;
  await kitchen.prisma.$executeRaw(Prisma.sql`ANALYZE`);
  const read = async () =>
    Number(
      (
        await kitchen.prisma.$queryRaw<[{ rows: bigint }]>`
          SELECT sum(seq_tup_read)::bigint AS rows
          FROM pg_stat_user_tables
          WHERE relname IN ('archived_orders', 'rejected_messages')
        `
      )[0].rows,
    );
  const settled = async () => {
    await reportStatistics(kitchen.prisma);
    return read();
  };
  const before = await settled();
  for (let i = 1; i <= 20; i += 1) expect((await one(`X${i * 900}`)).where).toBe('archived');
  expect((await one('k-777')).where).toBe('rejected');
  expect((await settled()) - before, 'rows read through whole tables').toBe(0);
});
