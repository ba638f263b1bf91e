// Times follow the kitchen: taps, recalls, several processes, a collector that was away, the archive, and retention.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Prisma, type PrismaClient } from '../db/client.ts';
import { KitchenCommands } from '../kitchen/commands.ts';
import type { KitchenOrder } from '../order/order.ts';
import { loadOrders } from '../order/order-rows.ts';
import { readHotOrder } from '../operator/orders.ts';
import { Archive } from '../archive/archive.ts';
import type { OrderCommand } from '../protocol/commands.ts';
import type { ScreenIdentity } from '../protocol/views.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { detail, event, item } from '../../test/made.ts';
import { arrived, log, startSettler, type TestSettler } from '../../test/pipeline.ts';
import { readStory } from './story.ts';
import { readStoryRows } from './story-rows.ts';
import { recordTimes } from './times.ts';
import { TimesCollector } from './times-collector.ts';

let database: TestDatabase;
let prisma: PrismaClient;
let part: TestSettler;
let commands: KitchenCommands;
let screen: ScreenIdentity;
let collector: TimesCollector;
beforeAll(async () => {
  database = await createTestDatabase();
  prisma = database.prisma;
  part = await startSettler(database.url);
  commands = new KitchenCommands({
    prisma,
    bus: part.bus,
    log,
    retryParked: async () => false,
    nameOfPerson: async () => null,
  });
  await part.settler.settle(
    arrived([event(1, { orderId: 'first', at: { partition: 8 } })], detail(1, { id: 'first' })),
  );
  const device = await prisma.device.create({
    data: { id: randomUUID(), restaurantId: 'r-1', name: 'Pass', role: 'expo' },
  });
  screen = {
    deviceId: device.id,
    deviceName: 'Pass',
    person: null,
    role: 'expo',
    restaurant: { id: 'r-1', name: 'r-1', timeZone: 'UTC', discovered: false },
    publicUrl: 'https://heard.example',
    station: null,
  };
  collector = new TimesCollector({ prisma, log });
});
afterAll(async () => {
  await part?.stop();
  await database?.drop();
});

let [orders, offsets] = [0, 10];
let order: KitchenOrder;
const read = async (id = order.id): Promise<KitchenOrder> => (await loadOrders(prisma, Prisma.sql`o.id = ${id}`))[0]!;
const settle = (id: string, version: number, more: object = {}) =>
  part.settler.settle(
    arrived(
      [event(version, { orderId: id, at: { offset: (offsets += 1) } })],
      detail(version, { id, items: [item('l1'), item('l2', { sku: 'NAN', quantity: 2 })], ...more }),
    ),
  );
beforeEach(async () => {
  const id = `o-${(orders += 1)}`;
  await settle(id, 1);
  await prisma.$executeRaw`UPDATE tickets SET fired_at = fired_at - interval '10 minutes' WHERE order_id = ${id}`;
  await prisma.$executeRaw`UPDATE line_items SET added_at = added_at - interval '10 minutes' WHERE order_id = ${id}`;
  order = await read(id);
});
type Asked = OrderCommand extends infer C ? (C extends OrderCommand ? Omit<C, 'id' | 'orderId'> : never) : never;
const tap = async (asked: Asked) => {
  const { outcome } = await commands.execute({ id: randomUUID(), orderId: order.id, ...asked } as OrderCommand, screen);
  expect(outcome).toBe('done');
  order = await read();
};
const bump = () => tap({ kind: 'bump', ticketId: order.tickets[0]!.id });
const dishes = (orderId = order.id) => prisma.dishTime.findMany({ where: { orderId }, orderBy: { lineId: 'asc' } });
const tickets = (orderId = order.id) => prisma.ticketTime.findMany({ where: { orderId } });

