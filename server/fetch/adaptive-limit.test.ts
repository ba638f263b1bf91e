// How many requests may be in flight: never above the ceiling, fewer when the service is overloaded, at least one.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AdaptiveLimit } from './adaptive-limit.ts';

function limitOf(ceiling: number) {
  let now = 0;
  const limit = new AdaptiveLimit(ceiling, () => now);
  return {
    limit,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test('overload shrinks it, a burst counts once, successes grow it back to the ceiling and no further', () => {
  const { limit, pass } = limitOf(10);
  expect(limit.current).toBe(10);
  for (let i = 0; i < 10; i += 1) limit.overloaded();
  expect(limit.current).toBe(7);
  pass(500);
  limit.overloaded();
  expect(limit.current).toBe(4);
  for (let i = 0; i < 1000; i += 1) limit.succeeded();
  expect(limit.current).toBe(10);
});

test('it never falls below one request', () => {
  const { limit, pass } = limitOf(3);
  for (let i = 0; i < 50; i += 1) {
    limit.overloaded();
    pass(500);
  }
  expect(limit.current).toBe(1);
});

test("a lowered ceiling counts at once; a raised one is the operator's word that more is fine", () => {
  const { limit } = limitOf(10);
  limit.setCeiling(3);
  expect(limit.current).toBe(3);
  limit.setCeiling(20);
  expect(limit.current).toBe(20);
});

test('failures of one order alone are no sign of overload, those of several together are', () => {
  const { limit, pass } = limitOf(10);
  for (let i = 0; i < 20; i += 1) {
    limit.failed(['o-poison']);
    pass(600);
  }
  pass(2100);
  for (let i = 0; i < 20; i += 1) {
    limit.failed([`o-${i}`]);
    pass(2100);
  }
  expect(limit.current).toBe(10);
  limit.failed(['a', 'b', 'c']);
  // Asked for singly after the multi-get failed.
  limit.failed(['b']);
  expect(limit.current).toBe(10);
  limit.failed(['a']);
  expect(limit.current).toBe(7);
});

test('after an outage it doubles each round up to half of what it was, however long the outage was; then it grows by one', () => {
  const { limit } = limitOf(64);
  for (let i = 0; i < 5; i += 1) limit.startSlowly();
  expect(limit.current).toBe(1);
  const rounds = Array.from({ length: 40 }, () => {
    for (let i = limit.current; i > 0; i -= 1) limit.succeeded();
    return limit.current;
  });
  expect(rounds.slice(0, 7)).toEqual([2, 4, 8, 16, 32, 32, 33]);
  // At 50 ms a round that is two seconds.
  expect(rounds.at(-1)).toBe(64);
});

/**
 * A service and a backlog: as many requests at once as the limit allows. @returns the limit at the end of each second,
 * and answers in all
 */
function drain(ceiling: number, seconds: number, latencyMs: (inFlight: number, at: number) => number) {
  let now = 0;
  const limit = new AdaptiveLimit(ceiling, () => now);
  const open: { began: number; ends: number }[] = [];
  const limits: number[] = [];
  let answers = 0;
  const fill = () => {
    while (open.length < limit.current)
      open.push({ began: now, ends: now + latencyMs(open.length + 1, now) * (1 + ((now * 0.618) % 1) * 0.2) });
  };
  for (fill(); now < seconds * 1000; now += 1) {
    for (const request of open.filter(({ ends }) => ends <= now)) {
      limit.succeeded(now - request.began, open.length >= limit.current);
      open.splice(open.indexOf(request), 1);
      answers += 1;
      fill();
    }
    if (now % 1000 === 999) limits.push(limit.current);
  }
  return { limits, answers };
}

test('a service that always needs 50 ms, or answers some at once and others late, keeps its whole limit', () => {
  expect(new Set(drain(64, 20, () => 50).limits)).toEqual(new Set([64]));
  let n = 0;
  expect(
    new Set(
      drain(64, 20, () => {
        n += 1;
        return n % 4 ? 800 : 5;
      }).limits,
    ),
  ).toEqual(new Set([64]));
});

test('a service that slows down under what is asked of it is asked for less, and answers no fewer for it', () => {
  // Eight at a time in 50 ms each; it is quiet at first.
  const busy = (inFlight: number, at: number) => (at < 1000 ? 50 : 50 * Math.max(1, inFlight / 8));
  const { limits, answers } = drain(64, 30, busy);
  expect(Math.max(...limits.slice(10))).toBeLessThan(32);
  expect(answers).toBeGreaterThan(29 * 160 * 0.8);
});

test('where fewer at once make it no faster, the limit is given back: the service has become slower by itself', () => {
  const { limits } = drain(64, 30, (_, at) => (at < 5000 ? 50 : 500));
  expect(Math.min(...limits)).toBeLessThan(64);
  expect(new Set(limits.slice(12))).toEqual(new Set([64]));
});

test('property: whatever happens, it stays between one and the ceiling', () => {
  const step = fc.oneof(
    fc.constant('succeeded' as const),
    fc.constant('overloaded' as const),
    fc.constant('startSlowly' as const),
    fc.integer({ min: 1, max: 50 }),
    fc.constant('pass' as const),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.array(step, { maxLength: 200 }), (first, steps) => {
      const { limit, pass } = limitOf(first);
      let ceiling = first;
      for (const what of steps) {
        if (typeof what === 'number') limit.setCeiling((ceiling = what));
        else if (what === 'pass') pass(500);
        else limit[what]();
        expect(limit.current).toBeGreaterThanOrEqual(1);
        expect(limit.current).toBeLessThanOrEqual(ceiling);
        expect(Number.isInteger(limit.current)).toBe(true);
      }
    }),
  );
});
