// Tells whether the order or the service is at fault for a fetch that failed. A failed order is accused until one of two
// things happens: a sound answer to a request that went out after the failure blames the order; an outage acquits it.
// Where no other order is asked for, one that came not long ago is asked for: the witness.
import type { HeardError } from '../errors.ts';
import { SIGNS } from './breaker.ts';

interface Accused {
  orderId: string;
  error: HeardError;
  since: number;
  judge: (outage: boolean) => void;
}

const WITNESSES = 8;
/** Orders that fail for ever are remembered no longer than that many newer ones; they may then be accused anew. */
const MAX_SUSPECTS = 1000;

export class Verdicts {
  /** The orders that came last, the next one to ask for first. */
  readonly #witnesses = new Set<string>();
  /**
   * Those to blame for their last failure; and those whose last failure was taken for an outage's: should it be theirs,
   * it must not be again.
   */
  readonly #suspects = new Set<string>();
  readonly #doubtful = new Set<string>();
  /** Different orders that were not found since one was. */
  readonly #missing = new Set<string>();
  #accused: Accused[] = [];

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** How many wait for their verdict. */
  get open(): number {
    return this.#accused.length;
  }
  /** Lag, or a service that has lost its orders. */
  get allMissing(): boolean {
    return this.#missing.size >= SIGNS;
  }
  /** Its next failure tells nothing new, and it may hold its request for long. */
  isSuspect(orderId: string): boolean {
    return this.#suspects.has(orderId) || this.#doubtful.has(orderId);
  }

  came(orderIds: readonly string[]): void {
    this.#missing.clear();
    for (const orderId of orderIds.slice(-WITNESSES)) {
      this.#witnesses.delete(orderId);
      this.#witnesses.add(orderId);
    }
    for (const orderId of orderIds) {
      this.#suspects.delete(orderId);
      this.#doubtful.delete(orderId);
    }
    for (const orderId of this.#witnesses) if (this.#witnesses.size > WITNESSES) this.#witnesses.delete(orderId);
  }

  missed(orderId: string): void {
    if (!this.allMissing) this.#missing.add(orderId);
  }

  accuse(orderId: string, error: HeardError, judge: Accused['judge']): void {
    this.#accused.push({ orderId, error, since: this.now(), judge });
  }

  /** @param began when the request went out whose answer was sound */
  sound(began: number): void {
    for (const { orderId, error, judge } of this.#takeAccused(began)) {
      if (error.code !== 'ORDER_BEHIND') remember(this.#suspects, orderId);
      judge(false);
    }
  }

  /** @param until only those accused by then */
  acquit(until = Infinity): void {
    for (const { orderId, judge } of this.#takeAccused(until)) {
      this.doubt(orderId);
      judge(true);
    }
  }

  /** It failed while the service was down. */
  doubt(orderId: string): void {
    remember(this.#doubtful, orderId);
  }

  /**
   * Nothing can tell the two apart: time-outs and the like count as an outage, and other failures count against the
   * order.
   */
  guess(): void {
    for (const { error, judge } of this.#takeAccused(Infinity)) judge(error.code === 'ORDER_API_UNAVAILABLE');
  }

  /** An order to ask for; each in its turn. */
  witness(): string | undefined {
    for (const orderId of this.#witnesses) {
      if (this.#suspects.has(orderId) || this.#accused.some((one) => one.orderId === orderId)) continue;
      this.#witnesses.delete(orderId);
      this.#witnesses.add(orderId);
      return orderId;
    }
    return undefined;
  }

  #takeAccused(until: number): Accused[] {
    if (!this.#accused.length) return [];
    const taken = this.#accused.filter(({ since }) => since <= until);
    this.#accused = this.#accused.filter(({ since }) => since > until);
    return taken;
  }
}

function remember(orders: Set<string>, orderId: string): void {
  orders.delete(orderId);
  orders.add(orderId);
  for (const oldest of orders)
    if (orders.size > MAX_SUSPECTS) orders.delete(oldest);
    else break;
}
