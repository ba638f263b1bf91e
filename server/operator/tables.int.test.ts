// The operators' lists and figures: pipeline, retry table and rejected messages; and nobody else may read them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, OPS_TOKEN, type TestApp } from '../../test/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
  const at = new Date('2026-11-23T12:00:00.000Z');
  const states = ['PARKED', 'PARKED', 'PARKED', 'FAILED', 'APPLIED', 'DISCARDED', 'SUPERSEDED', 'FAILED'];
  await app.prisma.parkedMessage.createMany({
    data: states.map((state, i) => ({
      orderId: i < 2 ? 'o-1' : `o-${i}`,
      incarnationId: 1,
      partition: 0,
      offset: BigInt(i),
      status: 'PAID',
      digest: Buffer.alloc(4),
      state,
      parkedAt: new Date(at.getTime() + i * 1000),
    })),
  });
  await app.prisma.missingMessages.createMany({
    data: [
      [0, 5, 9],
      [1, 0, 3],
    ].map(([partition = 0, from = 0, to = 0]) => ({
      incarnationId: 1,
      partition,
      fromOffset: BigInt(from),
      toOffset: BigInt(to),
      at,
    })),
  });
});
afterAll(() => app?.database.drop());

const pages = async (path: string) => {
  const rows = [];
  let cursor = '';
  for (let page = 0; page < 50; page += 1) {
    const { json, status } = await app.call('GET', `${path}${path.includes('?') ? '&' : '?'}cursor=${cursor}`);
    expect(status).toBe(200);
    rows.push(json.rows);
    if (json.nextCursor === null) return rows;
    cursor = json.nextCursor;
  }
  throw new Error('pages for ever');
};

