// How many requests may be in flight, below a ceiling that is a promise. Additive increase, multiplicative decrease
// (Chiu and Jain 1989, as in TCP); after an outage slow start, doubling each round up to half of the former limit
// (Jacobson 1988). Signs of overload are failures of several orders, never those of one alone; a 429; and answers that have all
// become slow while every request was in use: the least of a round against the least ever seen (TCP Vegas: Brakmo and
// Peterson 1995). Where fewer at once make it no faster, that is how long the service takes now, and the limit is given
// back.

const DECREASE = 0.7;
/** One burst of failures is one sign. */
const DECREASE_EVERY_MS = 500;
/** Failures of two orders within this time are failures of several. */
const TOGETHER_MS = 2000;
/** A round of answers long enough to hold quick ones too, where the service has both. */
const ROUND_MS = 500;
const ROUND_ANSWERS = 30;
/** Slow: both so many times, and so many ms above the least. Below that our own processor may be the cause. */
const SLOW_TIMES = 3;
const SLOW_MS = 100;
/** With fewer in flight, answers must take less than this share of the former time, or they have not become faster. */
const NO_FASTER = 0.9;

export class AdaptiveLimit {
  #limit: number;
  #slowStartTo = 0;
  #decreasedAt = -Infinity;
  #lastTrouble: { orderIds: readonly string[]; at: number } = { orderIds: [], at: -Infinity };
  #least = Infinity;
  #round = { least: Infinity, answers: 0, since: -Infinity };
  #trial: { least: number; limit: number } | undefined;

  constructor(
    private ceiling: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#limit = ceiling;
  }

  /** Whole requests, at least 1. */
  get current(): number {
    return Math.max(1, Math.floor(Math.min(this.#limit, this.ceiling)));
  }

  setCeiling(ceiling: number): void {
    // A raised ceiling is the operator's word that more is fine.
    if (ceiling > this.ceiling) this.#limit = ceiling;
    this.ceiling = ceiling;
    this.#limit = Math.min(this.#limit, ceiling);
  }

  /**
   * @param tookMs how long the answer took, where it can be compared with others
   * @param full as many requests were in flight as may be, so that our own load may have slowed it
   */
  succeeded(tookMs?: number, full = false): void {
    this.#limit = Math.min(this.ceiling, this.#limit + (this.#limit < this.#slowStartTo ? 1 : 1 / this.#limit));
    if (tookMs === undefined) return;
    this.#least = Math.min(this.#least, tookMs);
    if (full) this.#answered(tookMs);
  }

  /** Requests for these orders failed as an overloaded service fails. */
  failed(orderIds: readonly string[]): void {
    const { orderIds: before, at } = this.#lastTrouble;
    this.#lastTrouble = { orderIds, at: this.now() };
    if (this.now() - at <= TOGETHER_MS && !orderIds.some((id) => before.includes(id))) this.overloaded();
  }

  overloaded(): void {
    if (this.now() - this.#decreasedAt < DECREASE_EVERY_MS) return;
    this.#decreasedAt = this.now();
    this.#slowStartTo = 0;
    this.#limit = Math.max(1, this.#limit * DECREASE);
  }

  /** From one request on: after an outage, and after a pause that the service asked for. */
  startSlowly(): void {
    if (this.#limit > 1) this.#slowStartTo = Math.max(2, this.#limit / 2);
    this.#limit = 1;
    this.#trial = undefined;
  }

  #answered(tookMs: number): void {
    const round = this.#round;
    if (!round.answers) round.since = this.now();
    round.answers += 1;
    round.least = Math.min(round.least, tookMs);
    if (round.answers < ROUND_ANSWERS || this.now() - round.since < Math.max(ROUND_MS, 2 * round.least)) return;
    const { least } = round;
    this.#round = { least: Infinity, answers: 0, since: -Infinity };
    const trial = this.#trial;
    this.#trial = undefined;
    if (trial && least > NO_FASTER * trial.least) {
      this.#least = least;
      this.#limit = Math.min(this.ceiling, trial.limit);
    } else if (this.#limit > 1 && least > Math.max(SLOW_TIMES * this.#least, this.#least + SLOW_MS)) {
      this.#trial = { least, limit: this.#limit };
      this.#slowStartTo = 0;
      this.#limit = Math.max(1, this.#limit * DECREASE);
    }
  }
}
