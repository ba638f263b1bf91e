// The estimate of the server's time follows the least delayed message, and not the device's date.
import { expect, it } from 'vitest';
import { ServerClock } from './server-clock.ts';

it('follows the least delayed message, and forgets old ones', () => {
  let monotonic = 1000;
  const clock = new ServerClock(
    () => monotonic,
    () => 0,
  );
  const hear = (server: number, delay: number) => {
    monotonic = server - 5_000_000 + delay;
    clock.hear(new Date(server).toISOString());
  };
  hear(10_000_000, 400);
  hear(10_001_000, 20);
  hear(10_002_000, 900);
  expect(clock.now()).toBe(10_002_000 + 900 - 20);
  for (let second = 0; second < 60; second++) hear(10_003_000 + second * 1000, 100);
  expect(clock.now()).toBe(10_062_000);
  clock.hear('no time');
  expect(clock.now()).toBe(10_062_000);
});

it("does not follow the device's date once the server was heard", () => {
  let date = 50_000;
  const clock = new ServerClock(
    () => 1000,
    () => date,
  );
  expect(clock.isSet).toBe(false);
  clock.hear(new Date(9_000_000).toISOString());
  expect(clock.isSet).toBe(true);
  date += 3_600_000;
  expect(clock.now()).toBe(9_000_000);
  clock.guess(0, 0);
  expect(clock.now()).toBe(9_000_000);
});

it('guesses from how far the device was off when the server was last heard, and never goes back behind that', () => {
  const before = new ServerClock(
    () => 0,
    () => 1_000_000,
  );
  before.hear(new Date(4_000_000).toISOString());
  let date = 1_060_000;
  const after = () => {
    const clock = new ServerClock(
      () => 77,
      () => date,
    );
    clock.guess(before.ahead, 4_000_000);
    return clock.now();
  };
  expect(after()).toBe(4_060_000);
  date = 0;
  expect(after()).toBe(4_000_000);
});
