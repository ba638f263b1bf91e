// Courses in the database: taps, finished dishes and the clocks of several processes fire each of them once.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CommandResult } from '../protocol/commands.ts';
import type { Courses } from '../protocol/facts.ts';
import type { ScreenIdentity } from '../protocol/views.ts';
import { startKitchen, type TestKitchen } from '../../test/kitchen.ts';
import { item } from '../../test/made.ts';
import { log, startSettler, type TestSettler } from '../../test/pipeline.ts';
import { CourseClock } from './course-clock.ts';
import type { KitchenOrder } from '../order/order.ts';

let kitchen: TestKitchen;
let other: TestSettler;
let [expo, waiter]: ScreenIdentity[] = [];
beforeAll(async () => {
  kitchen = await startKitchen();
  other = await startSettler(kitchen.database.url);
  [expo, waiter] = [await kitchen.screen('expo', { name: 'Pass' }), await kitchen.screen('floor')];
});
afterAll(async () => {
  await other?.stop();
  await kitchen?.stop();
});

const MENU = [
  item('s1', { course: 1 }),
  item('b1', { course: 1, category: 'drinks' }),
  item('m1', { course: 2 }),
  item('d1', { course: 3 }),
];
const courses = ({ mode, gapSeconds }: Courses) =>
  kitchen.prisma.restaurant.update({ where: { id: 'r-1' }, data: { courseMode: mode, courseGapSeconds: gapSeconds } });
const ticketOf = (order: KitchenOrder, lineId: string) =>
  order.tickets.find(({ id }) => id === order.lines.find((line) => line.id === lineId)!.ticketId)!;
const statesOf = (order: KitchenOrder) =>
  ['s1', 'b1', 'm1', 'd1'].map(
    (id) => `${ticketOf(order, id).state} ${order.lines.find((line) => line.id === id)!.state}`,
  );
const clocks = () => [kitchen.part, other].map(({ prisma, bus }) => new CourseClock({ prisma, bus, log }));
const byId = (one: { id: string }, two: { id: string }) => (one.id < two.id ? -1 : 1);
const ticketsOf = (result: CommandResult) => ('order' in result ? result.order!.tickets.toSorted(byId) : []);
/** Nothing of one test is held in the next. */
beforeEach(async () => {
  await courses({ mode: 'together', gapSeconds: 60 });
  await clocks()[0]!.look();
});
const changesOf = (orderId: string) => kitchen.prisma.change.count({ where: { orderId } });

test('a held course is fired by a tap, written whole, with its clock and without what held it', async () => {
  await courses({ mode: 'manual', gapSeconds: 60 });
  const order = await kitchen.arrive('manual', 1, { items: MENU });
  expect(statesOf(order)).toEqual(['open waiting', 'open waiting', 'held held', 'held held']);
  const result = await kitchen.tap(waiter!, { kind: 'fire', orderId: 'manual', course: 2 });
  const after = await kitchen.read('manual');
  expect(ticketsOf(result)).toEqual(after.tickets.toSorted(byId));
  expect(statesOf(after)).toEqual(['open waiting', 'open waiting', 'open waiting', 'held held']);
  expect(Date.parse(ticketOf(after, 'm1').firedAt)).toBeGreaterThan(Date.parse(ticketOf(order, 'm1').firedAt));
});

test('the bump that ends a course fires the next one in the same change', async () => {
  await courses({ mode: 'after-previous', gapSeconds: 60 });
  const order = await kitchen.arrive('after', 1, { items: MENU });
  await kitchen.tap(expo!, { kind: 'bump', orderId: 'after', ticketId: ticketOf(order, 's1').id });
  expect(statesOf(await kitchen.read('after'))[2]).toBe('held held');
  const before = await changesOf('after');
  const result = await kitchen.tap(expo!, { kind: 'bump', orderId: 'after', ticketId: ticketOf(order, 'b1').id });
  const after = await kitchen.read('after');
  expect([statesOf(after), await changesOf('after')]).toEqual([
    ['bumped ready', 'bumped ready', 'open waiting', 'held held'],
    before + 1,
  ]);
  expect(ticketsOf(result)).toEqual(after.tickets.toSorted(byId));
  expect(ticketOf(after, 's1').bumpedBy).toBe('Pass');
});

