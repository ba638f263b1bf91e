// A lane is an order. Messages of one order run one after another; different orders run side by side, as many as the
// order service's limit has use for, and the rest wait for their turn. Knows nothing of Kafka: where a message came
// from is told when it has ended.
//
//   waiting --look--> parked or contained already --> settle --> ended
//           --look--> its turn --fetch--> not behind --> settle --> ended, or waiting again
//                                         failed or behind, 3 quick tries --> settle as parked --> ended
import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderDetail } from '../upstream/detail.ts';
import { containsMessage, covers, type StoredOrder } from '../upstream/freshness.ts';
import type { FetchResult } from '../fetch/fetch-queue.ts';
import type { SettleResult } from '../settle/settle.ts';
import type { FetchNote, Finding, Settlement } from '../settle/settlement.ts';
import { isOver } from '../protocol/status.ts';
import type { Arrival } from './arrival.ts';
import { Backlog } from './backlog.ts';
import type { Part } from '../lib/part.ts';
import { Queue } from '../lib/queue.ts';
import { Turns, type Urgency } from './turns.ts';

/** An order as the database has it before anything is fetched; null where it has none, or does not answer. */
export type Glance = {
  parked: boolean;
  stored: StoredOrder;
  /** Nothing of it is left to do on any screen. */ closed: boolean;
  /** When the kitchen's part in it ended, in ms since 1970: a later message may be of another order with the same id. */
  ended?: number | null;
} | null;

export interface LanesDeps {
  look: (orderIds: string[]) => Promise<Glance[]>;
  fetch: (orderId: string, onStart: () => void) => Promise<FetchResult>;
  settle: (settlement: Settlement) => Promise<SettleResult>;
  /** How many fetches are of use at once. */
  appetite: () => number;
  /** A fault of ours while an order was worked on. It is tried again a moment later. */
  onFault?: (orderId: string, error: unknown) => void;
  pause?: (ms: number) => Promise<unknown>;
  now?: () => number;
}

/** Waits before the second and third quick try, in ms: a replica is often only that far behind. */
const QUICK_TRIES = [60, 250];
const OUTAGE_PAUSE_MS = 100;
const FAULT_PAUSE_MS = 1000;
const STOP_MS = 5000;
/**
 * Orders looked at together, from either end of those that have not been: the last ones may be urgent, and the first
 * ones must not starve.
 */
const LOOK_BATCH = 400;
/** Of one order at once: each round of a hot order waits for a transaction, and others share that with it. */
const MAX_MESSAGES = 1000;
/**
 * Orders under way: enough for full fetches and two full transactions, few enough that a new one does not wait for long
 * behind them.
 */
const MAX_UNDER_WAY = 400;
/** Of them, those that need no fetch: a replay of everything must not keep a new order waiting. */
const MAX_KNOWN = 100;

export class Lanes implements Part {
  readonly #backlog: Backlog;
  readonly #turns: Turns;
  /** Orders under way, with their messages. */
  readonly #lanes = new Map<string, Arrival[]>();
  readonly #running = new Set<Promise<void>>();
  /** Orders in the backlog that have not been looked at; and those that need no fetch. */
  readonly #unseen = new Queue<string>();
  readonly #known = new Queue<string>();
  readonly #looking = new Set<'oldest' | 'newest'>();
  #fetching = 0;
  #settling = 0;
  #knownUnderWay = 0;
  #scheduled = false;
  #stopped = false;

  constructor(private readonly deps: LanesDeps) {
    this.#backlog = new Backlog(deps.now);
    this.#turns = new Turns((orderId) => this.#backlog.since(orderId), deps.now);
  }

