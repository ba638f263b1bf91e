// A lane is an order. Messages of one order run one after another; different orders run side by side, and only the order service's limit
// holds them back. Knows nothing of Kafka: what it is given says when it has ended.
//
//   waiting --look--> parked or contained already --settle--> ended
//           --look--> fetch --not behind--> settle --> ended, or again
//                     fetch --failed or behind, 3 quick tries--> settle as parked --> ended
import { setTimeout as sleep } from 'node:timers/promises';
import { containsMessage, covers, type Held } from '../orders/freshness.ts';
import type { FetchResult } from '../orders/detail-source.ts';
import type { SettleResult } from '../orders/settle.ts';
import type { Finding, Settlement } from '../orders/settlement.ts';
import type { OrderEvent } from './message.ts';

export interface Arrival {
  event: OrderEvent;
  /** Its fate is in the database. */
  ended: () => void;
  /** False once its partition is another process's: it is then dropped where it has not begun. */
  wanted: () => boolean;
}

/** What the database says of an order before anything is fetched; null where it does not know it, or cannot say. */
export type Glance = { parked: boolean; held: Held } | null;

export interface LanesDeps {
  look: (orderId: string) => Promise<Glance>;
  fetch: (orderId: string, onStart: () => void) => Promise<FetchResult>;
  settle: (settlement: Settlement) => Promise<SettleResult>;
  pause?: (ms: number) => Promise<unknown>;
}

/** Waits before the second and third quick try, in ms: a replica is often only that far behind. */
const QUICK_TRIES = [60, 250];
const OUTAGE_PAUSE_MS = 100;

export class Lanes {
  readonly #lanes = new Map<string, Arrival[]>();
  readonly #running = new Set<Promise<void>>();
  #size = 0;
  #stopped = false;

  constructor(private readonly deps: LanesDeps) {}

  /** Messages that have not ended. */
  get size(): number { return this.#size; }

  add(arrival: Arrival): void {
    this.#size += 1;
    const { orderId } = arrival.event;
    const waiting = this.#lanes.get(orderId);
    if (waiting) { waiting.push(arrival); return; }
    const lane = [arrival];
    this.#lanes.set(orderId, lane);
    const run = this.#run(orderId, lane).catch(() => {}).finally(() => { this.#running.delete(run); this.#size -= lane.length; if (this.#lanes.get(orderId) === lane) this.#lanes.delete(orderId); });
    this.#running.add(run);
  }

  /** Begins nothing new; resolves when what was under way has ended or `graceMs` have passed. */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    await Promise.race([Promise.allSettled(this.#running), sleep(graceMs, undefined, { ref: false })]);
  }

  async #run(orderId: string, lane: Arrival[]): Promise<void> {
    const pause = this.deps.pause ?? sleep;
    let tries = 0;
    while (!this.#stopped) {
      this.#remove(lane, lane.filter((arrival) => !arrival.wanted()));
      // In the same turn as the look: what is added from now on begins a lane of its own.
      if (!lane.length) { this.#lanes.delete(orderId); return; }
      const { finding, before } = await this.#find(orderId, lane, tries);
      if (!finding) { await pause(OUTAGE_PAUSE_MS); continue; }
      const giveUp = finding.kind === 'failed' && tries >= QUICK_TRIES.length;
      if (finding.kind === 'failed' && !giveUp) { await pause(QUICK_TRIES[tries]!); tries += 1; continue; }
      const during = lane.filter((arrival) => !before.includes(arrival));
      const { again } = await this.deps.settle({ orderId, finding, before: before.map(({ event }) => event), during: during.map(({ event }) => event) });
      const left = new Set(again);
      const ended = [...before, ...during].filter(({ event }) => !left.has(event));
      this.#remove(lane, ended);
      for (const arrival of ended) arrival.ended();
      tries = ended.length ? 0 : tries + 1;
    }
  }

  /** What is to be settled, for which messages; no finding while the order service is down. */
  async #find(orderId: string, lane: Arrival[], tries: number): Promise<{ finding?: Finding; before: Arrival[] }> {
    const looked = [...lane];
    const glance = tries === 0 ? await this.deps.look(orderId) : null;
    if (glance && (glance.parked || looked.every(({ event }) => containsMessage(glance.held, event)))) return { finding: { kind: 'seen' }, before: looked };
    let before: Arrival[] = looked;
    const fetched = await this.deps.fetch(orderId, () => { before = [...lane]; });
    if (!fetched.ok) return fetched.outage ? { before } : { finding: { kind: 'failed', reason: fetched.error.message, outage: false }, before };
    const { detail } = fetched;
    if (tries <= QUICK_TRIES.length && covers(detail, before[0]!.event, true)) return { finding: { kind: 'detail', detail }, before };
    return { finding: { kind: 'failed', reason: `the order service is behind: it answered version ${detail.version ?? 'unknown'}, status ${detail.status}, ${detail.items.length} dishes`, outage: false }, before };
  }

  #remove(lane: Arrival[], gone: Arrival[]): void {
    if (!gone.length) return;
    const set = new Set(gone);
    const left = lane.filter((arrival) => !set.has(arrival));
    this.#size -= lane.length - left.length;
    lane.splice(0, lane.length, ...left);
  }
}
