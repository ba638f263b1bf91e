// Every answer for a page matches its schema in server/protocol as a whole: a field that only one of the two has fails
// here. A new route that answers a page needs its line.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, makeRestaurant, type TestApp } from '../../test/app.ts';
import { detail, event, item } from '../../test/made.ts';
import { callFromPage, makeDevice, makePerson, TEST_PASSWORD } from '../../test/people.ts';
import { arrived, failing, startSettler, type TestSettler } from '../../test/pipeline.ts';
import { routes } from '../auth/permissions.ts';
import { ChangePage } from '../protocol/changes.ts';
import { DeviceList, PairedScreen, PairingCode } from '../protocol/devices.ts';
import { FindResult } from '../protocol/find.ts';
import { GuestOrder } from '../protocol/guest.ts';
import { InvitationList, LinkAsked, LinkView, MadeLink } from '../protocol/invitations.ts';
import { ParkedOrders } from '../protocol/parked-orders.ts';
import { PersonAdded, PersonView, TeamList } from '../protocol/people.ts';
import { ProblemDocument } from '../protocol/problem.ts';
import type { Schema } from '../protocol/schema.ts';
import { SessionList } from '../protocol/sessions.ts';
import { DishRouted, SetupEffects, SetupNow } from '../protocol/setup.ts';
import { StaffAtDevice } from '../protocol/staff.ts';
import { Story } from '../protocol/story.ts';
import { TimesReport, Usual } from '../protocol/times.ts';
import { StaffView } from '../protocol/views.ts';

const PIN = '7391';
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

let app: TestApp;
let part: TestSettler;
let manager: string;
let screen: { id: string; cookie: string };
let floor: { id: string; cookie: string };
let personId: string;

beforeAll(async () => {
  app = await createTestApp();
  part = await startSettler(app.database.url);
  const { stations } = await makeRestaurant(app);
  const ada = await makePerson(app, 'Ada', { 'r-1': 'manager' }, { operator: true, password: TEST_PASSWORD });
  personId = (await makePerson(app, 'Bo', { 'r-1': 'waiter' }, { pin: PIN })).id;
  manager = await ada.cookie();
  screen = await makeDevice(app, 'r-1', 'manager');
  floor = await makeDevice(app, 'r-1', 'floor');
  await makeDevice(app, 'r-1', 'kitchen', stations[0]!.id);
  await part.settler.settle(
    arrived([event(1)], detail(1, { items: [item('i1', { category: 'grill' }), item('i2', { quantity: 2 })] })),
  );
  await part.settler.settle(failing([event(2, { orderId: 'o-2' })]));
  const stationId = stations[0]!.id;
  const times = { orderId: 'o-0', restaurantId: 'r-1', stationId, ticketId: randomUUID() };
  const [called, ready] = [new Date(Date.now() - 120_000), new Date(Date.now() - 60_000)];
  await app.prisma.ticketTime.create({
    data: { ...times, firedAt: called, confirmedAt: ready, bumpedAt: ready, lateSeconds: 480 },
  });
  await app.prisma.dishTime.create({
    data: {
      ...times,
      receivedAt: called,
      lineId: 'l1',
      number: 'A0',
      dishKey: 'name:naan',
      name: 'Naan',
      quantity: 1,
      calledAt: called,
      readyAt: ready,
    },
  });
});
afterAll(async () => {
  await part?.stop();
  await app?.database.drop();
});

const at = '/manage/api/restaurants/r-1';
const setup = { name: 'The First', stations: [{ name: 'Bar', fallback: true }] };
const linkOf = async (): Promise<string> => {
  const { json } = await callFromPage(app, 'POST', `${at}/invitations`, {
    cookie: manager,
    body: { email: 'cara@heard.example', role: 'manager' },
  });
  return String(json.link).split('#')[1]!;
};
const newDevice = (role: string) =>
  callFromPage(app, 'POST', `${at}/devices`, { cookie: manager, body: { name: 'A tablet', role } });