  /** Messages that have not ended. */
  get size(): number {
    return [...this.#lanes.values()].reduce((sum, lane) => sum + lane.length, this.#backlog.size);
  }

  add(arrival: Arrival): void {
    const { orderId } = arrival.event;
    const lane = this.#lanes.get(orderId);
    const waits = this.#backlog.has(orderId);
    // Once a lane has left a message to wait it takes no newer one either, which would overtake.
    if (lane && !waits && lane.length < MAX_MESSAGES) lane.push(arrival);
    else this.#backlog.add(arrival);
    if (!lane && !waits) this.#unseen.push(orderId);
    this.#schedule();
  }

  get #underWay(): number {
    return this.#fetching + this.#settling;
  }

  /** Drops waiting messages that are not wanted any more. */
  prune(): void {
    this.#backlog.prune();
  }

  /** Begins nothing new; resolves when all that was under way has ended, or `graceMs` have passed. */
  async stop(graceMs = STOP_MS): Promise<void> {
    this.#stopped = true;
    await Promise.race([Promise.allSettled(this.#running), sleep(graceMs, undefined, { ref: false })]);
  }

  /** One turn later, so that messages that are read together are looked at together. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#pump();
    });
  }

  #pump(): void {
    for (const end of ['oldest', 'newest'] as const)
      if (!this.#stopped && this.#unseen.size && !this.#looking.has(end)) void this.#look(end);
    while (!this.#stopped && this.#knownUnderWay < MAX_KNOWN && this.#known.size)
      this.#begin(this.#known.shift()!, true);
    while (!this.#stopped && this.#underWay < MAX_UNDER_WAY && this.#fetching < this.deps.appetite()) {
      const orderId = this.#turns.take();
      if (orderId === undefined) break;
      this.#begin(orderId, false);
    }
  }

  async #look(end: 'oldest' | 'newest'): Promise<void> {
    this.#looking.add(end);
    const orderIds = this.#unseen.takeMany(LOOK_BATCH, end);
    const glances = await this.deps.look(orderIds).catch(() => []);
    this.#looking.delete(end);
    for (const [i, orderId] of orderIds.entries()) {
      const waiting = this.#backlog.summary(orderId);
      if (!waiting) continue;
      const glance = glances[i] ?? null;
      if (glance && (glance.parked || (containsMessage(glance.stored, waiting) && !isAnew(glance, waiting))))
        this.#known.push(orderId);
      else this.#turns.add(orderId, waiting.restaurantId ?? '', urgencyOf(glance, waiting.status));
    }
    this.#pump();
  }

  #begin(orderId: string, seen: boolean): void {
    // The order may be queued twice; its first place wins.
    if (this.#lanes.has(orderId)) return;
    const lane = this.#backlog.take(orderId, MAX_MESSAGES);
    if (!lane.length) return;
    this.#lanes.set(orderId, lane);
    if (seen) this.#knownUnderWay += 1;
    const run = this.#run(orderId, lane, seen)
      .catch((error: unknown) => this.#faulty(orderId, error))
      .finally(() => {
        this.#running.delete(run);
        if (seen) this.#knownUnderWay -= 1;
        // In one turn: no new message can get between the ones that are left and the lane's end.
        this.#lanes.delete(orderId);
        this.#backlog.putBack(orderId, lane);
        if (this.#backlog.has(orderId)) this.#unseen.push(orderId);
        this.#schedule();
      });
    this.#running.add(run);
  }

  /** Reports the fault and waits before the next try, or a bug of ours would spin. */
  async #faulty(orderId: string, error: unknown): Promise<void> {
    if (this.#stopped) return;
    this.deps.onFault?.(orderId, error);
    await (this.deps.pause ?? sleep)(FAULT_PAUSE_MS);
  }

  /**
   * Works on an order until some of its messages have ended, or all are dropped. The others wait for another turn.
   */
  async #run(orderId: string, lane: Arrival[], seen: boolean): Promise<void> {
    const pause = this.deps.pause ?? sleep;
    for (let tries = 0, ended = 0; !this.#stopped && !ended;) {
      remove(lane, new Set(lane.filter(({ from }) => !from.wanted)));
      if (!lane.length) return;
      const { finding, before, fetch } =
        seen && tries === 0
          ? { finding: { kind: 'seen' as const }, before: [...lane] }
          : await this.#find(orderId, lane, tries);
      if (!finding) {
        await pause(OUTAGE_PAUSE_MS);
        continue;
      }
      const giveUp = finding.kind === 'failed' && tries >= QUICK_TRIES.length;
      if (finding.kind === 'failed' && !giveUp) {
        await pause(QUICK_TRIES[tries]!);
        tries += 1;
        continue;
      }
      ended = await this.#settle(orderId, lane, finding, before, fetch);
      // Messages of an assignment that is over are dropped above. Those that were read since have had no try yet.
      tries = before.every(({ from }) => from.wanted) ? tries + 1 : 0;
    }
  }

  /** The finding to settle, and its messages; no finding while the order service is down. */
  async #find(
    orderId: string,
    lane: Arrival[],
    tries: number,
  ): Promise<{ finding?: Finding; before: Arrival[]; fetch?: FetchNote }> {
    let [before, sentAt] = [[...lane], performance.now()];
    this.#fetching += 1;
    const fetched = await this.deps
      .fetch(orderId, () => {
        before = [...lane];
        sentAt = performance.now();
      })
      .finally(() => {
        this.#fetching -= 1;
        this.#schedule();
      });
    const endedAt = performance.now();
    const fetch = { endedAt, ms: endedAt - sentAt, tries: tries + 1 };
    if (!fetched.ok)
      return fetched.outage
        ? { before }
        : { finding: { kind: 'failed', reason: fetched.error.message, outage: false }, before, fetch };
    const { detail } = fetched;
    if (tries <= QUICK_TRIES.length && covers(detail, before[0]!.event, true))
      return { finding: { kind: 'detail', detail }, before, fetch };
    return {
      finding: {
        kind: 'failed',
        reason: behindWords(detail),
        outage: false,
      },
      before,
      fetch,
    };
  }

  /** @returns how many messages have ended */
  async #settle(
    orderId: string,
    lane: Arrival[],
    finding: Finding,
    before: Arrival[],
    fetch?: FetchNote,
  ): Promise<number> {
    const during = lane.slice(before.length);
    this.#settling += 1;
    const { again } = await this.deps
      .settle({
        orderId,
        finding,
        ...(fetch && { fetch }),
        wanted: () => before.every(({ from }) => from.wanted),
        before: before.map(({ event }) => event),
        during: during.map(({ event }) => event),
      })
      .finally(() => {
        this.#settling -= 1;
      });
    const left = new Set(again);
    const ended = [...before, ...during].filter(({ event }) => !left.has(event));
    remove(lane, new Set(ended));
    for (const { event, from } of ended) from.ended(event);
    return ended.length;
  }
}

/** Whether the message may be of another order with the same id: an old message is not sent after its order's end. */
const isAnew = ({ ended }: NonNullable<Glance>, { sentAt }: { sentAt: number | null }): boolean =>
  sentAt !== null && sentAt > (ended ?? Infinity);

function urgencyOf(glance: Glance, status: string): Urgency {
  if (glance?.stored) return glance.closed ? 'over' : 'open';
  return isOver({ status }) ? 'over' : 'new';
}

function behindWords({ version, status, items, ageSeconds }: OrderDetail): string {
  const cached = ageSeconds ? `, out of a cache, ${ageSeconds} s old` : '';
  const answer = `version ${version ?? 'unknown'}, status ${status}, ${items.length} dishes`;
  return `the order service is behind: it answered ${answer}${cached}`;
}

/** In place: `add` holds the same array. */
function remove(lane: Arrival[], gone: ReadonlySet<Arrival>): void {
  let kept = 0;
  for (const arrival of lane) if (!gone.has(arrival)) lane[kept++] = arrival;
  lane.length = kept;
}
