// The time zones of the database, of its role and of the server change nothing that anybody is shown, and nothing that is
// stored.
import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../test/database.ts';
import { startKitchen, type TestKitchen } from '../test/kitchen.ts';
import { event, item } from '../test/made.ts';
import { failing, log } from '../test/pipeline.ts';
import { audit } from './db/audit.ts';
import { migrate } from './db/migrate.ts';
import { sessionAt, sessionClient } from './db/session.mjs';
import { readBoard, readChanges, readRevs, type BoardChanges } from './feed/board.ts';
import { CourseClock } from './kitchen/course-clock.ts';
import { addParkedRoutes } from './operator/parked.ts';

/** Far more than a test takes, far less than any zone is away from UTC. */
const SOON_MS = 10 * 60_000;
const isNow = (time: string | Date | null | undefined) =>
  time !== null && time !== undefined && Math.abs(Date.now() - new Date(time).getTime()) < SOON_MS;

const ownZone = process.env['TZ'];
let kitchen: TestKitchen | undefined;
afterEach(async () => {
  if (ownZone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = ownZone;
  await kitchen?.stop();
  kitchen = undefined;
});

/** Every time in every table that is not now, as the database itself counts it. */
async function timesAway(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: columns } = await client.query<{ table: string; column: string }>(`
      SELECT c.table_name AS "table", c.column_name AS "column"
      FROM information_schema.columns c
      JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND c.data_type LIKE 'timestamp%' AND t.table_type = 'BASE TABLE'
        AND c.table_name <> '_prisma_migrations'
    `);
    const away: string[] = [];
    for (const { table, column } of columns) {
      const { rows } = await client.query<{ seconds: number }>(
        `SELECT extract(epoch FROM ${column} - clock_timestamp())::float8 AS seconds FROM ${table}
        WHERE abs(extract(epoch FROM ${column} - clock_timestamp())) > ${SOON_MS / 1000}`,
      );
      away.push(...rows.map(({ seconds }) => `${table}.${column} is ${Math.round(seconds / 60)} minutes away`));
    }
    return away;
  } finally {
    await client.end();
  }
}

describe.each(['Asia/Shanghai', 'America/Chicago', 'Asia/Kathmandu'])('in %s', (timeZone) => {
  test('every session of ours is in UTC and compiles nothing', async () => {
    const database = await createTestDatabase({ timeZone });
    const plain = new pg.Client({ connectionString: database.url });
    const ours = sessionClient(sessionAt(database.url));
    try {
      await Promise.all([plain.connect(), ours.connect()]);
      const settings = "SELECT current_setting('TimeZone') AS zone, current_setting('jit') AS jit";
      expect((await plain.query(settings)).rows[0].zone).toBe(timeZone);
      expect((await ours.query(settings)).rows).toEqual([{ zone: 'UTC', jit: 'off' }]);
      expect(await database.prisma.$queryRawUnsafe(settings)).toEqual([{ zone: 'UTC', jit: 'off' }]);
      // Nothing is left to migrate, and looking for it takes a session of its own.
      expect(await migrate(database.url, { info: () => {} })).toEqual([]);
    } finally {
      await Promise.all([plain.end(), ours.end()]);
      await database.drop();
    }
  });

  test('screens, stored taps, courses, and parked messages have the right time', async () => {
    process.env['TZ'] = timeZone;
    kitchen = await startKitchen({}, { timeZone });
    const { prisma, part } = kitchen;
    await prisma.restaurant.update({ where: { id: 'r-1' }, data: { courseMode: 'timed', courseGapSeconds: 60 } });
    const [expo, waiter] = [await kitchen.screen('expo'), await kitchen.screen('floor')];
    const order = await kitchen.arrive('zoned', 1, {
      items: [item('s1', { course: 1 }), item('m1', { course: 2 }), item('d1', { course: 3 })],
    });

    // The course clock neither runs ahead nor behind.
    const clock = new CourseClock({ prisma, bus: part.bus, log });
    expect(await clock.look()).toBe(0);
    expect((await kitchen.read('zoned')).tickets.map(({ state }) => state).sort()).toEqual(['held', 'held', 'open']);
    await prisma.restaurant.update({ where: { id: 'r-1' }, data: { courseGapSeconds: 0 } });
    await new CourseClock({ prisma, bus: part.bus, log }).look();
    expect((await kitchen.read('zoned')).tickets.filter(({ state }) => state === 'open').length).toBeGreaterThan(1);

    const first = order.tickets.find(({ state }) => state === 'open')!;
    const tapped = await kitchen.tap(expo, { kind: 'bump', orderId: 'zoned', ticketId: first.id });
    expect(tapped.outcome).toBe('done');
    await kitchen.tap(waiter, { kind: 'rush', orderId: 'zoned', on: true });

    const board = (await readBoard(prisma, 'r-1', null))!;
    const changes = (await readChanges(prisma, 'r-1', { rev: 0, revAt: null })) as BoardChanges;
    const { serverTime } = await readRevs(prisma, ['r-1']);
    expect([board, changes].map((read) => isNow(read.serverTime))).toEqual([true, true]);
    expect(isNow(serverTime)).toBe(true);
    for (const { orders } of [board, changes]) {
      const [shown] = orders;
      expect(isNow(shown!.receivedAt)).toBe(true);
      const bumped = shown!.tickets.find(({ id }) => id === first.id)!;
      expect([bumped.firedAt, bumped.bumpedAt].map(isNow)).toEqual([true, true]);
    }

    await part.settler.settle(failing([event(9, { orderId: 'waits' })]));
    const app = new Hono();
    addParkedRoutes(app, {
      prisma,
      retry: { retryNow: async () => 'not-found' as const, discard: async () => 'not-found' as const },
    });
    const { rows } = (await (await app.request('/api/v1/parked')).json()) as { rows: { nextAttemptAt: string }[] };
    expect(rows.map(({ nextAttemptAt }) => isNow(nextAttemptAt))).toEqual([true]);
    expect((await prisma.parkedMessage.findMany()).map(({ parkedAt }) => isNow(parkedAt))).toEqual([true]);

    // Times that Prisma's own statements send and read.
    const at = new Date();
    await prisma.person.create({ data: { id: randomUUID(), name: 'Someone', createdAt: at, revokedAt: at } });
    expect((await prisma.person.findMany()).map(({ createdAt, revokedAt }) => [createdAt, revokedAt])).toEqual([
      [at, at],
    ]);
    await audit(prisma, 'operator', 'zone.tested', timeZone, {});
    expect(await timesAway(kitchen.database.url)).toEqual([]);
  });
});

test('a database that was given other options in the URL is read in UTC as well', async () => {
  const database = await createTestDatabase();
  const url = new URL(database.url);
  url.searchParams.set('options', '-c timezone=Asia/Tokyo -c statement_timeout=5000');
  const client = sessionClient(sessionAt(url.href));
  try {
    await client.connect();
    expect((await client.query("SELECT current_setting('TimeZone') AS zone")).rows).toEqual([{ zone: 'UTC' }]);
  } finally {
    await client.end();
    await database.drop();
  }
});
