// Old orders leave the hot tables, nothing of them is forgotten, and a message that comes at that moment is not lost.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Prisma, type PrismaClient } from '../db/client.ts';
import { readBoard } from '../feed/board.ts';
import { readHotOrder, readOrder } from '../operator/orders.ts';
import { loadOrders } from '../order/order-rows.ts';
import { readStory } from '../insight/story.ts';
import { readStoryRows } from '../insight/story-rows.ts';
import { recordTimes } from '../insight/times.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { detail, event, item } from '../../test/made.ts';
import { arrived, failing, kindsOf, log, startSettler, tryOnce, type TestSettler } from '../../test/pipeline.ts';
import type { OrderDetail } from '../upstream/detail.ts';
import { Archive } from './archive.ts';

let database: TestDatabase;
let prisma: PrismaClient;
let settler: TestSettler;
let archive: Archive;
beforeAll(async () => {
  database = await createTestDatabase();
  prisma = database.prisma;
  settler = await startSettler(database.url);
  archive = new Archive({ prisma, log, document: readHotOrder, story: readStoryRows, recordTimes });
});
afterAll(async () => {
  await settler.stop();
  await database.drop();
});

let [offsets, orders] = [0, 0];
let id = '';
beforeEach(() => {
  id = `old-${(orders += 1)}`;
});
const settle = async (version: number, orderId = id) =>
  settler.settler.settle(arrived([event((offsets += 1), { orderId, version })], detail(version, { id: orderId })));
const age = (days: number, orderId = id) =>
  prisma.$executeRaw`UPDATE orders SET changed_at = now() - ${days} * interval '1 day' WHERE id = ${orderId}`;
const isHot = async (orderId = id) => (await prisma.order.count({ where: { id: orderId } })) === 1;

describe('an order that has not changed for a week', () => {
  test('leaves every hot table; operators are shown the same as before, and managers the same story', async () => {
    await settle(1);
    await settle(2);
    const told = (await readStory(prisma, id))!;
    expect(told.story.archived).toBe(false);
    const before = JSON.parse((await readOrder(prisma, id))!);
    await age(8);
    expect(await archive.run()).toBe(1);
    const left = await prisma.$queryRaw<{ n: number }[]>`
      SELECT (SELECT count(*) FROM orders WHERE id = ${id}) + (SELECT count(*) FROM line_items WHERE order_id = ${id})
        + (SELECT count(*) FROM tickets WHERE order_id = ${id}) + (
          SELECT count(*) FROM order_history WHERE order_id = ${id}
        ) + (SELECT count(*) FROM lanes WHERE order_id = ${id}) AS n
    `;
    expect(Number(left[0]!.n)).toBe(0);
    expect(JSON.parse((await readOrder(prisma, id))!)).toEqual(before);
    expect(before.history).toHaveLength(2);
    const now = (await readStory(prisma, id))!;
    expect(now).toEqual({
      ...told,
      story: {
        ...told.story,
        archived: true,
        events: [...told.story.events, { kind: 'archived', at: expect.any(String) }],
      },
    });
    expect(await prisma.archivedOrder.findFirst({ where: { orderId: id } })).toMatchObject({
      restaurantId: 'r-1',
      number: 'A100',
      kitchenOrder: { id, lines: [{}, {}], tickets: [{}] },
    });
  });

  test('is told of as before, where messages of it came since that could not be read or fetched', async () => {
    await settle(1);
    const before = JSON.parse((await readOrder(prisma, id))!);
    await age(8);
    await archive.run();
    await prisma.rejectedMessage.create({
      data: {
        incarnationId: 1,
        partition: 0,
        offset: (offsets += 1),
        at: new Date(),
        reason: 'its value is not JSON',
        key: Buffer.from(id),
        headers: {},
      },
    });
    expect((await readStory(prisma, id))!).toMatchObject({
      restaurantIds: ['r-1'],
      story: { number: 'A100', status: before.status, archived: true },
    });
    await settler.settler.settle(failing([event((offsets += 1), { orderId: id, version: 2, restaurantId: null })]));
    expect((await readStory(prisma, id))!).toMatchObject({ restaurantIds: ['r-1'], story: { number: 'A100' } });
    expect(JSON.parse((await readOrder(prisma, id))!)).toMatchObject({ ...before, parked: [{ state: 'PARKED' }] });
  });

  test('stays while a message of it waits, or needs a person', async () => {
    await settle(1);
    await settler.settler.settle(failing([event((offsets += 1), { orderId: id, version: 2 })]));
    await age(30);
    expect([await archive.run(), await isHot()]).toEqual([0, true]);
    await prisma.parkedMessage.updateMany({ where: { orderId: id }, data: { state: 'FAILED' } });
    expect([await archive.run(), await isHot()]).toEqual([0, true]);
  });

  test('one that changed since stays', async () => {
    await settle(1);
    await age(6);
    expect([await archive.run(), await isHot()]).toEqual([0, true]);
  });

  test('comes back when a message comes: what was archived stays, and what is shown is the newer', async () => {
    await settle(1);
    await age(8);
    await archive.run();
    await settle(5);
    expect(await isHot()).toBe(true);
    expect(JSON.parse((await readOrder(prisma, id))!)).toMatchObject({
      version: 5,
      history: [{ kind: 'APPLIED', version: 5 }],
    });
    expect(await prisma.archivedOrder.count({ where: { orderId: id } })).toBe(1);
    const { story } = (await readStory(prisma, id))!;
    expect([
      story.archived,
      story.events.filter(({ kind }) => kind === 'message').length,
      story.events.filter(({ kind }) => kind === 'archived').length,
    ]).toEqual([false, 2, 1]);
  });
});

