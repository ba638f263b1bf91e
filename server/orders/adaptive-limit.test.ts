// How many requests may be in flight: never above the ceiling, fewer when the service is overloaded, at least one.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AdaptiveLimit } from './adaptive-limit.ts';

function limitOf(ceiling: number) {
  let now = 0;
  const limit = new AdaptiveLimit(ceiling, () => now);
  return { limit, pass: (ms: number) => { now += ms; } };
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
  for (let i = 0; i < 50; i += 1) { limit.overloaded(); pass(500); }
  expect(limit.current).toBe(1);
});

test('a lowered ceiling counts at once; a raised one is the operator\'s word that more is fine', () => {
  const { limit } = limitOf(10);
  limit.setCeiling(3);
  expect(limit.current).toBe(3);
  limit.setCeiling(20);
  expect(limit.current).toBe(20);
});

test('property: whatever happens, it stays between one and the ceiling', () => {
  const step = fc.oneof(fc.constant('succeeded' as const), fc.constant('overloaded' as const), fc.integer({ min: 1, max: 50 }), fc.constant('pass' as const));
  fc.assert(fc.property(fc.integer({ min: 1, max: 50 }), fc.array(step, { maxLength: 200 }), (first, steps) => {
    const { limit, pass } = limitOf(first);
    let ceiling = first;
    for (const what of steps) {
      if (typeof what === 'number') limit.setCeiling(ceiling = what);
      else if (what === 'pass') pass(500);
      else limit[what]();
      expect(limit.current).toBeGreaterThanOrEqual(1);
      expect(limit.current).toBeLessThanOrEqual(ceiling);
      expect(Number.isInteger(limit.current)).toBe(true);
    }
  }));
});