/** A call by a page. `by` names the caller; without it, the manager. */
interface PageCall {
  path: string;
  body?: unknown;
  by?: 'floor' | 'screen' | 'nobody';
}
const days = () => new URLSearchParams({ from: yesterday, to: tomorrow });
const insight: Record<string, [Schema<unknown>, () => string]> = {
  'parked-orders': [ParkedOrders, () => 'parked-orders'],
  usual: [Usual, () => 'usual'],
  times: [TimesReport, () => `times?${days()}`],
  'orders/:order/story': [Story, () => 'orders/o-1/story'],
  find: [FindResult, () => 'find?text=o-1'],
};

/** By route: the schema of its answer, and a call that is answered with as much as possible. */
const answers: Record<string, [Schema<unknown>, () => PageCall | Promise<PageCall>]> = {
  'GET /guest/:file': [
    GuestOrder,
    () => ({ path: `/guest/${app.parts.guests.tokenOf('o-1')}.json`, by: 'nobody' as const }),
  ],
  'POST /auth/pair': [
    PairedScreen,
    async () => ({ path: '/auth/pair', by: 'nobody', body: { code: (await newDevice('expo')).json.code } }),
  ],
  'POST /auth/link': [LinkView, async () => ({ path: '/auth/link', by: 'nobody', body: { secret: await linkOf() } })],
  'POST /auth/forgotten': [
    LinkAsked,
    () => ({ path: '/auth/forgotten', by: 'nobody', body: { email: 'ada@heard.example' } }),
  ],
  'GET /manage/api/me': [PersonView, () => ({ path: '/manage/api/me' })],
  'GET /manage/api/sessions': [SessionList, () => ({ path: '/manage/api/sessions' })],
  'POST /manage/api/invitations': [
    MadeLink,
    () => ({ path: '/manage/api/invitations', body: { email: 'dora@heard.example', restaurants: ['r-1'] } }),
  ],
  'GET /manage/api/restaurants/:restaurant/people': [TeamList, () => ({ path: `${at}/people` })],
  'POST /manage/api/restaurants/:restaurant/people': [
    PersonAdded,
    () => ({ path: `${at}/people`, body: { name: 'Eve', role: 'chef' } }),
  ],
  'POST /manage/api/restaurants/:restaurant/people/:id/password-link': [
    MadeLink,
    async () => ({
      path: `${at}/people/${(await app.prisma.person.findFirstOrThrow({ where: { name: 'Ada' } })).id}/password-link`,
    }),
  ],
  'GET /manage/api/restaurants/:restaurant/invitations': [
    InvitationList,
    async () => {
      await linkOf();
      return { path: `${at}/invitations` };
    },
  ],
  'POST /manage/api/restaurants/:restaurant/invitations': [
    MadeLink,
    () => ({ path: `${at}/invitations`, body: { email: 'fay@heard.example', role: 'manager' } }),
  ],
  'GET /manage/api/restaurants/:restaurant/devices': [DeviceList, () => ({ path: `${at}/devices` })],
  'POST /manage/api/restaurants/:restaurant/devices': [
    PairingCode,
    () => ({ path: `${at}/devices`, body: { name: 'A tablet', role: 'expo' } }),
  ],
  'POST /manage/api/restaurants/:restaurant/devices/:id/code': [
    PairingCode,
    async () => ({ path: `${at}/devices/${(await newDevice('floor')).json.id}/code` }),
  ],
  'GET /manage/api/restaurants/:restaurant/changes': [ChangePage, () => ({ path: `${at}/changes` })],
  'GET /manage/api/restaurants/:restaurant/setup': [SetupNow, () => ({ path: `${at}/setup` })],
  'PUT /manage/api/restaurants/:restaurant/setup': [
    SetupNow,
    async () => {
      const { json } = await callFromPage(app, 'GET', `${at}/setup`, { cookie: manager });
      return { path: `${at}/setup`, body: { setup: json.setup, version: json.version } };
    },
  ],
  'POST /manage/api/restaurants/:restaurant/setup/effects': [
    SetupEffects,
    () => ({ path: `${at}/setup/effects`, body: { setup } }),
  ],
  'POST /manage/api/restaurants/:restaurant/setup/try': [
    DishRouted,
    () => ({ path: `${at}/setup/try`, body: { setup, dish: { category: null, sku: null }, type: null } }),
  ],
  'GET /screen/api/:device/staff': [
    StaffAtDevice,
    () => ({ path: `/screen/api/${floor.id}/staff`, by: 'floor' as const }),
  ],
  'POST /screen/api/:device/staff/sign-in': [
    StaffView,
    () => ({ path: `/screen/api/${floor.id}/staff/sign-in`, by: 'floor', body: { personId, pin: PIN } }),
  ],
  ...Object.fromEntries(
    Object.entries(insight).flatMap(([end, [schema, path]]): [string, (typeof answers)[string]][] => [
      [`GET /manage/api/restaurants/:restaurant/${end}`, [schema, () => ({ path: `${at}/${path()}` })]],
      [
        `GET /screen/api/:device/${end}`,
        [schema, () => ({ path: `/screen/api/${screen.id}/${path()}`, by: 'screen' as const })],
      ],
    ]),
  ),
};

