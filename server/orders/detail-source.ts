// Fetches orders' details for everyone in this process: the one queue in front of the order service, which keeps its promises. Never more
// than the limit in flight, retries included; multi-get where the platform has it; nothing but a probe while the service is down.
import type { ErrorCode, HeardError } from '../errors.ts';
import { AdaptiveLimit } from './adaptive-limit.ts';
import { Breaker } from './breaker.ts';
import type { OrderDetail } from './detail.ts';
import type { Fetched, OrderApi } from './order-api.ts';

export type FetchResult = { ok: true; detail: OrderDetail } | { ok: false; error: HeardError; /** The service as a whole is down: not this order's fault. */ outage: boolean };

interface Job { orderId: string; alone: boolean; onStart: () => void; resolve: (result: FetchResult) => void }

export interface DetailSourceOptions {
  api: Pick<OrderApi, 'one' | 'many'>;
  ceiling: number;
  batchMax: number;
  onRequest?: (outcome: 'ok' | ErrorCode, seconds: number) => void;
}

export class DetailSource {
  readonly #limit: AdaptiveLimit;
  readonly #breaker = new Breaker();
  /** First in, first out, but for what was asked for again. */
  #queue: Job[] = [];
  #inFlight = 0;
  #timer: NodeJS.Timeout | undefined;
  #lastSuccess = -Infinity;

  constructor(private readonly options: DetailSourceOptions) { this.#limit = new AdaptiveLimit(options.ceiling); }

  get status(): { inFlight: number; limit: number; state: 'ok' | 'slow' | 'down' } {
    const limit = this.#limit.current;
    return { inFlight: this.#inFlight, limit, state: this.#breaker.state !== 'closed' ? 'down' : limit < this.options.ceiling / 2 ? 'slow' : 'ok' };
  }

  /** How many orders it can usefully have in hand, waiting or in flight: what fits into the requests of now, and as much again to follow them. */
  get appetite(): number { return 2 * this.#limit.current * Math.max(1, this.options.batchMax); }

  setCeiling(ceiling: number): void {
    this.options.ceiling = ceiling;
    this.#limit.setCeiling(ceiling);
    this.#pump();
  }

  /**
   * @param onStart called when the request goes out: what was known before then, the answer can be expected to hold
   * @param urgent before everything that waits: a try whose lease runs
   */
  fetch(orderId: string, { onStart = () => {}, urgent = false }: { onStart?: () => void; urgent?: boolean } = {}): Promise<FetchResult> {
    return new Promise((resolve) => {
      this.#queue[urgent ? 'unshift' : 'push']({ orderId, alone: orderId.includes(','), onStart, resolve });
      queueMicrotask(() => this.#pump());
    });
  }

  stop(): void { clearTimeout(this.#timer); this.#queue = []; }

  #pump(): void {
    while (this.#queue.length && this.#inFlight < this.#limit.current) {
      if (!this.#breaker.admit()) { this.#pumpLater(); return; }
      const jobs = this.#take();
      this.#inFlight += 1;
      void this.#run(jobs).finally(() => { this.#inFlight -= 1; this.#pump(); });
    }
  }

  #pumpLater(): void {
    this.#timer ??= setTimeout(() => { this.#timer = undefined; this.#pump(); }, Math.max(20, this.#breaker.waitMs));
  }

  #take(): Job[] {
    const first = this.#queue.shift()!;
    if (this.options.batchMax <= 1 || first.alone || this.#breaker.state !== 'closed') return [first];
    const jobs = [first];
    const left: Job[] = [];
    const ids = new Set([first.orderId]);
    for (const job of this.#queue) {
      if (jobs.length < this.options.batchMax && !job.alone && !ids.has(job.orderId)) { jobs.push(job); ids.add(job.orderId); } else left.push(job);
    }
    this.#queue = left;
    return jobs;
  }

  async #run(jobs: Job[]): Promise<void> {
    const began = performance.now();
    for (const job of jobs) job.onStart();
    const timed = (outcome: 'ok' | ErrorCode) => this.options.onRequest?.(outcome, (performance.now() - began) / 1000);
    try {
      const results: Map<string, Fetched> = jobs.length > 1
        ? await this.options.api.many(jobs.map(({ orderId }) => orderId))
        : new Map([[jobs[0]!.orderId, { detail: await this.options.api.one(jobs[0]!.orderId) }]]);
      this.#sound();
      timed('ok');
      for (const job of jobs) this.#answer(job, results.get(job.orderId)!);
    } catch (thrown) {
      const error = thrown as HeardError;
      timed(error.code);
      this.#unsound(jobs[0]!.orderId, error);
      if (jobs.length > 1) { this.#queue.unshift(...jobs.map((job) => ({ ...job, alone: true }))); return; }
      this.#answer(jobs[0]!, { error }, began);
    }
  }

  #sound(): void {
    this.#lastSuccess = performance.now();
    this.#limit.succeeded();
    this.#breaker.succeeded();
  }

  #unsound(orderId: string, error: HeardError): void {
    // 404 and a body that is no order are answers of a service that works.
    if (error.code === 'ORDER_BEHIND' || error.code === 'ORDER_MALFORMED') return this.#sound();
    const ofService = error.code === 'ORDER_API_UNAVAILABLE';
    if (ofService) this.#limit.overloaded();
    return this.#breaker.failed(orderId, ofService, error.retryAfterMs);
  }

  #answer(job: Job, fetched: Fetched, began = 0): void {
    if ('detail' in fetched) return job.resolve({ ok: true, detail: fetched.detail });
    const down = this.#breaker.state !== 'closed';
    // Refused while nobody else got through since: it cannot be told from an outage, so it is not held against the order.
    const undecided = fetched.error.code === 'ORDER_API_UNAVAILABLE' && this.#lastSuccess < began;
    return job.resolve({ ok: false, error: fetched.error, outage: down || undecided });
  }
}
