// How many requests may be in flight: additive increase, multiplicative decrease (Chiu and Jain 1989, as in TCP), below a ceiling that is
// a promise. Only signs of overload shrink it: time-outs, 429, 503, refused connections; an order that fails by itself does not.

const DECREASE = 0.7;
/** One burst of failures is one sign. */
const DECREASE_EVERY_MS = 500;

export class AdaptiveLimit {
  #limit: number;
  #decreasedAt = -Infinity;

  constructor(private ceiling: number, private readonly now: () => number = () => performance.now()) { this.#limit = ceiling; }

  /** Whole requests, at least 1. */
  get current(): number { return Math.max(1, Math.floor(Math.min(this.#limit, this.ceiling))); }

  setCeiling(ceiling: number): void {
    // A raised ceiling is the operator's word that more is fine.
    if (ceiling > this.ceiling) this.#limit = ceiling;
    this.ceiling = ceiling;
    this.#limit = Math.min(this.#limit, ceiling);
  }

  succeeded(): void { this.#limit = Math.min(this.ceiling, this.#limit + 1 / this.#limit); }

  overloaded(): void {
    if (this.now() - this.#decreasedAt < DECREASE_EVERY_MS) return;
    this.#decreasedAt = this.now();
    this.#limit = Math.max(1, this.#limit * DECREASE);
  }
}
