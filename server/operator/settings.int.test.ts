// Settings between processes, each with the real bus and alone.
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Bus } from '../db/bus.ts';
import { createLogger } from '../logger.ts';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { Settings } from './settings.ts';

const log = createLogger('silent');
let app: TestApp;
const running: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  app = await createTestApp({ ORDER_API_CONCURRENCY: '10' });
});
afterEach(async () => {
  for (const part of running.splice(0).toReversed()) await part.stop();
});
afterAll(() => app?.database.drop());

async function process(bus: Pick<Bus, 'on' | 'publish'>): Promise<Settings> {
  const settings = new Settings({ prisma: app.prisma, bus, log, defaults: { orderApiConcurrency: 10 } });
  await settings.start();
  running.push(settings);
  return settings;
}
const realBus = async () => {
  const bus = new Bus({ databaseUrl: app.database.url, log });
  await bus.start();
  running.push(bus);
  return bus;
};
const deafBus = { on: () => () => {}, publish: () => {} };

test('a limit holds here at once, after a hint elsewhere, without one within 5 s, and after a restart', async () => {
  const [here, there, deaf] = [await process(await realBus()), await process(await realBus()), await process(deafBus)];
  const changed = vi.fn<() => void>();
  const unsubscribe = there.onChange(changed);
  await here.put({ orderApiConcurrency: 3 }, 'operator');
  expect(here.orderApiConcurrency()).toBe(3);
  await vi.waitFor(() => expect(there.orderApiConcurrency()).toBe(3), { timeout: 900 });
  await vi.waitFor(() => expect(deaf.orderApiConcurrency()).toBe(3), { timeout: 5000 });
  expect(changed).toHaveBeenCalledTimes(1);
  expect((await process(deafBus)).orderApiConcurrency()).toBe(3);
  unsubscribe();
  await here.put({ orderApiConcurrency: null }, 'operator');
  expect(here.orderApiConcurrency()).toBe(10);
  await vi.waitFor(() => expect(deaf.orderApiConcurrency()).toBe(10), { timeout: 5000 });
  expect(changed).toHaveBeenCalledTimes(1);
  expect(
    await app.prisma.auditEntry.findMany({ where: { action: 'settings.put' }, orderBy: { id: 'asc' } }),
  ).toMatchObject([{ detail: { from: null, to: 3 } }, { detail: { from: 3, to: null } }]);
});

test('a value that a setting cannot have does not hold', async () => {
  await app.prisma.setting.create({ data: { key: 'orderApiConcurrency', value: 'many' } });
  expect((await process(deafBus)).orderApiConcurrency()).toBe(10);
  await app.prisma.setting.deleteMany();
});

test('over HTTP: what is set, and what cannot be', async () => {
  expect((await app.call('GET', '/api/v1/settings')).json).toEqual({ orderApiConcurrency: null });
  expect(await app.call('PUT', '/api/v1/settings', { orderApiConcurrency: 4 })).toMatchObject({
    status: 200,
    json: { orderApiConcurrency: 4 },
  });
  expect((await app.call('GET', '/api/v1/settings')).json).toEqual({ orderApiConcurrency: 4 });
  for (const body of [
    {},
    { orderApiConcurrency: 0 },
    { orderApiConcurrency: 10_001 },
    { orderApiConcurrency: 1.5 },
    { orderApiConcurrency: '4' },
    { orderApiConcurrency: 4, other: 1 },
    null,
    '',
  ]) {
    expect(await app.call('PUT', '/api/v1/settings', body)).toMatchObject({
      status: 400,
      type: 'application/problem+json',
    });
  }
  expect(app.parts.settings.orderApiConcurrency()).toBe(4);
  expect((await app.call('PUT', '/api/v1/settings', { orderApiConcurrency: null })).json).toEqual({
    orderApiConcurrency: null,
  });
});
