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
import { RENEW_EVERY_MS, type Claim } from './claims.ts';

export interface RetryWorkerDeps {
  log: Logger;
  /** Leases on at most `free` orders that are due, none of them among `trying`. */
  claim: (free: number, trying: string[]) => Promise<Claim[]>;
  /** Prolongs the leases of tries that go on. */
  renew: (claims: Claim[]) => Promise<void>;
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
  readonly #renewals = new Rounds({
    everyMs: RENEW_EVERY_MS,
    work: () => this.deps.renew([...this.#running.values()]),
    onError: (error) => this.deps.log.warn({ error: messageOf(error) }, 'leases could not be prolonged'),
  });
  /** Claims that are being tried, by order. */
  readonly #running = new Map<string, Claim>();

  constructor(private readonly deps: RetryWorkerDeps) {}

  start(): void {
    this.#renewals.start();
    this.#rounds.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#rounds.stop(), this.#renewals.stop()]);
  }

  /** Looks for due work now. */
  kick(): void {
    this.#rounds.kick();
  }

  async #claim(): Promise<void> {
    const free = (this.deps.serviceDown() ? 1 : this.deps.width()) - this.#running.size;
    if (free <= 0) return;
    for (const claim of await this.deps.claim(free, [...this.#running.keys()])) {
      this.#running.set(claim.orderId, claim);
      void this.#try(claim)
        .catch((error: unknown) =>
          this.deps.log.warn({ orderId: claim.orderId, error: messageOf(error) }, 'a try did not end'),
        )
        .finally(() => {
          this.#running.delete(claim.orderId);
          this.kick();
        });
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
