// Taps about more than one ticket (sold out, moved to another station, tried again, rushed, explained), and the name
// under which each is kept.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Retention } from '../archive/retention.ts';
import { readBoard, readChanges } from '../feed/board.ts';
import type { ScreenIdentity } from '../protocol/views.ts';
import { startKitchen, type TestKitchen } from '../../test/kitchen.ts';
import { event, item } from '../../test/made.ts';
import { failing, log, parkedOf } from '../../test/pipeline.ts';
import { until } from '../../test/until.ts';

const AMAL = randomUUID();
let kitchen: TestKitchen;
let screens: Record<'kitchen' | 'expo' | 'floor' | 'manager' | 'elsewhere', ScreenIdentity>;
beforeAll(async () => {
  kitchen = await startKitchen({ [AMAL]: 'Amal' });
  screens = {
    kitchen: await kitchen.screen('kitchen', { name: 'Grill tablet', station: kitchen.stations.Kitchen }),
    expo: await kitchen.screen('expo', { name: 'Pass' }),
    floor: await kitchen.screen('floor'),
    manager: await kitchen.screen('manager', { name: 'Office' }),
    elsewhere: await kitchen.screen('manager', { restaurantId: 'r-2' }),
  };
});
afterAll(() => kitchen?.stop());

const naan = { sku: null, name: 'Garlic Naan' };
const revOf = async () => Number((await kitchen.prisma.restaurant.findUniqueOrThrow({ where: { id: 'r-1' } })).rev);
const soldOut = async () => (await readBoard(kitchen.prisma, 'r-1', null))!.facts.soldOut;

test('a dish that is sold out is a fact of its restaurant, told by a delta without any order; taken back it is gone', async () => {
  const before = await revOf();
  const id = randomUUID();
  expect(await kitchen.tap(screens.kitchen, { kind: 'sold-out', dish: naan, on: true }, id)).toEqual({
    outcome: 'done',
    rev: before + 1,
  });
  expect(await soldOut()).toMatchObject([
    { key: 'name:garlic naan', sku: null, name: 'Garlic Naan', by: 'Grill tablet', at: expect.stringMatching(/Z$/) },
  ]);
  expect(await readChanges(kitchen.prisma, 'r-1', { rev: before, revAt: null })).toMatchObject({
    rev: before + 1,
    orders: [],
    facts: { soldOut: [{ name: 'Garlic Naan' }] },
  });
  expect(await kitchen.tap(screens.kitchen, { kind: 'sold-out', dish: naan, on: true }, id)).toEqual({
    outcome: 'done',
    rev: before + 1,
  });
  expect(
    await kitchen.tap(screens.expo, { kind: 'sold-out', dish: { sku: null, name: 'GARLIC NAAN ' }, on: true }),
  ).toEqual({ outcome: 'done', rev: before + 1 });
  expect((await readBoard(kitchen.prisma, 'r-2', null))!.facts.soldOut).toEqual([]);
  expect(await kitchen.tap(screens.manager, { kind: 'sold-out', dish: naan, on: false })).toEqual({
    outcome: 'done',
    rev: before + 2,
  });
  expect(await soldOut()).toEqual([]);
});

