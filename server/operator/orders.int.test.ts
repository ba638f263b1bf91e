// GET /api/v1/orders/{id} against real rows.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, makeRestaurant, type TestApp } from '../../test/app.ts';

let app: TestApp;
let stations: { id: string; name: string }[];
let offset = 0n;
beforeAll(async () => {
  app = await createTestApp();
  ({ stations } = await makeRestaurant(app));
});
afterAll(() => app?.database.drop());

const at = new Date('2026-11-23T12:00:00.120Z');
const get = (id: string) => app.call('GET', `/api/v1/orders/${encodeURIComponent(id)}`);

async function order(id: string) {
  const [grill, range] = stations;
  if (!grill || !range) throw new Error('the restaurant has no stations');
  const [first, second] = [randomUUID(), randomUUID()];
  await app.prisma.order.create({
    data: { id, restaurantId: 'r-1', number: 'A1', status: 'PAID', version: 3n, receivedAt: at, changedAt: at },
  });
  await app.prisma.ticket.createMany({
    data: [
      { id: second, orderId: id, stationId: range.id, firing: 2, state: 'open', firedAt: at },
      { id: first, orderId: id, stationId: grill.id, firing: 1, state: 'bumped', firedAt: at },
    ],
  });
  const line = (lineId: string, position: number, ticketId: string, stationId: string, more = {}) => ({
    orderId: id,
    id: lineId,
    position,
    name: `Dish ${lineId}`,
    quantity: 2,
    state: 'waiting',
    addedAt: at,
    ticketId,
    stationId,
    ...more,
  });
  await app.prisma.lineItem.createMany({
    data: [
      line('l9', 0, first, grill.id),
      line('l1', 1, second, range.id, { voided: true, state: 'voided', quantity: 0.5 }),
      line('l5', 2, first, grill.id),
    ],
  });
  return { first, second };
}
const history = (orderId: string, kind: string, more = {}) =>
  app.prisma.orderHistory.create({
    data: {
      orderId,
      at,
      kind,
      status: 'PAID',
      version: 3n,
      incarnationId: 1,
      partition: 2,
      offset: (offset += 1n),
      digest: Buffer.alloc(4),
      ...more,
    },
  });
const parked = (orderId: string, state: string) =>
  app.prisma.parkedMessage.create({
    data: {
      orderId,
      incarnationId: 1,
      partition: 2,
      offset: (offset += 1n),
      status: 'PAID',
      digest: Buffer.alloc(4),
      state,
      attempts: 3,
      nextAttemptAt: at,
      lastError: 'behind',
      parkedAt: at,
    },
  });

test('an order is answered whole: items and tickets in their order, its messages without redeliveries', async () => {
  const { first, second } = await order('o-1');
  const applied = await history('o-1', 'APPLIED');
  await history('o-1', 'COVERED', { redelivery: true });
  const covered = await history('o-1', 'COVERED', { version: null, status: null });
  const row = await parked('o-1', 'FAILED');
  const { status, json, type } = await get('o-1');
  expect(status).toBe(200);
  expect(type).toBe('application/json');
  expect(json).toEqual({
    id: 'o-1',
    restaurantId: 'r-1',
    number: 'A1',
    status: 'PAID',
    version: 3,
    items: [
      { id: 'l9', name: 'Dish l9', quantity: 2, voided: false, station: 'Grill', state: 'waiting' },
      { id: 'l1', name: 'Dish l1', quantity: 0.5, voided: true, station: 'Range', state: 'voided' },
      { id: 'l5', name: 'Dish l5', quantity: 2, voided: false, station: 'Grill', state: 'waiting' },
    ],
    tickets: [
      { id: first, station: 'Grill', state: 'bumped', itemIds: ['l9', 'l5'] },
      { id: second, station: 'Range', state: 'open', itemIds: ['l1'] },
    ],
    history: [
      {
        at: '2026-11-23T12:00:00.120Z',
        kind: 'APPLIED',
        status: 'PAID',
        version: 3,
        partition: 2,
        offset: Number(applied.offset),
      },
      {
        at: '2026-11-23T12:00:00.120Z',
        kind: 'COVERED',
        status: null,
        version: null,
        partition: 2,
        offset: Number(covered.offset),
      },
    ],
    parked: [
      {
        id: String(row.id),
        partition: 2,
        offset: Number(row.offset),
        state: 'FAILED',
        attempts: 3,
        nextAttemptAt: '2026-11-23T12:00:00.120Z',
        lastError: 'behind',
      },
    ],
  });
});

