// The order API's answers: which failures are the service's, which are one order's, and how long it asks to wait.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Platform } from '../../simulator/platform.ts';
import { OrderApi } from './order-api.ts';
import { retryAfter } from './service-get.ts';

let platform: Platform;
let api: OrderApi;
beforeEach(async () => {
  platform = await new Platform({ appEnv: 'dev' }).listen();
  api = new OrderApi({ url: platform.url, token: undefined, timeoutMs: 150, connections: 10 });
});
afterEach(async () => {
  await api.stop();
  await platform.close();
});

test('each kind of failure has its code, and Retry-After comes with it', async () => {
  const { id } = platform.place({ restaurantId: 'r-1', items: [{ name: 'Naan' }] }, { silent: true });
  expect((await api.one(id)).id).toBe(id);
  // An id cannot lead the request to another address.
  for (const awkward of ['../orders', 'a/b?c=d#e', '%2e%2e', '@evil.example']) {
    platform.place({ id: awkward, restaurantId: 'r-1', items: [{ name: 'Naan' }] }, { silent: true });
    expect((await api.one(awkward)).id).toBe(awkward);
  }
  const cases = [
    [{ status: 429, headers: { 'retry-after': '7' } }, 'ORDER_API_THROTTLED', 7000],
    [{ status: 429 }, 'ORDER_API_THROTTLED', undefined],
    [{ status: 503, headers: { 'retry-after': '2' } }, 'ORDER_API_UNAVAILABLE', 2000],
    [{ fault: 'reset' }, 'ORDER_API_UNAVAILABLE', undefined],
    [{ fault: 'cut', body: { id } }, 'ORDER_API_UNAVAILABLE', undefined],
    [{ fault: 'timeout' }, 'ORDER_API_UNAVAILABLE', undefined],
    [{ status: 500 }, 'ORDER_API_FAILED', undefined],
    [{ status: 404 }, 'ORDER_BEHIND', undefined],
    [{ body: '<html>' }, 'ORDER_API_UNAVAILABLE', undefined],
    [{ body: '[' }, 'ORDER_MALFORMED', undefined],
  ] as const;
  for (const [answer, code, retryAfterMs] of cases) {
    platform.answer(id, answer, 1);
    await expect(api.one(id), JSON.stringify(answer)).rejects.toMatchObject({ code, retryAfterMs });
  }
  expect((await api.one(id)).id).toBe(id);
});

test('Retry-After is seconds or a date, and never in the past', () => {
  const now = Date.UTC(2026, 10, 23, 12);
  expect(
    ['3', '0', new Date(now + 5000).toUTCString(), new Date(now - 5000).toUTCString(), 'soon', '', undefined].map(
      (header) => retryAfter(header, now),
    ),
  ).toEqual([3000, 0, 5000, 0, undefined, undefined, undefined]);
});
