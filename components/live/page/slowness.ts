// Tells whether this device keeps up, from the time that its page was blocked and the time that changes took to be drawn.
// A slow tablet says so, so that nobody blames the kitchen's server, or waits for a screen that is behind.

/** Only the last seconds count. */
const WINDOW_MS = 10_000;
/** Blocked for so much of the window. A single long task, such as the opening of the board, is less. */
const BLOCKED_MS = 3000;
const DRAWN_LATE_MS = 400;
/** A slow moment is shown for a while, because a mark that flickers tells nothing. */
const TOLD_FOR_MS = 15_000;

export class Slowness {
  #blocked: { at: number; ms: number }[] = [];
  #slowAt: number | null = null;

  /** The page was blocked for this long, until now. */
  blocked(at: number, ms: number): void {
    this.#blocked.push({ at, ms });
  }

  /** The page was hidden or asleep: earlier measurements do not count. */
  reset(): void {
    this.#blocked = [];
  }

  /** @param lags the times that the last changes took to be drawn */
  slow(now: number, lags: readonly { at: number; ms: number }[]): boolean {
    this.#blocked = this.#blocked.filter(({ at }) => now - at < WINDOW_MS);
    const blocked = this.#blocked.reduce((sum, { ms }) => sum + ms, 0);
    const lately = lags
      .filter(({ at }) => now - at < WINDOW_MS)
      .map(({ ms }) => ms)
      .toSorted((a, b) => a - b);
    const drawnLate = lately.length >= 3 && lately[Math.floor(lately.length / 2)]! > DRAWN_LATE_MS;
    if (blocked > BLOCKED_MS || drawnLate) this.#slowAt = now;
    return this.#slowAt !== null && now - this.#slowAt < TOLD_FOR_MS;
  }
}
