// Whether this device keeps up: how much of the last seconds its page was blocked, and how long changes took to be
// drawn. A tablet that is slow says so, so that nobody blames the kitchen's server, or waits for a screen that is
// behind.

/** What is looked at, in ms. */
const WINDOW_MS = 10_000;
/** Blocked for so much of the window. A single long task, as when the board opens, is nothing. */
const BLOCKED_MS = 3000;
const DRAWN_LATE_MS = 400;
/** Slow for a moment is told for a while: a mark that flickers says nothing. */
const TOLD_FOR_MS = 15_000;

export class Slowness {
  #blocked: { at: number; ms: number }[] = [];
  #slowAt: number | null = null;

  /** The page was blocked for this long, until now. */
  blocked(at: number, ms: number): void {
    this.#blocked.push({ at, ms });
  }

  /** The page was hidden or asleep: what was measured then says nothing. */
  reset(): void {
    this.#blocked = [];
  }

  /** @param lags how long the last changes took to be drawn */
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
