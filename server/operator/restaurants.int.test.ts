// Setting restaurants up: ids that last, rules that are replaced, two operators at once.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, makeRestaurant, type TestApp } from '../../test/app.ts';
import { NO_START } from '../protocol/facts.ts';

/** The settings that these set-ups leave out. */
const UNSET = { lead: {}, start: NO_START, screen: true };

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app?.database.drop());

const put = (id: string, body: unknown) => app.call('PUT', `/api/v1/restaurants/${encodeURIComponent(id)}`, body);
const stationsOf = (restaurantId: string) =>
  app.prisma.station.findMany({
    where: { restaurantId },
    orderBy: { position: 'asc' },
    include: { routes: { orderBy: { position: 'asc' } } },
  });

test('a restaurant is made as described: positions, rules, fallback, a new board, an audit and a hint', async () => {
  app.hints.length = 0;
  const { status, json } = await put('r/1', {
    name: 'The First',
    stations: [
      { name: ' Cold ', routes: [{ category: 'cold' }, { sku: 'X', type: 'DELIVERY' }] },
      { name: 'Range', fallback: true },
    ],
  });
  expect(status).toBe(200);
  const stations = await stationsOf('r/1');
  expect(json).toEqual({
    id: 'r/1',
    name: 'The First',
    timeZone: 'UTC',
    courses: { mode: 'together', gapSeconds: 900 },
    lead: {},
    allergySeen: false,
    stations: [
      {
        id: stations[0]?.id,
        name: 'Cold',
        fallback: false,
        routes: [{ category: 'cold' }, { sku: 'X', type: 'DELIVERY' }],
        combine: false,
        thresholds: {},
        ...UNSET,
      },
      { id: stations[1]?.id, name: 'Range', fallback: true, routes: [], combine: false, thresholds: {}, ...UNSET },
    ],
  });
  expect(stations[0]?.routes).toMatchObject([
    { position: 0, category: 'cold', sku: null, type: null },
    { position: 1, category: null, sku: 'X', type: 'DELIVERY' },
  ]);
  expect(await app.prisma.restaurant.findUnique({ where: { id: 'r/1' } })).toMatchObject({
    rev: 1n,
    discovered: false,
  });
  expect(await app.prisma.change.findMany({ where: { restaurantId: 'r/1' } })).toMatchObject([
    { rev: 1n, orderId: '' },
  ]);
  expect(await app.prisma.auditEntry.findMany({ where: { subject: 'restaurant r/1' } })).toMatchObject([
    { actor: 'operator', action: 'restaurant.put' },
  ]);
  expect(app.hints).toEqual([['feed', ['r/1']]]);
});

test('courses, thresholds and combining are set up, and stay where a later set-up leaves them out', async () => {
  const thresholds = {
    default: { warnSeconds: 240, lateSeconds: 420 },
    DELIVERY: { warnSeconds: 600, lateSeconds: 900 },
  };
  app.hints.length = 0;
  const made = await put('r-6', {
    name: 'Courses',
    courses: { mode: 'timed', gapSeconds: 600 },
    stations: [{ name: 'Grill', fallback: true, combine: true, thresholds }, { name: 'Bar' }],
  });
  expect(made.json).toMatchObject({
    courses: { mode: 'timed', gapSeconds: 600 },
    stations: [
      { combine: true, thresholds },
      { combine: false, thresholds: {} },
    ],
  });
  expect(app.hints).toContainEqual(['courses', ['r-6']]);
  const again = await put('r-6', {
    name: 'Courses',
    stations: [
      { name: 'grill', fallback: true },
      { name: 'Bar', combine: true },
    ],
  });
  expect(again.json).toMatchObject({
    courses: { mode: 'timed', gapSeconds: 600 },
    stations: [
      { combine: true, thresholds },
      { combine: true, thresholds: {} },
    ],
  });
  expect(
    (await put('r-6', { name: 'Courses', courses: { mode: 'manual' }, stations: [{ name: 'Grill', thresholds: {} }] }))
      .json,
  ).toMatchObject({ courses: { mode: 'manual', gapSeconds: 600 }, stations: [{ combine: true, thresholds: {} }] });
});

test('stations keep their ids by name; one not named is retired, one that returns is as it was', async () => {
  const first = await makeRestaurant(app, 'r-2');
  const idOf = (name: string) => first.stations.find((station) => station.name === name)?.id;
  const second = (
    await put('r-2', {
      name: 'Renamed',
      stations: [{ name: 'Bar' }, { name: 'grill', fallback: true, routes: [{ sku: 'A' }] }],
    })
  ).json;
  expect(second).toMatchObject({
    timeZone: 'Europe/London',
    stations: [
      { name: 'Bar', fallback: false },
      { id: idOf('Grill'), name: 'grill' },
    ],
  });
  const retired = (await stationsOf('r-2')).find((station) => station.name === 'Range');
  expect(retired).toMatchObject({ id: idOf('Range'), fallback: false, routes: [] });
  expect(retired?.retiredAt).not.toBeNull();
  expect((await stationsOf('r-2')).find((station) => station.name === 'grill')?.routes).toMatchObject([{ sku: 'A' }]);
  const third = await makeRestaurant(app, 'r-2');
  expect(third).toMatchObject(first);
  expect(
    (await stationsOf('r-2')).filter((station) => station.retiredAt === null).map((station) => station.name),
  ).toEqual(['Grill', 'Range']);
  expect((await app.prisma.restaurant.findUniqueOrThrow({ where: { id: 'r-2' } })).rev).toBe(3n);
});

