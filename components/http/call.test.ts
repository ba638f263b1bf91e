// The caller against a real HTTP server: answers, problems, and texts that are neither.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeviceList } from '../../server/protocol/devices.ts';
import { call, CallError } from './call.ts';

const device = {
  id: 'd-1',
  name: 'Tablet',
  role: 'kitchen',
  station: 'Grill',
  staffMinutes: 60,
  createdAt: '2026-11-03T12:00:00.000Z',
  pairedAt: null,
  pairingUntil: null,
  present: null,
};
const good = { devices: [device], stations: ['Grill'] };

let server: Server;
let base: string;
/** Status 0: the connection is cut; 1: nothing is answered. */
let answer: { status: number; type: string; text: string };
let asked: { method?: string | undefined; accept?: string | undefined; type?: string | undefined; body: string };
let errors: string[];

const json = (value: unknown, status = 200, type = 'application/json') => {
  answer = { status, type, text: JSON.stringify(value) };
};
const failure = async (work: Promise<unknown>): Promise<CallError> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CallError);
  return error as CallError;
};

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const { method, headers } = request;
      asked = { method, accept: headers.accept, type: headers['content-type'], body };
      if (answer.status === 0) return response.destroy();
      if (answer.status === 1) return undefined;
      return response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  errors = [];
  vi.spyOn(console, 'error').mockImplementation((text: string) => void errors.push(text));
});
afterEach(() => vi.restoreAllMocks());

describe('an answer', () => {
  it('is returned as its schema says', async () => {
    json(good);
    expect(await call(DeviceList, 'GET', `${base}/devices`)).toEqual(good);
    expect(asked).toEqual({ method: 'GET', accept: 'application/json', type: undefined, body: '' });
    expect(errors).toEqual([]);
  });

  it('may have fields that the page does not know', async () => {
    json({ ...good, devices: [{ ...device, battery: 0.4 }], next: 'page' });
    expect(await call(DeviceList, 'GET', `${base}/devices`)).toEqual(good);
    expect(errors).toEqual([]);
  });

  it('without a field that the page needs counts as no answer, and the console names the field', async () => {
    const { role: _, ...without } = device;
    json({ ...good, devices: [device, { ...without, name: 7 }] });
    expect(await failure(call(DeviceList, 'GET', `${base}/devices?secret=1`))).toMatchObject({ status: 0, detail: '' });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(`GET ${base}/devices: the answer cannot be read: `);
    expect(errors[0]).toContain('devices.1.role: ');
    expect(errors[0]).toContain('devices.1.name: invalid_type');
    expect(errors[0]).not.toContain('secret');
  });

  it.each([
    ['a page of a proxy', '<html>', 'text/html'],
    ['half of a document', '{"devices": [', 'application/json'],
    ['nothing', '', 'application/json'],
  ])('that is not JSON but %s cannot be read', async (_, text, type) => {
    answer = { status: 200, type, text };
    expect((await failure(call(DeviceList, 'GET', `${base}/devices`))).status).toBe(0);
    expect(errors).toEqual([`GET ${base}/devices: the answer is not JSON`]);
  });

  it('that is not wanted is not read', async () => {
    answer = { status: 204, type: 'text/plain', text: '' };
    expect(await call(null, 'PUT', `${base}/devices/d-1`, { body: { name: 'Pass' } })).toBeUndefined();
    expect(asked).toEqual({
      method: 'PUT',
      accept: 'application/json',
      type: 'application/json',
      body: '{"name":"Pass"}',
    });
    expect(errors).toEqual([]);
  });
});

describe('a refusal', () => {
  it('says which fields are wrong, and when to come again', async () => {
    const wrong = [{ field: 'pin', message: 'is too easy', code: 'easy' }];
    json({ title: 'Bad', detail: 'pin: is too easy', errors: wrong, more: 1 }, 400, 'application/problem+json');
    expect(await failure(call(null, 'POST', `${base}/people`, { body: {} }))).toMatchObject({
      status: 400,
      detail: 'pin: is too easy',
      errors: wrong,
      retryAfterSeconds: 0,
    });
    json({ detail: 'Too many tries.', retryAfterSeconds: 90 }, 429, 'application/problem+json');
    expect(await failure(call(DeviceList, 'GET', `${base}/devices`))).toMatchObject({
      status: 429,
      errors: [],
      retryAfterSeconds: 90,
    });
    expect(errors).toEqual([]);
  });

  it('keeps its status where the document cannot be read', async () => {
    json({ detail: 'Gone.', errors: 'all' }, 410, 'application/problem+json');
    expect(await failure(call(DeviceList, 'GET', `${base}/devices`))).toMatchObject({ status: 410, detail: '' });
    expect(errors).toEqual([`GET ${base}/devices, problem 410: the answer cannot be read: errors: invalid_type`]);
    answer = { status: 502, type: 'text/html', text: '<h1>Bad gateway</h1>' };
    expect(await failure(call(DeviceList, 'GET', `${base}/devices`))).toMatchObject({ status: 502, detail: '' });
    expect(errors).toHaveLength(1);
  });
});

describe('no answer', () => {
  it('is status 0: cut off, too late, or given up', async () => {
    answer = { status: 0, type: '', text: '' };
    expect((await failure(call(DeviceList, 'GET', `${base}/devices`))).status).toBe(0);
    json(good, 1);
    expect((await failure(call(DeviceList, 'GET', `${base}/devices`, { patienceMs: 50 }))).status).toBe(0);
    expect((await failure(call(DeviceList, 'GET', `${base}/devices`, { signal: AbortSignal.abort() }))).status).toBe(0);
    expect(errors).toEqual([]);
  });
});
