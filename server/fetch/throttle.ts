// Pauses that the order service asks for with 429: from the first one on nothing goes out until they are over. Without
// Retry-After they are short, and double while no request that went out since has got through.

const SHORTEST_MS = 100;
const LONGEST_UNASKED_MS = 2000;
/** As long as the service's Retry-After is believed. */
export const LONGEST_ASKED_MS = 60_000;

export class Throttle {
  #until = 0;
  #since = -Infinity;
  #inARow = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  get waitMs(): number {
    return Math.max(0, this.#until - this.now());
  }

  /**
   * @param began when the request went out that was refused @returns false for one of the same burst as the refusal
   * before it
   */
  refused(began: number, askedMs = 0): boolean {
    const another = began > this.#since;
    if (another) {
      this.#since = this.now();
      this.#inARow += 1;
    }
    const pauseMs =
      askedMs > 0
        ? Math.min(askedMs, LONGEST_ASKED_MS)
        : another
          ? Math.min(LONGEST_UNASKED_MS, SHORTEST_MS * 2 ** (this.#inARow - 1))
          : 0;
    this.#until = Math.max(this.#until, this.now() + pauseMs);
    return another;
  }

  /**
   * @returns whether a request that began then tells anything of how it is now: false for those that the pause found in
   * flight
   */
  passed(began: number): boolean {
    if (began <= this.#since) return false;
    this.#inARow = 0;
    return true;
  }
}
