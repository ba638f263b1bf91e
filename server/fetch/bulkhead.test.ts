import { expect, test } from 'vitest';
import { Bulkhead } from './bulkhead.ts';

test('a quarter of the requests, rounded down, as the limit is at that moment', () => {
  let limit = 11;
  const bulkhead = new Bulkhead(() => limit);
  const ends = [bulkhead.enter()];
  expect(bulkhead.open).toBe(true);
  ends.push(bulkhead.enter());
  expect([bulkhead.open, bulkhead.inFlight]).toEqual([false, 2]);
  limit = 12;
  expect(bulkhead.open).toBe(true);
  for (const end of ends) end();
  expect([bulkhead.open, bulkhead.inFlight, bulkhead.restMs]).toEqual([true, 0, 0]);
});

test('of fewer than four requests one, and then a rest of three times as long as it took', () => {
  let now = 1000;
  const bulkhead = new Bulkhead(
    () => 3,
    () => now,
  );
  expect(bulkhead.open).toBe(true);
  const end = bulkhead.enter();
  expect(bulkhead.open).toBe(false);
  now += 50;
  end();
  expect([bulkhead.open, bulkhead.restMs]).toEqual([false, 150]);
  now += 149;
  expect(bulkhead.open).toBe(false);
  now += 1;
  expect(bulkhead.open).toBe(true);
});
