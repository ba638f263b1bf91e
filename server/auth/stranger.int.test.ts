// A stranger with a script, or a tablet that was carried off, gains nothing and costs next to nothing, and the server
// goes on answering everybody else.
import { connect as connectTcp } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { Pool } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, makeRestaurant, type TestApp } from '../../test/app.ts';
import { PROTOCOL_VERSION } from '../protocol/messages.ts';
import { makeDevice, makePerson, TEST_PASSWORD, type TestDevice, type TestPerson } from '../../test/people.ts';
import { type Served, serveApp } from '../../test/served.ts';

const TRIES = 10_000;
const MEGABYTE = 1024 * 1024;

let app: TestApp;
let served: Served;
let base: string;
let [tablet, spare]: TestDevice[] = [];
let [ana, bo, mia]: TestPerson[] = [];

beforeAll(async () => {
  app = await createTestApp();
  await makeRestaurant(app);
  await makeRestaurant(app, 'r-2');
  [tablet, spare] = [await makeDevice(app, 'r-1', 'expo'), await makeDevice(app, 'r-1', 'expo')];
  [ana, bo] = [
    await makePerson(app, 'Ana', { 'r-1': 'expo' }, { pin: '2580' }),
    await makePerson(app, 'Bo', { 'r-1': 'expo' }, { pin: '9071' }),
  ];
  mia = await makePerson(app, 'Mia', { 'r-1': 'manager' }, { password: TEST_PASSWORD });
  served = await serveApp(app);
  ({ base } = served);
});
afterAll(async () => {
  await served?.stop();
  await app?.database.drop();
});

const post = (at: string, body: object, cookie = '', headers: Record<string, string> = {}) =>
  fetch(base + at, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', origin: base, cookie, ...headers },
  });

/**
 * Many tries, some at a time.
 * @returns how often each status was answered, and the peak of memory in the second half of the tries above that in the
 * first, in MB: anything kept for each try would show there
 */
async function many(
  attempt: (i: number) => { at: string; body: object; cookie?: string },
): Promise<{ statuses: Record<number, number>; megabytes: number }> {
  // fetch takes five times as long for each try, in this very process.
  const client = new Pool(base, { connections: 20 });
  const statuses: Record<number, number> = {};
  const most = [0, 0];
  let next = 0;
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      while (next < TRIES) {
        const { at, body, cookie = '' } = attempt(next++);
        const answer = await client.request({
          method: 'POST',
          path: at,
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', origin: base, cookie },
        });
        await answer.body.dump();
        statuses[answer.statusCode] = (statuses[answer.statusCode] ?? 0) + 1;
        const half = next > TRIES / 2 ? 1 : 0;
        if (next % 500 === 0) most[half] = Math.max(most[half]!, process.memoryUsage().rss);
      }
    }),
  );
  await client.close();
  return { statuses, megabytes: (most[1]! - most[0]!) / MEGABYTE };
}

async function answersEverybody(): Promise<void> {
  expect((await fetch(`${base}/livez`)).status).toBe(200);
  expect((await fetch(`${base}/screen/api/${spare!.id}/staff`, { headers: { cookie: spare!.cookie } })).status).toBe(
    200,
  );
  expect((await fetch(`${base}/manage/api/me`, { headers: { cookie: await mia!.cookie() } })).status).toBe(200);
}

