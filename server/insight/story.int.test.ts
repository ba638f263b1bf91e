// The story of an order that failed and recovered, told from the rows of the real pipeline; and which managers see
// which parked orders.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Platform } from '../../simulator/platform.ts';
import { Bus } from '../db/bus.ts';
import type { PrismaClient } from '../db/client.ts';
import { KitchenCommands } from '../kitchen/commands.ts';
import { Story, type StoryEvent } from '../protocol/story.ts';
import type { ScreenIdentity } from '../protocol/views.ts';
import { RetryControl } from '../retry/control.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { startIngest, type Ingest } from '../../test/ingest.ts';
import { createTopic, kafkaBrokers, uniqueEnvironment } from '../../test/kafka.ts';
import { log } from '../../test/pipeline.ts';
import { until } from '../../test/until.ts';
import { isTheirs, readParkedOrders } from './parked-orders.ts';
import { readStory } from './story.ts';

let database: TestDatabase;
let prisma: PrismaClient;
let platform: Platform;
let ingest: Ingest | undefined;
let bus: Bus;
let appEnv = '';
beforeAll(async () => {
  database = await createTestDatabase();
  prisma = database.prisma;
  bus = new Bus({ databaseUrl: database.url, log });
  await bus.start();
});
afterAll(async () => {
  await bus?.stop();
  await database?.drop();
});
beforeEach(async () => {
  appEnv = uniqueEnvironment();
  await createTopic(`${appEnv}_order_events`);
  platform = await new Platform({ appEnv, brokers: kafkaBrokers(), seed: 5 }).listen();
  ingest = await startIngest({
    appEnv,
    databaseUrl: database.url,
    orderApiUrl: platform.url,
    retry: { maxAttempts: 2, baseMs: 50, maxMs: 100 },
  });
});
afterEach(async () => {
  await ingest?.stop();
  ingest = undefined;
  await platform?.close();
});

/** The story as a page reads it, in whole. */
const storyOf = async (id: string) => {
  const { story } = (await readStory(prisma, id))!;
  expect(Story.parse(JSON.parse(JSON.stringify(story)))).toEqual(story);
  return story;
};
const kinds = (events: readonly StoryEvent[]) => events.map(({ kind }) => kind);
const state = async (orderId: string) =>
  (await prisma.parkedMessage.findFirst({ where: { orderId }, orderBy: { id: 'desc' } }))?.state;

test(
  'every message, fetch, attempt, ticket, confirmation and tap is told, with who, where and when, in order',
  { timeout: 60_000 },
  async () => {
    // Another order gets through, so the failure is this order's own.
    const other = platform.place({ restaurantId: 'r-1', items: [{ name: 'Soup' }] });
    await until('the other is there', async () => (await prisma.order.count({ where: { id: other.id } })) === 1);
    const order = platform.place(
      { restaurantId: 'r-1', number: 'A7', items: [{ name: 'Bhuna', quantity: 2 }, { name: 'Naan' }] },
      { silent: true },
    );
    platform.answer(order.id, { status: 500 });
    platform.change(order.id, 'pay');
    const keepOthers = setInterval(() => platform.place({ restaurantId: 'r-1', items: [{ name: 'Soup' }] }), 100);
    try {
      await until('it has failed', async () => (await state(order.id)) === 'FAILED');
    } finally {
      clearInterval(keepOthers);
    }
    platform.heal();
    expect(await new RetryControl({ prisma, bus }).retryOrder(order.id, 'Amal')).toBe(true);
    await until('it is applied', async () => (await state(order.id)) === 'APPLIED');

    const device = await prisma.device.create({
      data: { id: randomUUID(), restaurantId: 'r-1', name: 'Pass tablet', role: 'expo' },
    });
    const screen: ScreenIdentity = {
      deviceId: device.id,
      deviceName: 'Pass tablet',
      person: null,
      role: 'expo',
      restaurant: { id: 'r-1', name: 'r-1', timeZone: 'UTC', discovered: false },
      publicUrl: 'https://heard.example',
      station: null,
    };
    const commands = new KitchenCommands({
      prisma,
      bus,
      log,
      retryParked: async () => false,
      nameOfPerson: async () => 'Chen',
    });
    const ticket = await prisma.ticket.findFirstOrThrow({ where: { orderId: order.id } });
    await prisma.ticket.update({
      where: { id: ticket.id },
      data: { confirmedAt: new Date(ticket.firedAt.getTime() + 1), confirmedBy: device.id },
    });
    const line = await prisma.lineItem.findFirstOrThrow({ where: { orderId: order.id, name: 'Bhuna' } });
    await commands.execute(
      { kind: 'start', id: randomUUID(), orderId: order.id, lineIds: [line.id], personId: randomUUID() },
      screen,
    );
    await commands.execute({ kind: 'bump', id: randomUUID(), orderId: order.id, ticketId: ticket.id }, screen);
    await commands.execute({ kind: 'bump', id: randomUUID(), orderId: order.id, ticketId: ticket.id }, screen);

    const { events, number, archived } = await storyOf(order.id);
    expect([number, archived]).toEqual(['A7', false]);
    const times = events.map(({ at }) => Date.parse(at));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const of = <K extends StoryEvent['kind']>(kind: K) =>
      events.filter((event): event is Extract<StoryEvent, { kind: K }> => event.kind === kind);
    const failed = of('fetch').filter(({ error }) => error !== null);
    // The first look gave up after three quick tries; then two attempts.
    expect(failed.map(({ tries }) => tries)).toEqual([3, 1, 1]);
    expect(failed.every(({ ms, error }) => ms !== null && /500/.test(error ?? ''))).toBe(true);
    expect(of('fetch').at(-1)).toMatchObject({ error: null, tries: 1 });
    expect(of('parked')).toMatchObject([{ error: failed[0]!.error }]);
    expect(of('operator')).toMatchObject([{ action: 'retry', by: 'Amal' }]);
    expect(of('message')).toMatchObject([{ fate: 'APPLIED', status: 'PAID' }]);
    expect(of('fired')).toMatchObject([{ dishes: ['2 Bhuna', 'Naan'], firing: 1 }]);
    expect(of('confirmed')).toMatchObject([{ by: 'Pass tablet', ms: 1 }]);
    expect(of('tap')).toMatchObject([
      { command: 'start', by: 'Chen', device: 'Pass tablet', dishes: ['2 Bhuna'], outcome: 'done' },
      { command: 'bump', by: 'Pass tablet', station: of('fired')[0]!.station, outcome: 'done', why: null },
      { command: 'bump', outcome: 'conflict', why: 'ticket-state' },
    ]);
    const order1 = kinds(events.filter(({ kind }) => kind !== 'placed' && kind !== 'tap'));
    expect(order1).toEqual([
      'fetch',
      'parked',
      'fetch',
      'fetch',
      'operator',
      'fetch',
      'received',
      'message',
      'fired',
      'confirmed',
    ]);
  },
);

