// The real HTTP server on loopback: which pages see which device, headers that no browser may set, and a database that
// is away.
import { request, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createPrisma } from '../db/client.ts';
import type { HttpServer } from './http.ts';
import { createTestApp, makeRestaurant, OPS_TOKEN, type TestApp } from '../../test/app.ts';
import { baseOf, makeTestHttp } from '../../test/served.ts';

let app: TestApp;
let base: string;
const servers: HttpServer[] = [];
beforeAll(async () => {
  app = await createTestApp();
  await makeRestaurant(app);
  base = await serve();
});
afterAll(async () => {
  for (const server of servers) await server.stop();
  await app?.database.drop();
});

/** A server whose pages answer with the request headers that they were rendered with. */
async function serve(more: Partial<Parameters<typeof makeTestHttp>[1]> = {}): Promise<string> {
  const config = { ...app.parts.config, ...more.config, http: { ...(more.config ?? app.parts.config).http, port: 0 } };
  const http = makeTestHttp(app, {
    nextHandler: async (incoming, response) => {
      response.end(JSON.stringify({ headers: incoming.headers, raw: incoming.rawHeaders }));
    },
    ...more,
    config,
  });
  await http.start();
  servers.push(http);
  return baseOf(http);
}
const get = (path: string, headers: Record<string, string> = {}, from = base) =>
  fetch(from + path, { headers, redirect: 'manual' });
