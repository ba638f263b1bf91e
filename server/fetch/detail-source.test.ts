// The one queue in front of the order service, and the promises that it keeps.
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { HeardError, type ErrorCode } from '../errors.ts';
import { detail, turns } from '../../test/made.ts';
import { fetchOf, service, sourceOf, withService } from '../../test/order-service.ts';
import type { Fetched } from '../upstream/order-api.ts';

withService();

test('never more than the limit in flight, first come first served', async () => {
  const source = sourceOf(3);
  for (let i = 0; i < 10; i += 1) fetchOf(source, `o-${i}`);
  await turns();
  expect(service.open.map(({ ids }) => ids[0])).toEqual(['o-0', 'o-1', 'o-2']);
  service.answer(1);
  await turns();
  expect(service.open.map(({ ids }) => ids[0])).toEqual(['o-0', 'o-2', 'o-3']);
  expect(source.status).toMatchObject({ inFlight: 3, state: 'ok' });
});

test('its appetite is two rounds of what may be in flight, and follows the limit', async () => {
  const source = sourceOf(3, 50);
  expect([source.appetite, sourceOf(4).appetite]).toEqual([300, 8]);
  source.setCeiling(1);
  expect(source.appetite).toBe(100);
});

test('what is urgent goes out before everything that waits', async () => {
  const source = sourceOf(1);
  for (const id of ['a', 'b', 'c']) fetchOf(source, id);
  fetchOf(source, 'now', { urgent: true });
  await turns();
  while (service.open.length) {
    service.answer();
    await turns();
  }
  expect(service.asked.flat()[0]).toBe('now');
  expect(service.asked.flat().slice(1)).toEqual(['a', 'b', 'c']);
});

test('the caller is told when the request goes out, not when it asks', async () => {
  const source = sourceOf(1);
  const started: string[] = [];
  for (const id of ['a', 'b']) fetchOf(source, id, { onStart: () => started.push(id) });
  await turns();
  expect(started).toEqual(['a']);
  service.answer();
  await turns();
  expect(started).toEqual(['a', 'b']);
});

test('a ceiling that is changed while it runs counts from then on: lowered, nothing goes out until enough has come back', async () => {
  const source = sourceOf(4);
  for (let i = 0; i < 20; i += 1) fetchOf(source, `o-${i}`);
  await turns();
  source.setCeiling(2);
  service.answer();
  service.answer();
  await turns();
  expect(service.open).toHaveLength(2);
  expect(service.asked).toHaveLength(4);
  service.answer();
  await turns();
  expect(service.open).toHaveLength(2);
  source.setCeiling(6);
  await turns();
  expect(service.open).toHaveLength(6);
});

test('several orders travel in one multi-get, each order once, those with a comma alone', async () => {
  const source = sourceOf(1, 3);
  const results = ['a', 'b', 'a', 'x,y', 'c', 'd'].map((id) => fetchOf(source, id));
  await turns();
  while (service.open.length) {
    service.answer();
    await turns();
  }
  expect(service.asked).toEqual([['a', 'b', 'c'], ['a', 'd'], ['x,y']]);
  expect(results.map(({ result }) => result?.ok && result.detail.id)).toEqual(['a', 'b', 'a', 'x,y', 'c', 'd']);
});

test('a single waiting order is asked for singly', async () => {
  fetchOf(sourceOf(1, 50), 'a');
  await turns();
  expect(service.open[0]).toMatchObject({ ids: ['a'], multi: false });
});

test('the ids of a multi-get that failed are asked for singly, before what waits, and within the limit', async () => {
  const source = sourceOf(2, 4);
  const results = ['a', 'b', 'c', 'd'].map((id) => fetchOf(source, id));
  await turns();
  const behind = fetchOf(source, 'later');
  await turns();
  expect(service.asked).toEqual([['a', 'b', 'c', 'd'], ['later']]);
  service.fail('ORDER_API_FAILED');
  await turns();
  while (service.open.length) {
    service.answer();
    await turns();
  }
  expect(service.asked.slice(2)).toEqual([['a'], ['b'], ['c'], ['d']]);
  expect(service.most).toBeLessThanOrEqual(2);
  expect([...results, behind].map(({ result }) => result?.ok)).toEqual([true, true, true, true, true]);
});

test('an order that a multi-get does not find is behind, and holds back none of the others', async () => {
  const source = sourceOf(1, 3);
  const [a, b] = ['a', 'b'].map((id) => fetchOf(source, id));
  await turns();
  service.open.splice(0, 1)[0]!.resolve(
    new Map<string, Fetched>([
      ['a', { error: new HeardError('ORDER_BEHIND', 'not found') }],
      ['b', { detail: detail(1, { id: 'b' }) }],
    ]),
  );
  await turns();
  expect([a?.result, b?.result]).toMatchObject([
    { ok: false, outage: false, error: { code: 'ORDER_BEHIND' } },
    { ok: true },
  ]);
});

