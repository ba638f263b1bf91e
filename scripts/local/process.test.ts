// Free ports: several programs of one machine look for them at the same time.
import { expect, test } from 'vitest';
import { freePort, isFree, LISTENING_PORTS } from './process.mjs';

test('a free port is none that an outgoing connection could take before its program listens', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, freePort));
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(LISTENING_PORTS.from);
  expect(Math.max(...ports)).toBeLessThan(32_768);
  expect(new Set(ports).size).toBeGreaterThan(45);
  expect(await isFree(ports[0]!)).toBe(true);
});
