// Orders for later in the database: fired at their time, once, by whichever process, over restarts; and never lost.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Archive } from '../archive/archive.ts';
import { readBoard } from '../feed/board.ts';
import { readStoryRows } from '../insight/story-rows.ts';
import { recordTimes } from '../insight/times.ts';
import { readHotOrder } from '../operator/orders.ts';
import { setUpRestaurant } from '../operator/restaurants.ts';
import { OPERATOR } from '../http/requests.ts';
import type { Lead } from '../protocol/facts.ts';
import { startKitchen, type TestKitchen } from '../../test/kitchen.ts';
import { log, startSettler, type TestSettler } from '../../test/pipeline.ts';
import { CourseClock } from './course-clock.ts';

let kitchen: TestKitchen;
let other: TestSettler;
beforeAll(async () => {
  kitchen = await startKitchen();
  other = await startSettler(kitchen.database.url);
});
afterAll(async () => {
  await other?.stop();
  await kitchen?.stop();
});

const in_ = (ms: number) => new Date(Date.now() + ms).toISOString();
const days = (n: number) => n * 24 * 3600_000;
const lead = (seconds: number) =>
  kitchen.prisma.restaurant.update({ where: { id: 'r-1' }, data: { lead: { default: seconds } satisfies Lead } });
const started = () =>
  [kitchen.part, other].map(({ prisma, bus }) => {
    const clock = new CourseClock({ prisma, bus, log });
    clock.start();
    return clock;
  });
const stop = (clocks: CourseClock[]) => Promise.all(clocks.map((clock) => clock.stop()));
const stateOf = async (id: string) => (await kitchen.read(id)).tickets.map(({ state }) => state);
const changesOf = (orderId: string) => kitchen.prisma.change.count({ where: { orderId } });
const isFired = (id: string) =>
  vi.waitFor(async () => expect(await stateOf(id)).not.toContain('held'), { timeout: 20_000, interval: 100 });

test('two processes fire each at its time, within a second, once, also after a restart', async () => {
  await lead(2);
  const ids = Array.from({ length: 21 }, (_, n) => `later-${n}`);
  for (const id of ids) {
    await kitchen.arrive(id, 1, { dueAt: in_(3600_000) });
    expect(await stateOf(id)).toEqual(['held']);
  }
  await stop(started());
  // One statement brings them all near, so that nothing here depends on how fast orders arrive.
  await kitchen.prisma.$executeRaw`
    UPDATE orders SET due_at = now() + interval '5 seconds' + n * interval '70 ms'
    FROM unnest(${ids}::text[]) WITH ORDINALITY AS later(order_id, n) WHERE id = order_id
  `;
  await kitchen.prisma.$executeRaw`
    UPDATE tickets SET held_until = due_at - interval '2 seconds'
    FROM orders WHERE orders.id = order_id AND order_id LIKE 'later-%'
  `;
  const before = await Promise.all(ids.map(changesOf));
  const clocks = started();
  for (const id of ids) await isFired(id);
  await stop(clocks);
  const orders = await Promise.all(ids.map((id) => kitchen.read(id)));
  const late = orders.map((order) => Date.parse(order.tickets[0]!.firedAt) - (Date.parse(order.dueAt!) - 2000));
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  // Half of them, since a busy machine may hold up some.
  expect(late.toSorted((a, b) => a - b)[10]).toBeLessThan(1000);
  expect(orders.map(({ tickets }) => tickets.length)).toEqual(ids.map(() => 1));
  expect(await Promise.all(ids.map(changesOf))).toEqual(before.map((n) => n + 1));
});

test('one whose time came while nothing ran is fired at the start', async () => {
  await lead(1);
  await kitchen.arrive('missed', 1, { dueAt: in_(1500) });
  await new Promise((resolve) => {
    setTimeout(resolve, 1000);
  });
  expect(await stateOf('missed')).toEqual(['held']);
  const clocks = started();
  await isFired('missed');
  await stop(clocks);
});