test('an outage: nothing but one probe at a time goes out, and no order is blamed; then all of it goes on', async () => {
  const source = sourceOf(5, 10);
  const first = ['a', 'b,', 'c,', 'd,', 'e,'].map((id) => fetchOf(source, id));
  await turns();
  for (let i = 0; i < 5; i += 1) service.fail('ORDER_API_UNAVAILABLE');
  await turns();
  expect(source.status.state).toBe('down');
  expect(first.map(({ result }) => result)).toMatchObject(
    Array.from({ length: 5 }, () => ({ ok: false, outage: true })),
  );
  const waiting = ['f', 'g', 'h'].map((id) => fetchOf(source, id));
  await vi.advanceTimersByTimeAsync(249);
  await turns();
  expect(service.open).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(30);
  await turns();
  expect(service.open.map(({ ids }) => ids)).toEqual([['f']]);
  service.fail('ORDER_API_UNAVAILABLE');
  await turns();
  expect(waiting.map(({ result }) => result?.ok)).toEqual([false, undefined, undefined]);
  await vi.advanceTimersByTimeAsync(450);
  expect(service.open).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(100);
  await turns();
  expect(service.open.map(({ ids }) => ids)).toEqual([['g']]);
  service.answer();
  await turns();
  expect(source.status.state).not.toBe('down');
  service.answer();
  await turns();
  expect(waiting.slice(1).map(({ result }) => result?.ok)).toEqual([true, true]);
});

test('several orders that fail together shrink what is in flight', async () => {
  const source = sourceOf(10);
  for (let i = 0; i < 30; i += 1) fetchOf(source, `o-${i}`);
  await turns();
  service.fail('ORDER_API_UNAVAILABLE');
  service.fail('ORDER_API_UNAVAILABLE');
  await turns();
  expect(source.status.limit).toBe(7);
  for (let i = 0; i < 4; i += 1) {
    service.answer();
    await turns();
  }
  expect(service.open.length).toBeLessThanOrEqual(7);
});

test(
  'property: whatever the service answers and the operator sets, never more than the limit is sent out, and everything is answered once',
  { timeout: 20_000 },
  async () => {
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant('fetch' as const),
          id: fc.constantFrom('a', 'b', 'c', 'd', 'e,f', 'g'),
        }),
      },
      { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const), which: fc.nat(9) }) },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constant('fail' as const),
          which: fc.nat(9),
          retryAfterMs: fc.constantFrom(undefined, 0, 1500),
          code: fc.constantFrom<ErrorCode>(
            'ORDER_API_UNAVAILABLE',
            'ORDER_API_THROTTLED',
            'ORDER_API_FAILED',
            'ORDER_BEHIND',
            'ORDER_MALFORMED',
          ),
        }),
      },
      fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 3000 }) }),
      fc.record({ do: fc.constant('ceiling' as const), to: fc.integer({ min: 1, max: 6 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), async (steps, batchMax) => {
        service.reset();
        const source = sourceOf(3, batchMax);
        let [ceiling, answers, asked] = [3, 0, 0];
        const check = (before: number) => {
          // Lowered under way, more may be in flight than the ceiling; but then none is added.
          expect(service.open.length).toBeLessThanOrEqual(Math.max(ceiling, before));
          expect(service.open.length).toBe(source.status.inFlight);
        };
        const settled = async () => {
          const before = service.open.length;
          await turns(3);
          check(before);
        };
        for (const what of steps) {
          const chosen = 'which' in what && service.open.length ? what.which % service.open.length : undefined;
          if (what.do === 'fetch') {
            asked += 1;
            void source.fetch(what.id).then((result) => {
              answers += 1;
              if (result.ok) expect(result.detail.id).toBe(what.id);
            });
          }
          if (what.do === 'answer' && chosen !== undefined) service.answer(chosen);
          if (what.do === 'fail' && chosen !== undefined) service.fail(what.code, chosen, what.retryAfterMs);
          if (what.do === 'pass') await vi.advanceTimersByTimeAsync(what.ms);
          if (what.do === 'ceiling') source.setCeiling((ceiling = what.to));
          await settled();
        }
        for (let i = 0; answers < asked && i < 500; i += 1) {
          if (service.open.length) service.answer();
          else await vi.advanceTimersByTimeAsync(6000);
          await settled();
        }
        expect(answers).toBe(asked);
        source.stop();
      }),
      { numRuns: 60 },
    );
  },
);