test('a line that the kitchen has in parts is one item: their sum, and as far as the part that is the least far', async () => {
  const { first, second } = await order('parts');
  const line = await app.prisma.lineItem.findUniqueOrThrow({
    where: { orderId_id: { orderId: 'parts', id: 'l9' } },
    select: { orderId: true, position: true, name: true, stationId: true, ticketId: true, addedAt: true },
  });
  const part = (id: string, partOf: string, more: { state: string; quantity: number; voided?: boolean }) =>
    app.prisma.lineItem.create({ data: { ...line, ticketId: second, ...more, id, partOf } });
  await app.prisma.lineItem.update({
    where: { orderId_id: { orderId: 'parts', id: 'l9' } },
    data: { state: 'served', quantity: 0.1 },
  });
  await part('l9+2', 'l9', { state: 'ready', quantity: 0.2 });
  await part('l9+3', 'l9', { state: 'cooking', quantity: 1 });
  await part('l9+4', 'l9', { state: 'voided', voided: true, quantity: 7 });
  await part('l1+2', 'l1', { state: 'voided', voided: true, quantity: 3 });
  const { json } = await get('parts');
  expect(json).toMatchObject({
    items: [
      { id: 'l9', name: 'Dish l9', quantity: 1.3, voided: false, station: 'Grill', state: 'cooking' },
      { id: 'l1', name: 'Dish l1', quantity: 3.5, voided: true, state: 'voided' },
      { id: 'l5', quantity: 2, voided: false, state: 'waiting' },
    ],
    tickets: [
      { id: first, itemIds: ['l9', 'l5'] },
      { id: second, itemIds: ['l9', 'l1'] },
    ],
  });
});

test('an order that only the retry table knows has a null status and empty lists', async () => {
  await parked('o-2', 'PARKED');
  const { status, json } = await get('o-2');
  expect(status).toBe(200);
  expect(json).toMatchObject({
    id: 'o-2',
    restaurantId: null,
    number: null,
    status: null,
    version: null,
    items: [],
    tickets: [],
    history: [],
    parked: [{ state: 'PARKED' }],
  });
});

test('its discarded message is no history of an order that the kitchen never had', async () => {
  await parked('o-3', 'DISCARDED');
  await history('o-3', 'DISCARDED');
  expect((await get('o-3')).json).toMatchObject({ status: null, history: [], parked: [{ state: 'DISCARDED' }] });
});

const awkward = [
  'a/b',
  '50%',
  '%2F',
  'q?x=1',
  'h#1',
  'sp ace',
  '+plus',
  '漢字',
  '😀',
  '😀/%25',
  '"q"',
  'semi;colon',
  '<b>',
  'back\\slash',
  "o'brien",
  '{x}',
  'NULL',
  '-1',
  '%',
  '%zz',
  'ü-ö',
  ':id',
  '*',
  'x'.repeat(64),
];
test.each(awkward)('the id %j is found, and is not another one', async (id) => {
  await app.prisma.order.create({ data: { id, restaurantId: 'r-1', status: 'PLACED', receivedAt: at, changedAt: at } });
  expect(await get(id)).toMatchObject({ status: 200, json: { id } });
});

test.each(['no-such-order', 'nul\0', '..%2f'])('the unknown id %j answers 404', async (id) => {
  expect(await get(id)).toMatchObject({
    status: 404,
    type: 'application/problem+json',
    json: { status: 404, title: 'Not Found' },
  });
});

test('it is cheap, since it is polled: some questions to the database, not one for each row', async () => {
  const took = async (work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  const [asked, bare]: [number[], number[]] = [[], []];
  for (let i = 0; i < 100; i += 1) {
    asked.push(await took(() => get('o-1')));
    bare.push(await took(() => app.prisma.$queryRaw`SELECT 1`));
  }
  const median = (times: number[]) => times.toSorted((a, b) => a - b)[50]!;
  expect(median(asked) / median(bare)).toBeLessThan(25); // 3 to 6 are usual
});
