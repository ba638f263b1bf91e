import { expect, test, vi } from 'vitest';
import { Rounds } from './rounds.ts';
import { deferred } from '../../test/made.ts';

test('one round at a time, none pile up behind a slow one, a failure ends nothing, and the end waits for the last', async () => {
  vi.useFakeTimers();
  try {
    const rounds: ReturnType<typeof deferred<void>>[] = [];
    const errors: unknown[] = [];
    const every = new Rounds(
      () => {
        const round = deferred<void>();
        rounds.push(round);
        return round.promise;
      },
      1000,
      (error) => errors.push(error),
    );
    every.start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(rounds).toHaveLength(1);
    rounds[0]!.reject('away');
    await vi.advanceTimersByTimeAsync(1500);
    expect([rounds.length, errors]).toEqual([2, ['away']]);
    let ended = false;
    void every.stop().then(() => {
      ended = true;
    });
    await vi.advanceTimersByTimeAsync(5000);
    expect([rounds.length, ended]).toEqual([2, false]);
    rounds[1]!.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
