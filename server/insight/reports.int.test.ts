// Percentiles checked against a plain computation, days and hours by the restaurant's own clock, the usual figures, and
// the CSV.
import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PrismaClient } from '../db/client.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { zoneWhereItIs } from '../../test/zones.ts';
import { csvField, csvRow, timesCsv } from './csv.ts';
import { readTimes, readUsual, usualOf } from './reports.ts';

let database: TestDatabase;
let prisma: PrismaClient;
const zone = 'Asia/Hong_Kong';
/** Restaurants with times of today: the minutes before and after now are of the same day there. */
const noon = zoneWhereItIs(12);
const ids: Record<string, string> = {};
beforeAll(async () => {
  database = await createTestDatabase();
  prisma = database.prisma;
  for (const [id, timeZone] of [
    ['r-1', zone],
    ['r-2', zone],
    ['r-3', noon],
    ['r-4', noon],
  ] as const) {
    await prisma.restaurant.create({ data: { id, name: id, timeZone } });
    for (const [position, name] of ['Wok', 'Grill'].entries())
      ids[`${id} ${name}`] = (
        await prisma.station.create({
          data: { id: randomUUID(), restaurantId: id, name, position, fallback: name === 'Grill' },
        })
      ).id;
  }
});
afterAll(() => database?.drop());

let n = 0;
const dish = (restaurantId: string, station: string, name: string, readyAt: Date, seconds: number, more: object = {}) =>
  prisma.dishTime.create({
    data: {
      orderId: `o-${(n += 1)}`,
      receivedAt: readyAt,
      lineId: 'l1',
      restaurantId,
      number: `A${n}`,
      type: 'DINE_IN',
      stationId: ids[`${restaurantId} ${station}`]!,
      ticketId: randomUUID(),
      dishKey: `name:${name}`,
      name,
      quantity: 1,
      calledAt: new Date(readyAt.getTime() - seconds * 1000),
      readyAt,
      ...more,
    },
  });
const ticket = (restaurantId: string, station: string, bumpedAt: Date, seconds: number, more: object = {}) =>
  prisma.ticketTime.create({
    data: {
      ticketId: randomUUID(),
      orderId: `o-${(n += 1)}`,
      restaurantId,
      stationId: ids[`${restaurantId} ${station}`]!,
      firedAt: new Date(bumpedAt.getTime() - seconds * 1000),
      bumpedAt,
      lateSeconds: 480,
      ...more,
    },
  });

/** Linear interpolation between the two nearest, as the SQL standard has it. */
function percentile(values: number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = p * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  return Math.round((low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at))) * 10) / 10;
}

test('p50 and p90 by station, dish and hour are those of a plain computation', async () => {
  const made: { station: string; name: string; hour: number; seconds: number }[] = fc.sample(
    fc.record({
      station: fc.constantFrom('Wok', 'Grill'),
      name: fc.constantFrom('Noodles', 'Rice', 'Duck'),
      hour: fc.integer({ min: 0, max: 23 }),
      seconds: fc.integer({ min: 1, max: 2000 }),
    }),
    { numRuns: 120, seed: 7 },
  );
  // Hong Kong is eight hours ahead: the hours of 10 November there begin on the ninth in UTC.
  for (const { station, name, hour, seconds } of made) {
    const at = new Date(Date.UTC(2026, 10, 9, 16 + hour, 30));
    await dish('r-1', station, name, at, seconds);
    await ticket('r-1', station, at, seconds);
  }
  await ticket('r-1', 'Wok', new Date(Date.UTC(2026, 10, 9, 15, 59)), 5000);
  await ticket('r-2', 'Wok', new Date(Date.UTC(2026, 10, 10, 1)), 5000);
  const times = await readTimes(prisma, 'r-1', '2026-11-10', '2026-11-10');
  const expected = (key: (one: (typeof made)[number]) => unknown, wanted: unknown) => {
    const seconds = made.filter((one) => key(one) === wanted).map((one) => one.seconds);
    return { count: seconds.length, p50: percentile(seconds, 0.5), p90: percentile(seconds, 0.9) };
  };
  expect(times.all).toEqual(expected(() => true, true));
  expect(times.stations).toEqual(
    ['Wok', 'Grill'].map((name) => ({ key: ids[`r-1 ${name}`], name, ...expected(({ station }) => station, name) })),
  );
  expect(new Map(times.dishes.map(({ name, count, p50, p90 }) => [name, { count, p50, p90 }]))).toEqual(
    new Map(['Noodles', 'Rice', 'Duck'].map((name) => [name, expected((one) => one.name, name)])),
  );
  expect(times.hours).toEqual(
    [...new Set(made.map(({ hour }) => hour))]
      .sort((a, b) => a - b)
      .map((hour) => ({ hour, ...expected((one) => one.hour, hour) })),
  );
});

test('the time on the fire is of the dishes that somebody began, and of no others', async () => {
  const at = new Date(Date.UTC(2026, 10, 20, 12));
  const began = (seconds: number) => new Date(at.getTime() - seconds * 1000);
  await dish('r-3', 'Wok', 'Soup', at, 600, { startedAt: began(100) });
  await dish('r-3', 'Wok', 'Soup', at, 600, { startedAt: began(200) });
  await dish('r-3', 'Wok', 'Soup', at, 600);
  await dish('r-3', 'Wok', 'Salad', at, 60);
  const { dishes } = await readTimes(prisma, 'r-3', '2026-11-20', '2026-11-21');
  expect(dishes).toMatchObject([
    { name: 'Soup', count: 3, p50: 600, onFire: { count: 2, p50: 150, p90: 190 } },
    { name: 'Salad', count: 1, p50: 60, onFire: { count: 0, p50: null, p90: null } },
  ]);
});

