import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Rounds } from './rounds.ts';
import { deferred, type Deferred } from '../../test/made.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Rounds of a second; each lasts until the test ends it. */
function rounds(atOnce = false) {
  const begun: Deferred<void>[] = [];
  const errors: unknown[] = [];
  const every = new Rounds({
    everyMs: 1000,
    work: () => {
      const round = deferred<void>();
      begun.push(round);
      return round.promise;
    },
    onError: (error) => errors.push(error),
    atOnce,
  });
  return { every, begun, errors };
}

test('one round at a time, none pile up behind a slow one, a failure ends nothing, and the end waits for the last', async () => {
  const { every, begun, errors } = rounds();
  every.start();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(begun).toHaveLength(1);
  begun[0]!.reject('away');
  await vi.advanceTimersByTimeAsync(1500);
  expect([begun.length, errors]).toEqual([2, ['away']]);
  let ended = false;
  void every.stop().then(() => {
    ended = true;
  });
  await vi.advanceTimersByTimeAsync(5000);
  expect([begun.length, ended, every.stopped]).toEqual([2, false, true]);
  begun[1]!.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(ended).toBe(true);
});

test('the first round comes after one period, or at once', async () => {
  const [later, now] = [rounds(), rounds(true)];
  for (const { every } of [later, now]) every.start();
  expect([later.begun.length, now.begun.length]).toEqual([0, 1]);
  await vi.advanceTimersByTimeAsync(999);
  expect(later.begun).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(later.begun).toHaveLength(1);
});

test('a kick begins a round at once; several during one round bring one more after it, and none after the end', async () => {
  const { every, begun } = rounds();
  every.start();
  every.kick();
  expect(begun).toHaveLength(1);
  every.kick();
  every.kick();
  expect(begun).toHaveLength(1);
  begun[0]!.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(begun).toHaveLength(2);
  begun[1]!.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(begun).toHaveLength(2);
  every.kick();
  every.kick();
  const end = every.stop();
  begun[2]!.resolve();
  await end;
  every.kick();
  await vi.advanceTimersByTimeAsync(5000);
  expect(begun).toHaveLength(3);
});

test('a round that throws at once is told like one that fails', async () => {
  const errors: unknown[] = [];
  const every = new Rounds({
    everyMs: 1000,
    work: () => {
      throw new Error('a fault of ours');
    },
    onError: (error) => errors.push((error as Error).message),
  });
  every.start();
  await vi.advanceTimersByTimeAsync(2000);
  await every.stop();
  expect(errors).toEqual(['a fault of ours', 'a fault of ours']);
});
