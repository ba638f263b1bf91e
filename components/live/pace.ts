// How often the screen is drawn anew for what the server sends. A device that draws in a frame draws each change; one that takes longer
// draws several at once, so that it always has time for a finger.

/** A device that is slower than this is told of what is newest anyway. */
const LONGEST_MS = 250;

export class Pace {
  readonly #work: () => void;
  #last = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(work: () => void) {
    this.#work = work;
  }

  /** Does it now, and all that waits with it. */
  now(): void {
    this.stop();
    this.#last = performance.now();
    this.#work();
  }

  /** @param drawnInMs how long this device took lately from a change to the frame that shows it */
  soon(drawnInMs: number): void {
    if (this.#timer !== undefined) return;
    const wait = this.#last + gapOf(drawnInMs) - performance.now();
    if (wait <= 0) this.now();
    else this.#timer = setTimeout(() => this.now(), wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** Within two frames nothing is won by waiting; above that half of the time is left free. */
export const gapOf = (drawnInMs: number): number => (drawnInMs <= 34 ? 0 : Math.min(LONGEST_MS, 2 * drawnInMs));
