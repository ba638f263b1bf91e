// Fetches orders' details for everyone in this process: the one queue in front of the order service, which keeps its
// promises. Never more than the limit in flight, retries included; multi-get where the platform has it; nothing while
// the service asks for a pause, nothing but a probe while it is down; and orders that fail by themselves hold a part of
// the requests (bulkhead.ts).
import type { ErrorCode, HeardError } from '../errors.ts';
import { AdaptiveLimit } from './adaptive-limit.ts';
import { ask, failureIn } from './ask.ts';
import { Breaker } from './breaker.ts';
import { Bulkhead } from './bulkhead.ts';
import { FetchQueue, jobOf, refuse, type FetchResult, type Job } from './fetch-queue.ts';
import type { Fetched, OrderApi } from '../upstream/order-api.ts';
import { Outage } from './outage.ts';
import { OWN_REFUSALS, OwnPauses } from './own-pauses.ts';
import { Throttle } from './throttle.ts';
import { Verdicts } from './verdicts.ts';
import type { Part } from '../lib/part.ts';

export interface DetailSourceDeps {
  api: Pick<OrderApi, 'one' | 'many'>;
  ceiling: number;
  batchMax: number;
  onRequest?: (outcome: 'ok' | ErrorCode, seconds: number) => void;
  /** Told why the service is down, and null when it works again. */
  onOutage?: (reason: string | null) => void;
}

export class DetailSource implements Part {
  readonly #limit: AdaptiveLimit;
  readonly #breaker = new Breaker();
  readonly #throttle = new Throttle();
  readonly #verdicts = new Verdicts();
  readonly #queue = new FetchQueue();
  readonly #bulkhead = new Bulkhead(() => this.#limit.current);
  readonly #outage = new Outage((reason) => this.deps.onOutage?.(reason));
  #inFlight = 0;
  /** Start times of the latest request that brought an order, and of the latest one with any sound answer. */
  #cameLast = -Infinity;
  #soundLast = -Infinity;
  #probe: Job | undefined;
  #probes = 0;
  #witnessAsked = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #pauses = new OwnPauses();
  #stopped = false;

  constructor(private readonly deps: DetailSourceDeps) {
    this.#limit = new AdaptiveLimit(deps.ceiling);
  }

  /** `reason`: why it is down. */
  get status(): { inFlight: number; limit: number; state: 'ok' | 'slow' | 'down'; reason: string | null } {
    const [limit, inFlight, down] = [this.#limit.current, this.#inFlight, this.#breaker.state !== 'closed'];
    const slow = limit < this.deps.ceiling / 2 || this.#throttle.waitMs > 0;
    return { inFlight, limit, state: down ? 'down' : slow ? 'slow' : 'ok', reason: down ? this.#outage.reason : null };
  }

  /**
   * How many orders it can usefully have in hand, waiting or in flight: as many as fit into the requests of now, and as
   * many again to follow them. Orders that wait because of a failure come on top.
   */
  get appetite(): number {
    return 2 * this.#limit.current * Math.max(1, this.deps.batchMax) + this.#heldBack;
  }

  /**
   * How many tries from the retry table are of use at once: half of the limit; and more, within their leases, where
   * poisoned ones wait for each other.
   */
  get retryWidth(): number {
    return Math.ceil(this.#limit.current / 2) + Math.min(this.#limit.current, this.#heldBack);
  }

  get #heldBack(): number {
    return this.#verdicts.open + this.#queue.suspects + this.#bulkhead.inFlight + this.#pauses.size;
  }

  setCeiling(ceiling: number): void {
    this.deps.ceiling = ceiling;
    this.#limit.setCeiling(ceiling);
    this.#pump();
  }

  /**
   * A failure is answered once it is known whether the order or the service is at fault: at once while other orders get
   * through, else after one more request.
   * @param onStart called when the request goes out, and again where it has to go out again: the answer should hold all
   * that happened before
   * @param urgent before everything that waits: a try whose lease runs
   */
  fetch(
    orderId: string,
    { onStart = () => {}, urgent = false }: { onStart?: () => void; urgent?: boolean } = {},
  ): Promise<FetchResult> {
    return new Promise((resolve) => {
      const job = { ...jobOf(orderId), suspect: this.#verdicts.isSuspect(orderId), onStart, resolve };
      if (urgent) this.#queue.putFirst([job]);
      else this.#queue.push(job);
      queueMicrotask(() => this.#pump());
    });
  }

  /**
   * Orders that the service had before this process started: one of them can be asked for when nothing else tells whose
   * a failure is.
   */
  remember(orderIds: readonly string[]): void {
    this.#verdicts.came(orderIds);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#pauses.stop();
    this.#queue.clear();
  }

  #pump(): void {
    while (!this.#stopped && this.#inFlight < this.#limit.current) {
      if (this.#throttle.waitMs > 0) {
        this.#pumpIn(this.#throttle.waitMs);
        return;
      }
      const jobs = this.#breaker.state === 'closed' ? this.#take() : this.#takeProbe();
      if (!jobs) return;
      this.#send(jobs);
    }
  }

  #take(): Job[] | undefined {
    const { restMs, open } = this.#bulkhead;
    if (restMs > 0 && this.#queue.suspects) this.#pumpIn(restMs);
    return this.#queue.take(this.deps.batchMax, open);
  }

  #pumpIn(ms: number): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#pump();
      },
      Math.max(20, ms),
    );
  }

