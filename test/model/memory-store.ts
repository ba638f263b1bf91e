// The tables in memory: each call is one transaction with the effect of the statements in settle-read.ts, settle-write.ts, claims.ts and
// control.ts. model.int.test.ts proves it: it runs the same scripts over both.
import { positionKey } from '../../server/upstream/message.ts';
import type { Rejection } from '../../server/ingest/rejected.ts';
import type { Glance } from '../../server/ingest/lanes.ts';
import type { KitchenOrder } from '../../server/order/order.ts';
import { decide } from '../../server/settle/decide.ts';
import type { SettleResult } from '../../server/settle/settle.ts';
import type {
  Decision,
  Ended,
  LaneUpdate,
  LockedOrder,
  ParkedRow as LiveRow,
  Settlement,
} from '../../server/settle/settlement.ts';
import type { Claim } from '../../server/retry/claims.ts';
import { discarded, readmitted } from '../../server/retry/operate.ts';
import { mergeContext } from '../made.ts';
import { RETRY, TIME_STEP_MS, type HistoryRow, type ParkedRow, type Rows, type Store } from './store.ts';
import type { Version } from '../../server/protocol/version.ts';

const LEASE_MS = 30_000;

interface Parked extends Omit<LiveRow, 'state'>, Pick<ParkedRow, 'orderId' | 'state'> {}
interface Lane {
  parked: number;
  dueAt: number | null;
  leaseToken: string | null;
  leaseUntil: number | null;
  forced: boolean;
}

export class MemoryStore implements Store {
  readonly #context = mergeContext();
  readonly #history: (HistoryRow & { key: string; digest: string })[] = [];
  readonly #parked: Parked[] = [];
  readonly #lanes = new Map<string, Lane>();
  readonly #orders = new Map<string, KitchenOrder>();
  readonly #rejected: { partition: number; offset: number }[] = [];
  readonly #emails: string[] = [];
  #now = 0;
  #tokens = 0;