describe('the times of an order', () => {
  test('are those of its dishes and of its ticket, from when the station was to begin', async () => {
    await tap({ kind: 'bump', ticketId: order.tickets[0]!.id, lineIds: ['l2'] });
    await collector.run();
    expect(
      (await dishes()).map(({ lineId, dishKey, name, quantity }) => ({ lineId, dishKey, name, quantity })),
    ).toEqual([{ lineId: 'l2', dishKey: 'sku:NAN', name: 'Dish l2', quantity: 2 }]);
    expect(await tickets()).toEqual([]);
    await bump();
    await collector.run();
    const [first, second] = await dishes();
    expect([first!.dishKey, first!.readyAt.toISOString(), second!.readyAt.toISOString()]).toEqual([
      'name:dish l1',
      order.lines[0]!.readyAt,
      order.lines[1]!.readyAt,
    ]);
    const seconds = (first!.readyAt.getTime() - first!.calledAt.getTime()) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(600);
    expect(seconds).toBeLessThan(630);
    expect(await tickets()).toMatchObject([
      {
        ticketId: order.tickets[0]!.id,
        restaurantId: 'r-1',
        lateSeconds: 480,
        firedAt: new Date(order.tickets[0]!.firedAt),
        bumpedAt: new Date(order.tickets[0]!.bumpedAt!),
      },
    ]);
  });

  test('go with a recall, and come again with the next bump', async () => {
    await bump();
    await collector.run();
    expect([(await dishes()).length, (await tickets()).length]).toEqual([2, 1]);
    await tap({ kind: 'recall', ticketId: order.tickets[0]!.id });
    await collector.run();
    expect([await dishes(), await tickets()]).toEqual([[], []]);
    await bump();
    await collector.run();
    expect((await tickets())[0]!.bumpedAt.toISOString()).toBe(order.tickets[0]!.bumpedAt);
  });

  test('are written once, however often and by however many processes', async () => {
    await bump();
    const others = Array.from({ length: 3 }, () => new TimesCollector({ prisma: part.prisma, log }));
    for (let n = 0; n < 5; n += 1) await Promise.all([collector, ...others].map((one) => one.run()));
    const before = await dishes();
    expect(before).toHaveLength(2);
    const [{ xmin }] = await prisma.$queryRaw<
      [{ xmin: string }]
    >`SELECT xmin::text FROM dish_times WHERE order_id = ${order.id} AND line_id = 'l1'`;
    await recordTimes(prisma, [order.id]);
    expect(
      await prisma.$queryRaw`SELECT xmin::text FROM dish_times WHERE order_id = ${order.id} AND line_id = 'l1'`,
      'what is so already is not written again',
    ).toEqual([{ xmin }]);
  });

  test('are caught up with after days without a collector, over quiet hours', async () => {
    await bump();
    await prisma.$executeRaw`UPDATE kitchen_actions SET at = at - interval '3 days' WHERE order_id = ${order.id}`;
    await prisma.$executeRaw`UPDATE collector_progress SET up_to = now() - interval '6 days'`;
    const before = await prisma.dishTime.deleteMany();
    expect(before.count).toBeGreaterThan(0);
    await collector.run();
    expect(await dishes()).toHaveLength(2);
    const [{ behind }] = await prisma.$queryRaw<
      [{ behind: number }]
    >`SELECT EXTRACT(EPOCH FROM now() - up_to)::float8 AS behind FROM collector_progress`;
    expect(behind).toBeLessThan(30);
  });

  test('a tap whose transaction ends late is seen all the same', async () => {
    await bump();
    // Decided before the collector read on, and committed after.
    await prisma.$executeRaw`
      UPDATE kitchen_actions SET at = now() - interval '20 seconds' WHERE order_id = ${order.id}
    `;
    await prisma.$executeRaw`UPDATE collector_progress SET up_to = now() - interval '1 second'`;
    await collector.run();
    expect(await dishes()).toHaveLength(2);
  });

  test('stay when the order is archived and comes back, also unseen by a collector; so does its story', async () => {
    await bump();
    const archive = new Archive({ prisma, log, document: readHotOrder, story: readStoryRows, recordTimes });
    await prisma.$executeRaw`UPDATE orders SET changed_at = now() - interval '8 days' WHERE id = ${order.id}`;
    const told = (await readStory(prisma, order.id))!.story;
    while (await archive.run()) {
      /* all that is old */
    }
    expect(await prisma.order.count({ where: { id: order.id } })).toBe(0);
    expect([(await dishes()).length, (await tickets()).length]).toEqual([2, 1]);
    const after = (await readStory(prisma, order.id))!;
    expect(after).toMatchObject({ restaurantIds: ['r-1'], story: { archived: true, number: 'A100' } });
    expect(after.story.events.filter(({ kind }) => kind !== 'archived')).toEqual(told.events);
    await settle(order.id, 9);
    await recordTimes(prisma, [order.id]);
    expect(
      (await dishes()).map(({ lineId }) => lineId),
      'the order that came back is another one',
    ).toEqual(['l1', 'l2']);
    expect((await readStory(prisma, order.id))!.story.events.filter(({ kind }) => kind === 'received')).toHaveLength(2);
  });
});

test('what is older than thirty days goes', async () => {
  await bump();
  await collector.run();
  await prisma.$executeRaw`
    UPDATE dish_times SET ready_at = now() - interval '31 days' WHERE order_id = ${order.id} AND line_id = 'l1'
  `;
  await prisma.$executeRaw`UPDATE ticket_times SET bumped_at = now() - interval '29 days' WHERE order_id = ${order.id}`;
  expect(await collector.trim()).toBe(1);
  expect([(await dishes()).map(({ lineId }) => lineId), (await tickets()).length]).toEqual([['l2'], 1]);
});
