// The platform in process, without a broker, as callers of its order API see it.
import { afterEach, expect, test } from 'vitest';
import { Platform, type PlatformOptions } from './platform.ts';

let platform: Platform;
const started = async (options: Partial<PlatformOptions> = {}) =>
  (platform = await new Platform({ appEnv: 'dev', seed: 7, ...options }).listen());
afterEach(() => platform.close());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${platform.url}/orders${path}`, { headers, signal: AbortSignal.timeout(1500) });
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: (await response.json()) as any,
  };
};
const dinner = { restaurantId: 'r-1', table: '4', items: [{ name: 'Bhuna', quantity: 2 }, { name: 'Pilau Rice' }] };

test('an order is answered whole, as it now is, and announced by thin messages under its id', async () => {
  await started();
  const { id } = platform.place({ ...dinner, id: 'o/1 ä' });
  platform.change(id, { kind: 'add', items: [{ name: 'Naan' }] });
  platform.change(id, { kind: 'vanish', line: 'l3' });
  platform.change(id, { kind: 'add', items: [{ name: 'Raita' }] });
  platform.change(id, 'pay');
  const { status, body } = await get(`/${encodeURIComponent(id)}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    id,
    version: 5,
    status: 'PAID',
    table: '4',
    items: [{ id: 'l1', name: 'Bhuna', quantity: 2 }, { id: 'l2' }, { name: 'Raita' }],
  });
  await platform.flush();
  expect(
    platform
      .sent()
      .map(({ key, value, headers }) => [key, JSON.parse(value).status, JSON.parse(value).version, headers]),
  ).toEqual([1, 2, 3, 4, 5].map((version) => [id, version === 5 ? 'PAID' : 'PLACED', version, { env: 'dev' }]));
});

test('the multi-get answers what it finds, and can be switched off', async () => {
  await started();
  const [a, b] = [platform.place(dinner), platform.place(dinner)];
  const { body } = await get(`?ids=${a.id},nobody,${b.id}`);
  expect(body.orders.map(({ id }: { id: string }) => id).sort()).toEqual([a.id, b.id].sort());
  expect(platform.callsFor('nobody')).toBe(1);
  platform.turn({ multiGet: false });
  expect((await get(`?ids=${a.id}`)).status).toBe(404);
});

test('a lagging replica answers from the past', async () => {
  let now = 1_000_000;
  await started({ now: () => now, dials: { replicaLagMs: 3000 } });
  const { id } = platform.place(dinner);
  expect((await get(`/${id}`)).status).toBe(404);
  now += 2000;
  platform.change(id, 'cancel');
  now += 1000;
  expect((await get(`/${id}`)).body).toMatchObject({ version: 1, status: 'PLACED' });
  now += 2000;
  expect((await get(`/${id}`)).body).toMatchObject({ version: 2, status: 'CANCELED' });
});

test('every kind of failure can be had', async () => {
  await started({ token: 'secret' });
  const { id } = platform.place(dinner);
  const authorization = { authorization: 'Bearer secret' };
  expect((await get(`/${id}`)).status).toBe(401);
  const only = { 500: 0, 503: 0, 429: 0, 404: 0, reset: 0, cut: 0, timeout: 0 };
  for (const kind of [500, 503, 429, 404] as const) {
    platform.turn({ errors: { ...only, [kind]: 1 }, retryAfterS: 2 });
    const { status, retryAfter } = await get(`/${id}`, authorization);
    expect([status, retryAfter]).toEqual([kind, kind === 503 || kind === 429 ? '2' : null]);
  }
  for (const kind of ['reset', 'cut', 'timeout'] as const) {
    platform.turn({ errors: { ...only, [kind]: 1 } });
    await expect(get(`/${id}`, authorization)).rejects.toThrow();
  }
  platform.turn({ errors: only, outage: 'refuse' });
  await expect(get(`/${id}`, authorization)).rejects.toThrow();
  platform.turn({ outage: null, emptyRate: 1 });
  expect((await get(`/${id}`, authorization)).body.items ?? []).toEqual([]);
  expect(platform.traffic.inFlight).toBe(0);
});

test('one order can be given answers of its own, for some requests or until it is healed', async () => {
  await started();
  const { id } = platform.place(dinner);
  platform.answer(id, { status: 503, headers: { 'retry-after': '9' } }, 2);
  platform.answer(id, { body: { id, status: 'PAID' } });
  const statuses = [await get(`/${id}`), await get(`/${id}`), await get(`/${id}`)];
  expect(statuses.map(({ status }) => status)).toEqual([503, 503, 200]);
  expect(statuses[2]?.body).toEqual({ id, status: 'PAID' });
  platform.heal(id);
  expect((await get(`/${id}`)).body.version).toBe(1);
  expect(platform.callsFor(id)).toBe(4);
});

test('the most requests in flight are counted, and overload is answered with 503', async () => {
  await started({ dials: { latencyMs: { min: 50, max: 50 }, overloadAt: 3 } });
  const { id } = platform.place(dinner);
  const answers = await Promise.all(Array.from({ length: 5 }, () => get(`/${id}`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 503, 503]);
  expect(platform.traffic.maxInFlight).toBeGreaterThan(3);
});

test('replays and jobs send messages again, and an archived order is there when it is asked for', async () => {
  await started();
  const { id } = platform.place(dinner);
  platform.change(id, 'pay');
  await platform.flush();
  expect(platform.replay(10)).toBe(2);
  platform.startJob({ messages: 3000, of: 'archived' });
  await platform.flush();
  expect(platform.messagesSent).toBe(3004);
  expect(platform.job).toEqual({ done: 3000, total: 3000 });
  const last = JSON.parse(platform.sent(1)[0]!.value) as { id: string; version: number };
  expect((await get(`/${last.id}`)).body).toMatchObject({ id: last.id, version: last.version, status: 'COMPLETED' });
  platform.startJob({ messages: 5, of: 'touched' });
  await platform.flush();
  expect((await get(`/${id}`)).body.version).toBe(7);
});
