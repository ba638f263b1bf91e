// Pairing and signing out, through the operator's calls and as the gateway asks.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, makeRestaurant, type TestApp } from '../../test/app.ts';
import { makePerson } from '../../test/people.ts';
import { UNSET_STATION } from '../protocol/facts.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ PUBLIC_URL: 'https://kitchen.example/' });
  await makeRestaurant(app);
});
afterAll(() => app?.database.drop());

const create = (more: object = {}) =>
  app.call('POST', '/api/v1/devices', {
    name: 'Tablet 1',
    restaurantId: 'r-1',
    role: 'kitchen',
    station: 'grill',
    ...more,
  });
const open = (url: string, init?: RequestInit) => app.app.request(new URL(url).pathname, init);
/** Makes a device and pairs a browser: its id and its Cookie header. */
async function paired(more: object = {}) {
  const { json } = await create(more);
  const answer = await open(json.url);
  return { id: json.id as string, cookie: (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '' };
}

test('a link makes the browser that opens it first the screen, and lands on it', async () => {
  const { status, json } = await create();
  expect(status).toBe(201);
  expect(json.url).toMatch(/^https:\/\/kitchen\.example\/pair\/[\w-]{43}$/);
  expect((await open(json.url, { method: 'HEAD' })).status).toBe(405);
  const answer = await open(json.url);
  expect(answer.status).toBe(302);
  expect(answer.headers.get('location')).toBe('/kitchen/Grill');
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(
    new RegExp(`^__Host-heard_device_${json.id}=[\\w-]{43}; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure$`),
  );
  const again = await open(json.url);
  expect([again.status, again.headers.get('location'), again.headers.get('set-cookie')]).toEqual([
    302,
    '/not-paired?why=used',
    null,
  ]);
  expect(await app.parts.devices.authenticate(cookie.split(';', 1)[0], json.id)).toEqual({
    deviceId: json.id,
    deviceName: 'Tablet 1',
    person: null,
    role: 'kitchen',
    restaurant: { id: 'r-1', name: 'The First', timeZone: 'Europe/London', discovered: false },
    publicUrl: 'https://kitchen.example',
    station: { id: expect.any(String), name: 'Grill', ...UNSET_STATION },
  });
});

test('of many browsers that open one link at once, one becomes the screen', async () => {
  const { json } = await create();
  const answers = await Promise.all(Array.from({ length: 20 }, () => open(json.url)));
  expect(answers.filter((answer) => answer.headers.get('set-cookie')).length).toBe(1);
});

test('a code pairs once, with its link, within five minutes; another one takes its place', async () => {
  const mia = await makePerson(app, 'Mia', { 'r-1': 'manager' });
  const cookie = `__Host-${await mia.cookie()}`;
  const post = async (path: string, body: object) => {
    const answer = await app.app.request(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { origin: 'https://kitchen.example', cookie, 'content-type': 'application/json' },
    });
    return { status: answer.status, json: (await answer.json()) as any, setCookie: answer.headers.get('set-cookie') };
  };
  const make = async () => (await post('/manage/api/restaurants/r-1/devices', { name: 'Tablet', role: 'floor' })).json;
  const renew = (id: string) => post(`/manage/api/restaurants/r-1/devices/${id}/code`, {});
  const pair = (code: string) => post('/auth/pair', { code });
  const made = await make();
  const again = (await renew(made.id)).json;
  expect((await pair(made.code)).status).toBe(404);
  const first = await pair(again.code.toLowerCase());
  expect([first.status, first.json.location]).toEqual([200, `/floor?device=${made.id}`]);
  expect(first.setCookie).toMatch(new RegExp(`^__Host-heard_device_${made.id}=[\\w-]{43}; `));
  expect([(await pair(again.code)).status, (await renew(made.id)).status]).toEqual([404, 409]);
  expect((await open(again.url)).headers.get('location')).toBe('/not-paired?why=used');
  const late = await make();
  await app.prisma
    .$executeRaw`UPDATE devices SET pairing_expires_at = now() - interval '1 ms' WHERE id = ${late.id}::uuid`;
  expect((await pair(late.code)).status).toBe(404);
  const several = await make();
  expect(
    (await Promise.all(Array.from({ length: 5 }, () => pair(several.code)))).filter(({ status }) => status === 200),
  ).toHaveLength(1);
});

test('a link that is too old, revoked or of nobody does nothing', async () => {
  const [late, gone] = [(await create()).json, (await create()).json];
  await app.prisma
    .$executeRaw`UPDATE devices SET pairing_expires_at = now() - interval '1 ms' WHERE id = ${late.id}::uuid`;
  await app.call('DELETE', `/api/v1/devices/${gone.id}`);
  for (const url of [late.url, gone.url, 'https://kitchen.example/pair/nobody', 'https://kitchen.example/pair/%00']) {
    const answer = await open(url);
    expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([
      302,
      '/not-paired?why=used',
      null,
    ]);
  }
  const { pairingExpiresAt, createdAt } = await app.prisma.device.findUniqueOrThrow({
    where: { id: (await create()).json.id },
  });
  expect(Math.round(((pairingExpiresAt?.getTime() ?? 0) - createdAt.getTime()) / 1000)).toBe(300);
});