const decoded = (header: string) => JSON.parse(Buffer.from(header, 'base64url').toString());
async function paired(more: object) {
  const { json } = await app.call('POST', '/api/v1/devices', { name: 'Tablet', restaurantId: 'r-1', ...more });
  const answer = await get(new URL(json.url).pathname);
  return { id: json.id as string, cookie: (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '' };
}
/** The device whose screen a page was rendered for, or where the browser was sent. */
async function shown(path: string, cookie: string) {
  const answer = await get(path, { cookie });
  return answer.status === 302
    ? answer.headers.get('location')
    : decoded((await answer.json()).headers['x-heard-screen']).deviceId;
}

test("a page is rendered for the browser's device of its role and station: the latest, or the one named", async () => {
  const [grill, range, floor, again] = [
    await paired({ role: 'kitchen', station: 'Grill' }),
    await paired({ role: 'kitchen', station: 'Range' }),
    await paired({ role: 'floor' }),
    await paired({ role: 'kitchen', station: 'Grill' }),
  ];
  const cookie = [grill, range, floor, again].map((device) => device.cookie).join('; ');
  expect(await shown('/kitchen/Grill', cookie)).toBe(again.id);
  expect(await shown('/kitchen/gRiLL?x=1', cookie)).toBe(again.id);
  expect(await shown(`/kitchen/Grill?device=${grill.id}`, cookie)).toBe(grill.id);
  expect(await shown('/kitchen/Range', cookie)).toBe(range.id);
  expect(await shown('/floor', cookie)).toBe(floor.id);
  expect(await shown('/manager', cookie)).toBe('/sign-in?next=%2Fmanager');
  for (const path of ['/expo', '/kitchen/Bar', '/kitchen/%E0%A4%A', `/floor?device=${grill.id}`])
    expect(await shown(path, cookie)).toBe('/not-paired');
  expect(await shown('/kitchen/Range', grill.cookie)).toBe('/not-paired');
  expect(await shown('/floor', '')).toBe('/not-paired');
  await app.call('DELETE', `/api/v1/devices/${again.id}`);
  expect(await shown('/kitchen/Grill', cookie)).toBe(grill.id);
  const used = await get('/floor', { cookie });
  expect(used.headers.get('set-cookie')).toContain(`${floor.cookie}; Path=/; Max-Age=34560000`);
  const front = decoded((await (await get('/', { cookie })).json()).headers['x-heard-screens']);
  expect(front.map((screen: { deviceId: string }) => screen.deviceId)).toEqual([floor.id, range.id, grill.id]);
});

test('no browser can say which screen it is', async () => {
  const forged = {
    'x-heard-screen': 'eyJyb2xlIjoibWFuYWdlciJ9',
    'X-Heard-Screens': 'x',
    'x-heard-demo': 'x',
    'x-heard-person': 'x',
    'content-security-policy': 'script-src *',
  };
  expect((await get('/manager', forged)).status).toBe(302);
  for (const path of ['/not-paired', '/_next/static/a.js', '/']) {
    const { headers, raw } = await (await get(path, forged)).json();
    expect(headers['x-heard-screen']).toBeUndefined();
    for (const name of ['x-heard-demo', 'x-heard-person']) expect(headers[name]).toBeUndefined();
    expect(headers['content-security-policy'] ?? '').not.toContain('*');
    expect(headers['x-heard-screens']).toBe(path === '/' ? Buffer.from('[]').toString('base64url') : undefined);
    expect(raw.filter((text: string) => /^x-heard-/i.test(text))).toHaveLength(path === '/' ? 1 : 0);
  }
});

test('a limit by address holds whatever a client claims, and for each client behind trusted proxies', async () => {
  const open = (from: string, headers: Record<string, string>) =>
    fetch(`${from}/auth/link`, {
      method: 'POST',
      body: JSON.stringify({ secret: 'A'.repeat(43) }),
      headers: { origin: from, 'content-type': 'application/json', ...headers },
    });
  const statuses = async (from: string, headers: (i: number) => Record<string, string>) =>
    (await Promise.all(Array.from({ length: 31 }, (_, i) => open(from, headers(i))))).filter(
      ({ status }) => status === 429,
    ).length;
  const proxied = await serve({
    config: { ...app.parts.config, http: { ...app.parts.config.http, trustedProxies: ['loopback'] } },
  });
  expect(
    await statuses(base, (i) => ({
      'x-forwarded-for': `203.0.113.${i}`,
      'x-heard-client': `203.0.113.${i}`,
      forwarded: `for=203.0.113.${i}`,
      'x-real-ip': `203.0.113.${i}`,
    })),
  ).toBe(1);
  expect(await statuses(proxied, (i) => ({ 'x-forwarded-for': `198.51.100.${i}` }))).toBe(0);
  expect(
    await statuses(proxied, (i) => ({
      'x-forwarded-for': `192.0.2.${i}, 203.0.113.9`,
      'x-heard-client': `192.0.2.${i}`,
    })),
  ).toBe(1);
});

test("the demo's front page knows what can be opened", async () => {
  const demo = await serve({ config: { ...app.parts.config, demo: true } });
  const { headers } = await (await get('/', {}, demo)).json();
  expect(decoded(headers['x-heard-demo'])).toEqual({
    restaurants: [{ id: 'r-1', name: 'The First', stations: [{ name: 'Grill' }, { name: 'Range' }] }],
  });
});

test('of more than ten device cookies those of devices that are gone are taken away, and no others', async () => {
  const floor = await paired({ role: 'floor' });
  const dead = Array.from(
    { length: 10 },
    (_, i) => `heard_device_${String(i).padStart(8, '0')}-1111-4111-8111-111111111111=${'A'.repeat(43)}`,
  );
  expect(
    (await get('/floor', { cookie: [floor.cookie, ...dead.slice(1)].join('; ') })).headers.getSetCookie(),
  ).toHaveLength(1);
  const cookies = (await get('/floor', { cookie: [floor.cookie, ...dead].join('; ') })).headers.getSetCookie();
  expect(cookies.filter((cookie) => cookie.includes('Max-Age=0'))).toHaveLength(10);
  expect(cookies.filter((cookie) => cookie.startsWith(floor.cookie))).toHaveLength(1);
});

test('every answer has the headers that keep it from being framed, sniffed or leaked', async () => {
  for (const path of ['/livez', '/api/v1/pipeline', '/manager', '/', '/pair/x']) {
    const { headers } = await get(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect([
      headers.get('x-frame-options'),
      headers.get('cross-origin-opener-policy'),
      headers.get('cross-origin-resource-policy'),
    ]).toEqual(['DENY', 'same-origin', 'same-origin']);
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(/script-src [^;]*unsafe|default-src [^;]*unsafe/.test(headers.get('content-security-policy') ?? '')).toBe(
      false,
    );
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-powered-by')).toBeNull();
  }
  for (const path of ['/floor', '/sign-in', '/pair', '/invite', '/account']) {
    const posted = await fetch(base + path, {
      method: 'POST',
      body: new URLSearchParams({ password: 'seven copper pans' }),
    });
    expect([
      posted.status,
      posted.headers.get('allow'),
      posted.headers.get('content-type'),
      await posted.text(),
    ]).toEqual([405, 'GET, HEAD', 'text/plain; charset=utf-8', 'A page can only be looked at.\n']);
  }
});

test('over https, answers say so for two years and cookies keep to it, whatever a proxy says', async () => {
  const secure = await serve({
    config: { ...app.parts.config, http: { ...app.parts.config.http, publicUrl: 'https://kitchen.example' } },
  });
  const forged = { 'x-forwarded-proto': 'http', 'x-forwarded-host': 'evil.example' };
  for (const path of ['/livez', '/', '/nothing'])
    expect((await get(path, forged, secure)).headers.get('strict-transport-security')).toBe(
      'max-age=63072000; includeSubDomains',
    );
  const out = (from: string, origin: string, headers: object) =>
    fetch(`${from}/auth/sign-out`, { method: 'POST', headers: { origin, ...headers } });
  expect((await out(secure, 'https://kitchen.example', forged)).status).toBe(204);
  expect([
    (await out(secure, 'https://evil.example', forged)).status,
    (await out(base, base, { 'x-forwarded-proto': 'https' })).headers.get('set-cookie'),
  ]).toEqual([403, 'heard_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax']);
});

test('a request without a body is taken over the wire, whatever its method', async () => {
  const { id } = await paired({ role: 'floor' });
  const revoke = () =>
    fetch(`${base}/api/v1/devices/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${OPS_TOKEN}` } });
  expect((await revoke()).status).toBe(204);
  expect(
    (
      await fetch(`${base}/api/v1/parked/1/retry`, {
        method: 'POST',
        headers: { authorization: `Bearer ${OPS_TOKEN}` },
      })
    ).status,
  ).toBe(404);
});

