// Orders known to fail by themselves get their tries, and hold up nobody.
import { expect, test } from 'vitest';
import { turns } from '../../test/made.ts';
import {
  answerFor,
  come,
  failAmongOthers,
  failFor,
  fetchOf,
  openIds,
  pass,
  service,
  sourceOf,
  withService,
} from '../../test/order-service.ts';
import type { DetailSource } from './detail-source.ts';

withService();

/** Makes orders that are to blame. */
async function poison(source: DetailSource, ids: string[]): Promise<void> {
  for (const id of ids) {
    expect((await failAmongOthers(source, id, 'ORDER_API_UNAVAILABLE')).result).toMatchObject({
      ok: false,
      outage: false,
    });
    await pass(2100);
  }
}

test('orders that fail by themselves hold a quarter of the requests at most, travel alone, and take no part of the appetite', async () => {
  const source = sourceOf(8, 4);
  const ids = Array.from({ length: 6 }, (_, i) => `poison-${i}`);
  await poison(source, ids);
  expect([source.appetite, source.retryWidth]).toEqual([64, 4]);
  for (const id of ids) fetchOf(source, id, { urgent: true });
  for (let i = 0; i < 40; i += 1) fetchOf(source, `o-${i}`);
  await turns();
  const alone = () => openIds().filter((id) => id.startsWith('poison'));
  expect([alone().length, service.open.length, source.appetite, source.retryWidth]).toEqual([2, 8, 70, 10]);
  expect(openIds().every((id) => id.startsWith('poison') || !id.includes('poison'))).toBe(true);
  for (
    let fresh = openIds().findIndex((id) => id.startsWith('o-'));
    fresh >= 0;
    fresh = openIds().findIndex((id) => id.startsWith('o-'))
  ) {
    service.answer(fresh);
    await pass(1);
    expect(alone()).toHaveLength(2);
  }
  while (service.open.length) {
    service.answer();
    await pass(1);
  }
  // Those that got through are like all others again.
  for (const id of ids.slice(0, 4)) fetchOf(source, id);
  await turns();
  expect(openIds()).toEqual([ids.slice(0, 4).join()]);
});

test('orders that time out together while others got through are no outage', async () => {
  const source = sourceOf(10);
  const results = Array.from({ length: 8 }, (_, i) => fetchOf(source, `poison-${i}`));
  await turns();
  await pass(1000);
  await come(source, 'sound');
  await pass(1000);
  for (let i = 0; i < 8; i += 1) await failFor(`poison-${i}`, 'ORDER_API_UNAVAILABLE');
  expect([source.status.state, source.status.limit]).toEqual(['ok', 7]);
  await answerFor('sound');
  expect(results.map(({ result }) => result)).toMatchObject(results.map(() => ({ ok: false, outage: false })));
});

test('poisoned orders that fail one after another, with nobody else asked for in between, are no outage', async () => {
  const source = sourceOf(8);
  const ids = Array.from({ length: 6 }, (_, i) => `poison-${i}`);
  await poison(source, ids);
  const results = ids.map((id) => fetchOf(source, id));
  await turns();
  for (let i = 0; i < 6; i += 1) {
    const id = openIds().find((one) => one.startsWith('poison'))!;
    await failFor(id, 'ORDER_API_UNAVAILABLE');
    expect(source.status).toMatchObject({ limit: 8, state: 'ok' });
  }
  while (service.open.length) {
    service.answer();
    await pass(1);
  }
  expect(results.map(({ result }) => result)).toMatchObject(ids.map(() => ({ ok: false, outage: false })));
});

test('with one request at a time, both go on: four healthy orders for each that fails', async () => {
  const source = sourceOf(1);
  const poisoned = ['poison-0', 'poison-1', 'poison-2'];
  await poison(source, poisoned);
  const before = service.asked.length;
  for (const id of poisoned) fetchOf(source, id, { urgent: true });
  for (let i = 0; i < 9; i += 1) fetchOf(source, `o-${i}`);
  await turns();
  while (service.open.length) {
    if (openIds()[0]!.startsWith('poison')) service.fail('ORDER_API_UNAVAILABLE');
    else service.answer();
    await pass(1);
  }
  const asked = service.asked.slice(before).flat();
  expect(asked.flatMap((id, i) => (id.startsWith('poison') ? [i] : []))).toEqual([0, 5, 10]);
});

test('with one request at a time, one that holds it for long rests three times as long, and then has its turn', async () => {
  const source = sourceOf(1);
  await poison(source, ['poison']);
  const [first, second] = [fetchOf(source, 'poison'), fetchOf(source, 'poison')];
  await pass(2000);
  await failFor('poison', 'ORDER_API_UNAVAILABLE');
  while (service.open.length) {
    service.answer();
    await pass(1);
  }
  expect(first.result).toMatchObject({ ok: false, outage: false });
  await pass(5900);
  expect(openIds()).toEqual([]);
  await pass(200);
  await answerFor('poison');
  expect(second.result?.ok).toBe(true);
});

test('an order that failed in an outage gives no sign of another one, and is blamed when it goes on', async () => {
  const source = sourceOf(10);
  await come(source, 'first');
  const ids = Array.from({ length: 5 }, (_, i) => `poison-${i}`);
  for (const id of ids) fetchOf(source, id);
  await turns();
  for (const id of ids) await failFor(id, 'ORDER_API_UNAVAILABLE');
  expect(source.status.state).toBe('down');
  await pass(300);
  await answerFor('first');
  const results = ids.map((id) => fetchOf(source, id));
  for (let i = 0; i < 40; i += 1) fetchOf(source, `o-${i}`);
  await turns();
  for (let i = 0; i < 200 && service.open.length; i += 1) {
    if (openIds()[0]!.startsWith('poison')) service.fail('ORDER_API_UNAVAILABLE');
    else service.answer();
    await pass(1);
    expect(source.status.state).not.toBe('down');
  }
  expect(results.map(({ result }) => result)).toMatchObject(ids.map(() => ({ ok: false, outage: false })));
});
