// Tells an outage of the order service from an order that fails by itself, and pauses work while the outage lasts.
//
//   closed --5 signs of outage without a success--> open --its pause is over--> half-open: one probe at a time
//   half-open --any sound answer--> closed          half-open --failure--> open, paused for longer
//   half-open --the same order fails by itself, 3 probes in a row--> closed: nothing else is left to tell by
//
// A sign is a failure of the service (time-out, refused, 503), or of one more order than have failed so far: one
// poisoned order, tried again and again while the kitchen is quiet, never opens it. Retry-After counts once it is open:
// before that it may be one order's.
import { LONGEST_ASKED_MS } from './throttle.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

/** So many failures, or so many different orders, with nothing sound between them, are an outage. */
export const SIGNS = 5;
const SAME_PROBES = 3;
const FIRST_PAUSE_MS = 250;
/** One request a second is no burden for a service that comes back, and it is noticed within that second. */
const LONGEST_PAUSE_MS = 1000;

export class Breaker {
  #state: BreakerState = 'closed';
  #signs = 0;
  readonly #failingOrders = new Set<string>();
  #pauseMs = FIRST_PAUSE_MS;
  #openUntil = 0;
  #askedUntil = 0;
  #probing = false;
  #probedAt = 0;
  #probed: { orderId: string; times: number } | undefined;

  constructor(private readonly now: () => number = () => performance.now()) {}

  get state(): BreakerState {
    return this.#state;
  }

  /** ms until a probe may go out; 0 while it is closed. */
  get waitMs(): number {
    return this.#state === 'closed' ? 0 : Math.max(0, this.#openUntil - this.now());
  }

  /** May a request go out now? Where it answers true while not closed, that request is the probe. */
  admit(): boolean {
    if (this.#state === 'closed') return true;
    if (this.#probing || this.waitMs > 0) return false;
    this.#state = 'half-open';
    this.#probing = true;
    this.#probedAt = this.now();
    return true;
  }

  succeeded(): void {
    this.#state = 'closed';
    this.#signs = 0;
    this.#failingOrders.clear();
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#askedUntil = 0;
    this.#probing = false;
  }

  /** The probe told nothing: another one may go out. */
  undecided(): void {
    this.#probing = false;
  }

  /**
   * @param ofService the failure is the service's as a whole; else of this order @param askedPauseMs the service's
   * Retry-After
   */
  failed(orderId: string, ofService: boolean, askedPauseMs = 0): void {
    this.#probing = false;
    if (this.#state === 'half-open' && this.#failedByItself(orderId, ofService)) {
      this.succeeded();
      this.#failingOrders.add(orderId);
      return;
    }
    this.#askedUntil = Math.max(this.#askedUntil, this.now() + Math.min(askedPauseMs, LONGEST_ASKED_MS));
    if (ofService) this.#signs += 1;
    else this.#failingOrders.add(orderId);
    if (this.#state === 'closed' && this.#signs + this.#failingOrders.size < SIGNS) return;
    this.open();
  }

  /** It is known to be down. */
  open(): void {
    this.#probing = false;
    if (this.#state === 'half-open') this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
    // A probe that hung has waited already.
    if (this.#state === 'closed') this.#openUntil = this.now() + this.#pauseMs;
    if (this.#state === 'half-open') this.#openUntil = this.#probedAt + this.#pauseMs;
    this.#openUntil = Math.max(this.#openUntil, this.#askedUntil);
    this.#state = 'open';
  }

  #failedByItself(orderId: string, ofService: boolean): boolean {
    this.#probed = ofService
      ? undefined
      : { orderId, times: this.#probed?.orderId === orderId ? this.#probed.times + 1 : 1 };
    return (this.#probed?.times ?? 0) >= SAME_PROBES;
  }
}
