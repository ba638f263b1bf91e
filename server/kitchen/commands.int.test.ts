// Commands on a real database: once for each id, under the order's lock, and only in the screen's own restaurant.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Prisma, type PrismaClient } from '../db/client.ts';
import type { CommandResult, OrderCommand } from '../protocol/commands.ts';
import type { ScreenIdentity } from '../protocol/views.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { detail, event, item } from '../../test/made.ts';
import { arrived, failing, log, startSettler, type TestSettler } from '../../test/pipeline.ts';
import { RetryControl } from '../retry/control.ts';
import { until } from '../../test/until.ts';
import { KitchenCommands } from './commands.ts';
import type { KitchenOrder } from '../order/order.ts';
import { loadOrders } from '../order/order-rows.ts';
import { UNSET_STATION } from '../protocol/facts.ts';

let database: TestDatabase;
let prisma: PrismaClient;
let part: TestSettler;
let commands: KitchenCommands;
let screens: Record<'kitchen' | 'second' | 'floor' | 'expo' | 'manager' | 'other', ScreenIdentity>;
const hints: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  prisma = database.prisma;
  part = await startSettler(database.url);
  part.bus.on('feed', (ids) => {
    hints.push(...ids);
  });
  commands = commandsOver(prisma);
  for (const restaurantId of ['r-1', 'r-2'])
    await part.settler.settle(
      arrived(
        [event(1, { orderId: `first of ${restaurantId}`, at: { partition: restaurantId === 'r-1' ? 8 : 9 } })],
        detail(1, { id: `first of ${restaurantId}`, restaurantId }),
      ),
    );
  const bar = await prisma.station.create({
    data: {
      id: randomUUID(),
      restaurantId: 'r-1',
      name: 'Bar',
      position: -1,
      routes: { create: { id: randomUUID(), position: 0, category: 'drinks' } },
    },
  });
  const kitchen = await prisma.station.findFirstOrThrow({ where: { restaurantId: 'r-1', name: 'Kitchen' } });
  const screen = async (
    name: string,
    role: ScreenIdentity['role'],
    restaurantId = 'r-1',
    station: { id: string; name: string } | null = null,
  ): Promise<ScreenIdentity> => {
    const device = await prisma.device.create({
      data: { id: randomUUID(), restaurantId, name, role, stationId: station?.id ?? null },
    });
    return {
      deviceId: device.id,
      deviceName: name,
      person: null,
      role,
      restaurant: { id: restaurantId, name: restaurantId, timeZone: 'UTC', discovered: false },
      publicUrl: 'https://heard.example',
      station: station && { id: station.id, name: station.name, ...UNSET_STATION },
    };
  };
  screens = {
    kitchen: await screen('Kitchen tablet', 'kitchen', 'r-1', kitchen),
    second: await screen('Bar tablet', 'kitchen', 'r-1', bar),
    floor: await screen('Waiter', 'floor'),
    expo: await screen('Pass', 'expo'),
    manager: await screen('Office', 'manager'),
    other: await screen('Elsewhere', 'expo', 'r-2'),
  };
});
afterAll(async () => {
  await part?.stop();
  await database?.drop();
});

const PERSON = randomUUID();
const commandsOver = (client: PrismaClient) =>
  new KitchenCommands({
    prisma: client,
    bus: part.bus,
    log,
    retryParked: (...asked) => new RetryControl({ prisma: client, bus: part.bus }).retryOrder(...asked),
    nameOfPerson: async (_, personId) => (personId === PERSON ? 'Amal' : null),
  });
let [offsets, orders] = [100, 0];
let order: KitchenOrder;
const read = async (): Promise<KitchenOrder> => (await loadOrders(prisma, Prisma.sql`o.id = ${order.id}`))[0]!;
const change = (version: number, more: object = {}) =>
  part.settler.settle(
    arrived(
      [event(version, { orderId: order.id, at: { offset: (offsets += 1) } })],
      detail(version, { id: order.id, placedAt: new Date().toISOString(), ...more }),
    ),
  );
const two = [item('l1'), item('l2'), item('d1', { category: 'drinks' })];
beforeEach(async () => {
  order = { id: `order-${(orders += 1)}` } as KitchenOrder;
  await change(1, { items: two });
  order = await read();
});

type Asked = OrderCommand extends infer C ? (C extends OrderCommand ? Omit<C, 'id' | 'orderId'> : never) : never;
const ticketOf = (lineId: string) => order.lines.find(({ id }) => id === lineId)!.ticketId;
const command = (asked: Asked, id: string = randomUUID()) => ({ id, orderId: order.id, ...asked }) as OrderCommand;
const bump = (id?: string) => command({ kind: 'bump', ticketId: ticketOf('l1') }, id);
const stateOf = async (lineId: string) => (await read()).lines.find(({ id }) => id === lineId)!.state;
const outcomes = (results: CommandResult[]) => results.map(({ outcome }) => outcome).sort();

