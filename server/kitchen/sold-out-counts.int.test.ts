// "3 left" and "until 18:00": a count goes down by the orders that come, each once in whichever process, and a dish is
// put back by itself at its time.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readBoard, readChanges } from '../feed/board.ts';
import { readChangePage } from '../insight/changes.ts';
import { Command } from '../protocol/commands.ts';
import type { ScreenIdentity } from '../protocol/views.ts';
import type { DetailItem } from '../upstream/detail.ts';
import { startKitchen, type TestKitchen } from '../../test/kitchen.ts';
import { detail, event, item } from '../../test/made.ts';
import { arrived, log, startSettler, type TestSettler } from '../../test/pipeline.ts';
import { until } from '../../test/until.ts';
import { SoldOutClock } from './sold-out-clock.ts';

let kitchen: TestKitchen;
let other: TestSettler;
let cook: ScreenIdentity;
beforeAll(async () => {
  kitchen = await startKitchen();
  other = await startSettler(kitchen.database.url);
  cook = await kitchen.screen('kitchen', { name: 'Grill', station: kitchen.stations.Kitchen });
});
afterAll(async () => {
  await other?.stop();
  await kitchen?.stop();
});
beforeEach(async () => {
  for (const { sku, name } of await soldOut())
    await kitchen.tap(cook, { kind: 'sold-out', dish: { sku, name }, on: false });
});

const dish = { sku: 'BUR', name: 'Burger' };
const burger = (id: string, quantity = 1, more: Partial<DetailItem> = {}) => item(id, { ...dish, quantity, ...more });
const soldOut = async () => (await readBoard(kitchen.prisma, 'r-1', null))!.facts.soldOut;
const left = async () => (await soldOut()).map((one) => one.left);
const count = (many: number | null, more: { until?: string } = {}) =>
  kitchen.tap(cook, { kind: 'sold-out', dish, on: true, left: many, ...more });
const revOf = async () => Number((await kitchen.prisma.restaurant.findUniqueOrThrow({ where: { id: 'r-1' } })).rev);
const isCounting = async () => (await kitchen.prisma.restaurant.findUniqueOrThrow({ where: { id: 'r-1' } })).counting;
const told = async (limit = 1) =>
  (
    await readChangePage(kitchen.prisma, { restaurantId: 'r-1', kind: 'kitchen', by: null, limit, cursor: undefined })
  ).entries.map(({ actor, about, detail: { on, left: many } }) => [actor, about, on, many]);
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

test('orders bring the count down, screens are told by the same change, and after the last it is sold out', async () => {
  await count(3);
  expect(await left()).toEqual([3]);
  const before = await revOf();
  await kitchen.arrive('c-1', 1, { items: [burger('l1', 2), item('l2')] });
  expect(await readChanges(kitchen.prisma, 'r-1', { rev: before, revAt: null })).toMatchObject({
    rev: before + 1,
    orders: [{ id: 'c-1' }],
    facts: { soldOut: [{ name: 'Burger', left: 1 }] },
  });
  await kitchen.arrive('c-other', 1, { items: [item('l1')] });
  expect(await left()).toEqual([1]);
  await kitchen.arrive('c-2', 1, { items: [item('l1', { name: 'BURGER ' })] });
  expect(await left()).toEqual([0]);
  expect(await told()).toEqual([[null, 'Burger', true, undefined]]);
  await kitchen.arrive('c-3', 1, { items: [burger('l1', 2)] });
  expect(await left()).toEqual([-2]);
  await kitchen.arrive('c-3', 2, { items: [burger('l1', 2, { voided: true })] });
  expect(await left()).toEqual([0]);
  await kitchen.arrive('c-2', 2, { items: [], status: 'CANCELED' });
  expect([await left(), await told()]).toEqual([[1], [[null, 'Burger', false, undefined]]]);
});

test('a message that comes again counts nothing, nor does what was ordered before, a tap, or another restaurant', async () => {
  await kitchen.arrive('d-before', 1, { items: [burger('l1', 4)] });
  await count(10);
  const order = await kitchen.arrive('d-1', 1, { items: [burger('l1', 2)] });
  expect(await left()).toEqual([8]);
  await kitchen.arrive('d-1', 1, { items: [burger('l1', 2)] });
  await kitchen.arrive('d-1', 2, { items: [burger('l1', 2)], table: '9' });
  await kitchen.tap(cook, { kind: 'start', orderId: 'd-1', lineIds: ['l1'] });
  await kitchen.tap(cook, { kind: 'bump', orderId: 'd-1', ticketId: order.tickets[0]!.id });
  await kitchen.arrive('d-elsewhere', 1, { restaurantId: 'r-2', items: [burger('l1')] });
  expect(await left()).toEqual([8]);
  // It is cooked already: taken off, it comes not back; more of it is taken.
  await kitchen.arrive('d-1', 3, { items: [burger('l1', 3)] });
  expect(await left()).toEqual([7]);
  await kitchen.arrive('d-before', 2, { items: [burger('l1', 5)] });
  expect(await left()).toEqual([6]);
});

