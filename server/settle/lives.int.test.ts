// An id that is used again for another order: the former one is in the archive whole, and the new one is cooked.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Prisma, type PrismaClient } from '../db/client.ts';
import { glanceAt } from '../ingest/glance.ts';
import { readStory } from '../insight/story.ts';
import { readOrder } from '../operator/orders.ts';
import { loadOrders } from '../order/order-rows.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { detail, event, item } from '../../test/made.ts';
import { arrived, failing, kindsOf, parkedOf, startSettler, tryOnce, type TestSettler } from '../../test/pipeline.ts';

let database: TestDatabase;
let prisma: PrismaClient;
let one: TestSettler;
beforeAll(async () => {
  database = await createTestDatabase();
  prisma = database.prisma;
  one = await startSettler(database.url);
});
afterAll(async () => {
  await one.stop();
  await database.drop();
});

let [offsets, orders] = [0, 0];
let id = '';
beforeEach(() => {
  id = `number-${(orders += 1)}`;
});
const ago = (hours: number) => new Date(Date.now() - hours * 3600_000).toISOString();
const message = (version: number) => event((offsets += 1), { orderId: id, version });
const today = (version: number, more = {}) =>
  detail(version, { id, placedAt: ago(0), items: [item('l1', { name: 'Noodles' })], ...more });
const stored = async () => (await loadOrders(prisma, Prisma.sql`o.id = ${id}`))[0];

/** Yesterday's order of this number, at version 7: bumped and completed, or left as it was. */
async function yesterday(closed: boolean): Promise<void> {
  await one.settler.settle(arrived([message(7)], detail(7, { id, placedAt: ago(20) })));
  await prisma.$executeRaw`
    UPDATE orders
    SET changed_at = ${ago(19)}::timestamptz, closed_at = CASE WHEN ${closed} THEN ${ago(19)}::timestamptz END
    WHERE id = ${id}
  `;
}

test.each([true, false])(
  'the new order is cooked, with a lower version; the former one was closed: %s',
  async (closed) => {
    await yesterday(closed);
    const former = JSON.parse((await readOrder(prisma, id))!);
    expect(await one.settler.settle(arrived([message(1)], today(1)))).toMatchObject({
      fates: { APPLIED: 1 },
      again: [],
    });
    expect(await stored()).toMatchObject({
      version: 1,
      closedAt: null,
      lines: [{ id: 'l1', name: 'Noodles', state: 'waiting' }],
      tickets: [{ state: 'open', firing: 1 }],
    });
    expect((await stored())!.tickets[0]!.notices).toMatchObject([{ kind: 'reused', from: expect.any(String) }]);
    expect(await kindsOf(prisma, id)).toEqual([`${offsets} APPLIED`]);
    const archived = await prisma.archivedOrder.findMany({ where: { orderId: id } });
    expect(archived.map(({ document }) => document)).toEqual([former]);
    const { story } = (await readStory(prisma, id))!;
    expect(
      story.events
        .filter(({ kind }) => kind === 'message' || kind === 'archived')
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['archived', 'message', 'message']);
    // It goes on as any order.
    await one.settler.settle(arrived([message(2)], today(2, { note: 'no salt' })));
    expect(await stored()).toMatchObject({ version: 2, note: 'no salt', tickets: [{ state: 'open' }] });
    expect(await prisma.archivedOrder.count({ where: { orderId: id } })).toBe(1);
  },
);

test('also where its message waited in the retry table', async () => {
  await yesterday(true);
  await one.settler.settle(failing([message(1)]));
  expect(await tryOnce(one, id, today(1))).toMatchObject({ fates: { APPLIED: 1 }, parked: false });
  expect(await stored()).toMatchObject({ version: 1, lines: [{ name: 'Noodles' }] });
  expect(await parkedOf(prisma, id)).toMatchObject([{ state: 'APPLIED' }]);
  expect(await prisma.lane.findUnique({ where: { orderId: id } })).toMatchObject({ parked: 0 });
});

test('as often as it is used', async () => {
  await yesterday(true);
  await one.settler.settle(arrived([message(1)], today(1)));
  await prisma.$executeRaw`UPDATE orders SET closed_at = ${ago(1)}::timestamptz WHERE id = ${id}`;
  await one.settler.settle(arrived([message(1)], today(1, { items: [item('l1', { name: 'Soup' })] })));
  expect(await stored()).toMatchObject({ version: 1, lines: [{ name: 'Soup' }] });
  expect(await prisma.archivedOrder.count({ where: { orderId: id } })).toBe(2);
});

test('a replay of the former order, and a late change of it, are not another order', async () => {
  await yesterday(true);
  const replayed = message(3);
  const came = detail(7, { id, placedAt: ago(20) });
  expect(await one.settler.settle(arrived([replayed], came))).toMatchObject({ fates: { COVERED: 1 } });
  expect(await one.settler.settle(arrived([message(8)], { ...came, version: 8, note: 'tip' }))).toMatchObject({
    fates: { APPLIED: 1 },
  });
  expect(await prisma.archivedOrder.count({ where: { orderId: id } })).toBe(0);
});

test('the look before the fetch tells since when a message may be of another order', async () => {
  await yesterday(true);
  const [closed] = await glanceAt(prisma, [id]);
  expect(new Date(closed!.ended!).toISOString().slice(0, 16)).toBe(ago(19).slice(0, 16));
  await prisma.$executeRaw`UPDATE orders SET closed_at = NULL WHERE id = ${id}`;
  const [open] = await glanceAt(prisma, [id]);
  expect(open!.ended! - closed!.ended!).toBe(3 * 3600_000);
});
