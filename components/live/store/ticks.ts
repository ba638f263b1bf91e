// A tick for each second of the server's clock, so that all clocks of a screen turn over together. Only components that
// show the time are drawn for it.
import type { ServerClock } from '../connection/server-clock.ts';

/** A timer may fire a little early. */
const AFTER_MS = 5;

export class Ticks {
  readonly #clock: ServerClock;
  readonly #listeners = new Set<() => void>();
  #now = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(clock: ServerClock) {
    this.#clock = clock;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The server's time at the last tick; 0 while it is not known. */
  readonly now = (): number => this.#now;

  /** Ticks now, and then each second. */
  start(): void {
    clearTimeout(this.#timer);
    const now = this.#clock.now();
    this.#now = this.#clock.isSet ? now : 0;
    for (const listener of this.#listeners) listener();
    this.#timer = setTimeout(() => this.start(), 1000 - (now % 1000) + AFTER_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