test('an awkward id arrives whole over the wire, and a large body is refused however it is sent', async () => {
  const at = new Date();
  const authorization = `Bearer ${OPS_TOKEN}`;
  for (const id of ['a/b', '50%', '%2F', 'q?x=1', '😀 #1', '//x', 'a/../b']) {
    await app.prisma.order.create({
      data: { id, restaurantId: 'r-1', status: 'PLACED', receivedAt: at, changedAt: at },
    });
    expect(await (await get(`/api/v1/orders/${encodeURIComponent(id)}`, { authorization })).json()).toMatchObject({
      id,
    });
  }
  const put = (body: BodyInit, more: object = {}) =>
    fetch(`${base}/api/v1/settings`, { method: 'PUT', headers: { authorization }, body, ...more });
  expect((await put('x'.repeat(70_000))).status).toBe(413);
  const stream = new ReadableStream({
    start(controller) {
      for (let i = 0; i < 20; i += 1) controller.enqueue(Buffer.alloc(10_000));
      controller.close();
    },
  });
  expect((await put(stream, { duplex: 'half' })).status).toBe(413);
});

/** The address of a database that takes connections and never answers. */
async function silentDatabase() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `postgresql://x:x@127.0.0.1:${(server.address() as AddressInfo).port}/x`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test.each(['refuses connections', 'never answers'])(
  'a database that %s: screens, probes and operators are told so in time',
  { timeout: 40_000 },
  async (how) => {
    const silent = await silentDatabase();
    if (how === 'refuses connections') silent.close();
    const prisma = createPrisma(silent.url, { poolSize: 2 });
    const away = await serve({ prisma });
    const timed = async (path: string, headers = {}) => {
      const began = Date.now();
      const answer = await get(path, headers, away);
      return {
        status: answer.status,
        text: await answer.text(),
        type: answer.headers.get('content-type'),
        ms: Date.now() - began,
      };
    };
    const cookie = `heard_device_11111111-1111-4111-8111-111111111111=${'A'.repeat(43)}`;
    for (let i = 0; i < 3; i += 1) {
      const ready = await timed('/readyz');
      expect(ready).toMatchObject({ status: 503, text: expect.stringContaining('database') });
      expect(ready.ms).toBeLessThan(3000);
    }
    const page = await timed('/floor', { cookie });
    expect(page).toMatchObject({ status: 503, text: expect.stringContaining('database') });
    expect(page.ms).toBeLessThan(4000);
    const order = await timed('/api/v1/orders/x', { authorization: `Bearer ${OPS_TOKEN}` });
    expect(order).toMatchObject({ status: 503, type: 'application/problem+json' });
    expect(order.ms).toBeLessThan(9000);
    expect((await timed('/livez')).status).toBe(200);
    expect((await timed('/metrics', { authorization: `Bearer ${OPS_TOKEN}` })).status).toBe(200);
    silent.close();
    await prisma.$disconnect();
  },
);