test('what upstream voids fires the next course, too', async () => {
  await courses({ mode: 'after-previous', gapSeconds: 60 });
  await kitchen.arrive('voids', 1, { items: [item('s1', { course: 1 }), item('m1', { course: 2 })] });
  const after = await kitchen.arrive('voids', 2, {
    items: [item('s1', { course: 1, voided: true }), item('m1', { course: 2 })],
  });
  expect(ticketOf(after, 'm1').state).toBe('open');
});

test('by the clock, several processes fire each course once, when it is due and not before', async () => {
  await courses({ mode: 'timed', gapSeconds: 1800 });
  const ids = Array.from({ length: 30 }, (_, i) => `timed-${i}`);
  for (const id of ids) await kitchen.arrive(id, 1, { items: MENU });
  const look = () => Promise.all(clocks().map((clock) => clock.look()));
  expect(await look()).toEqual([0, 0]);
  await kitchen.prisma.$executeRaw`
      UPDATE tickets
      SET fired_at = fired_at - interval '1 hour'
      WHERE order_id LIKE 'timed-%' AND state = 'open' AND course = 1
    `;
  await kitchen.prisma.$executeRaw`
      UPDATE tickets SET held_until = held_until - interval '1 hour' WHERE order_id LIKE 'timed-%' AND state = 'held'
    `;
  const before = await Promise.all(ids.map(changesOf));
  for (let fired = 0; fired < 30;) fired += (await look()).reduce((sum, n) => sum + n, 0);
  for (const [i, id] of ids.entries()) {
    const after = await kitchen.read(id);
    expect([id, statesOf(after)]).toEqual([id, ['open waiting', 'open waiting', 'open waiting', 'held held']]);
    expect(Date.parse(ticketOf(after, 'd1').heldUntil!) - Date.parse(ticketOf(after, 'm1').firedAt)).toBe(1800_000);
    expect((await changesOf(id)) - before[i]!).toBe(1);
  }
});

test('an order whose lane another process holds is passed by, not waited for', async () => {
  await courses({ mode: 'timed', gapSeconds: 60 });
  await kitchen.arrive('busy', 1, { items: MENU });
  await kitchen.prisma.$executeRaw`
      UPDATE tickets
      SET held_until = now() - interval '1 second', fired_at = fired_at - interval '1 hour'
      WHERE order_id = 'busy' AND course < 3
    `;
  await other.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM lanes WHERE order_id = 'busy' FOR UPDATE`;
    const began = Date.now();
    await clocks()[0]!.look();
    expect(Date.now() - began).toBeLessThan(2000);
    expect(statesOf(await kitchen.read('busy'))[2]).toBe('held held');
  });
  await clocks()[0]!.look();
  expect(statesOf(await kitchen.read('busy'))[2]).toBe('open waiting');
});

test('what was held before the restaurant gave courses up is fired', async () => {
  await courses({ mode: 'manual', gapSeconds: 60 });
  await kitchen.arrive('given-up', 1, { items: MENU });
  await clocks()[0]!.look();
  expect(statesOf(await kitchen.read('given-up'))[3]).toBe('held held');
  await courses({ mode: 'together', gapSeconds: 60 });
  await clocks()[0]!.look();
  expect(statesOf(await kitchen.read('given-up'))).toEqual(Array(4).fill('open waiting'));
});

test('an order on hold is not fired by any clock; released it goes on', async () => {
  await courses({ mode: 'timed', gapSeconds: 1 });
  await kitchen.arrive('hold', 1, { items: MENU });
  expect(await kitchen.tap(waiter!, { kind: 'hold', orderId: 'hold' })).toMatchObject({ outcome: 'refused' });
  expect(await kitchen.tap(expo!, { kind: 'hold', orderId: 'hold' })).toMatchObject({
    outcome: 'done',
    order: { hold: { by: 'Pass' } },
  });
  await kitchen.prisma.$executeRaw`
      UPDATE tickets
      SET fired_at = fired_at - interval '1 hour', held_until = now() - interval '1 hour'
      WHERE order_id = 'hold'
    `;
  await clocks()[0]!.look();
  expect(statesOf(await kitchen.read('hold'))).toEqual(Array(4).fill('held held'));
  const twice = randomUUID();
  await kitchen.tap(expo!, { kind: 'fire', orderId: 'hold' }, twice);
  const after = await kitchen.read('hold');
  expect([statesOf(after).slice(0, 2), after.hold]).toEqual([['open waiting', 'open waiting'], null]);
  expect(await kitchen.tap(expo!, { kind: 'fire', orderId: 'hold' }, twice)).toMatchObject({
    outcome: 'done',
    order: { hold: null },
  });
});
