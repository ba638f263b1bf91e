// A restaurant's screens show open orders, closed ones for a last look, and nothing of former days.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PrismaClient } from '../db/client.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { detail, event, item } from '../../test/made.ts';
import { arrived, startSettler, type TestSettler } from '../../test/pipeline.ts';
import { OTHER_HISTORY, readBoard, readChanges, readRevs, type BoardChanges } from './board.ts';
import { recordChanges } from './changes.ts';

let database: TestDatabase;
let prisma: PrismaClient;
let part: TestSettler;
beforeAll(async () => {
  database = await createTestDatabase();
  prisma = database.prisma;
  part = await startSettler(database.url);
});
afterAll(async () => {
  await part?.stop();
  await database?.drop();
});

let offset = 0;
const change = (id: string, version: number, more: object = {}) =>
  part.settler.settle(
    arrived(
      [event(version, { orderId: id, at: { offset: (offset += 1) } })],
      detail(version, { id, placedAt: new Date().toISOString(), ...more }),
    ),
  );
const shown = async (restaurantId = 'r-1') =>
  (await readBoard(prisma, restaurantId, null))!.orders.map(({ id }) => id).sort();

test('open orders are shown for three days, closed ones for ten minutes', async () => {
  for (const id of ['open', 'old', 'just closed', 'closed']) await change(id, 1);
  await prisma.$executeRaw`UPDATE orders SET received_at = now() - interval '71 hours' WHERE id = 'open'`;
  await prisma.$executeRaw`UPDATE orders SET received_at = now() - interval '73 hours' WHERE id = 'old'`;
  await prisma.$executeRaw`UPDATE tickets SET fired_at = now() - interval '73 hours' WHERE order_id = 'old'`;
  await prisma.$executeRaw`UPDATE orders SET closed_at = now() - interval '9 minutes' WHERE id = 'just closed'`;
  await prisma.$executeRaw`UPDATE orders SET closed_at = now() - interval '11 minutes' WHERE id = 'closed'`;
  expect(await shown()).toEqual(['just closed', 'open']);
  // A dish that is ordered today on that tab of last week is to be cooked.
  await prisma.$executeRaw`UPDATE tickets SET state = 'bumped' WHERE order_id = 'old'`;
  await change('old', 2, { items: [item('l1'), item('l2'), item('today')] });
  expect(await shown()).toEqual(['just closed', 'old', 'open']);
});

test('a restaurant that nobody knows has no board, and no changes', async () => {
  expect([
    await readBoard(prisma, 'nobody', null),
    await readChanges(prisma, 'nobody', { rev: 0, revAt: null }),
    (await readRevs(prisma, ['nobody', 'r-1'])).revs.has('nobody'),
  ]).toEqual([null, null, false]);
});

test('changes since a rev are the orders as they are now, each once', async () => {
  const { rev } = (await readBoard(prisma, 'r-1', null))!;
  for (const version of [1, 2, 3]) await change('changing', version, { table: String(version) });
  await change('another', 1);
  const changes = (await readChanges(prisma, 'r-1', { rev, revAt: null })) as BoardChanges;
  expect([changes.fromRev, changes.rev, changes.orders.map(({ id, table }) => [id, table]).sort()]).toEqual([
    rev,
    rev + 4,
    [
      ['another', '12'],
      ['changing', '3'],
    ],
  ]);
  expect(await readChanges(prisma, 'r-1', { rev: rev + 4, revAt: null })).toMatchObject({
    fromRev: rev + 4,
    rev: rev + 4,
    orders: [],
  });
});

test('from a rev that another database has written no changes are told, whether it lies ahead or was overtaken', async () => {
  const board = (await readBoard(prisma, 'r-1', null))!;
  await change('later', 1);
  const later = (await readBoard(prisma, 'r-1', null))!;
  expect(later.revAt).not.toBe(null);
  // The tail is lost, and other changes have come in its place.
  await prisma.change.deleteMany({ where: { restaurantId: 'r-1', rev: { gt: board.rev } } });
  await prisma.restaurant.update({ where: { id: 'r-1' }, data: { rev: board.rev } });
  expect(await readChanges(prisma, 'r-1', later)).toBe(OTHER_HISTORY);
  for (const version of [1, 2, 3]) await change('other', version);
  expect(await readChanges(prisma, 'r-1', later)).toBe(OTHER_HISTORY);
  expect(await readChanges(prisma, 'r-1', board)).toMatchObject({ fromRev: board.rev, rev: board.rev + 3 });
  // Of a place that nobody remembers only a screen that goes on without a break can say that it is the same.
  await prisma.change.deleteMany({ where: { restaurantId: 'r-1', rev: board.rev } });
  expect([
    await readChanges(prisma, 'r-1', board),
    await readChanges(prisma, 'r-1', board, { proven: true }),
    await readChanges(prisma, 'r-1', { rev: board.rev + 1, revAt: null }, { proven: true }),
  ]).toEqual([expect.objectContaining({ fromRev: board.rev }), null, null]);
});

test('revs of a restaurant become visible in order and without a gap, however many write at once', async () => {
  const { rev } = (await readBoard(prisma, 'r-1', null))!;
  let [writing, seen] = [true, rev];
  const reader = (async () => {
    while (writing) {
      const changes = (await readChanges(prisma, 'r-1', { rev: seen, revAt: null })) as BoardChanges;
      const rows = await prisma.change.findMany({
        where: { restaurantId: 'r-1', rev: { gt: seen, lte: changes.rev } },
        select: { rev: true },
        distinct: ['rev'],
      });
      if (rows.length !== changes.rev - seen)
        throw new Error(`of the revs ${seen + 1} to ${changes.rev} there were only ${rows.length}`);
      seen = changes.rev;
    }
  })();
  await Promise.all(
    Array.from({ length: 60 }, (_, i) =>
      prisma.$transaction((tx) => recordChanges(tx, new Map([['r-1', [`x-${i}`]]])), { maxWait: 20_000 }),
    ),
  );
  writing = false;
  await reader;
  expect((await readBoard(prisma, 'r-1', null))!.rev).toBe(rev + 60);
  const times = await prisma.change.findMany({
    where: { restaurantId: 'r-1' },
    orderBy: { rev: 'asc' },
    select: { at: true },
  });
  for (const [i, { at }] of times.entries())
    if (i) expect(at.getTime()).toBeGreaterThanOrEqual(times[i - 1]!.at.getTime());
});

test('transactions over several restaurants lock them in one order: none is refused as a deadlock', async () => {
  for (const restaurantId of ['r-1', 'r-2', 'r-3', 'r-4']) await change(`of ${restaurantId}`, 1, { restaurantId });
  const ids = ['r-1', 'r-2', 'r-3', 'r-4'];
  await Promise.all(
    Array.from({ length: 80 }, (_, i) =>
      prisma.$transaction(
        (tx) => recordChanges(tx, new Map((i % 2 ? ids : ids.toReversed()).map((id) => [id, [`o-${i}`]]))),
        { maxWait: 20_000 },
      ),
    ),
  );
});
