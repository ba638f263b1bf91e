import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test('doubles from the base up to the longest wait', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 100, 5000].map((n) =>
    backoffMs(n, { baseMs: 1000, maxMs: 60_000 }, () => 0.5),
  );
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000]);
});

test('property: it stays within a fifth of the plain wait, and spreads over all of that', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 86_400_000 }),
      fc.integer({ min: 1, max: 86_400_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, baseMs, maxMs, random) => {
        const [plain, wait] = [Math.min(maxMs, baseMs * 2 ** (n - 1)), backoffMs(n, { baseMs, maxMs }, () => random)];
        expect(Math.abs(wait - plain)).toBeLessThanOrEqual(plain * 0.2 + 1);
        expect(Number.isSafeInteger(wait)).toBe(true);
      },
    ),
  );
  expect([0, 1].map((random) => backoffMs(1, { baseMs: 1000, maxMs: 60_000 }, () => random))).toEqual([800, 1200]);
});
