// The guests' address shows one order and nothing else to anybody with the link. It is rate-limited, and no cache keeps
// it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, makeRestaurant, type TestApp } from '../../test/app.ts';
import { GuestOrder } from '../protocol/guest.ts';
import { detail, event, item } from '../../test/made.ts';
import { arrived, startSettler, type TestSettler } from '../../test/pipeline.ts';

let app: TestApp;
let part: TestSettler;
beforeAll(async () => {
  app = await createTestApp();
  part = await startSettler(app.database.url);
  await makeRestaurant(app, 'r-1');
  await arrive('o-1', 1);
});
afterAll(async () => {
  await part?.stop();
  await app?.database.drop();
});

let offsets = 0;
const arrive = (id: string, version: number, more: object = {}) =>
  part.settler.settle(
    arrived(
      [event(version, { orderId: id, at: { offset: (offsets += 1) } })],
      detail(version, {
        id,
        placedAt: new Date().toISOString(),
        note: 'secret',
        items: [item('l1', { note: 'secret' })],
        ...more,
      }),
    ),
  );
const get = (token: string, method = 'GET') => app.app.request(`/guest/${token}.json`, { method });
const tokenOf = (id: string) => app.parts.guests.tokenOf(id);

test('a guest with the link sees the dishes, without any proof of who they are, and no cache keeps it', async () => {
  const answer = await get(tokenOf('o-1'));
  const text = await answer.text();
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(GuestOrder.parse(JSON.parse(text))).toMatchObject({
    state: 'open',
    dishes: [{ name: 'Dish l1', quantity: 1, state: 'coming' }],
  });
  expect(text).not.toContain('secret');
});

test("a changed link, another order's proof, and an order that nobody has are the same 404", async () => {
  const [id, proof] = tokenOf('o-1').split('.') as [string, string];
  const details = new Set<string>();
  for (const token of [
    `${id}.${'A'.repeat(22)}`,
    `${tokenOf('o-2').split('.')[0]}.${proof}`,
    tokenOf('o-2'),
    'x',
    `${id}.${proof}.x`,
  ]) {
    const answer = await get(token);
    expect([token, answer.status, answer.headers.get('content-type')]).toEqual([
      token,
      404,
      'application/problem+json',
    ]);
    details.add(((await answer.json()) as { detail: string }).detail);
  }
  expect(details.size).toBe(1);
});

test('a link tells nothing any more half a day after the order was done, nor after three days', async () => {
  await arrive('gone', 1);
  await app.prisma.$executeRaw`UPDATE orders SET closed_at = now() - interval '13 hours' WHERE id = 'gone'`;
  expect((await get(tokenOf('gone'))).status).toBe(404);
  await arrive('old', 1);
  await app.prisma.$executeRaw`UPDATE orders SET received_at = now() - interval '4 days' WHERE id = 'old'`;
  await app.prisma.$executeRaw`UPDATE tickets SET fired_at = now() - interval '4 days' WHERE order_id = 'old'`;
  expect((await get(tokenOf('old'))).status).toBe(404);
});

test('only looking is possible', async () => {
  expect((await get(tokenOf('o-1'), 'POST')).status).toBeGreaterThanOrEqual(403);
});

test('who asks too much is told when to come again; who guesses, sooner', async () => {
  const guesses = [];
  for (let i = 0; i < 40; i += 1) guesses.push((await get(`x.${'A'.repeat(22)}`)).status);
  expect([guesses[0], guesses.at(-1)]).toEqual([404, 429]);
  expect((await get(tokenOf('o-1'))).status).toBe(200);
  const answers = await Promise.all(Array.from({ length: 320 }, () => get(tokenOf('o-1'))));
  const refused = answers.find(({ status }) => status === 429);
  expect([
    answers.filter(({ status }) => status === 200).length > 100,
    Number(refused?.headers.get('retry-after')) > 0,
  ]).toEqual([true, true]);
});