test('a discovered restaurant is one that was set up from then on', async () => {
  await app.prisma.restaurant.create({
    data: {
      id: 'r-3',
      name: 'r-3',
      discovered: true,
      stations: { create: { id: crypto.randomUUID(), name: 'Kitchen', position: 0, fallback: true } },
    },
  });
  const { json } = await put('r-3', { name: 'Three', stations: [{ name: 'Kitchen' }] });
  expect(json.stations).toMatchObject([{ name: 'Kitchen', fallback: true }]);
  expect(await app.prisma.restaurant.findUnique({ where: { id: 'r-3' } })).toMatchObject({
    discovered: false,
    name: 'Three',
  });
  expect(await stationsOf('r-3')).toHaveLength(1);
});

test('many operators at once: all are answered, and what one of them wrote is what stands', async () => {
  const setups = Array.from({ length: 12 }, (_, i) => ({
    name: `Four ${i}`,
    stations: [...['A', 'B', 'C', 'D'].slice(i % 4), `Only ${i}`].map((name, n) => ({
      name,
      fallback: n === 0,
      routes: [{ sku: `${i}` }],
    })),
  }));
  const answers = await Promise.all(setups.map((setup) => put('r-4', setup)));
  expect(answers.map((answer) => answer.status)).toEqual(setups.map(() => 200));
  const { name, rev } = await app.prisma.restaurant.findUniqueOrThrow({ where: { id: 'r-4' } });
  expect(rev).toBe(12n);
  const live = (await stationsOf('r-4')).filter((station) => station.retiredAt === null);
  const winner = setups.find((setup) => setup.name === name);
  expect(live.map((station) => station.name)).toEqual(winner?.stations.map((station) => station.name));
  expect(live.flatMap((station) => station.routes.map((route) => route.sku))).toEqual(
    live.map(() => name.split(' ')[1]),
  );
});

test.each([
  ['nothing', '', 'empty'],
  ['not JSON', '{', 'not JSON'],
  ['a list', [], 'the body'],
  ['no name', { stations: [{ name: 'A' }] }, 'name'],
  ['no stations', { name: 'X', stations: [] }, 'at least one station'],
  [
    'the same name twice',
    { name: 'X', stations: [{ name: 'Bar', fallback: true }, { name: 'bar' }] },
    'stations[1].name',
  ],
  ['no fallback', { name: 'X', stations: [{ name: 'A' }, { name: 'B' }] }, 'fallback'],
  [
    'two fallbacks',
    {
      name: 'X',
      stations: [
        { name: 'A', fallback: true },
        { name: 'B', fallback: true },
      ],
    },
    'exactly one',
  ],
  ['a long name', { name: 'X', stations: [{ name: 'A'.repeat(65) }] }, '64'],
  ['NUL in a name', { name: 'X', stations: [{ name: 'A\0' }] }, 'control'],
  ['half a character', { name: 'X', stations: [{ name: 'A\ud800' }] }, 'stations[0].name'],
  ['a time zone of nowhere', { name: 'X', timeZone: 'Mars/Base', stations: [{ name: 'A' }] }, 'timeZone'],
  ['an offset for a zone', { name: 'X', timeZone: '+01:00', stations: [{ name: 'A' }] }, 'timeZone'],
  ['an empty route', { name: 'X', stations: [{ name: 'A', routes: [{}] }] }, 'stations[0].routes[0]'],
  ['an unknown type', { name: 'X', stations: [{ name: 'A', routes: [{ type: 'DRIVE' }] }] }, 'DINE_IN'],
  ['a field that is misspelt', { name: 'X', timezone: 'UTC', stations: [{ name: 'A' }] }, 'timezone'],
  ['an unknown course mode', { name: 'X', courses: { mode: 'often' }, stations: [{ name: 'A' }] }, 'after-previous'],
  [
    'courses without a gap of time',
    { name: 'X', courses: { mode: 'timed', gapSeconds: 0 }, stations: [{ name: 'A' }] },
    'courses.gapSeconds',
  ],
  [
    'late before the warning',
    { name: 'X', stations: [{ name: 'A', thresholds: { default: { warnSeconds: 9, lateSeconds: 8 } } }] },
    'warnSeconds',
  ],
  [
    'thresholds of no type',
    { name: 'X', stations: [{ name: 'A', thresholds: { DRIVE: { warnSeconds: 1, lateSeconds: 2 } } }] },
    'DRIVE',
  ],
  ['a name that no path holds', { name: 'X', stations: [{ name: '..' }] }, 'stations[0].name'],
])('%s is refused, saying what is wrong', async (_, body, said) => {
  const { status, json, type } = await put('r-5', body);
  expect(type).toBe('application/problem+json');
  expect(status).toBe(400);
  expect(json.detail).toContain(said);
  expect(await app.prisma.restaurant.count({ where: { id: 'r-5' } })).toBe(0);
});

test.each(['x'.repeat(65), 'nul\0'])('the id %j is refused', async (id) => {
  expect((await put(id, { name: 'X', stations: [{ name: 'A' }] })).status).toBe(400);
});