  /** An order that came not long ago, and one that waits, in turn: either may be one that fails by itself. */
  #takeProbe(): Job[] | undefined {
    if (this.#breaker.waitMs > 0) {
      this.#pumpIn(this.#breaker.waitMs);
      return undefined;
    }
    const witness = this.#probes % 2 && this.#queue.size ? undefined : this.#verdicts.witness();
    if ((witness === undefined && !this.#queue.size) || !this.#breaker.admit()) return undefined;
    this.#probes += 1;
    this.#probe = witness === undefined ? this.#queue.takeOne()! : { ...jobOf(witness), witness: true };
    return [this.#probe];
  }

  #send(jobs: Job[]): void {
    this.#inFlight += 1;
    const leave = jobs[0]!.suspect ? this.#bulkhead.enter() : undefined;
    void this.#run(jobs).finally(() => {
      this.#inFlight -= 1;
      leave?.();
      this.#pump();
      this.#callWitness();
    });
  }

  async #run(jobs: Job[]): Promise<void> {
    const began = performance.now();
    for (const job of jobs) job.onStart();
    const ids = jobs.map(({ orderId }) => orderId);
    const outcome = await ask(this.deps.api, ids, this.deps.onRequest);
    if (outcome.kind === 'answered') this.#answered(jobs, outcome.results, began);
    else if (outcome.kind === 'throttled') this.#refused(jobs, outcome.error, began);
    else this.#failed(jobs, outcome.error, began);
    if (this.#breaker.state !== 'closed') this.#outage.failed(failureIn(outcome));
  }

  #answered(jobs: Job[], results: Map<string, Fetched>, began: number): void {
    const came = jobs.filter(({ orderId }) => 'detail' in results.get(orderId)!).map(({ orderId }) => orderId);
    for (const [orderId, fetched] of results)
      if ('error' in fetched && fetched.error.code === 'ORDER_BEHIND') this.#verdicts.missed(orderId);
    if (came.length) {
      this.#verdicts.came(came);
      this.#cameLast = Math.max(this.#cameLast, began);
    }
    const comparable = came.length > 0 && jobs.length > 1 === this.deps.batchMax > 1;
    if (came.length || !this.#verdicts.allMissing)
      this.#sound(began, comparable ? performance.now() - began : undefined);
    else if (jobs[0]!.witness) this.#down(() => this.#breaker.open());
    else if (jobs[0] === this.#probe) this.#down(() => this.#breaker.failed(jobs[0]!.orderId, true));
    for (const job of jobs) {
      const fetched = results.get(job.orderId)!;
      if ('detail' in fetched) job.resolve({ ok: true, detail: fetched.detail });
      else if (fetched.error.code === 'ORDER_BEHIND' && !this.#verdicts.allMissing) refuse(job, fetched.error, false);
      else this.#accuse(job, fetched.error);
    }
  }

  /** The service works. */
  #sound(began: number, tookMs?: number): void {
    const recovered = this.#breaker.state !== 'closed';
    this.#soundLast = Math.max(this.#soundLast, began);
    this.#breaker.succeeded();
    this.#outage.over();
    const ofNow = this.#throttle.passed(began);
    if (recovered) {
      this.#limit.startSlowly();
      this.#queue.regroup();
    } else if (ofNow) this.#limit.succeeded(tookMs, this.#inFlight >= this.#limit.current);
    this.#verdicts.sound(began);
  }

  #down(tell: () => void): void {
    tell();
    if (this.#breaker.state !== 'closed') this.#verdicts.acquit();
  }

  #failed(jobs: Job[], error: HeardError, began: number): void {
    const job = jobs[0]!;
    const ofService = error.code === 'ORDER_API_UNAVAILABLE';
    const wasClosed = this.#breaker.state === 'closed';
    const suspect = this.#verdicts.isSuspect(job.orderId);
    if (wasClosed && ofService && !suspect) this.#limit.failed(jobs.map(({ orderId }) => orderId));
    // Nothing more is learnt from orders known to fail by themselves, from time-outs that other requests overtook, and
    // from requests that went out before the service was known to be down.
    if (wasClosed ? !suspect && this.#soundLast <= began : job === this.#probe)
      this.#down(() => this.#breaker.failed(job.orderId, ofService, error.retryAfterMs));
    const isClosed = this.#breaker.state === 'closed';
    if (jobs.length > 1) {
      for (const one of jobs) one.alone ||= isClosed;
      this.#queue.putFirst(jobs);
    } else if (job.witness) {
      // It came not long ago, and those that it was asked for failed as well.
      if (isClosed) this.#breaker.open();
      this.#verdicts.acquit();
      refuse(job, error, true);
    } else if (wasClosed || !isClosed) this.#accuse(job, error);
    else refuse(job, error, false);
  }

  #accuse(job: Job, error: HeardError): void {
    const down = this.#breaker.state !== 'closed';
    if (down && !job.witness) this.#verdicts.doubt(job.orderId);
    if (down || job.witness) refuse(job, error, true);
    else this.#verdicts.accuse(job.orderId, error, (outage) => refuse(job, error, outage));
  }

  /** A 429 is the fault of no order, unless it comes for one order only: the refused requests simply go out again. */
  #refused(jobs: Job[], error: HeardError, began: number): void {
    const job = jobs[0]!;
    if (job === this.#probe) this.#breaker.undecided();
    const othersCame = this.#cameLast > job.refusedAt;
    for (const one of jobs) {
      one.refusals += 1;
      one.refusedAt = performance.now();
    }
    if (job.suspect || (job.pausedAlone && othersCame)) {
      this.#accuse(job, error);
      return;
    }
    if (jobs.length === 1 && othersCame && job.refusals >= OWN_REFUSALS) {
      job.pausedAlone = true;
      this.#pauses.begin(error.retryAfterMs, () => {
        this.#queue.putFirst([job]);
        this.#pump();
      });
      return;
    }
    if (this.#throttle.refused(began, error.retryAfterMs)) {
      if (error.retryAfterMs) this.#limit.startSlowly();
      else this.#limit.overloaded();
    }
    this.#queue.putFirst(jobs, jobs.length > 1 ? 0 : job.refusals - 1);
  }

  /** Where no other request can tell an order's fault from the service's, an order that came not long ago is asked for. */
  #callWitness(): void {
    if (this.#stopped || this.#witnessAsked || !this.#verdicts.open || this.#breaker.state !== 'closed') return;
    const others = this.#queue.fresh > 0 || this.#inFlight > this.#bulkhead.inFlight;
    if (others && !this.#verdicts.allMissing) return;
    const orderId = this.#verdicts.witness();
    if (orderId === undefined) {
      this.#verdicts.guess();
      return;
    }
    this.#witnessAsked = true;
    this.#queue.putFirst([
      {
        ...jobOf(orderId),
        witness: true,
        resolve: () => {
          this.#witnessAsked = false;
        },
      },
    ]);
    this.#pump();
  }
}
