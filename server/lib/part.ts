// The parts of the server that live as long as the process: one interface, and one place that starts and stops them.
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { DeadlineError, within } from './deadline.ts';

/** `start` is left out where a part does nothing until it is called. */
export interface Part {
  start?(): Promise<void> | void;
  stop(): Promise<void> | void;
}

/** Starts a part, and sees to it that it is stopped. The name is for the log. */
export type Keep = <T extends Part>(name: string, part: T) => Promise<T>;

export interface Running {
  /**
   * Stops all parts in reverse order. One that fails or hangs is logged by its name, and the next one is stopped.
   * @throws the first error of a part
   */
  stop(): Promise<void>;
}

/** In ms: each part's time to stop, and the time of all of them together. */
const STOP_PART_MS = 8000;
const STOP_ALL_MS = 12_000;
/** The time of each remaining part after that: a database that hangs would hold up one part after another. */
const STOP_LATE_MS = 250;

/**
 * Runs `build`, which makes the parts and keeps each of them in the order in which they are to start.
 * @throws the error of `build` or of a start, after all that was kept has been stopped
 */
export async function startParts(log: Pick<Logger, 'error'>, build: (keep: Keep) => Promise<void>): Promise<Running> {
  const kept: [name: string, part: Part][] = [];
  const stop = async () => {
    const until = performance.now() + STOP_ALL_MS;
    const errors: unknown[] = [];
    for (const [name, part] of kept.splice(0).toReversed()) {
      const ms = Math.max(STOP_LATE_MS, Math.min(STOP_PART_MS, until - performance.now()));
      try {
        await within(ms, stopped(part));
      } catch (error) {
        const late = error instanceof DeadlineError;
        if (!late) errors.push(error);
        log.error({ part: name, error: messageOf(error) }, `a part did not stop ${late ? 'in time' : 'cleanly'}`);
      }
    }
    if (errors.length) throw errors[0];
  };
  try {
    await build(async (name, part) => {
      // Before its start: a part whose start fails may already hold something.
      kept.push([name, part]);
      await part.start?.();
      return part;
    });
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
  return { stop };
}

/** A stop that throws at once is a rejection like any other. */
const stopped = async (part: Part): Promise<void> => part.stop();