describe('an order that comes back from the archive', () => {
  const stored = async () => (await loadOrders(prisma, Prisma.sql`o.id = ${id}`))[0]!;
  const archived = async (closed: boolean) => {
    await settle(1);
    if (closed) await prisma.$executeRaw`UPDATE tickets SET state = 'bumped' WHERE order_id = ${id}`;
    if (closed) await prisma.$executeRaw`UPDATE line_items SET state = 'ready' WHERE order_id = ${id}`;
    const before = await stored();
    await age(8);
    await archive.run();
    return before;
  };
  const come = (came: OrderDetail, more = {}) =>
    settler.settler.settle(arrived([event((offsets += 1), { orderId: id, version: came.version, ...more })], came));

  test.each([true, false])('opens no ticket for what the kitchen knew of it, bumped: %s', async (closed) => {
    const before = await archived(closed);
    expect(await come(detail(2, { id, status: 'REFUNDED', note: 'tip' }))).toMatchObject({ fates: { APPLIED: 1 } });
    const after = await stored();
    expect(after).toMatchObject({ version: 2, status: 'REFUNDED', note: 'tip', receivedAt: before.receivedAt });
    expect(after.closedAt).not.toBeNull();
    expect(after.tickets).toMatchObject([{ id: before.tickets[0]!.id, state: 'closed', notices: [] }]);
    expect((await readBoard(prisma, 'r-1', null))!.orders.some((order) => order.id === id)).toBe(false);
  });

  test('ends old messages as covered, changes nothing, and can be archived again', async () => {
    await archived(true);
    const rev = async () => (await prisma.restaurant.findUniqueOrThrow({ where: { id: 'r-1' } })).rev;
    const told = await rev();
    expect(await come(detail(1, { id }), { version: 1 })).toMatchObject({ fates: { COVERED: 1 } });
    expect(await come(detail(1, { id }), { version: 0 })).toMatchObject({ fates: { COVERED: 1 } });
    expect([await isHot(), await rev()]).toEqual([true, told]);
    expect(JSON.parse((await readOrder(prisma, id))!)).toMatchObject({
      version: 1,
      history: [{ kind: 'COVERED' }, { kind: 'COVERED' }],
    });
    await age(8);
    expect([await archive.run(), await isHot()]).toEqual([1, false]);
  });

  test('refuses what is older than it was', async () => {
    await settle(5);
    await age(8);
    await archive.run();
    const message = event((offsets += 1), { orderId: id, version: 4 });
    expect(await settler.settler.settle(arrived([message], detail(4, { id, note: 'old' })))).toMatchObject({
      fates: { COVERED: 1 },
    });
    expect(await stored()).toMatchObject({ version: 5, note: null });
  });

  test('is left there where its id is used again, for another order with a lower version', async () => {
    await settle(5);
    await age(8);
    await archive.run();
    const items = [item('l1', { name: 'Noodles' })];
    const came = detail(1, { id, placedAt: new Date().toISOString(), items });
    expect(await come(came)).toMatchObject({ fates: { APPLIED: 1 } });
    expect(await stored()).toMatchObject({
      version: 1,
      lines: [{ name: 'Noodles', state: 'waiting' }],
      tickets: [{ state: 'open', notices: [{ kind: 'reused' }] }],
    });
    expect(await prisma.archivedOrder.count({ where: { orderId: id } })).toBe(1);
  });

  test('opens a ticket for a dish that is new', async () => {
    await archived(true);
    await come(detail(2, { id, items: [item('l1'), item('l2'), item('l3')] }));
    const after = await stored();
    expect(after.tickets.map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(after.lines.map(({ state }) => state)).toEqual(['ready', 'ready', 'waiting']);
  });
});

test('an order without a time is as old as its message, also after that waited in the retry table', async () => {
  const sentAt = Date.now() - 30 * 24 * 3600_000;
  const came = detail(1, { id, placedAt: null, status: 'PAID' });
  await settler.settler.settle(failing([event((offsets += 1), { orderId: id, version: 1, sentAt })]));
  expect(await tryOnce(settler, id, came)).toMatchObject({ fates: { APPLIED: 1 } });
  expect((await loadOrders(prisma, Prisma.sql`o.id = ${id}`))[0]).toMatchObject({
    closedAt: new Date(sentAt).toISOString(),
    tickets: [{ state: 'closed' }],
  });
});

test('a message that comes while its order is being archived is not lost, whichever is first', async () => {
  for (let n = 0; n < 30; n += 1) {
    const orderId = `race-${n}`;
    await settle(1, orderId);
    await age(8, orderId);
    const [, { again }] = await Promise.all([
      archive.run(),
      new Promise<void>((resolve) => {
        setTimeout(resolve, n % 6);
      }).then(() => settle(2, orderId)),
    ]);
    expect(again).toEqual([]);
    expect(JSON.parse((await readOrder(prisma, orderId))!)).toMatchObject({ version: 2, status: 'PLACED' });
    expect(await kindsOf(prisma, orderId)).toContain(`${offsets} APPLIED`);
  }
});

test('two processes that archive at once archive each order once', async () => {
  const ids = Array.from({ length: 20 }, (_, n) => `both-${n}`);
  for (const one of ids) {
    await settle(1, one);
    await age(9, one);
  }
  const other = new Archive({ prisma: settler.prisma, log, document: readHotOrder, story: readStoryRows, recordTimes });
  const counts = await Promise.all([archive.run(), other.run()]);
  while (await archive.run()) {
    /* the order that it left because of the lock */
  }
  expect(counts[0]! + counts[1]!).toBeLessThanOrEqual(20);
  expect(await prisma.archivedOrder.count({ where: { orderId: { in: ids } } })).toBe(20);
});

test('an order that cannot be archived is passed by, said, and tried again later; those behind it are archived', async () => {
  const lines: string[] = [];
  const stuck = id;
  await settle(1);
  await age(9);
  await settle(1, 'behind it');
  await age(8, 'behind it');
  const document: typeof readHotOrder = (sql, orderId) =>
    orderId === stuck ? Promise.reject(new Error('too many rows')) : readHotOrder(sql, orderId);
  const warn = (fields: object, text?: string) => void lines.push(`${text} ${JSON.stringify(fields)}`);
  const stubborn = new Archive({
    prisma,
    log: { ...log, info: () => {}, warn } as never,
    document,
    story: readStoryRows,
    recordTimes,
  });
  expect(await stubborn.run()).toBe(1);
  expect([await isHot(stuck), await isHot('behind it')]).toEqual([true, false]);
  expect(await stubborn.run()).toBe(0);
  expect(lines).toEqual([expect.stringContaining(`{"orderId":"${stuck}","error":"too many rows"}`)]);
  // Another process, or this one a day later.
  expect(await archive.run()).toBe(1);
});

test('where every order fails, the database is at fault: the round ends and says so', async () => {
  for (let i = 0; i < 25; i += 1) {
    await settle(1, `each ${i}`);
    await age(8, `each ${i}`);
  }
  let tried = 0;
  const document = () => {
    tried += 1;
    return Promise.reject(new Error('permission denied'));
  };
  const failing = new Archive({ prisma, log, document, story: readStoryRows, recordTimes });
  await expect(failing.run()).rejects.toThrow('permission denied');
  expect(tried).toBe(20);
  expect(await archive.run()).toBe(25);
});