test('the database holds no secret', async () => {
  const { json } = await create();
  const { cookie } = await paired();
  const [row] = await app.prisma.$queryRaw<
    [{ text: string }]
  >`SELECT (SELECT string_agg(d::text, ' ') FROM devices d) || (SELECT string_agg(a::text, ' ') FROM audit a) AS text`;
  for (const secret of [json.url.split('/').at(-1), cookie.split('=')[1]]) {
    expect(row.text).not.toContain(secret);
    expect(row.text).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
  }
});

test('a token proves its own device only', async () => {
  const [mine, other] = [await paired(), await paired({ role: 'floor' })];
  const forged = `__Host-heard_device_${other.id}=${mine.cookie.split('=')[1]}`;
  expect(await app.parts.devices.authenticate(forged, other.id)).toBeNull();
  expect(await app.parts.devices.authenticate(mine.cookie, other.id)).toBeNull();
  expect(await app.parts.devices.authenticate(undefined, mine.id)).toBeNull();
  expect(await app.parts.devices.list(forged)).toEqual([]);
  expect((await app.parts.devices.list(`${mine.cookie}; ${other.cookie}`)).map((screen) => screen.deviceId)).toEqual([
    other.id,
    mine.id,
  ]);
});

test('a revoked device is nobody from then on, and its gateway is told', async () => {
  const { id, cookie } = await paired();
  expect(await app.parts.devices.revoked([id])).toEqual([]);
  app.hints.length = 0;
  expect((await app.call('DELETE', `/api/v1/devices/${id}`)).status).toBe(204);
  expect(app.hints).toEqual([['devices', [id]]]);
  expect(await app.parts.devices.authenticate(cookie, id)).toBe('revoked');
  expect(await app.parts.devices.list(cookie)).toEqual([]);
  const nobody = '11111111-1111-4111-8111-111111111111';
  expect((await app.parts.devices.revoked([id, nobody])).sort()).toEqual([id, nobody].sort());
  expect((await app.call('DELETE', `/api/v1/devices/${id}`)).status).toBe(204);
  expect(await app.prisma.auditEntry.count({ where: { action: 'device.revoke', subject: `device ${id}` } })).toBe(1);
  for (const unknown of [nobody, 'x', '%00'])
    expect((await app.call('DELETE', `/api/v1/devices/${unknown}`)).status).toBe(404);
});

test('what cannot be a device is refused, saying why', async () => {
  expect(await create({ restaurantId: 'r-none' })).toMatchObject({ status: 404, type: 'application/problem+json' });
  for (const station of ['Bar', undefined, null, ''])
    expect(await create({ station })).toMatchObject({ status: 400, json: { stations: ['Grill', 'Range'] } });
  expect((await create({ station: 'Bar' })).json.detail).toContain('Grill, Range');
  for (const more of [{ role: 'chef' }, { name: '' }, { name: 'x'.repeat(101) }, { restaurantId: 7 }, { color: 'red' }])
    expect((await create(more)).status).toBe(400);
  expect((await create({ role: 'floor', station: undefined })).status).toBe(201);
  expect((await create({ role: 'manager', station: 'Bar' })).status).toBe(201);
});

test('outside the demo there is no demo', async () => {
  expect((await app.app.request('/demo/open?restaurant=r-1&role=floor')).status).toBe(404);
});

test('in the demo a tap makes the browser a screen, once', async () => {
  const demo = await createTestApp({ HEARD_DEMO: '1' });
  try {
    await makeRestaurant(demo);
    const tap = (query: string, cookie = '') => demo.app.request(`/demo/open?${query}`, { headers: { cookie } });
    const first = await tap('restaurant=r-1&role=kitchen&station=Grill');
    const cookie = (first.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
    expect(first.headers.get('location')).toMatch(/^\/kitchen\/Grill\?device=[0-9a-f-]{36}$/);
    const second = await tap('restaurant=r-1&role=kitchen&station=grill', cookie);
    expect([second.headers.get('location'), second.headers.get('set-cookie')]).toEqual([
      first.headers.get('location'),
      null,
    ]);
    expect((await tap('restaurant=r-1&role=floor', cookie)).headers.get('location')).toMatch(/^\/floor\?device=/);
    expect(await demo.prisma.device.findMany({ orderBy: { createdAt: 'asc' } })).toMatchObject([
      { name: 'Demo Grill' },
      { name: 'Demo floor' },
    ]);
    expect((await tap('restaurant=r-9&role=floor')).status).toBe(404);
    expect((await tap('restaurant=r-1&role=kitchen&station=Bar')).status).toBe(404);
    expect((await tap('restaurant=r-1&role=chef')).status).toBe(400);
  } finally {
    await demo.database.drop();
  }
});
