// Tries the heads of parked orders, as many at once as there is room for. An order's lane tells which process has its
// lease (claims.ts).
import { messageOf } from '../errors.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { troublesOf } from '../lib/troubles.ts';
import type { Logger } from '../logger.ts';
import type { FetchResult } from '../fetch/fetch-queue.ts';
import type { SettleResult } from '../settle/settle.ts';
import type { Settlement } from '../settle/settlement.ts';
import type { Claim } from './claims.ts';

export interface RetryWorkerDeps {
  log: Logger;
  /** Leases on at most `free` orders that are due, none of them among `trying`. */
  claim: (free: number, trying: string[]) => Promise<Claim[]>;
  fetch: (orderId: string, onStart: () => void) => Promise<FetchResult>;
  settle: (settlement: Settlement) => Promise<SettleResult>;
  /** While the order service is down, one order at a time is tried, as the circuit breaker's probe. */
  serviceDown: () => boolean;
  /** How many tries this process may run at once. */
  width: () => number;
}

const POLL_MS = 200;

export class RetryWorker implements Part {
  readonly #rounds = new Rounds({
    everyMs: POLL_MS,
    work: () => this.#claim(),
    watched: () => troublesOf(this.deps.log).watch('no look at the retry table'),
  });
  readonly #running = new Map<string, Promise<void>>();

  constructor(private readonly deps: RetryWorkerDeps) {}

  start(): void {
    this.#rounds.start();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** Looks for due work now. */
  kick(): void {
    this.#rounds.kick();
  }

  async #claim(): Promise<void> {
    const free = (this.deps.serviceDown() ? 1 : this.deps.width()) - this.#running.size;
    if (free <= 0) return;
    for (const claim of await this.deps.claim(free, [...this.#running.keys()])) {
      const run = this.#try(claim)
        .catch((error: unknown) =>
          this.deps.log.warn({ orderId: claim.orderId, error: messageOf(error) }, 'a try did not end'),
        )
        .finally(() => {
          this.#running.delete(claim.orderId);
          this.kick();
        });
      this.#running.set(claim.orderId, run);
    }
  }

  async #try({ orderId, ...lease }: Claim): Promise<void> {
    let sentAt = performance.now();
    const fetched = await this.deps.fetch(orderId, () => {
      sentAt = performance.now();
    });
    const endedAt = performance.now();
    if (this.#rounds.stopped) return;
    const finding = fetched.ok
      ? { kind: 'detail' as const, detail: fetched.detail }
      : { kind: 'failed' as const, reason: fetched.error.message, outage: fetched.outage };
    await this.deps.settle({
      orderId,
      finding,
      before: [],
      during: [],
      lease,
      fetch: { endedAt, ms: endedAt - sentAt, tries: 1 },
    });
  }
}
