// Work that is done again and again, one round at a time: while one lasts, as where the database is slow, none pile up
// behind it.
import type { Part } from './part.ts';
import type { TroubleWatch } from './troubles.ts';

export interface RoundsDeps {
  /** From the beginning of a round to the next one. */
  everyMs: number;
  work: () => unknown;
  /** A round failed. The next one comes all the same, once this has returned. */
  onError?: (error: unknown) => unknown;
  /** Is told of each round, so that failures which go on are seen. */
  watched?: () => TroubleWatch;
  /** The first round begins at the start, and not `everyMs` later. */
  atOnce?: boolean;
}

export class Rounds implements Part {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(private readonly deps: RoundsDeps) {}

  /** A round that takes long looks at it, to end early. */
  get stopped(): boolean {
    return this.#stopped;
  }

  start(): void {
    this.#timer = setInterval(() => this.#begin(), this.deps.everyMs);
    if (this.deps.atOnce) this.#begin();
  }

  /** A round is wanted now. While one is under way, which may have missed the reason, one more follows it. */
  kick(): void {
    if (this.#running) this.#again = true;
    else this.#begin();
  }

  /** Begins no more, and waits for the round that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  #begin(): void {
    if (this.#running || this.#stopped) return;
    this.#again = false;
    this.#running = this.#round().finally(() => {
      this.#running = undefined;
      if (this.#again) this.#begin();
    });
  }

  async #round(): Promise<void> {
    try {
      await this.deps.work();
      this.deps.watched?.().worked();
    } catch (error) {
      this.deps.watched?.().failed(error);
      await this.deps.onError?.(error);
    }
  }
}
