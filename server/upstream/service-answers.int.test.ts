// What order services and the proxies before them answer with: encodings, byte order marks, redirects, web pages, and
// caches that answer out of their store.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { OrderApi } from './order-api.ts';

const servers: Server[] = [];
const apis: OrderApi[] = [];
afterEach(async () => {
  await Promise.all(apis.splice(0).map((api) => api.stop()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
function apiOf(host: string, options: { token?: string; path?: string } = {}): OrderApi {
  const api = new OrderApi({
    url: `http://${host}${options.path ?? ''}`,
    token: options.token,
    timeoutMs: 2000,
    connections: 10,
  });
  apis.push(api);
  return api;
}

const order = {
  id: 'o-1',
  version: 3,
  restaurantId: 'r-1',
  status: 'PAID',
  items: [{ id: 'l1', name: 'Crème brûlée', quantity: 1 }],
};
const json = JSON.stringify(order);

test('a service that asks for a pause, behind a cache that has an answer, is given it', async () => {
  const host = await serve((request, response) => {
    if (!request.url!.includes('nocache')) response.writeHead(200, { age: '40' }).end(json);
    else response.writeHead(429, { 'retry-after': '7' }).end();
  });
  await expect(apiOf(host).one('o-1')).rejects.toMatchObject({ code: 'ORDER_API_THROTTLED', retryAfterMs: 7000 });
});

test('asks past caches, and for encodings that it can read', async () => {
  let seen: Record<string, unknown> = {};
  const host = await serve((request, response) => {
    seen = request.headers;
    response.end(json);
  });
  await apiOf(host, { token: 'secret' }).one('o-1');
  expect(seen).toMatchObject({
    'accept-encoding': 'gzip, br, deflate',
    'cache-control': 'no-cache',
    authorization: 'Bearer secret',
  });
});

const encodings: [string, Buffer][] = [
  ['gzip', gzipSync(json)],
  ['x-gzip', gzipSync(json)],
  ['br', brotliCompressSync(json)],
  ['deflate', deflateSync(json)],
  ['deflate', deflateRawSync(json)],
  ['deflate, GZIP', gzipSync(deflateSync(json))],
  ['identity', Buffer.from(json)],
  ['', Buffer.from(`\uFEFF${json}`)],
  ['gzip', gzipSync(`\uFEFF${json}`)],
];
test.each(encodings)('reads an answer in %s', async (encoding, body) => {
  const host = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding }).end(body);
  });
  expect((await apiOf(host).one('o-1')).items[0]).toMatchObject({ name: 'Crème brûlée' });
});

const bomb = Buffer.alloc(64 << 20, ' ');
const unreadable: [string, Buffer, string, string][] = [
  ['gzip', gzipSync(bomb), 'ORDER_MALFORMED', 'answered more than 8388608 bytes'],
  ['br', brotliCompressSync(bomb), 'ORDER_MALFORMED', 'answered more than 8388608 bytes'],
  ['gzip', gzipSync(json).subarray(0, 40), 'ORDER_API_UNAVAILABLE', 'cannot be decoded'],
  ['gzip', Buffer.from(json), 'ORDER_API_UNAVAILABLE', 'cannot be decoded'],
  ['zstd', Buffer.from(json), 'ORDER_API_UNAVAILABLE', 'its encoding zstd is not known'],
  ['gzip, gzip, gzip, gzip', gzipSync(json), 'ORDER_API_UNAVAILABLE', 'encoded 4 times'],
];
test.each(unreadable)('tells a body in %s that cannot be read', async (encoding, body, code, words) => {
  const host = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': encoding }).end(body);
  });
  const failure = await apiOf(host)
    .one('o-1')
    .catch((error: unknown) => error as Error);
  expect(failure).toMatchObject({ code });
  expect((failure as Error).message).toContain(words);
  expect((failure as Error).message).toContain(host);
});

test.each([301, 302, 303, 307, 308])('follows a %i on the same origin, with the token', async (status) => {
  const host = await serve(({ url, headers }, response) => {
    if (url === '/v1/orders/o-1') response.writeHead(status, { location: '../../v2/orders/o-1?x=1' }).end();
    else if (url === '/v2/orders/o-1?x=1' && headers.authorization === 'Bearer secret') response.end(json);
    else response.writeHead(404).end();
  });
  expect((await apiOf(host, { token: 'secret', path: '/v1/' }).one('o-1')).version).toBe(3);
});

