// Tries the heads of parked orders. The work is shared by all processes through leases on the lanes: due ones are claimed with SKIP LOCKED,
// and a lease that its holder lets run out is taken over. Which lane is due stands in the lane's own row, so a blocked order never hides
// another one behind it.
import type { PrismaClient } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { FetchResult } from '../orders/detail-source.ts';
import type { SettleResult } from '../orders/settle.ts';
import type { Settlement } from '../orders/settlement.ts';

export interface RetryWorkerDeps {
  prisma: PrismaClient;
  log: Logger;
  fetch: (orderId: string) => Promise<FetchResult>;
  settle: (settlement: Settlement) => Promise<SettleResult>;
  /** The order service is down: only one order at a time is tried, which then serves as the probe. */
  serviceDown: () => boolean;
  /** Tries at once, in this process. */
  width: () => number;
}

interface Claim { order_id: string; lease_token: string; up_to: bigint | null }

const POLL_MS = 200;
const LEASE_SECONDS = 30;

export class RetryWorker {
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #claiming: Promise<void> | undefined;
  readonly #running = new Map<string, Promise<void>>();

  constructor(private readonly deps: RetryWorkerDeps) {}

  start(): void { this.#timer = setInterval(() => this.kick(), POLL_MS); }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#claiming;
  }

  /** Looks for due work now. */
  kick(): void {
    if (this.#stopped || this.#claiming) return;
    this.#claiming = this.#claim().catch((error: unknown) => this.deps.log.debug({ error: messageOf(error) }, 'no look at the retry table'))
      .finally(() => { this.#claiming = undefined; });
  }

  async #claim(): Promise<void> {
    const free = (this.deps.serviceDown() ? 1 : this.deps.width()) - this.#running.size;
    if (free <= 0) return;
    const claims = await this.deps.prisma.$queryRaw<Claim[]>`
      UPDATE lanes l SET lease_token = gen_random_uuid(), lease_until = now() + ${LEASE_SECONDS} * interval '1 second'
      FROM (SELECT order_id FROM lanes WHERE next_attempt_at <= now() AND parked > 0 AND (lease_until IS NULL OR lease_until < now())
              AND order_id <> ALL (${[...this.#running.keys()]}::text[])
            ORDER BY next_attempt_at LIMIT ${free} FOR UPDATE SKIP LOCKED) due
      WHERE l.order_id = due.order_id
      RETURNING l.order_id, l.lease_token, (SELECT max(id) FROM parked_messages p WHERE p.order_id = l.order_id) AS up_to`;
    for (const claim of claims) {
      const run = this.#try(claim).catch((error: unknown) => this.deps.log.warn({ orderId: claim.order_id, error: messageOf(error) }, 'a try did not end'))
        .finally(() => { this.#running.delete(claim.order_id); this.kick(); });
      this.#running.set(claim.order_id, run);
    }
  }

  async #try({ order_id: orderId, lease_token: token, up_to: upTo }: Claim): Promise<void> {
    const fetched = await this.deps.fetch(orderId);
    if (this.#stopped) return;
    const finding = fetched.ok ? { kind: 'detail' as const, detail: fetched.detail } : { kind: 'failed' as const, reason: fetched.error.message, outage: fetched.outage };
    await this.deps.settle({ orderId, finding, before: [], during: [], lease: { token, upTo: Number(upTo ?? 0) } });
  }
}
