// Managers change their restaurant's set-up: its effects on open dishes, two changes at once, and the audit.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessionCookie } from '../auth/cookies.ts';
import { Prisma } from '../db/client.ts';
import { loadOrders } from '../order/order-rows.ts';
import type { ChangePage } from '../protocol/changes.ts';
import type { Setup, SetupNow } from '../protocol/setup.ts';
import { detail, event, item } from '../../test/made.ts';
import { arrived, startSettler, type TestSettler } from '../../test/pipeline.ts';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { setupChanges } from './setup-changes.ts';
import { NO_START } from '../protocol/facts.ts';

let app: TestApp;
let part: TestSettler;
const cookies: Record<'ada' | 'eve', string> = { ada: '', eve: '' };
beforeAll(async () => {
  app = await createTestApp();
  part = await startSettler(app.database.url);
  for (const id of ['r-1', 'r-2']) {
    await app.call('PUT', `/api/v1/restaurants/${id}`, {
      name: `Restaurant ${id}`,
      stations: [
        { name: 'Grill', routes: [{ category: 'grill' }] },
        { name: 'Kitchen', fallback: true },
      ],
    });
  }
  for (const [name, restaurantId] of [
    ['ada', 'r-1'],
    ['eve', 'r-2'],
  ] as const) {
    const { id } = await app.prisma.person.create({
      data: { id: randomUUID(), name, memberships: { create: { restaurantId, role: 'manager' } } },
    });
    cookies[name] = sessionCookie((await app.parts.sessions.open(app.prisma, id, 'test')).token, 600, false).split(
      ';',
    )[0]!;
  }
});
afterAll(async () => {
  await part?.stop();
  await app?.database.drop();
});