test('the same tap that comes twice at once is carried out once, and both are answered the same', async () => {
  const [id, before] = [randomUUID(), await revOf()];
  const tap = () =>
    kitchen.tap(screens.kitchen, { kind: 'sold-out', dish: { sku: null, name: 'Lassi' }, on: true }, id);
  const answers = await kitchen.prisma.$transaction(async (tx) => {
    // Neither can write down that it was there until both have begun.
    await tx.$executeRaw`LOCK TABLE kitchen_actions IN SHARE MODE`;
    const sent = [tap(), tap()];
    await until(
      'both wait',
      async () =>
        (
          await kitchen.prisma.$queryRaw<
            unknown[]
          >`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
        ).length === 2,
    );
    return { sent };
  });
  expect(await Promise.all(answers.sent)).toEqual([1, 2].map(() => ({ outcome: 'done', rev: before + 1 })));
  await kitchen.tap(screens.kitchen, { kind: 'sold-out', dish: { sku: null, name: 'Lassi' }, on: false });
});

test('a dish that was typed is the one that is tapped: marked once, and taken back by either', async () => {
  const [typed, tapped] = [
    { sku: null, name: 'prawn  moilee' },
    { sku: 'PRM', name: 'Prawn Moilee' },
  ];
  await kitchen.tap(screens.expo, { kind: 'sold-out', dish: typed, on: true });
  await kitchen.tap(screens.kitchen, { kind: 'sold-out', dish: tapped, on: true });
  expect((await soldOut()).length).toBe(1);
  await kitchen.tap(screens.kitchen, { kind: 'sold-out', dish: tapped, on: false });
  expect(await soldOut()).toEqual([]);
});

test('the same tap sent twice after another one took it back is not carried out again; a waiter may not say it', async () => {
  const id = randomUUID();
  await kitchen.tap(screens.kitchen, { kind: 'sold-out', dish: naan, on: true }, id);
  await kitchen.tap(screens.kitchen, { kind: 'sold-out', dish: naan, on: false });
  await kitchen.tap(screens.kitchen, { kind: 'sold-out', dish: naan, on: true }, id);
  expect(await soldOut()).toEqual([]);
  expect(await kitchen.tap(screens.floor, { kind: 'sold-out', dish: naan, on: true })).toMatchObject({
    outcome: 'refused',
    why: { code: 'not-this-screen' },
  });
  expect(await kitchen.tap(screens.expo, { kind: 'sold-out', dish: naan, on: true }, id)).toMatchObject({
    outcome: 'refused',
    why: { code: 'id-used' },
  });
});

test('what was tapped about no order is forgotten after a week, and what it said stays', async () => {
  await kitchen.tap(screens.expo, { kind: 'sold-out', dish: { sku: 'S1', name: 'Soup' }, on: true });
  await kitchen.prisma.$executeRaw`
      UPDATE kitchen_actions
      SET at = at - interval '8 days'
      WHERE order_id IS NULL AND command -> 'dish' ->> 'sku' = 'S1'
    `;
  await new Retention({ prisma: kitchen.prisma, log }).trim();
  expect([
    await kitchen.prisma.kitchenAction.count({ where: { command: { path: ['dish', 'sku'], equals: 'S1' } } }),
    (await soldOut()).map(({ key }) => key),
  ]).toEqual([0, ['sku:S1']]);
  expect(await kitchen.prisma.kitchenAction.count({ where: { orderId: null } })).toBeGreaterThan(0);
  await kitchen.tap(screens.expo, { kind: 'sold-out', dish: { sku: 'S1', name: 'Soup' }, on: false });
});

test('many screens that mark dishes at once wait for one another, and all are kept', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `Dish ${i}`);
  const results = await Promise.all([
    ...names.map((name) => kitchen.tap(screens.expo, { kind: 'sold-out', dish: { sku: null, name }, on: true })),
    kitchen.arrive('beside', 1),
  ]);
  expect(results.slice(0, 12)).toEqual(names.map(() => expect.objectContaining({ outcome: 'done' })));
  expect((await soldOut()).map(({ name }) => name).sort()).toEqual(names.toSorted());
});

test('a line goes to another station, in the database too, and only a chef who has it may send it', async () => {
  const order = await kitchen.arrive('moved', 1, { items: [item('l1'), item('b1', { category: 'drinks' })] });
  const { Bar } = kitchen.stations;
  expect(
    await kitchen.tap(screens.kitchen, {
      kind: 'transfer',
      orderId: 'moved',
      lineIds: ['b1'],
      stationId: kitchen.stations.Kitchen.id,
    }),
  ).toMatchObject({ why: { code: 'other-station' } });
  expect(
    await kitchen.tap(screens.kitchen, {
      kind: 'transfer',
      orderId: 'moved',
      lineIds: ['l1'],
      stationId: randomUUID(),
    }),
  ).toMatchObject({ outcome: 'conflict', why: { code: 'station-gone' } });
  expect(
    await kitchen.tap(screens.kitchen, { kind: 'transfer', orderId: 'moved', lineIds: ['l1'], stationId: Bar.id }),
  ).toMatchObject({ outcome: 'done' });
  const after = await kitchen.read('moved');
  expect(after.lines.map(({ id, stationId, flag }) => [id, stationId, flag?.kind])).toEqual([
    ['l1', Bar.id, 'moved'],
    ['b1', Bar.id, undefined],
  ]);
  expect(after.tickets.find(({ id }) => id === order.lines[0]!.ticketId)!.state).toBe('closed');
});

test("who tapped is the person who signed in on that screen; of one who did not, the tap is the device's", async () => {
  const order = await kitchen.arrive('by-whom', 1, { items: [item('l1')] });
  const bump = { kind: 'bump', orderId: 'by-whom', ticketId: order.tickets[0]!.id } as const;
  const { ticketId } = bump;
  expect(await kitchen.tap(screens.kitchen, { ...bump, personId: randomUUID() })).toMatchObject({
    outcome: 'done',
    order: { tickets: [{ bumpedBy: screens.kitchen.deviceName }] },
  });
  await kitchen.tap(screens.kitchen, { kind: 'recall', orderId: 'by-whom', ticketId });
  await kitchen.tap(screens.kitchen, { ...bump, personId: AMAL });
  expect((await kitchen.read('by-whom')).tickets[0]).toMatchObject({ state: 'bumped', bumpedBy: 'Amal' });
  expect(await kitchen.tap(screens.expo, bump)).toMatchObject({ outcome: 'conflict', by: 'Amal' });
});

test("a manager's own browser has no device: its taps are a person's", async () => {
  const nobody = {
    ...screens.manager,
    deviceId: 'manager:r-1',
    deviceName: 'a browser',
    person: { id: AMAL, name: 'Amal', role: 'manager' },
  };
  await kitchen.arrive('noted', 1);
  const id = randomUUID();
  const note = { kind: 'note-delay', orderId: 'noted', note: 'the oven is down' } as const;
  expect(await kitchen.tap(nobody, note, id)).toMatchObject({
    outcome: 'done',
    order: { delayNote: { by: 'Amal', note: 'the oven is down' } },
  });
  expect(await kitchen.tap(nobody, note, id)).toMatchObject({ outcome: 'done' });
  expect(
    await kitchen.tap({ ...nobody, person: { id: randomUUID(), name: 'Else', role: 'manager' } }, note, id),
  ).toMatchObject({ outcome: 'refused', why: { code: 'id-used' } });
  expect(await kitchen.prisma.kitchenAction.findUnique({ where: { id } })).toMatchObject({
    deviceId: null,
    personId: AMAL,
    by: 'Amal',
  });
  expect(await kitchen.tap(nobody, { ...note, note: null })).toMatchObject({ order: { delayNote: null } });
});

test("a rush is kept beside upstream's priority, through later details", async () => {
  await kitchen.arrive('rushed', 1);
  await kitchen.tap(screens.floor, { kind: 'rush', orderId: 'rushed', on: true });
  const after = await kitchen.arrive('rushed', 2, { note: 'birthday' });
  expect([after.rush?.by, after.priority, after.tickets[0]!.notices.map(({ kind }) => kind)]).toEqual([
    'floor',
    'NORMAL',
    ['rush', 'note'],
  ]);
  await kitchen.tap(screens.floor, { kind: 'rush', orderId: 'rushed', on: false });
  expect((await kitchen.read('rushed')).rush).toBeNull();
});

test("a manager tries an order's parked message again at once: of this restaurant only, and once for each tap", async () => {
  const parked = (id: string, restaurantId: string | null) =>
    kitchen.part.settler.settle(
      failing([
        event(1, { orderId: id, restaurantId, at: { partition: 5, offset: Number(id.replaceAll(/\D/g, '')) } }),
      ]),
    );
  await parked('parked-1', 'r-1');
  await parked('parked-2', 'r-2');
  await parked('parked-3', null);
  await kitchen.prisma
    .$executeRaw`UPDATE lanes SET next_attempt_at = now() + interval '1 hour' WHERE order_id = 'parked-1'`;
  const id = randomUUID();
  expect(await kitchen.tap(screens.manager, { kind: 'retry-parked', orderId: 'parked-1' }, id)).toMatchObject({
    outcome: 'done',
  });
  expect(await kitchen.prisma.lane.findUniqueOrThrow({ where: { orderId: 'parked-1' } })).toMatchObject({
    forced: true,
    parked: 1,
  });
  expect(
    (await kitchen.prisma.lane.findUniqueOrThrow({ where: { orderId: 'parked-1' } })).nextAttemptAt!.getTime(),
  ).toBeLessThan(Date.now() + 1000);
  expect(await kitchen.tap(screens.manager, { kind: 'retry-parked', orderId: 'parked-1' }, id)).toMatchObject({
    outcome: 'done',
  });
  expect(await kitchen.prisma.auditEntry.count({ where: { action: 'parked.retry', actor: 'Office' } })).toBe(1);
  for (const orderId of ['parked-2', 'parked-3', "nobody's"])
    expect(await kitchen.tap(screens.manager, { kind: 'retry-parked', orderId })).toMatchObject({ outcome: 'refused' });
  const operator = { ...screens.manager, person: { id: randomUUID(), name: 'Olga', role: 'operator' as const } };
  expect(
    await kitchen.tap(
      { ...operator, person: { ...operator.person, role: 'manager' } },
      { kind: 'retry-parked', orderId: 'parked-3' },
    ),
  ).toMatchObject({ outcome: 'refused' });
  expect(await kitchen.tap(operator, { kind: 'retry-parked', orderId: 'parked-3' })).toMatchObject({ outcome: 'done' });
  expect(await kitchen.tap(operator, { kind: 'retry-parked', orderId: 'parked-2' })).toMatchObject({
    outcome: 'refused',
  });
  await kitchen.arrive('fine', 1);
  expect(await kitchen.tap(screens.manager, { kind: 'retry-parked', orderId: 'fine' })).toMatchObject({
    outcome: 'refused',
    why: { code: 'nothing-parked' },
  });
  expect(await parkedOf(kitchen.prisma, 'parked-2')).toEqual([{ offset: 2, state: 'PARKED', attempts: 0 }]);
});