test(
  'ten thousand PINs: five are looked at, and then not even the right one; others go on',
  { timeout: 300_000 },
  async () => {
    const { statuses, megabytes } = await many((i) => ({
      at: `/screen/api/${tablet!.id}/staff/sign-in`,
      body: { personId: ana!.id, pin: String(i).padStart(4, '0') },
      cookie: tablet!.cookie,
    }));
    expect(statuses).toEqual({ 401: 5, 429: TRIES - 5 });
    expect(megabytes).toBeLessThan(100);
    const right = await post(
      `/screen/api/${tablet!.id}/staff/sign-in`,
      { personId: ana!.id, pin: '2580' },
      tablet!.cookie,
    );
    expect([right.status, Number(right.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(
      (await post(`/screen/api/${spare!.id}/staff/sign-in`, { personId: bo!.id, pin: '9071' }, spare!.cookie)).status,
    ).toBe(200);
    await answersEverybody();
  },
);

test('ten thousand codes pair nothing', { timeout: 300_000 }, async () => {
  const { code } = await app.parts.devices.create(
    { name: 'New', restaurantId: 'r-1', role: 'floor', stationId: null },
    'test',
    true,
  );
  const { statuses, megabytes } = await many((i) => ({
    at: '/auth/pair',
    body: {
      code: i
        .toString(32)
        .toUpperCase()
        .replaceAll(/[ILOU]/g, 'Z')
        .padStart(8, '0'),
    },
  }));
  expect(statuses).toEqual({ 404: 20, 429: TRIES - 20 });
  expect(megabytes).toBeLessThan(100);
  expect((await post('/auth/pair', { code })).status).toBe(429);
  await answersEverybody();
});

test(
  'ten thousand passwords for one account, and for many: sign-in is held, and nobody learns which accounts there are',
  { timeout: 300_000 },
  async () => {
    const { statuses, megabytes } = await many((i) => ({
      at: '/auth/sign-in',
      body: { email: i % 2 ? mia!.email : `nobody${i}@heard.example`, password: `guess number ${i}` },
    }));
    expect(Object.keys(statuses).sort()).toEqual(['401', '429']);
    expect(statuses[401]).toBeLessThanOrEqual(60);
    expect(megabytes).toBeLessThan(100);
    await answersEverybody();
  },
);

test('a cookie from before the sign-out, of another restaurant, or made up, gets nothing', async () => {
  const stolen = await mia!.cookie();
  const call = (cookie: string, restaurant = 'r-1') =>
    fetch(`${base}/manage/api/restaurants/${restaurant}/people`, { headers: { cookie } });
  expect((await call(stolen)).status).toBe(200);
  expect((await post('/auth/sign-out', {}, stolen)).status).toBe(204);
  for (const cookie of [
    '',
    stolen,
    `heard_session=${'A'.repeat(43)}`,
    'heard_session=x',
    `__Host-${stolen}`,
    `${tablet!.cookie}`,
  ])
    expect((await call(cookie)).status).toBe(401);
  expect((await call(await mia!.cookie(), 'r-2')).status).toBe(404);
  expect(
    (await fetch(`${base}/manager/people`, { headers: { cookie: stolen }, redirect: 'manual' })).headers.get(
      'location',
    ),
  ).toBe('/sign-in?next=%2Fmanager%2Fpeople');
});

const socketAs = (device: TestDevice) =>
  io(base, {
    transports: ['websocket'],
    reconnection: false,
    auth: { protocolVersion: PROTOCOL_VERSION, deviceId: device.id },
    extraHeaders: { cookie: device.cookie, origin: base },
  });
const ended = (socket: Socket) =>
  new Promise<string>((resolve) => {
    socket.on('disconnect', resolve).on('connect_error', ({ message }) => resolve(message));
  });

test(
  'malformed messages are refused one by one, an oversized one ends its own socket',
  { timeout: 60_000 },
  async () => {
    const before = process.memoryUsage().rss;
    const socket = socketAs(tablet!);
    await new Promise<void>((resolve) => {
      socket.on('connect', () => resolve());
    });
    const junk = [
      null,
      1,
      'x',
      [],
      {},
      { type: 'none' },
      { type: 'subscribe' },
      { type: 'command' },
      { type: 'command', command: { kind: 'bump', id: 'x' } },
      { type: 'shown', rev: 'x' },
      { type: 'find', text: 'x'.repeat(60_000) },
      { type: 'constructor' },
      { __proto__: { type: 'subscribe' } },
      Buffer.alloc(50_000),
    ];
    for (let i = 0; i < 20; i += 1) {
      for (const message of junk)
        expect(await socket.timeout(5000).emitWithAck('message', message)).toMatchObject({
          outcome: expect.stringMatching(/refused|unavailable/),
        });
    }
    expect(socket.connected).toBe(true);
    for (const event of ['', 'welcome', 'x'.repeat(1000)]) socket.emit(event || 'empty', { a: 1 });
    const gone = ended(socket);
    socket.emit('message', { type: 'find', text: 'x'.repeat(8 * MEGABYTE) });
    expect(await gone).toMatch(/transport/);
    const one = socketAs(tablet!);
    await new Promise<void>((resolve) => {
      one.on('connect', () => resolve());
    });
    one.close();
    expect((process.memoryUsage().rss - before) / MEGABYTE).toBeLessThan(100);
    await answersEverybody();
  },
);

test(
  'what is no HTTP, a body that never ends, and a client that says nothing more do not hold the server',
  { timeout: 60_000 },
  async () => {
    const { port } = served;
    const send = (text: string) =>
      new Promise<string>((resolve) => {
        const socket = connectTcp(port, '127.0.0.1', () => socket.write(text));
        let heard = '';
        socket
          .on('data', (data) => {
            heard += String(data);
          })
          .on('error', () => {})
          .on('close', () => resolve(heard));
      });
    const [nonsense, twice, endless, slow] = await Promise.all([
      send('\u0016\u0003\u0001 not http at all\r\n\r\n'),
      // Two servers on the way could disagree on the end of such a request (request smuggling).
      send(
        [
          'POST /auth/sign-out HTTP/1.1',
          `host: 127.0.0.1:${port}`,
          `origin: ${base}`,
          'content-length: 4',
          'transfer-encoding: chunked',
          '',
          '0',
          '',
          'GET /livez HTTP/1.1',
          '',
          '',
        ].join('\r\n'),
      ),
      send(
        [
          'POST /auth/sign-in HTTP/1.1',
          `host: 127.0.0.1:${port}`,
          `origin: ${base}`,
          'content-type: application/json',
          'transfer-encoding: chunked',
          'connection: close',
          '',
          '11170',
          'x'.repeat(70_000),
          '',
        ].join('\r\n'),
      ),
      // Its headers never end: it is cut off after 10 s, at the next check.
      send(`GET /livez HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nx-slow: `),
    ]);
    expect(nonsense).toMatch(/^HTTP\/1\.1 400/);
    expect([twice.slice(0, 12), twice.split('HTTP/1.1 ').length]).toEqual(['HTTP/1.1 400', 2]);
    expect(endless).toMatch(/^HTTP\/1\.1 413/);
    expect(slow).toMatch(/^HTTP\/1\.1 408/);
    expect((await fetch(`${base}/livez`, { headers: { 'x-big': 'x'.repeat(20_000) } })).status).toBe(431);
    await answersEverybody();
  },
);
