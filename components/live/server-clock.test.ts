// The server's time by its least delayed message, whatever the device's own date says.
import { expect, it } from 'vitest';
import { ServerClock } from './server-clock.ts';

it('follows the least delayed message, and forgets old ones', () => {
  let monotonic = 1000;
  const clock = new ServerClock(() => monotonic, () => 0);
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
