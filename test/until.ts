// Waiting for something that happens by itself, with an error that names it when it does not.
import { setTimeout as sleep } from 'node:timers/promises';

/** Ends a wait that hangs. Long, since on a busy machine everything comes late, and below the tests' own limit. */
const PATIENCE_MS = 40_000;

/**
 * Calls `probe` until it returns something other than undefined, null or false. An error of the probe counts as "not
 * yet". @returns the probe's value
 */
export const until = <T>(what: string, probe: () => T | Promise<T>): Promise<Found<T>> =>
  untilWithin(what, PATIENCE_MS, probe);

type Found<T> = Exclude<T, undefined | null | false>;

/** As `until`, for a promised time that is far longer than the machine needs. */
export async function untilWithin<T>(what: string, ms: number, probe: () => T | Promise<T>): Promise<Found<T>> {
  const deadline = Date.now() + ms;
  let last: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value !== undefined && value !== null && value !== false) return value as Found<T>;
      last = value;
    } catch (error) {
      last = error instanceof Error ? error.message : error;
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${ms} ms (last seen: ${String(last)})`);
    await sleep(20);
  }
}