test('names another origin, and sends the token nowhere else', async () => {
  const asked: unknown[] = [];
  const elsewhere = await serve((request, response) => {
    asked.push(request.headers);
    response.end(json);
  });
  const host = await serve((_, response) => {
    response.writeHead(307, { location: `http://user:password@${elsewhere}/orders/o-1?key=secret` }).end();
  });
  const failure = await apiOf(host, { token: 'secret' })
    .one('o-1')
    .catch((error: unknown) => error as Error);
  expect(failure).toMatchObject({ code: 'ORDER_API_UNAVAILABLE' });
  const { message } = failure as Error;
  expect(message).toContain(`${host} answered 307, a redirect to http://${elsewhere}, which is not followed`);
  expect(message).not.toContain('password');
  expect(message).not.toContain('key=');
  expect(asked).toEqual([]);
});

test('a loop of redirects ends, and so does one to nowhere', async () => {
  let asked = 0;
  const host = await serve(({ url }, response) => {
    asked += 1;
    response.writeHead(302, url === '/orders/none' ? {} : { location: url! }).end();
  });
  await expect(apiOf(host).one('o-1')).rejects.toMatchObject({
    code: 'ORDER_API_UNAVAILABLE',
    message: expect.stringContaining('redirects more than 5 times') as string,
  });
  expect(asked).toBe(6);
  await expect(apiOf(host).one('none')).rejects.toMatchObject({ code: 'ORDER_API_UNAVAILABLE' });
});

test.each([
  [200, 'text/html; charset=utf-8', '<!doctype html><h1>Maintenance</h1>', 'a web page (text/html)'],
  [200, 'application/json', '\uFEFF \n<html>', 'a web page'],
  [401, 'application/json', '{}', 'answered 401: it refuses ORDER_API_TOKEN'],
  [403, 'text/html', '<html>', 'answered 403: it refuses ORDER_API_TOKEN'],
  [502, 'text/html', '<html>', 'answered 502'],
])('%i with %s is never the fault of an order', async (status, type, body, words) => {
  const host = await serve((_, response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  const expected = {
    code: 'ORDER_API_UNAVAILABLE',
    message: expect.stringMatching(new RegExp(`${host}.*`)) as string,
  };
  const api = apiOf(host, { token: 'secret' });
  await expect(api.one('o-1')).rejects.toMatchObject(expected);
  await expect(api.many(['o-1', 'o-2'])).rejects.toMatchObject(expected);
  await expect(api.one('o-1')).rejects.toThrow(words);
});

test('a cache that answers all the same is passed by an address that it does not have', async () => {
  const store = new Map<string, { status: number; body: string; at: number }>();
  let answer = { status: 404, body: '{}' };
  const host = await serve(({ url }, response) => {
    const hit = store.get(url!);
    if (!hit) store.set(url!, { ...answer, at: Date.now() });
    const { status, body } = hit ?? answer;
    response.writeHead(status, hit ? { age: '90' } : {}).end(body);
  });
  const api = apiOf(host);
  await expect(api.one('o-1')).rejects.toMatchObject({ code: 'ORDER_BEHIND' });
  answer = { status: 200, body: json };
  expect(await api.one('o-1')).toMatchObject({ version: 3 });
  answer = { status: 200, body: JSON.stringify({ ...order, version: 4 }) };
  const fresh = await api.one('o-1');
  expect(fresh.version).toBe(4);
  expect(fresh.ageSeconds).toBeUndefined();
});

test('an answer out of a cache that nothing passes by is told with its age', async () => {
  const host = await serve((_, response) => {
    response.writeHead(200, { age: '90' }).end(json);
  });
  expect(await apiOf(host).one('o-1')).toMatchObject({ version: 3, ageSeconds: 90 });
  const none = await serve((_, response) => {
    response.writeHead(200, { age: '0' }).end(json);
  });
  expect((await apiOf(none).one('o-1')).ageSeconds).toBeUndefined();
});
