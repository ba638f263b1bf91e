// Failures in the detail source: the order's or the service's, the orders asked for meanwhile, and how soon all goes on.
import { expect, test } from 'vitest';
import type { ErrorCode } from '../errors.ts';
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
import type { FetchResult } from './fetch-queue.ts';

withService();

// ---- the service asks for less

test('the first 429 pauses everything until Retry-After, and is held against nobody', async () => {
  const source = sourceOf(3);
  const results = ['a', 'b', 'c', 'd'].map((id) => fetchOf(source, id));
  await turns();
  await failFor('a', 'ORDER_API_THROTTLED', 3000);
  expect([openIds(), source.status.state]).toEqual([['b', 'c'], 'slow']);
  // Requests in flight end, and bring no more of it.
  await answerFor('b');
  await answerFor('c');
  await pass(2950);
  expect([openIds(), results.map(({ result }) => result?.ok)]).toEqual([[], [undefined, true, true, undefined]]);
  await pass(100);
  // One at first, as after an outage, and the one that was refused.
  expect([openIds(), source.status]).toEqual([['a'], { inFlight: 1, limit: 1, state: 'slow', reason: null }]);
  await answerFor('a');
  await answerFor('d');
  expect(results.map(({ result }) => result?.ok)).toEqual([true, true, true, true]);
});

test('a minute is the longest that a 429 can ask for', async () => {
  const source = sourceOf(3);
  fetchOf(source, 'a');
  await turns();
  await failFor('a', 'ORDER_API_THROTTLED', 3_600_000);
  await pass(59_900);
  expect(openIds()).toEqual([]);
  await pass(200);
  expect(openIds()).toEqual(['a']);
});

test('a 429 without Retry-After shrinks the limit once, and pauses shortly', async () => {
  const source = sourceOf(10);
  for (let i = 0; i < 10; i += 1) fetchOf(source, `o-${i}`);
  await turns();
  for (let i = 0; i < 4; i += 1) await failFor(`o-${i}`, 'ORDER_API_THROTTLED');
  expect([source.status.limit, service.open.length]).toEqual([7, 6]);
  await pass(130);
  expect(openIds().slice(6)).toEqual([expect.stringMatching(/^o-[0-3]$/)]);
});

test('429 for ever and for everyone is answered to nobody, and asked less and less often', async () => {
  const source = sourceOf(10);
  const results = Array.from({ length: 10 }, (_, i) => fetchOf(source, `o-${i}`));
  await turns();
  for (let s = 0; s < 60; s += 1) {
    while (service.open.length) {
      service.fail('ORDER_API_THROTTLED');
      await turns(3);
    }
    await pass(1000);
  }
  expect(results.every(({ result }) => result === undefined)).toBe(true);
  expect([service.asked.length < 80, source.status.state]).toEqual([true, 'slow']);
  for (let s = 0; s < 10; s += 1) {
    while (service.open.length) {
      service.answer();
      await turns(3);
    }
    await pass(1000);
  }
  expect(results.every(({ result }) => result?.ok)).toBe(true);
});

test('an order that is refused again and again while others get through pauses alone, then fails by itself, and asked for anew it makes nobody else wait', async () => {
  const source = sourceOf(4);
  await come(source, 'sound');
  const step = async (id: string) => {
    fetchOf(source, id);
    await pass(1100);
    while (service.open.length) {
      if (openIds()[0] === 'o-refused') service.fail('ORDER_API_THROTTLED', 0, 1000);
      else service.answer();
      await turns(6);
    }
  };
  const refused = fetchOf(source, 'o-refused');
  for (let i = 0; i < 12 && !refused.result; i += 1) await step(`o-${i}`);
  expect(refused.result).toMatchObject({ ok: false, outage: false });
  const again = fetchOf(source, 'o-refused');
  await turns();
  while (service.open.length) {
    if (openIds()[0] === 'o-refused') service.fail('ORDER_API_THROTTLED', 0, 60_000);
    else service.answer();
    await turns(6);
  }
  await come(source, 'healthy');
  expect([again.result, source.status.state]).toMatchObject([{ ok: false, outage: false }, 'ok']);
});

test('the ids of a multi-get that was refused with 429 stay together', async () => {
  const source = sourceOf(2, 4);
  for (const id of ['a', 'b', 'c']) fetchOf(source, id);
  await turns();
  service.fail('ORDER_API_THROTTLED', 0, 500);
  await pass(530);
  expect(service.asked).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
  ]);
});

