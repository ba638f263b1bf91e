// The queue in front of the order API: first in, first out, but for orders that are put first. Orders that failed by
// themselves wait apart, so that they can be given a part of the requests only. They travel alone: in a multi-get they
// would make the others fail with them.
import type { HeardError } from '../errors.ts';
import type { OrderDetail } from '../upstream/detail.ts';

export type FetchResult =
  | { ok: true; detail: OrderDetail }
  | { ok: false; error: HeardError; /** The service as a whole is down: not this order's fault. */ outage: boolean };

export interface Job {
  readonly orderId: string;
  /** In no multi-get. */
  alone: boolean;
  readonly suspect: boolean;
  /** No caller waits for it: its answer tells how the service is. */
  readonly witness: boolean;
  /** How often, and when, the service refused it for asking too much. */
  refusals: number;
  refusedAt: number;
  /** It has waited out a pause of its own. */
  pausedAlone: boolean;
  readonly onStart: () => void;
  readonly resolve: (result: FetchResult) => void;
}

/**
 * While both wait: with one request at a time, an order that times out again and again must not have every second one.
 */
const FRESH_BETWEEN_SUSPECTS = 4;

/** Multi-get separates ids with commas. */
const hasComma = (orderId: string): boolean => orderId.includes(',');

export const jobOf = (orderId: string): Job => ({
  orderId,
  alone: hasComma(orderId),
  suspect: false,
  witness: false,
  refusals: 0,
  refusedAt: Infinity,
  pausedAlone: false,
  onStart: () => {},
  resolve: () => {},
});

/** @param outage the service as a whole is down */
export const refuse = (job: Job, error: HeardError, outage: boolean): void => job.resolve({ ok: false, error, outage });

export class FetchQueue {
  #fresh: Job[] = [];
  #suspects: Job[] = [];
  #freshSince = Infinity;

  get size(): number {
    return this.#fresh.length + this.#suspects.length;
  }
  get fresh(): number {
    return this.#fresh.length;
  }
  get suspects(): number {
    return this.#suspects.length;
  }

  push(job: Job): void {
    this.#of(job).push(job);
  }

  /** @param after so many others */
  putFirst(jobs: readonly Job[], after = 0): void {
    for (const job of jobs.toReversed()) this.#of(job).splice(after, 0, job);
  }

  /** The orders of the next request: one, or several in a multi-get. */
  take(batchMax: number, roomForSuspects: boolean): Job[] | undefined {
    if (
      this.#suspects.length &&
      roomForSuspects &&
      (this.#freshSince >= FRESH_BETWEEN_SUSPECTS || !this.#fresh.length)
    ) {
      this.#freshSince = 0;
      return [this.#suspects.shift()!];
    }
    const first = this.#fresh.shift();
    if (!first) return undefined;
    this.#freshSince += 1;
    return first.alone || batchMax <= 1 ? [first] : [first, ...this.#companions(first, batchMax - 1)];
  }

  takeOne(): Job | undefined {
    return this.#fresh.shift() ?? this.#suspects.shift();
  }

  /** After an outage a multi-get that failed has shown nothing about its orders. */
  regroup(): void {
    for (const job of this.#fresh) job.alone = hasComma(job.orderId);
  }

  clear(): void {
    this.#fresh = [];
    this.#suspects = [];
  }

  #of(job: Job): Job[] {
    return job.suspect ? this.#suspects : this.#fresh;
  }

  #companions(first: Job, most: number): Job[] {
    const ids = new Set([first.orderId]);
    const [taken, left]: [Job[], Job[]] = [[], []];
    let at = 0;
    for (; at < this.#fresh.length && taken.length < most; at += 1) {
      const job = this.#fresh[at]!;
      if (job.alone || ids.has(job.orderId)) {
        left.push(job);
        continue;
      }
      ids.add(job.orderId);
      taken.push(job);
    }
    this.#fresh = [...left, ...this.#fresh.slice(at)];
    return taken;
  }
}
