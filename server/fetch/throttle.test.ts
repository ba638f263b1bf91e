// Pauses that the order service asks for.
import { beforeEach, expect, test } from 'vitest';
import { Throttle } from './throttle.ts';

let now = 0;
let throttle: Throttle;
beforeEach(() => {
  now = 1000;
  throttle = new Throttle(() => now);
});

test('Retry-After counts from the first refusal on, and is believed up to a minute', () => {
  expect(throttle.waitMs).toBe(0);
  throttle.refused(990, 3000);
  expect(throttle.waitMs).toBe(3000);
  now += 3000;
  expect(throttle.waitMs).toBe(0);
  throttle.refused(now, 3_600_000);
  expect(throttle.waitMs).toBe(60_000);
});

test('without it pauses are short, and double until a request that went out since gets through', () => {
  const pauses = Array.from({ length: 7 }, () => {
    throttle.refused(now);
    const { waitMs } = throttle;
    now += waitMs;
    return waitMs;
  });
  expect(pauses).toEqual([100, 200, 400, 800, 1600, 2000, 2000]);
  expect(throttle.passed(now - 2001)).toBe(false);
  throttle.refused(now);
  expect(throttle.waitMs).toBe(2000);
  now += 2000;
  expect(throttle.passed(now)).toBe(true);
  throttle.refused(now);
  expect(throttle.waitMs).toBe(100);
});

test('refusals of requests that the pause found in flight are one, but the longest that is asked for counts', () => {
  expect([
    throttle.refused(900),
    throttle.refused(901),
    throttle.refused(902, 5000),
    throttle.refused(903, 1000),
  ]).toEqual([true, false, false, false]);
  expect(throttle.waitMs).toBe(5000);
});