test('every route of pages that answers more than "done" has its schema here', async () => {
  const answered = Object.keys(routes).filter((route) => / \/(?:auth|manage\/api|screen\/api|guest)\//.test(route));
  const done = [
    'POST /auth/sign-in',
    'POST /auth/sign-out',
    'POST /auth/accept',
    'PUT /manage/api/password',
    'DELETE /manage/api/sessions',
    'POST /screen/api/:device/staff/sign-out',
    'PUT /manage/api/restaurants/:restaurant/people/:id',
    'PUT /manage/api/restaurants/:restaurant/people/:id/pin',
    'PUT /manage/api/restaurants/:restaurant/devices/:id',
    // A stream, and a file.
    'GET /manage/api/watch',
    'GET /manage/api/restaurants/:restaurant/times.csv',
    'GET /screen/api/:device/times.csv',
  ];
  const others = answered.filter((route) => !done.includes(route) && !/^DELETE .*\/:id$/.test(route));
  expect(Object.keys(answers).toSorted()).toEqual(others.toSorted());
});

test.each(Object.keys(answers))('%s', async (route) => {
  const [schema, made] = answers[route]!;
  const { path, body, by } = await made();
  const cookie = by === 'nobody' ? '' : by === 'floor' ? floor.cookie : by === 'screen' ? screen.cookie : manager;
  const { status, json } = await callFromPage(app, route.split(' ')[0]!, path, { cookie, body });
  expect([200, 201, 202]).toContain(status);
  const parsed = schema.safeParse(json);
  expect(parsed.error?.issues ?? []).toEqual([]);
  expect(parsed.data).toEqual(json);
});

test('a list that is asked for here is not empty, so that its rows are looked at', async () => {
  const get = async (path: string) => (await callFromPage(app, 'GET', path, { cookie: manager })).json;
  await linkOf();
  const all = await Promise.all(
    ['people', 'invitations', 'devices', 'changes', 'parked-orders', 'orders/o-1/story', 'find?text=o-1'].map((end) =>
      get(`${at}/${end}`),
    ),
  );
  const times = await get(`${at}/times?${days()}`);
  const lists = all.map((json) => Object.values(json).find((value) => Array.isArray(value)) as unknown[]);
  for (const list of [...lists, times.stations, times.dishes, times.hours, times.today])
    expect(list.length).toBeGreaterThan(0);
});

test.each([
  ['wrong fields', 400, 'POST', `${at}/people`, { name: '', role: 'king' }],
  ['nobody there', 404, 'GET', `${at}/orders/o-none/story`, undefined],
  ['a weak password', 403, 'PUT', '/manage/api/password', { present: 'not mine at all', next: 'x'.repeat(12) }],
])('a problem is what the page parses: %s', async (_, status, method, path, body) => {
  const answer = await callFromPage(app, method, path, { cookie: manager, body });
  expect(answer.status).toBe(status);
  const { detail, errors } = ProblemDocument.parse(answer.json);
  expect(detail).toBe(answer.json.detail);
  expect(errors).toEqual(answer.json.errors);
});