test(
  'a message that came while its order was there is told with the fetch that ended it; one fetch is told once',
  { timeout: 40_000 },
  async () => {
    const order = platform.place({ restaurantId: 'r-1', items: [{ name: 'Bhuna' }] });
    await until('it is there', async () => (await prisma.order.count({ where: { id: order.id } })) === 1);
    platform.change(order.id, 'pay');
    await until(
      'it is paid',
      async () => (await prisma.order.findUnique({ where: { id: order.id } }))?.status === 'PAID',
    );
    const { events } = await storyOf(order.id);
    expect(events.filter(({ kind }) => kind === 'message')).toHaveLength(2);
    const fetches = events.filter((event) => event.kind === 'fetch');
    expect([1, 2]).toContain(fetches.length);
    for (const { ms, tries } of fetches) {
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(ms).toBeLessThan(5000);
      expect(tries).toBe(1);
    }
  },
);

test('parked orders are told to their restaurant; those of none to operators, as a number to others', async () => {
  expect(await readStory(prisma, 'no such order')).toBeNull();
  const park = (orderId: string, restaurantId: string | null, more: object = {}) =>
    prisma.parkedMessage.create({
      data: {
        orderId,
        restaurantId,
        incarnationId: 99,
        partition: 1,
        offset: BigInt(Math.floor(Math.random() * 1e9)),
        status: 'PAID',
        digest: Buffer.alloc(16),
        state: 'PARKED',
        attempts: 1,
        parkedAt: new Date(),
        lastError: 'answered 404',
        ...more,
      },
    });
  await prisma.parkedMessage.deleteMany();
  await park('p-ours', 'r-1', { parkedAt: new Date(Date.now() - 60_000), nextAttemptAt: new Date() });
  await park('p-ours', 'r-1', { attempts: 0, lastError: null });
  await park('p-theirs', 'r-2');
  await park('p-nobody', null, { state: 'FAILED', attempts: 7 });
  await park('p-over', 'r-1', { state: 'APPLIED' });
  const ours = await readParkedOrders(prisma, 'r-1', false);
  expect(ours).toMatchObject({
    count: 1,
    unknown: 1,
    orders: [
      {
        orderId: 'p-ours',
        number: null,
        state: 'PARKED',
        messages: 2,
        attempts: 1,
        lastError: 'answered 404',
        unknownRestaurant: false,
      },
    ],
  });
  const all = await readParkedOrders(prisma, 'r-1', true);
  expect(all).toMatchObject({ count: 2, unknown: 0 });
  expect(all.orders.map(({ orderId, state, unknownRestaurant }) => [orderId, state, unknownRestaurant])).toEqual([
    ['p-ours', 'PARKED', false],
    ['p-nobody', 'FAILED', true],
  ]);
  const story = async (id: string) => (await readStory(prisma, id))!.restaurantIds;
  expect([
    isTheirs(await story('p-ours'), 'r-1', false),
    isTheirs(await story('p-theirs'), 'r-1', true),
    isTheirs(await story('p-nobody'), 'r-1', false),
    isTheirs(await story('p-nobody'), 'r-1', true),
  ]).toEqual([true, false, false, true]);
});
