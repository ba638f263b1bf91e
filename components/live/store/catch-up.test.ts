// The estimate follows the rate at which waiting messages become fewer, and is missing where there is no such rate.
import { expect, test } from 'vitest';
import { CatchUp } from './catch-up.ts';

const heard = (...waiting: (number | null)[]): CatchUp => {
  const catchUp = new CatchUp();
  for (const [second, messages] of waiting.entries())
    catchUp.hear(second * 1000, messages === null ? null : { messages });
  return catchUp;
};

test('at the pace of the last seconds', () => {
  expect(heard(1000, 900, 800, 700, 600).seconds).toBe(6);
  // Fast at first, and slow for the last twenty seconds: that counts.
  expect(heard(9000, ...Array.from({ length: 22 }, (_, n) => 220 - n * 10)).seconds).toBe(1);
});

test('not before four seconds, while it grows or stays, for longer than an hour, or once nothing waits', () => {
  expect(heard(1000, 900, 800, 700).seconds).toBeNull();
  expect(heard(100, 100, 100, 100, 100).seconds).toBeNull();
  expect(heard(100, 120, 140, 160, 180).seconds).toBeNull();
  expect(heard(100_000, 99_999, 99_998, 99_997, 99_996).seconds).toBeNull();
  expect(heard(1000, 800, 600, 400, 200, 0).seconds).toBeNull();
  expect(heard(1000, 800, 600, 400, 200, null).seconds).toBeNull();
});

test('a pulse that came twice, or late, tells nothing new', () => {
  const catchUp = heard(1000, 900, 800, 700, 600);
  catchUp.hear(1000, { messages: 0.5 });
  catchUp.hear(4000, { messages: 5000 });
  expect(catchUp.seconds).toBe(6);
});
