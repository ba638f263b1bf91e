// Waiting for something that happens by itself, with an error that names it when it does not.
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Calls `probe` until it returns something other than undefined, null or false; an error of it counts as "not yet".
 * @returns the probe's value
 */
export async function until<T>(
  what: string,
  ms: number,
  probe: () => T | Promise<T>,
): Promise<Exclude<T, undefined | null | false>> {
  const deadline = Date.now() + ms;
  let last: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value !== undefined && value !== null && value !== false)
        return value as Exclude<T, undefined | null | false>;
      last = value;
    } catch (error) {
      last = error instanceof Error ? error.message : error;
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${ms} ms (last seen: ${String(last)})`);
    await sleep(20);
  }
}