test("a 503 with Retry-After pauses everything once it is the service's, and never for one order", async () => {
  const source = sourceOf(5);
  for (let i = 0; i < 20; i += 1) {
    const poisoned = await failAmongOthers(source, 'o-poison', 'ORDER_API_UNAVAILABLE', 30_000);
    expect([poisoned.result?.ok, source.status.state]).toEqual([false, 'ok']);
  }
  for (let i = 0; i < 5; i += 1) fetchOf(source, `p-${i}`);
  await turns();
  for (let i = 0; i < 5; i += 1) await failFor(`p-${i}`, 'ORDER_API_UNAVAILABLE', 3000);
  fetchOf(source, 'next');
  await pass(2950);
  expect(openIds()).toEqual([]);
  await pass(100);
  expect(service.open).toHaveLength(1);
});

// ---- one order that fails, or the service

const poisons: [string, ErrorCode][] = [
  ['500', 'ORDER_API_FAILED'],
  ['time-outs, cut answers and 503', 'ORDER_API_UNAVAILABLE'],
  ['answers that are no order', 'ORDER_MALFORMED'],
  ['404', 'ORDER_BEHIND'],
];
for (const [kind, code] of poisons) {
  test(`an order that fails by itself (${kind}) among healthy ones is blamed each time, and nothing else changes`, async () => {
    const source = sourceOf(10);
    for (let i = 0; i < 10; i += 1) {
      const poisoned = await failAmongOthers(source, 'o-poison', code);
      expect(poisoned.result).toMatchObject({ ok: false, outage: false, error: { code } });
      expect(source.status).toEqual({ inFlight: 0, limit: 10, state: 'ok', reason: null });
    }
    expect(service.asked.filter(([id]) => id === 'o-poison')).toHaveLength(10);
  });

  test(`an order that fails by itself (${kind}) in a silent kitchen is told by one that came not long ago`, async () => {
    const source = sourceOf(10);
    await come(source, 'first');
    for (let i = 0; i < 10; i += 1) {
      const poisoned = fetchOf(source, 'o-poison');
      await turns();
      await failFor('o-poison', code);
      // Lag looks like 404: it needs no witness while few orders are missing.
      if (code !== 'ORDER_BEHIND') await answerFor('first');
      expect(poisoned.result).toMatchObject({ ok: false, outage: false });
    }
    expect(source.status.state).toBe('ok');
  });

  test(`nobody is blamed for an outage (${kind} for everyone), from the first failure on, and however often it flaps`, async () => {
    const source = sourceOf(10);
    for (let i = 0; i < 8; i += 1) await come(source, `first-${i}`);
    const results: FetchResult[] = [];
    const ask = (id: string): void => {
      void source.fetch(id).then((result) => {
        results.push(result);
        if (!result.ok && !stopped) setTimeout(() => ask(id), 100);
      });
    };
    let [stopped, healthy] = [false, 0];
    // As everywhere: the first 404s are lag.
    const lag = code === 'ORDER_BEHIND' ? 4 : 0;
    for (let i = 0; i < 6; i += 1) ask(`o-${i}`);
    for (let s = 0; s < 300; s += 1) {
      // Now and then a single answer gets through.
      for (let flap = s % 50 === 49; service.open.length;) {
        if (flap && openIds()[0]!.startsWith('first')) {
          service.answer();
          healthy += 1;
          flap = false;
        } else service.fail(code);
        await turns(4);
      }
      await pass(100);
    }
    stopped = true;
    if (code !== 'ORDER_BEHIND') expect(results.filter((result) => !result.ok && !result.outage)).toEqual([]);
    else
      expect(results.filter((result) => !result.ok && !result.outage).length).toBeLessThanOrEqual(
        lag * (1 + healthy) + results.filter(({ ok }) => ok).length,
      );
    expect(source.status.state).toBe('down');
    expect(service.asked.length).toBeLessThan(150);
  });
}

test('whose failure it was is told only by a request that went out after it', async () => {
  const source = sourceOf(3);
  const failing = fetchOf(source, 'a');
  for (const id of ['b', 'c']) fetchOf(source, id);
  await turns();
  await pass(1);
  // Both had been asked for before: the service may have gone away since.
  await failFor('a', 'ORDER_API_UNAVAILABLE');
  await answerFor('b');
  fetchOf(source, 'd');
  await turns();
  expect(failing.result).toBeUndefined();
  await answerFor('d');
  expect(failing.result).toMatchObject({ ok: false, outage: false });
});