test("a manager's change of the lead moves those that wait, at once", async () => {
  await lead(60);
  const clocks = started();
  const dueAt = in_(3600_000);
  const order = await kitchen.arrive('moved', 1, { dueAt });
  expect(order.tickets[0]?.heldUntil).toBe(new Date(Date.parse(dueAt) - 60_000).toISOString());
  const setUp = (more: { lead?: Lead; station?: Lead }) =>
    setUpRestaurant(
      { prisma: kitchen.prisma, bus: kitchen.part.bus },
      'r-1',
      {
        name: 'One',
        ...(more.lead && { lead: more.lead }),
        stations: [
          { name: 'Kitchen', fallback: true, routes: [], ...(more.station && { lead: more.station }) },
          { name: 'Bar', fallback: false, routes: [{ category: 'drinks' }] },
        ],
      } as unknown as Parameters<typeof setUpRestaurant>[2],
      OPERATOR,
    );
  await setUp({ lead: { default: 600 } });
  await vi.waitFor(
    async () =>
      expect((await kitchen.read('moved')).tickets[0]?.heldUntil).toBe(
        new Date(Date.parse(dueAt) - 600_000).toISOString(),
      ),
    { timeout: 10_000 },
  );
  await setUp({ station: { default: 7200 } });
  await isFired('moved');
  await stop(clocks);
});

test('one order that the database refuses keeps no other from its time', async () => {
  await lead(1500);
  const ids = ['sound-1', 'refused', 'sound-2'];
  for (const id of ids) await kitchen.arrive(id, 1, { dueAt: in_(days(1)) });
  await kitchen.prisma.$executeRawUnsafe(
    `ALTER TABLE tickets ADD CONSTRAINT refuses CHECK (order_id <> 'refused' OR state <> 'open') NOT VALID`,
  );
  await kitchen.prisma.$executeRaw`UPDATE orders SET due_at = now() WHERE id = ANY(${ids}::text[])`;
  await kitchen.prisma.$executeRaw`UPDATE tickets SET held_until = now() WHERE order_id = ANY(${ids}::text[])`;
  const clocks = started();
  for (const id of ['sound-1', 'sound-2']) await isFired(id);
  expect(await stateOf('refused')).toEqual(['held']);
  await stop(clocks);
  await kitchen.prisma.$executeRawUnsafe('ALTER TABLE tickets DROP CONSTRAINT refuses');
  const again = started();
  await isFired('refused');
  await stop(again);
});

test('days and weeks ahead it stays on the board and out of the archive, and is fired on its day', async () => {
  await lead(1500);
  const archive = new Archive({
    prisma: kitchen.prisma,
    log,
    document: readHotOrder,
    story: readStoryRows,
    recordTimes,
  });
  for (const ahead of [5, 21]) {
    const id = `ahead-${ahead}`;
    await kitchen.arrive(id, 1, { dueAt: in_(days(ahead)) });
    // Time passes: all that is known of the order becomes older, until its time has come.
    for (const passed of [ahead - 1, 1]) {
      expect(await stateOf(id)).toEqual(['held']);
      await kitchen.prisma.$executeRaw`
        UPDATE orders
        SET received_at = received_at - ${passed} * interval '1 day', changed_at = changed_at - ${passed} * interval '1 day',
          due_at = due_at - ${passed} * interval '1 day'
        WHERE id = ${id}
      `;
      await kitchen.prisma.$executeRaw`
        UPDATE tickets SET held_until = held_until - ${passed} * interval '1 day' WHERE order_id = ${id}
      `;
      await archive.run();
      const board = await readBoard(kitchen.prisma, 'r-1', null);
      expect(board!.orders.map((order) => order.id)).toContain(id);
    }
    const clocks = started();
    await isFired(id);
    await stop(clocks);
    expect(await stateOf(id)).toEqual(['open']);
  }
});