test("today and the same day a week ago are by the restaurant's clock; a day without anything is empty", async () => {
  const now = Date.now();
  const ago = (days: number) => new Date(now - days * 86_400_000);
  await ticket('r-4', 'Grill', ago(0), 100);
  await ticket('r-4', 'Grill', ago(7), 300);
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: noon }).format(now);
  const { today, weekAgo, stations } = await readTimes(prisma, 'r-4', day, day);
  expect([today.map(({ p50 }) => p50), weekAgo.map(({ p50 }) => p50), stations.map(({ count }) => count)]).toEqual([
    [100],
    [300],
    [1],
  ]);
  expect(await readTimes(prisma, 'r-4', '2026-01-01', '2026-01-02')).toMatchObject({
    stations: [],
    dishes: [],
    hours: [],
  });
  expect(await readTimes(prisma, 'nobody', day, day)).toMatchObject({ stations: [], today: [] });
});

test('the usual figures: orders in the kitchen at this moment of the same weekday, and the late ones', async () => {
  const now = Date.now();
  const at = (weeks: number, seconds: number) => new Date(now - weeks * 7 * 86_400_000 + seconds * 1000);
  expect(await readUsual(prisma, 'r-3')).toMatchObject({
    open: null,
    late: null,
    days: 0,
    lastHour: { count: 0, p50: null },
    toScreen: { count: 0, slowest: null },
  });
  for (const [week, seconds] of [
    [1, [60, 300, 900]],
    [2, [60]],
    [3, [60, 600, 700, 800, 900]],
  ] as const)
    for (const age of seconds) await ticket('r-3', 'Wok', at(week, 120), age + 120);
  // Not in the kitchen then: bumped before, fired after.
  await ticket('r-3', 'Wok', at(1, -60), 300);
  await ticket('r-3', 'Wok', at(1, 1200), 900);
  await ticket('r-3', 'Wok', new Date(now - 60_000), 200, { confirmedAt: new Date(now - 60_000 - 199_500) });
  await ticket('r-3', 'Wok', new Date(now - 30_000), 400, { confirmedAt: new Date(now - 30_000 - 397_000) });
  const usual = await readUsual(prisma, 'r-3');
  expect(usual).toMatchObject({ open: 3, late: 1, days: 3, sameWeekday: true, lastHour: { count: 2, p50: 300 } });
  expect(usual.toScreen).toMatchObject({ count: 2, p50: 1.75, slowest: { seconds: 3 } });
});

test('without the same weekday the last seven days are compared with; the median of two is between them', () => {
  expect(
    usualOf([
      { days_ago: 2, open: 4, late: 0 },
      { days_ago: 3, open: 8, late: 1 },
      { days_ago: 9, open: 100, late: 50 },
    ]),
  ).toEqual({ open: 6, late: 1, days: 2, sameWeekday: false });
  expect(
    usualOf([
      { days_ago: 2, open: 4, late: 0 },
      { days_ago: 14, open: 9, late: 2 },
    ]),
  ).toEqual({ open: 9, late: 2, days: 1, sameWeekday: true });
  expect(usualOf([])).toEqual({ open: null, late: null, days: 0, sameWeekday: false });
});

test('property: a CSV reader gives back what was written, and nothing begins like a formula', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string(),
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom('=1+1', '@SUM(A1)', '+44', '-1', '\t=x', ' =x', 'a "b", c', 'two\r\nlines', '牛腩麵'),
        ),
        { minLength: 2, maxLength: 5 },
      ),
      (fields) => {
        const [read] = parse(csvRow(fields), { relaxColumnCount: true }) as string[][];
        for (const [i, field] of fields.entries()) {
          expect([field, `'${field}`]).toContain(read![i]);
          expect(read![i]).not.toMatch(/^\s*[=+\-@\t\r]/);
        }
      },
    ),
  );
  expect([csvField(-5), csvField(null), csvField('=A1')]).toEqual(['-5', '', "'=A1"]);
});

test('the CSV holds every dish of those days, in order, over several pages', async () => {
  const start = Date.UTC(2026, 9, 1, 4);
  await prisma.$executeRaw`
    INSERT INTO dish_times (
      order_id, received_at, line_id, restaurant_id, number, station_id, ticket_id, dish_key, name, quantity,
      called_at, ready_at
    )
    SELECT
      'csv-' || n, now(), 'l', 'r-2', 'N' || n, ${ids['r-2 Wok']}::uuid, gen_random_uuid(), 'name:x', '=cmd|"x"', 1,
      ${new Date(start)}, ${new Date(start)}::timestamptz + (n / 2) * interval '1 second'
    FROM generate_series(1, 4100) AS n
  `;
  const text = await new Response(timesCsv(prisma, 'r-2', '2026-10-01', '2026-10-01')).text();
  const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[];
  expect([rows.length, new Set(rows.map(({ order }) => order)).size]).toEqual([4100, 4100]);
  expect(rows[0]).toMatchObject({
    date: '2026-10-01',
    time: '12:00:00',
    order: 'N1',
    station: 'Wok',
    dish: '\'=cmd|"x"',
    seconds: '0',
    called: '2026-10-01T04:00:00Z',
    started: '',
    secondsOnFire: '',
  });
});
