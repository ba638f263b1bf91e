// Tells an outage of the order service from an order that fails by itself, and pauses work while the outage lasts.
//
//   closed --5 signs of outage without a success--> open --its pause is over--> half-open: one probe at a time
//   half-open --any sound answer--> closed          half-open --failure--> open, paused for longer
//   half-open --the same order fails by itself, 3 probes in a row--> closed: nothing else is left to tell by
//
// A sign is a failure of the service (time-out, refused, 429, 503), or of one more order than have failed so far: one poisoned order, tried
// again and again while the kitchen is quiet, never opens it.

export type BreakerState = 'closed' | 'open' | 'half-open';

const SIGNS = 5;
const SAME_PROBES = 3;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5000;
const LONGEST_ASKED_PAUSE_MS = 60_000;

export class Breaker {
  #state: BreakerState = 'closed';
  #signs = 0;
  readonly #failingOrders = new Set<string>();
  #pauseMs = FIRST_PAUSE_MS;
  #openUntil = 0;
  #probing = false;
  #probed: { orderId: string; times: number } | undefined;

  constructor(private readonly now: () => number = () => performance.now()) {}

  get state(): BreakerState { return this.#state; }

  /** ms until a probe may go out; 0 while it is closed. */
  get waitMs(): number { return this.#state === 'closed' ? 0 : Math.max(0, this.#openUntil - this.now()); }

  /** May a request go out now? Where it answers true while not closed, that request is the probe. */
  admit(): boolean {
    if (this.#state === 'closed') return true;
    if (this.#probing || this.waitMs > 0) return false;
    this.#state = 'half-open';
    this.#probing = true;
    return true;
  }

  succeeded(): void {
    this.#state = 'closed';
    this.#signs = 0;
    this.#failingOrders.clear();
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#probing = false;
  }

  /** @param ofService the failure is the service's as a whole; else of this order @param askedPauseMs the service's Retry-After */
  failed(orderId: string, ofService: boolean, askedPauseMs = 0): void {
    this.#probing = false;
    if (this.#state === 'half-open' && this.#failedByItself(orderId, ofService)) {
      this.succeeded();
      this.#failingOrders.add(orderId);
      return;
    }
    if (ofService) this.#signs += 1;
    else this.#failingOrders.add(orderId);
    if (this.#state === 'closed' && this.#signs + this.#failingOrders.size < SIGNS) return;
    this.#pauseMs = this.#state === 'closed' ? FIRST_PAUSE_MS : this.#state === 'half-open' ? Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2) : this.#pauseMs;
    this.#state = 'open';
    this.#openUntil = this.now() + Math.max(this.#pauseMs, Math.min(askedPauseMs, LONGEST_ASKED_PAUSE_MS));
  }

  #failedByItself(orderId: string, ofService: boolean): boolean {
    this.#probed = ofService ? undefined : { orderId, times: this.#probed?.orderId === orderId ? this.#probed.times + 1 : 1 };
    return (this.#probed?.times ?? 0) >= SAME_PROBES;
  }
}