test(
  'a database that freezes in mid-conversation: everybody is answered in time, and again when it goes on',
  { timeout: 40_000 },
  async () => {
    const target = new URL(app.database.url);
    const sockets = new Set<Socket>();
    let frozen = false;
    const between = createServer((socket) => {
      const inner = connect(Number(target.port), target.hostname);
      for (const end of [socket, inner]) sockets.add(end.on('error', () => {}));
      socket.on('data', (data) => void (frozen || inner.write(data)));
      inner.pipe(socket);
    });
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
    const url = new URL(target);
    url.port = String((between.address() as AddressInfo).port);
    const prisma = createPrisma(url.href);
    const away = await serve({ prisma });
    const authorization = `Bearer ${OPS_TOKEN}`;
    const cookie = `heard_device_11111111-1111-4111-8111-111111111111=${'A'.repeat(43)}`;
    const timed = async (path: string) => {
      const began = Date.now();
      const { status } = await get(path, { authorization, cookie }, away);
      return { status, ms: Date.now() - began };
    };
    const paths = ['/readyz', '/floor', '/api/v1/orders/x'];
    expect((await Promise.all(paths.map(timed))).map(({ status }) => status)).toEqual([200, 302, 404]);
    frozen = true;
    const [ready, page, order] = await Promise.all(paths.map(timed));
    expect([ready?.status, page?.status, order?.status]).toEqual([503, 503, 503]);
    for (const [answer, most] of [
      [ready, 3000],
      [page, 4000],
      [order, 9000],
    ] as const)
      expect(answer?.ms).toBeLessThan(most);
    frozen = false;
    await vi.waitFor(
      async () => expect((await Promise.all(paths.map(timed))).map(({ status }) => status)).toEqual([200, 302, 404]),
      { timeout: 15_000, interval: 500 },
    );
    await prisma.$disconnect();
    for (const socket of sockets) socket.destroy();
    between.close();
  },
);

test('a session ended by the database in mid-request means it is away; a refused statement is our fault', async () => {
  const put = () => app.call('PUT', '/api/v1/settings', { orderApiConcurrency: 5 });
  await app.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`LOCK TABLE settings IN ACCESS EXCLUSIVE MODE`;
    const waiting = put();
    await vi.waitFor(async () =>
      expect(
        (
          await app.prisma.$queryRaw<unknown[]>`
            SELECT pg_terminate_backend(pid)
            FROM pg_stat_activity
            WHERE wait_event_type = 'Lock' AND datname = current_database()
          `
        ).length,
      ).toBe(1),
    );
    expect((await waiting).status).toBe(503);
  });
  expect((await put()).status).toBe(200);
  await app.prisma.$executeRaw`ALTER TABLE settings RENAME TO settings_away`;
  expect((await put()).status).toBe(500);
  await app.prisma.$executeRaw`ALTER TABLE settings_away RENAME TO settings`;
});

test('stopping ends idle and busy connections within 2 s, and an address that is taken is told', async () => {
  const stuck = await serve({ nextHandler: () => new Promise(() => {}) });
  const server = servers.at(-1);
  const port = Number(new URL(stuck).port);
  const taken = makeTestHttp(app, {
    config: { ...app.parts.config, http: { ...app.parts.config.http, port, publicUrl: stuck } },
    nextHandler: async () => {},
  });
  await expect(taken.start()).rejects.toThrow('EADDRINUSE');
  const idle = connect(port, '127.0.0.1');
  const busy = new Promise<unknown>((resolve) => {
    request(`${stuck}/not-paired`, (answer: IncomingMessage) => resolve(answer.statusCode))
      .on('error', resolve)
      .end();
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const began = Date.now();
  await server?.stop();
  expect(Date.now() - began).toBeLessThan(2500);
  expect(await busy).toBeInstanceOf(Error);
  idle.destroy();
  await expect(get('/livez', {}, stuck)).rejects.toThrow();
});