  async look(orderIds: string[]): Promise<Glance[]> {
    return orderIds.map((id) => {
      const [lane, order] = [this.#lanes.get(id), this.#orders.get(id)];
      return lane
        ? {
            parked: lane.parked > 0,
            closed: order ? order.closedAt !== null : false,
            stored: order ? { status: order.status, version: order.version } : null,
          }
        : null;
    });
  }

  async settle(settlement: Settlement): Promise<SettleResult> {
    const { before, during } = settlement;
    // As the settler: messages of an assignment that is over are read again.
    if (!(settlement.wanted?.() ?? true)) return { again: [...before, ...during], fates: {}, parked: false };
    this.#now += 1;
    const decision = decide(settlement, this.#locked(settlement), { ...this.#context, retry: RETRY });
    this.#write(settlement.orderId, decision);
    return { again: decision.again, fates: {}, parked: this.#lane(settlement.orderId).parked > 0 };
  }

  async claim(free: number, trying: string[]): Promise<Claim[]> {
    this.#now += 1;
    const due = [...this.#lanes].filter(
      ([id, { parked, dueAt, leaseUntil }]) =>
        dueAt !== null &&
        dueAt <= this.#now &&
        parked > 0 &&
        (leaseUntil === null || leaseUntil < this.#now) &&
        !trying.includes(id),
    );
    return due
      .sort(([, a], [, b]) => a.dueAt! - b.dueAt!)
      .slice(0, free)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([orderId, lane]) => {
        [lane.leaseToken, lane.leaseUntil] = [`lease ${(this.#tokens += 1)}`, this.#now + LEASE_MS];
        return {
          orderId,
          token: lane.leaseToken,
          upTo: this.#parked.findLast((row) => row.orderId === orderId)?.id ?? 0,
        };
      });
  }

  async keep({ position: { partition, offset } }: Rejection): Promise<void> {
    if (!this.#rejected.some((row) => row.partition === partition && row.offset === offset))
      this.#rejected.push({ partition, offset });
  }

  async operate(says: 'retry' | 'discard', id: number): Promise<void> {
    this.#now += 1;
    const row = this.#parked[id - 1]!;
    const { orderId, state } = row;
    if (state !== 'PARKED' && state !== 'FAILED') return;
    const { parked } = this.#lane(orderId);
    if (says === 'retry') {
      row.state = 'PARKED';
      this.#writeLane(orderId, readmitted(state, parked));
      return;
    }
    const isHead = !this.#parked.some(
      (other) => other.orderId === orderId && other.state === 'PARKED' && other.id < id,
    );
    row.state = 'DISCARDED';
    this.#end(orderId, { message: row, kind: 'DISCARDED', redelivery: false });
    const lane = discarded(state, parked, isHead);
    if (lane) this.#writeLane(orderId, lane);
  }

  async passTime(): Promise<void> {
    this.#now += TIME_STEP_MS;
  }

  async rows(): Promise<Rows> {
    const byOrder = <T extends { orderId: string }>(rows: T[]) => rows.sort((a, b) => (a.orderId < b.orderId ? -1 : 1));
    return {
      history: this.#history.map(({ key: _, digest: __, ...row }) => row),
      parked: this.#parked.map(({ id, orderId, position: { partition, offset }, state, attempts }) => ({
        id,
        orderId,
        partition,
        offset,
        state,
        attempts,
      })),
      lanes: byOrder(
        [...this.#lanes].map(([orderId, { parked, dueAt, leaseToken, leaseUntil, forced }]) => ({
          orderId,
          parked,
          due: dueAt === null ? null : dueAt <= this.#now,
          token: leaseToken,
          leased: leaseUntil !== null && leaseUntil >= this.#now,
          forced,
        })),
      ),
      orders: [...this.#orders.values()]
        .map(({ id, version, status, lines }) => ({
          id,
          version: numberOf(version),
          status,
          revision: lines[0]!.quantity,
        }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
      rejected: [...this.#rejected],
      emails: [...this.#emails].sort(),
    };
  }

  #lane(orderId: string): Lane {
    const lane = this.#lanes.get(orderId) ?? {
      parked: 0,
      dueAt: null,
      leaseToken: null,
      leaseUntil: null,
      forced: false,
    };
    this.#lanes.set(orderId, lane);
    return lane;
  }

  #locked({ orderId, before, during }: Settlement): LockedOrder {
    const { parked, leaseToken, forced } = this.#lane(orderId);
    const messages = [...before, ...during];
    const mine = this.#history.filter((row) => row.orderId === orderId);
    const settled = [
      ...this.#history.map(({ key, digest }) => ({ key, digest })),
      ...this.#parked.map(({ position, digest }) => ({ key: positionKey(position), digest })),
    ];
    return {
      lane: { parked, leaseToken, forced },
      order: this.#orders.get(orderId) ?? null,
      archived: false,
      live: this.#parked.flatMap(({ orderId: id, state, ...row }) =>
        id === orderId && (state === 'PARKED' || state === 'FAILED') ? [{ ...row, state }] : [],
      ),
      settled: new Map(
        settled
          .filter(({ key }) => messages.some(({ position }) => positionKey(position) === key))
          .map(({ key, digest }) => [key, digest]),
      ),
      applied: new Map(
        mine
          .filter(({ kind }) => kind === 'APPLIED')
          .sort((a, b) => a.offset - b.offset)
          .map(({ partition, offset }) => [`1/${partition}`, offset]),
      ),
      endedDigests: new Set(mine.map(({ digest }) => digest)),
    };
  }

  #write(orderId: string, { after, ended, park, updates, lane, failed }: Decision): void {
    if (after) this.#orders.set(orderId, after);
    for (const end of ended) this.#end(orderId, end);
    for (const {
      message: { position, status, version, sentAt, digest },
    } of park) {
      if (this.#parked.some((row) => positionKey(row.position) === positionKey(position)))
        throw new Error(`${positionKey(position)} is parked already`);
      this.#parked.push({
        id: this.#parked.length + 1,
        orderId,
        position,
        status,
        version,
        sentAt,
        digest,
        state: 'PARKED',
        attempts: 0,
      });
    }
    for (const { id, state, attempts } of updates) Object.assign(this.#parked[id - 1]!, { state, attempts });
    if (lane) this.#writeLane(orderId, lane);
    if (failed) this.#emails.push(orderId);
  }

  #end(orderId: string, { message: { position, digest }, kind, redelivery }: Ended): void {
    const key = positionKey(position);
    if (this.#history.some((row) => row.key === key)) throw new Error(`${key} has ended already`);
    this.#history.push({
      orderId,
      kind,
      version: numberOf(this.#orders.get(orderId)?.version),
      partition: position.partition,
      offset: position.offset,
      redelivery,
      key,
      digest,
    });
  }

  #writeLane(orderId: string, { parked, waitMs, forced = false }: LaneUpdate): void {
    const lane = this.#lane(orderId);
    const keeps = waitMs === null && parked > 0;
    Object.assign(
      lane,
      { parked },
      keeps ? {} : { dueAt: waitMs === null ? null : this.#now + waitMs, leaseToken: null, leaseUntil: null, forced },
    );
  }
}

/** Versions of this model are low. */
const numberOf = (version: Version | null | undefined): number | null => (typeof version === 'number' ? version : null);