test('in a kitchen that has been silent since the start, an order of the last run tells whose a time-out is', async () => {
  const source = sourceOf(10);
  source.remember(['of-last-run']);
  const seen = fetchOf(source, 'a');
  await turns();
  await failFor('a', 'ORDER_API_UNAVAILABLE');
  expect([openIds(), seen.result]).toEqual([['of-last-run'], undefined]);
  await answerFor('of-last-run');
  expect(seen.result).toMatchObject({ ok: false, outage: false });
});
test("in a silent kitchen where no order ever came, a time-out counts as an outage, and a 500 as the order's", async () => {
  const source = sourceOf(10);
  const results = [
    ['a', 'ORDER_API_UNAVAILABLE'],
    ['b', 'ORDER_API_FAILED'],
    ['c', 'ORDER_BEHIND'],
  ] as const;
  for (const [id, code] of results) {
    const seen = fetchOf(source, id);
    await turns();
    await failFor(id, code);
    expect(seen.result).toMatchObject({ ok: false, outage: code === 'ORDER_API_UNAVAILABLE' });
  }
});

test('many orders that are not found are lag while an order from before is still found', async () => {
  const source = sourceOf(10);
  await come(source, 'first');
  const results = Array.from({ length: 10 }, (_, i) => fetchOf(source, `o-${i}`));
  await turns();
  for (let i = 0; i < 10; i += 1) {
    await pass(1);
    await failFor(`o-${i}`, 'ORDER_BEHIND');
  }
  expect(results.map(({ result }) => result !== undefined)).toEqual(Array.from({ length: 10 }, (_, i) => i < 4));
  await answerFor('first');
  while (service.open.length) {
    service.answer();
    await pass(1);
  }
  expect(results.map(({ result }) => result)).toMatchObject(
    Array.from({ length: 10 }, () => ({ ok: false, outage: false })),
  );
  expect(source.status).toEqual({ inFlight: 0, limit: 10, state: 'ok', reason: null });
  const late = fetchOf(source, 'late');
  await turns();
  await failFor('late', 'ORDER_BEHIND');
  expect([late.result, openIds()]).toMatchObject([{ ok: false, outage: false }, []]);
});

test('an outage ends by itself, without anybody who waits: an order from before is probed', async () => {
  const source = sourceOf(10);
  await come(source, 'first');
  for (let i = 0; i < 5; i += 1) fetchOf(source, `o-${i}`);
  await turns();
  for (let i = 0; i < 5; i += 1) await failFor(`o-${i}`, 'ORDER_API_UNAVAILABLE');
  expect(source.status.state).toBe('down');
  for (let i = 0; i < 5; i += 1) {
    await pass(1100);
    expect(openIds()).toEqual(['first']);
    await failFor('first', 'ORDER_API_UNAVAILABLE');
  }
  await pass(1100);
  await answerFor('first');
  expect(source.status).toEqual({ inFlight: 0, limit: 1, state: 'slow', reason: null });
});

test('after an outage, the ids of a multi-get that failed in it travel together again', async () => {
  const source = sourceOf(1, 8);
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  for (const id of ids) fetchOf(source, id);
  await turns();
  for (let i = 0; i < 5; i += 1) {
    service.fail('ORDER_API_UNAVAILABLE');
    await turns(6);
  }
  await pass(300);
  await answerFor('e');
  expect(service.asked).toEqual([ids, ['a'], ['b'], ['c'], ['d'], ['e'], ['f', 'g', 'h']]);
});

test('two seconds after a long outage of any kind everything is in use again', async () => {
  for (const code of ['ORDER_API_UNAVAILABLE', 'ORDER_API_FAILED', 'ORDER_API_THROTTLED'] as const) {
    service.reset();
    const source = sourceOf(64);
    await come(source, 'first');
    const ask = (id: string): void => {
      void source.fetch(id).then(() => setTimeout(() => ask(id), 100));
    };
    for (let i = 0; i < 1000; i += 1) ask(`o-${i}`);
    for (let s = 0; s < 120; s += 1) {
      while (service.open.length) {
        service.fail(code);
        await turns(2);
      }
      await pass(500);
    }
    const served = { before: service.asked.length, back: performance.now() };
    while (source.status.limit < 64 && performance.now() - served.back < 10_000) {
      for (let i = service.open.length; i > 0; i -= 1) service.answer();
      await pass(50);
    }
    expect(performance.now() - served.back, code).toBeLessThan(code === 'ORDER_API_THROTTLED' ? 5000 : 3500);
    source.stop();
  }
});