const call = async (who: keyof typeof cookies | null, method: string, path: string, body?: unknown) => {
  const answer = await app.app.request(`/manage/api/restaurants/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: {
      ...(who && { cookie: cookies[who] }),
      origin: 'http://127.0.0.1:3999',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
  });
  const text = await answer.text();
  return {
    status: answer.status,
    json: (text.startsWith('{') ? JSON.parse(text) : text) as any,
    headers: answer.headers,
  };
};
const now = async (): Promise<SetupNow> => (await call('ada', 'GET', 'r-1/setup')).json;
const UNSET = { lead: {}, start: NO_START, screen: true };
const withBar = ({ stations, ...setup }: Setup): Setup => ({
  ...setup,
  stations: [
    {
      name: 'Bar',
      fallback: false,
      routes: [{ category: 'grill', type: 'DINE_IN' }],
      combine: true,
      thresholds: { default: { warnSeconds: 60, lateSeconds: 120 } },
      ...UNSET,
    },
    ...stations,
  ],
});

test('a change of routes names the open dishes that would move, and leaves them, now and later', async () => {
  const settle = (version: number, more: object = {}) =>
    part.settler.settle(
      arrived(
        [event(version, { orderId: 'o-1' })],
        detail(version, {
          id: 'o-1',
          items: [
            item('l1', { name: 'Steak', category: 'grill', quantity: 2 }),
            item('l2', { name: 'Soup' }),
            item('l3', { name: 'Off', category: 'grill', voided: true }),
          ],
          ...more,
        }),
      ),
    );
  await settle(1);
  const before = await now();
  const setup = withBar(before.setup);
  expect((await call('ada', 'POST', 'r-1/setup/effects', { setup })).json).toEqual({
    elsewhere: [{ orderId: 'o-1', number: 'A100', dish: '2 Steak', from: 'Grill', to: 'Bar' }],
    count: 1,
    retired: [],
  });
  const places = async () =>
    (await loadOrders(app.prisma, Prisma.sql`o.id = 'o-1'`))[0]!.lines.map(({ id, stationId, ticketId }) => [
      id,
      stationId,
      ticketId,
    ]);
  const was = await places();
  expect((await call('ada', 'PUT', 'r-1/setup', { setup, version: before.version })).status).toBe(200);
  expect(await places()).toEqual(was);
  await settle(2, { note: 'no onions' });
  expect(await places()).toEqual(was);
  const removed = { ...setup, stations: setup.stations.filter(({ name }) => name !== 'Grill') };
  expect((await call('ada', 'POST', 'r-1/setup/effects', { setup: removed })).json.retired).toEqual([
    { station: 'Grill', tickets: 1, screens: 0 },
  ]);
});

test('a dish is tried: where it goes, and by which route', async () => {
  const { setup } = await now();
  const tried = async (category: string | null, type: string | null) =>
    (await call('ada', 'POST', 'r-1/setup/try', { setup, dish: { category, sku: null }, type })).json;
  expect(await tried('grill', 'DINE_IN')).toEqual({ station: 'Bar', route: { category: 'grill', type: 'DINE_IN' } });
  expect(await tried('grill', 'DELIVERY')).toEqual({ station: 'Grill', route: { category: 'grill' } });
  expect(await tried('dessert', null)).toEqual({ station: 'Kitchen', route: null });
});

test('of two managers who change the same state one is told, and nothing of theirs is lost unseen', async () => {
  const { setup, version } = await now();
  const answers = await Promise.all(
    ['One', 'Two'].map((name) => call('ada', 'PUT', 'r-1/setup', { setup: { ...setup, name }, version })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await now()).setup.name).toBe(answers.find(({ status }) => status === 200)!.json.setup.name);
});

test("every change is audited with who, when and what, and seen by this restaurant's managers only", async () => {
  const { setup, version } = await now();
  await call('ada', 'PUT', 'r-1/setup', {
    setup: {
      ...setup,
      courses: { mode: 'timed', gapSeconds: 600 },
      stations: setup.stations.map((station) =>
        station.name === 'Kitchen' ? { ...station, routes: [{ sku: 'S1' }] } : station,
      ),
    },
    version,
  });
  const changes = async (query = '', who: 'ada' | 'eve' = 'ada', of = 'r-1'): Promise<ChangePage> =>
    (await call(who, 'GET', `${of}/changes${query}`)).json;
  const { entries } = await changes();
  expect(entries[0]).toMatchObject({
    actor: 'ada',
    action: 'restaurant.put',
    detail: {
      changes: [
        { what: 'courses', to: 'timed 600 s' },
        { what: 'routes', station: 'Kitchen', from: '', to: 'sku S1' },
      ],
    },
  });
  expect(entries.at(-1)).toMatchObject({ actor: 'operator', detail: { changes: [{ what: 'made' }] } });
  expect(Date.now() - Date.parse(entries[0]!.at)).toBeLessThan(10_000);
  expect((await changes('', 'eve', 'r-2')).entries).toMatchObject([
    { action: 'restaurant.put', detail: { changes: [{ what: 'made' }] } },
  ]);

  // Commands given by hand elsewhere stand between, by time; bumps do not.
  const device = await app.prisma.device.create({
    data: { id: randomUUID(), restaurantId: 'r-1', name: 'Pass', role: 'expo' },
  });
  const tap = (kind: string, at: number, command: object) =>
    app.prisma.kitchenAction.create({
      data: {
        id: randomUUID(),
        restaurantId: 'r-1',
        orderId: 'orderId' in command ? 'o-1' : null,
        kind,
        command: { kind, ...command },
        deviceId: device.id,
        by: 'Chen',
        at: new Date(Date.parse(entries.at(-1)!.at) + at),
        result: { outcome: kind === 'fire' ? 'conflict' : 'done' },
      },
    });
  await tap('rush', 1, { orderId: 'o-1', on: true });
  await tap('bump', 2, { orderId: 'o-1', ticketId: randomUUID() });
  await tap('sold-out', 86_400_000, { dish: { sku: null, name: 'Soup' }, on: false });
  await tap('fire', 86_400_000, { orderId: 'o-1', course: 2 });
  await app.call('POST', '/api/v1/devices', { name: 'Bar phone', restaurantId: 'r-1', role: 'floor' });
  const all = await changes();
  expect(all.people).toEqual(expect.arrayContaining(['Chen', 'ada', 'operator']));
  const actions = all.entries.map(({ action }) => action);
  expect(actions.slice(0, 2).sort()).toEqual(['kitchen.fire', 'kitchen.sold-out']);
  expect(actions.slice(2, 4)).toEqual(['device.create', 'restaurant.put']);
  expect(actions.slice(-2)).toEqual(['kitchen.rush', 'restaurant.put']);
  expect(all.entries.find(({ action }) => action === 'kitchen.fire')).toMatchObject({
    actor: 'Chen',
    about: 'A100',
    detail: { orderId: 'o-1', course: 2, device: 'Pass', late: true },
  });
  expect(all.entries.find(({ action }) => action === 'kitchen.sold-out')).toMatchObject({
    about: 'Soup',
    detail: { on: false },
  });
  expect(all.entries.find(({ action }) => action === 'device.create')).toMatchObject({
    actor: 'operator',
    about: 'Bar phone',
  });
  // Pages of any size give the same list, also where an earlier change was written later.
  await app.prisma.$executeRaw`
      UPDATE audit SET at = at - interval '1 minute' WHERE action = 'device.create' AND restaurant_id = 'r-1'
    `;
  const whole = (await changes()).entries.map(({ id }) => id);
  expect(whole).toHaveLength(all.entries.length);
  for (const limit of [1, 2, 3]) {
    const read: string[] = [];
    for (
      let page = await changes(`?limit=${limit}`);
      ;
      page = await changes(`?limit=${limit}&cursor=${page.nextCursor}`)
    ) {
      read.push(...page.entries.map(({ id }) => id));
      if (page.nextCursor === null) break;
    }
    expect(read).toEqual(whole);
  }
  const only = async (query: string) => (await changes(query)).entries.map(({ action }) => action);
  expect((await only('?kind=kitchen')).sort()).toEqual(['kitchen.fire', 'kitchen.rush', 'kitchen.sold-out']);
  expect(await only('?kind=devices')).toEqual(['device.create']);
  expect(new Set(await only('?kind=setup'))).toEqual(new Set(['restaurant.put']));
  expect(new Set((await changes('?by=ada')).entries.map(({ actor }) => actor))).toEqual(new Set(['ada']));
  for (const wrong of ['?kind=everything', '?limit=0', '?cursor=eyJhIjoxfQ', '?by=%00'])
    expect((await call('ada', 'GET', `r-1/changes${wrong}`)).status).toBe(400);
});

test('who manages another restaurant, or nobody, is told nothing and changes nothing', async () => {
  const { setup, version } = await now();
  const today = '2026-11-25';
  for (const [method, path, body] of [
    ['GET', 'r-1/setup'],
    ['PUT', 'r-1/setup', { setup: { ...setup, name: 'Taken' }, version }],
    ['POST', 'r-1/setup/effects', { setup }],
    ['POST', 'r-1/setup/try', { setup, dish: { category: null, sku: null }, type: null }],
    ['GET', 'r-1/changes'],
    ['GET', 'r-1/parked-orders'],
    ['GET', 'r-1/usual'],
    ['GET', `r-1/times?from=${today}&to=${today}`],
    ['GET', `r-1/times.csv?from=${today}&to=${today}`],
    ['GET', 'r-1/orders/o-1/story'],
  ] as const) {
    expect([path, (await call('eve', method, path, body)).status]).toEqual([path, 404]);
    expect([path, (await call(null, method, path, body)).status]).toEqual([path, 401]);
    if (method === 'GET') expect([path, (await call('ada', method, path)).status]).toEqual([path, 200]);
  }
  expect((await call('eve', 'GET', 'r-2/orders/o-1/story')).status).toBe(404);
  expect((await now()).setup.name).not.toBe('Taken');
  expect((await call('ada', 'GET', 'r-1/times?from=2026-11-01&to=2026-12-31')).status).toBe(400);
  expect((await call('ada', 'GET', 'r-1/times?from=yesterday&to=2026-12-31')).status).toBe(400);
  const csv = await call('ada', 'GET', `r-1/times.csv?from=${today}&to=${today}`);
  expect([csv.headers.get('content-disposition'), String(csv.json).split('\r\n')[0]]).toEqual([
    `attachment; filename="times-${today}-${today}.csv"`,
    'date,time,order,type,station,dish,quantity,called,ready,seconds,started,secondsOnFire',
  ]);
});

test('what changed is said of each thing by itself', () => {
  const setup: Setup = {
    name: 'A',
    timeZone: 'UTC',
    courses: { mode: 'together', gapSeconds: 900 },
    lead: {},
    allergySeen: false,
    stations: [
      { name: 'Grill', fallback: false, routes: [], combine: false, thresholds: {}, ...UNSET },
      { name: 'Bar', fallback: true, routes: [], combine: false, thresholds: {}, ...UNSET },
    ],
  };
  const [grill, bar] = setup.stations as [Setup['stations'][number], Setup['stations'][number]];
  const whats = (after: Partial<Setup>) =>
    setupChanges(setup, { ...setup, ...after }).map(({ what, station }) => (station ? `${what} ${station}` : what));
  expect(whats({})).toEqual([]);
  expect(whats({ name: 'B', timeZone: 'Europe/London' })).toEqual(['name', 'time-zone']);
  expect(whats({ stations: [bar, grill] })).toEqual(['order-of-stations']);
  expect(whats({ stations: [bar, { ...grill, name: 'Wok' }] })).toEqual(['station-added Wok', 'station-removed Grill']);
  expect(
    whats({
      stations: [
        { ...grill, fallback: true, thresholds: { default: { warnSeconds: 1, lateSeconds: 2 } } },
        { ...bar, fallback: false, combine: true },
      ],
    }),
  ).toEqual(['fallback', 'thresholds Grill', 'combine Bar']);
  expect(whats({ lead: { default: 900 }, allergySeen: true })).toEqual(['lead', 'allergy-seen']);
  expect(
    whats({
      stations: [
        { ...grill, lead: { DELIVERY: 60 }, start: { mode: 'tap', first: 1 } },
        { ...bar, screen: false },
      ],
    }),
  ).toEqual(['lead Grill', 'start Grill', 'screen Bar']);
});