test('a bump is written, told to screens under a new rev, and hinted', async () => {
  const { rev } = await prisma.restaurant.findUniqueOrThrow({ where: { id: 'r-1' } });
  hints.length = 0;
  const result = await commands.execute(bump(), screens.kitchen);
  expect(result).toMatchObject({
    outcome: 'done',
    rev: Number(rev) + 1,
    order: { id: order.id, lines: [{ state: 'ready' }, { state: 'ready' }, { state: 'waiting' }] },
  });
  expect([await stateOf('l1'), await stateOf('d1'), hints]).toEqual(['ready', 'waiting', ['r-1']]);
  expect(await prisma.change.findFirst({ where: { orderId: order.id }, orderBy: { rev: 'desc' } })).toMatchObject({
    rev: rev + 1n,
  });
});

test('the same command id is carried out once, however often and however fast it is sent, and answers the same', async () => {
  const sent = bump();
  const results = await Promise.all(Array.from({ length: 8 }, () => commands.execute(sent, screens.kitchen)));
  expect(outcomes(results)).toEqual(Array(8).fill('done'));
  expect([
    await prisma.kitchenAction.count({ where: { orderId: order.id } }),
    await prisma.change.count({ where: { orderId: order.id } }),
  ]).toEqual([1, 2]);
  await commands.execute(command({ kind: 'recall', ticketId: ticketOf('l1') }), screens.kitchen);
  expect(await commands.execute(sent, screens.kitchen)).toMatchObject({
    outcome: 'done',
    order: { tickets: expect.arrayContaining([expect.objectContaining({ id: ticketOf('l1'), state: 'open' })]) },
  });
  expect(await stateOf('l1')).toBe('waiting');
});

test('a conflict, too, is answered the same when it is sent again', async () => {
  await commands.execute(bump(), screens.kitchen);
  const sent = bump();
  const first = await commands.execute(sent, screens.expo);
  await commands.execute(command({ kind: 'recall', ticketId: ticketOf('l1') }), screens.kitchen);
  expect([first.outcome, (await commands.execute(sent, screens.expo)).outcome, await stateOf('l1')]).toEqual([
    'conflict',
    'conflict',
    'waiting',
  ]);
});

test('of two screens that bump one ticket at once one does it, the other is told who', async () => {
  const results = await Promise.all([
    commands.execute(bump(), screens.kitchen),
    commands.execute(bump(), screens.expo),
  ]);
  expect(outcomes(results)).toEqual(['conflict', 'done']);
  const first = results[0]!.outcome === 'done' ? 'Kitchen tablet' : 'Pass';
  expect(results.find(({ outcome }) => outcome === 'conflict')).toMatchObject({
    by: first,
    reason: 'the ticket is bumped already',
    order: { id: order.id },
  });
});

test("another restaurant's screen is refused as if the order did not exist, and nothing is written", async () => {
  const before = await read();
  expect(await commands.execute(bump(), screens.other)).toMatchObject({
    outcome: 'refused',
    reason: 'there is no such order here',
  });
  expect(await commands.execute({ ...bump(), orderId: "nobody's" }, screens.other)).toMatchObject({
    outcome: 'refused',
    reason: 'there is no such order here',
  });
  expect([await read(), await prisma.kitchenAction.count({ where: { orderId: order.id } })]).toEqual([before, 0]);
});

test("a station's screen moves what is at its station only", async () => {
  expect(await commands.execute(bump(), screens.second)).toMatchObject({ outcome: 'refused' });
  expect(await commands.execute(command({ kind: 'start', lineIds: ['l1'] }), screens.second)).toMatchObject({
    outcome: 'refused',
  });
  expect(
    await commands.execute(command({ kind: 'bump', ticketId: ticketOf('d1'), lineIds: ['l1'] }), screens.second),
  ).toMatchObject({ outcome: 'refused' });
  expect(await commands.execute(command({ kind: 'bump', ticketId: ticketOf('d1') }), screens.second)).toMatchObject({
    outcome: 'done',
  });
  expect(await stateOf('l1')).toBe('waiting');
});

test('what a role may not do is refused', async () => {
  for (const [screen, asked] of [
    [screens.floor, bump()],
    [screens.manager, bump()],
    [screens.kitchen, command({ kind: 'serve', lineIds: ['l1'] })],
  ] as const)
    expect(await commands.execute(asked, screen)).toMatchObject({ outcome: 'refused' });
});

