// Pauses of single orders, which the service refuses with 429 while it answers others.
import { LONGEST_ASKED_MS } from './throttle.ts';

/**
 * An order refused so often, while others got through in between, is one that is asked for too often itself; refused
 * once more, it is to blame.
 */
export const OWN_REFUSALS = 3;
/** Without Retry-After. */
const PAUSE_MS = 1000;

export class OwnPauses {
  readonly #timers = new Set<NodeJS.Timeout>();

  /** Orders that wait. */
  get size(): number {
    return this.#timers.size;
  }

  begin(askedMs: number | undefined, over: () => void): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        over();
      },
      Math.min(askedMs || PAUSE_MS, LONGEST_ASKED_MS),
    );
    this.#timers.add(timer);
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
