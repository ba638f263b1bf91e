// How long a parked message waits before its next try.

export interface BackoffPolicy {
  baseMs: number;
  maxMs: number;
}

/** Spread around the wait, so that orders parked together are not tried together. */
const JITTER = 0.2;

/** The wait before try `n` (1 is the first): min(maxMs, baseMs * 2^(n-1)), give or take a fifth; in ms. */
export function backoffMs(n: number, { baseMs, maxMs }: BackoffPolicy, random: () => number = Math.random): number {
  const plain = Math.min(maxMs, baseMs * 2 ** Math.min(n - 1, 40));
  return Math.round(plain * (1 - JITTER + 2 * JITTER * random()));
}
