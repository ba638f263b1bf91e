// Versions up to 2^63-1 keep all digits from the topic and the order API to the database, to operators and to screens.
import { afterEach, expect, test } from 'vitest';
import { createTopic, produce } from '../test/kafka.ts';
import { openOrderDoor, type OrderDoor } from '../test/order-door.ts';
import { allEnded, openPlatform, run, start, stop, withTopic } from '../test/topic-run.ts';
import { until } from '../test/until.ts';
import { readStoryRows } from './insight/story-rows.ts';
import { loadOrders } from './order/order-rows.ts';
import { Prisma } from './db/client.ts';
import { readOrder } from './operator/orders.ts';

withTopic();
let door: OrderDoor;
afterEach(() => door?.close());

const FIRST = 9_007_199_254_740_993n;
const HIGHEST = 2n ** 63n - 1n;

test('each is kept exactly, and its neighbours are told apart', async () => {
  await createTopic(run.topic);
  await openPlatform();
  door = await openOrderDoor(run.platform.url);
  let now = FIRST;
  door.answer = (_, response) =>
    response.end(
      `{"id":"o-${run.env}","version":${now},"restaurantId":"r-${run.env}","status":"PAID","table":"${now % 100n}",
      "items":[{"id":"l1","name":"Bhuna","quantity":1}]}`,
    );
  const id = `o-${run.env}`;
  const announce = (version: bigint) =>
    produce(run.topic, [{ key: id, value: `{"id":"${id}","status":"PAID","version":${version}}` }]);
  const ingest = await start({ orderApiUrl: door.url });
  await announce(FIRST);
  await allEnded(1);
  // One more, which a number of JavaScript does not tell from the first.
  now = FIRST + 1n;
  await announce(now);
  await allEnded(2);
  const row = await run.prisma.order.findUniqueOrThrow({ where: { id } });
  expect([row.version, row.table]).toEqual([now, '94']);
  // An answer that is one behind is lag.
  now = HIGHEST - 1n;
  await announce(HIGHEST);
  await until('it is parked', async () => (await run.prisma.parkedMessage.count({ where: { orderId: id } })) > 0);
  now = HIGHEST;
  await allEnded(3);
  await until('it is applied', async () => (await run.prisma.order.findUnique({ where: { id } }))?.version === HIGHEST);
  // Old ones are covered without a fetch, also after a restart.
  await stop(ingest);
  await start({ orderApiUrl: door.url });
  await announce(HIGHEST - 1n);
  await allEnded(4);
  expect(
    (await run.prisma.orderHistory.findMany({ where: { orderId: id }, orderBy: { seq: 'asc' } })).map(
      ({ kind, version }) => [kind, version],
    ),
  ).toEqual([
    ['APPLIED', FIRST],
    ['APPLIED', FIRST + 1n],
    ['APPLIED', HIGHEST],
    ['COVERED', HIGHEST],
  ]);
  expect((await run.prisma.parkedMessage.findFirstOrThrow({ where: { orderId: id } })).version).toBe(HIGHEST);
  expect(await readOrder(run.prisma, id)).toContain(`"version" : ${HIGHEST}`);
  expect(await readStoryRows(run.prisma, id)).toContain(`"${HIGHEST}"`);
  expect((await loadOrders(run.prisma, Prisma.sql`o.id = ${id}`))[0]!.version).toBe(String(HIGHEST));
});