test.each([
  {},
  { authorization: 'Bearer wrong-token-of-someone' },
  { authorization: OPS_TOKEN },
  { authorization: `Basic ${OPS_TOKEN}` },
])('without the token nothing is answered: %j', async (headers) => {
  for (const path of ['/metrics', '/api/v1/pipeline', '/api/v1/parked', '/api/v1/no-such-thing', '/api/v1/orders/x']) {
    const answer = await app.app.request(path, { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  }
});

test('the pipeline: lag is the sum of its partitions, and unknown is not zero', async () => {
  expect((await app.call('GET', '/api/v1/pipeline')).json).toEqual({
    lag: null,
    partitions: [],
    parkedOrders: 2,
    parkedMessages: 3,
    failedMessages: 2,
    rejectedMessages: 0,
    missingMessages: 7,
    oldestParkedAt: '2026-11-23T12:00:00.000Z',
    orderApi: { inFlight: 2, limit: 10, state: 'ok', reason: null },
    troubles: [],
  });
  app.pipeline.partitions = [
    { partition: 0, lag: 3, committed: 7, end: 10 },
    { partition: 1, lag: 2, committed: null, end: 2 },
  ];
  expect((await app.call('GET', '/api/v1/pipeline')).json).toMatchObject({
    lag: 5,
    partitions: [
      { partition: 0, lag: 3, committed: 7, end: 10 },
      { partition: 1, lag: 2, committed: null, end: 2 },
    ],
  });
  const metrics = await app.call('GET', '/metrics');
  expect(metrics.type).toContain('text/plain');
  expect(metrics.text).toContain(
    'kafka_consumergroup_lag{consumergroup="test_kds",topic="test_order_events",partition="1"} 2',
  );
  expect(metrics.text).toContain('kds_failed_messages 3');
  expect(metrics.text).toContain('kds_missing_messages 5');
});

test('the retry table in pages, each row once, oldest first', async () => {
  const found = await pages('/api/v1/parked?limit=3');
  expect(found.map((page) => page.length)).toEqual([3, 3, 2]);
  expect(found.flat().map((row) => row.offset)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(Object.keys(found.flat()[0])).toEqual([
    'id',
    'orderId',
    'partition',
    'offset',
    'state',
    'attempts',
    'nextAttemptAt',
    'lastError',
  ]);
  expect((await pages('/api/v1/parked?limit=8')).length).toBe(1);
});

test.each([
  ['state=FAILED', [3, 7]],
  ['state=FAILED,APPLIED', [3, 4, 7]],
  ['state=FAILED&state=DISCARDED', [3, 5, 7]],
  ['orderId=o-1', [0, 1]],
  ['orderId=o-3&state=FAILED', [3]],
  ['orderId=%00', []],
  ['state=&orderId=', [0, 1, 2, 3, 4, 5, 6, 7]],
])('the retry table by %s', async (query, offsets) => {
  expect((await pages(`/api/v1/parked?${query}`)).flat().map((row) => row.offset)).toEqual(offsets);
});

test.each(['limit=0', 'limit=101', 'limit=x', 'limit=-1', 'cursor=%00', 'cursor=YWZ0ZXI6LTE', 'state=parked'])(
  '%s answers 400 that says what is wrong',
  async (query) => {
    const { status, json } = await app.call('GET', `/api/v1/parked?${query}`);
    expect(status).toBe(400);
    expect(json.detail).toContain(query.split('=')[0]);
  },
);

test('retry and discard: done, no such row, not in this state', async () => {
  const row = await app.prisma.parkedMessage.findFirstOrThrow({ where: { state: 'FAILED' } });
  expect(await app.call('POST', `/api/v1/parked/${row.id}/retry`)).toMatchObject({
    status: 200,
    json: { id: String(row.id), orderId: 'o-3' },
  });
  expect((await app.call('POST', `/api/v1/parked/${row.id}/discard`)).status).toBe(200);
  expect(app.pipeline.asked).toEqual([`retry ${row.id} operator`, `discard ${row.id} operator`]);
  app.pipeline.retry = 'wrong-state';
  expect(await app.call('POST', `/api/v1/parked/${row.id}/retry`)).toMatchObject({
    status: 409,
    json: { state: 'FAILED' },
  });
  app.pipeline.retry = 'not-found';
  for (const id of ['999999', '0', 'x', '-1', '99999999999999999999'])
    expect((await app.call('POST', `/api/v1/parked/${id}/retry`)).status).toBe(404);
});

test('rejected messages keep their bytes, and a page of large ones is short but never empty', async () => {
  const row = (offset: number, key: Buffer | null, value: Buffer | null, headers = {}) => ({
    incarnationId: 1,
    partition: 1,
    offset: BigInt(offset),
    at: new Date('2026-11-23T12:00:00.000Z'),
    reason: 'not JSON',
    key: key && new Uint8Array(key),
    value: value && new Uint8Array(value),
    headers,
  });
  const bytes = Buffer.from([0, 255, 1, 128, 10, 13]);
  await app.prisma.rejectedMessage.createMany({
    data: [
      row(0, null, null),
      row(1, Buffer.alloc(0), bytes, { env: ['cHJl'] }),
      row(2, bytes, Buffer.alloc(7_000_000, 9)),
      row(3, bytes, bytes),
      row(4, bytes, Buffer.alloc(4_000_000)),
      row(5, bytes, Buffer.alloc(4_000_000)),
    ],
  });
  const found = await pages('/api/v1/rejected');
  expect(found.map((page) => page.map((one: { offset: number }) => one.offset))).toEqual([[0, 1], [2], [3, 4], [5]]);
  expect(found[0]?.[0]).toEqual({
    partition: 1,
    offset: 0,
    at: '2026-11-23T12:00:00.000Z',
    reason: 'not JSON',
    key: null,
    value: null,
    headers: {},
  });
  expect(found[0]?.[1]).toMatchObject({ key: '', value: bytes.toString('base64'), headers: { env: ['cHJl'] } });
  expect(Buffer.from(found[1]?.[0].value, 'base64').equals(Buffer.alloc(7_000_000, 9))).toBe(true);
  expect((await pages('/api/v1/rejected?limit=1')).length).toBe(6);
});

test('other methods answer 405 with what is allowed; other addresses 404; large bodies 413', async () => {
  expect(await app.call('DELETE', '/api/v1/settings')).toMatchObject({ status: 405, type: 'application/problem+json' });
  expect((await app.call('POST', '/api/v1/orders/x')).headers.get('allow')).toBe('GET, HEAD');
  expect(await app.call('GET', '/api/v1/nothing')).toMatchObject({ status: 404, type: 'application/problem+json' });
  expect(await app.call('PUT', '/api/v1/settings', ' '.repeat(70_000))).toMatchObject({
    status: 413,
    type: 'application/problem+json',
  });
});

test('readiness says what is missing; being alive needs nothing', async () => {
  expect((await app.app.request('/readyz')).status).toBe(200);
  app.pipeline.ready = { ready: false, reason: 'waiting for the topic test_order_events' };
  const answer = await app.app.request('/readyz');
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('waiting for the topic test_order_events');
  expect((await app.app.request('/livez')).status).toBe(200);
});
