// The limits of one socket: bursts of a screen that comes back, no floods.
import { expect, test } from 'vitest';
import { Bucket, SocketLimits } from './limits.ts';

test('a burst is allowed, then so many a second, however long it was quiet', () => {
  const bucket = new Bucket({ burst: 3, perSecond: 2 });
  expect([bucket.take(0), bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([true, true, true, false]);
  expect([bucket.take(500), bucket.take(500)]).toEqual([true, false]);
  expect(Array.from({ length: 5 }, () => bucket.take(3600_000))).toEqual([true, true, true, false, false]);
});

test('the taps of an hour offline go through at once; a screen that only taps is never taken for a flood', () => {
  const limits = new SocketLimits();
  for (let i = 0; i < 300; i += 1) expect([limits.mayRead(0), limits.maySend('command', 0)]).toEqual([true, true]);
  for (let second = 1; second < 3600; second += 1)
    for (let i = 0; i < 10; i += 1)
      if (!limits.mayRead(second * 1000) || !limits.maySend('command', second * 1000))
        expect.unreachable(`second ${second}`);
  expect(limits.isFlood).toBe(false);
});

test("a flood is known, and one kind of message uses up no other kind's share", () => {
  const limits = new SocketLimits();
  for (let i = 0; i < 20; i += 1) limits.maySend('subscribe', 0);
  expect([limits.maySend('subscribe', 0), limits.maySend('command', 0), limits.maySend('find', 0)]).toEqual([
    false,
    true,
    true,
  ]);
  for (let i = 0; i < 3000; i += 1) limits.mayRead(0);
  expect(limits.isFlood).toBe(true);
});