test('a command id that another screen used is refused', async () => {
  const sent = bump();
  await commands.execute(sent, screens.kitchen);
  expect(await commands.execute(sent, screens.expo)).toMatchObject({ outcome: 'refused' });
});

test('a command that finds its work done already is done, and tells screens nothing new', async () => {
  await commands.execute(command({ kind: 'start', lineIds: ['l1'] }), screens.kitchen);
  const { rev } = await prisma.restaurant.findUniqueOrThrow({ where: { id: 'r-1' } });
  expect(await commands.execute(command({ kind: 'start', lineIds: ['l1'] }), screens.kitchen)).toMatchObject({
    outcome: 'done',
    rev: Number(rev),
  });
});

test('a bump and a new detail at the same moment: both are kept, whichever comes first', async () => {
  for (let i = 0; i < 20; i += 1) {
    order = { id: `race-${i}` } as KitchenOrder;
    await change(1, { items: two });
    order = await read();
    const [result] = await Promise.all([
      commands.execute(bump(), screens.kitchen),
      change(2, { items: [item('l1', { quantity: 5 }), item('l2'), item('l3')] }),
    ]);
    expect(result.outcome).toBe('done');
    const after = await read();
    const [l1, l2, l3, d1] = ['l1', 'l2', 'l3', 'd1'].map((id) => after.lines.find((line) => line.id === id)!);
    expect([l1!.state, l2!.state, d1!.state, after.version]).toEqual(['ready', 'ready', 'voided', 2]);
    // Before the bump its quantity changed, and all of it was bumped; after it, the rest is still to be cooked.
    const rest = after.lines.find(({ partOf }) => partOf === 'l1');
    expect([
      [5, 'changed', undefined, undefined],
      [1, undefined, 4, 'waiting'],
    ]).toContainEqual([l1!.quantity, l1!.flag?.kind, rest?.quantity, rest?.state]);
    // Before the bump it joined the ticket, and went with it; after it, it made a ticket of its own.
    expect([
      ['ready', 'bumped'],
      ['waiting', 'open'],
    ]).toContainEqual([l3!.state, after.tickets.find(({ id }) => id === l3!.ticketId)!.state]);
  }
});

test('a database that does not answer decides nothing: the same command can be sent again', async () => {
  const sent = bump();
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE lanes IN ACCESS EXCLUSIVE MODE`;
    const waiting = commands.execute(sent, screens.kitchen);
    await until('its session has ended in the middle of its transaction', async () => {
      const ended = await prisma.$queryRaw<unknown[]>`
        SELECT pg_terminate_backend(pid)
        FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO lanes%'
      `;
      return ended.length > 0;
    });
    expect(await waiting).toMatchObject({ outcome: 'unavailable' });
  });
  expect(await commands.execute(sent, screens.kitchen)).toMatchObject({ outcome: 'done' });
});

test('a tap that was carried out while its answer was lost is no conflict with itself: sent again it is done, and done once', async () => {
  // As a connection that breaks between COMMIT and its answer.
  const deaf = commandsOver(
    Object.create(prisma, {
      $transaction: {
        value: async (work: Parameters<PrismaClient['$transaction']>[0]) => {
          await prisma.$transaction(work as never);
          throw new Error('the connection broke');
        },
      },
    }) as PrismaClient,
  );
  const recall = command({ kind: 'recall', ticketId: ticketOf('l1') });
  for (const sent of [bump(), recall]) {
    expect(await deaf.execute(sent, screens.kitchen)).toMatchObject({ outcome: 'unavailable' });
    expect(await commands.execute(sent, screens.kitchen)).toMatchObject({ outcome: 'done' });
  }
  expect(
    await prisma.kitchenAction.groupBy({
      by: ['kind'],
      where: { orderId: order.id },
      _count: true,
      orderBy: { kind: 'asc' },
    }),
  ).toMatchObject([
    { kind: 'bump', _count: 1 },
    { kind: 'recall', _count: 1 },
  ]);
  // Also where the message has been tried, and is no longer parked, by the time it is sent again.
  const retry = command({ kind: 'retry-parked' });
  await part.settler.settle(failing([event(2, { orderId: order.id, at: { offset: (offsets += 1) } })]));
  expect(await deaf.execute(retry, screens.manager)).toMatchObject({ outcome: 'unavailable' });
  await prisma.parkedMessage.deleteMany({ where: { orderId: order.id } });
  expect(await commands.execute(retry, screens.manager)).toMatchObject({ outcome: 'done' });
});
