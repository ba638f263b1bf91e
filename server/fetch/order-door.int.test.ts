// What stands before a platform's order API: caches, maintenance pages, sign-ins. From a real topic to a real database.
import { afterEach, expect, test } from 'vitest';
import { createTopic } from '../../test/kafka.ts';
import { cacheBefore, openOrderDoor, type OrderDoor } from '../../test/order-door.ts';
import { allEnded, expectTruth, openPlatform, order, run, start, withTopic } from '../../test/topic-run.ts';
import { until } from '../../test/until.ts';
import { createLogger } from '../logger.ts';

withTopic();
let door: OrderDoor;
afterEach(() => door?.close());

const statusOf = async (id: string) => (await run.prisma.order.findUnique({ where: { id } }))?.status;
const attempts = async () =>
  (await run.prisma.parkedMessage.findMany({ where: { restaurantId: `r-${run.env}` } })).map((row) => row.attempts);

test.each([{ deaf: false }, { deaf: true }])(
  'a cancelled order is fresh behind a cache of minutes, %o',
  async (kind) => {
    await createTopic(run.topic);
    await openPlatform();
    door = await openOrderDoor(run.platform.url);
    door.answer = cacheBefore(run.platform.url, kind);
    await start({ orderApiUrl: door.url });
    const { id } = run.platform.place(order());
    await run.platform.flush();
    await until('the order is there', async () => (await statusOf(id)) === 'PLACED');
    run.platform.change(id, { kind: 'move', table: '31' });
    await run.platform.flush();
    await until('its table moved', async () => {
      const row = await run.prisma.order.findUnique({ where: { id } });
      return row?.table === '31';
    });
    run.platform.change(id, 'cancel');
    await run.platform.flush();
    await allEnded(3);
    expect(await statusOf(id)).toBe('CANCELED');
    expect(await attempts()).toEqual([]);
  },
);

const page = '<!doctype html><h1>We are back soon</h1>';
test.each([
  ['a web page', 200, 'a web page (text/html)'],
  ['a refused token', 401, 'answered 401'],
  ['a sign-in', 302, 'a redirect to https://login.example'],
])('%s for the very first order is an outage with a reason', async (_, status, words) => {
  await createTopic(run.topic);
  await openPlatform();
  door = await openOrderDoor(run.platform.url);
  door.answer = (_request, response) => {
    response
      .writeHead(status, { 'content-type': 'text/html', location: 'https://login.example/in?next=/orders' })
      .end(page);
  };
  const lines: { message: string | undefined; reason: unknown }[] = [];
  const log = Object.assign(createLogger('silent'), {
    warn: (fields: { reason?: unknown }, message?: string) => {
      lines.push({ message, reason: fields.reason });
    },
  });
  const ingest = await start({ orderApiUrl: door.url, log });
  const { id } = run.platform.place(order());
  await run.platform.flush();
  await until('it is known', () => ingest.source.status.state === 'down');
  const { reason } = ingest.source.status;
  expect(reason).toContain(door.host);
  expect(reason).toContain(words);
  expect(lines.filter(({ message }) => message === 'the order API is down')).toEqual([
    { message: 'the order API is down', reason },
  ]);
  expect(await attempts()).toEqual([]);
  door.answer = null;
  await allEnded(1);
  await expectTruth([id]);
  expect(ingest.source.status).toMatchObject({ state: 'slow', reason: null });
});