test('two processes that settle orders and the same order at once count each portion once', async () => {
  await count(500);
  const settle = (by: TestSettler, orderId: string, offset: number, items: DetailItem[]) =>
    by.settler.settle(
      arrived(
        [event(1, { orderId, at: { partition: 3, offset } })],
        detail(1, { id: orderId, placedAt: inMs(0), items }),
      ),
    );
  const ids = Array.from({ length: 30 }, (_, i) => `two-${i}`);
  await Promise.all(
    ids.flatMap((id, i) =>
      [kitchen.part, other].map((part) => settle(part, id, i, [burger('l1', 2), burger('l2', 1)])),
    ),
  );
  expect(await left()).toEqual([500 - 90]);
});

test('a count that is set while an order is under way is set before it or after it', async () => {
  await count(100);
  const [done] = await Promise.all([count(50), kitchen.arrive('race', 1, { items: [burger('l1', 1)] })]);
  expect(done).toMatchObject({ outcome: 'done' });
  const [{ counted, ordered }] = await kitchen.prisma.$queryRaw<[{ counted: number; ordered: number }]>`
    SELECT
      (SELECT max(rev) FROM changes WHERE restaurant_id = 'r-1' AND order_id = 'race')::int AS ordered,
      ${done.outcome === 'done' ? done.rev : 0}::int AS counted
  `;
  expect(await left()).toEqual([ordered > counted ? 49 : 50]);
});

test('settlements ask for counts only while there are any; a count can end as sold out, or be given up', async () => {
  expect(await isCounting()).toBe(false);
  await count(2);
  expect(await isCounting()).toBe(true);
  await count(null);
  expect([await isCounting(), await left()]).toEqual([false, [null]]);
  await count(2);
  await kitchen.tap(cook, { kind: 'sold-out', dish: { sku: null, name: 'burger' }, on: false });
  expect([await isCounting(), await soldOut()]).toEqual([false, []]);
  for (const bad of [0, -1, 10_000, Number.NaN])
    expect(
      Command.safeParse({
        id: randomUUID(),
        kind: 'sold-out',
        dish,
        on: true,
        left: bad,
      }).success,
    ).toBe(false);
});

test('at its time it is put back by itself: once, by one of two processes, and the history says so', async () => {
  await count(null, { until: inMs(400) });
  await kitchen.tap(cook, { kind: 'sold-out', dish: { sku: null, name: 'Soup' }, on: true, until: inMs(3600_000) });
  const before = await revOf();
  const clocks = [kitchen.part, other].map(({ prisma, bus }) => new SoldOutClock({ prisma, bus, log }));
  expect(await clocks[0]!.look()).toBe(0);
  for (const clock of clocks) clock.start();
  await until('it is back', async () => (await soldOut()).length === 1);
  await Promise.all(clocks.map((clock) => clock.look()));
  await Promise.all(clocks.map((clock) => clock.stop()));
  expect([(await soldOut()).map(({ name }) => name), await revOf()]).toEqual([['Soup'], before + 1]);
  expect(await told(2)).toEqual([
    [null, 'Burger', false, undefined],
    ['Grill', 'Soup', true, undefined],
  ]);
  expect(await readChanges(kitchen.prisma, 'r-1', { rev: before, revAt: null })).toMatchObject({
    facts: { soldOut: [{ name: 'Soup' }] },
  });
});

test('a time that came while no process ran is made up for by the next one; counts end as well', async () => {
  await count(5, { until: inMs(200) });
  await until('its time has come', async () => Date.now() > Date.parse((await soldOut())[0]!.until!));
  const next = await startSettler(kitchen.database.url);
  const clock = new SoldOutClock({ prisma: next.prisma, bus: next.bus, log });
  expect([await clock.look(), await clock.look()]).toEqual([1, 0]);
  expect([await soldOut(), await isCounting()]).toEqual([[], false]);
  await next.stop();
});

test('a tap that comes after its own end puts the dish back, and until when can be changed', async () => {
  await count(null);
  const { at } = (await soldOut())[0]!;
  const end = inMs(3600_000);
  await kitchen.tap(await kitchen.screen('expo', { name: 'Pass' }), { kind: 'sold-out', dish, on: true, until: end });
  expect(await soldOut()).toMatchObject([{ at, by: 'Grill', until: end, left: null }]);
  await count(null, { until: inMs(-1000) });
  expect(await soldOut()).toEqual([]);
});
