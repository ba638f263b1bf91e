// The passing of time, once a second of the server's clock: all clocks of a screen turn over together, and nothing else
// is drawn for it.
import type { ServerClock } from '../connection/server-clock.ts';

/** A timer may come a little early. */
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

  /** Turns over now, and then each second. */
  start(): void {
    clearTimeout(this.#timer);
    const now = this.#clock.now();
    this.#now = this.#clock.known ? now : 0;
    for (const listener of this.#listeners) listener();
    this.#timer = setTimeout(() => this.start(), 1000 - (now % 1000) + AFTER_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
