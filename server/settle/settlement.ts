// What is decided for one order while its lane's row is locked: which of its messages end and how, which wait in the
// retry table, and what becomes of the order. Pure: the transaction around it (settle.ts) reads the state and writes
// the decision.
//
//   message --fetched, not behind--> APPLIED (it changed the order) | COVERED (nothing left to change)
//           --order has parked ones--> PARKED behind them
//           --not fetched----------> PARKED as head --tries--> APPLIED | SUPERSEDED | FAILED --later success--> SUPERSEDED
import type { OrderEvent, Position } from '../upstream/message.ts';
import type { KitchenOrder } from '../order/order.ts';
import type { OrderDetail } from '../upstream/detail.ts';
import { type UpstreamStatus } from '../protocol/status.ts';

/** What was found out about the order outside the lock. */
export type Finding =
  | { kind: 'detail'; detail: OrderDetail }
  /**
   * It could not be fetched, or only too old. `outage`: the order service as a whole was down, which burns no attempt.
   */
  | { kind: 'failed'; reason: string; outage: boolean }
  /** Nothing was fetched, since the order was seen parked, or to contain these messages. */
  | { kind: 'seen' };

/** The fetch that a finding comes from: `endedAt` by performance.now(), `ms` from when its last request went out. */
export interface FetchNote {
  endedAt: number;
  ms: number;
  /** Quick tries, this one included. */ tries: number;
}

export interface Settlement {
  orderId: string;
  finding: Finding;
  /** Kept for the order's story; decides nothing. */
  fetch?: FetchNote;
  /**
   * Messages that are in no table yet, in offset order: those that had arrived when the fetch began, and those that
   * came while it ran.
   */
  before: OrderEvent[];
  during: OrderEvent[];
  /**
   * Set for a try from the retry table: it counts only while the lane still carries this lease. `upTo`: the last row
   * parked when it began.
   */
  lease?: { token: string; upTo: number };
}

export interface ParkedRow {
  id: number;
  position: Position;
  status: UpstreamStatus;
  version: number | null;
  digest: string;
  state: 'PARKED' | 'FAILED';
  attempts: number;
}

/** Everything about one order, read under its lock. */
export interface LockedOrder {
  lane: { parked: number; leaseToken: string | null; forced: boolean };
  order: KitchenOrder | null;
  /** PARKED and FAILED rows, oldest first. */
  live: ParkedRow[];
  /**
   * Of those positions, among the settlement's, that ended or are parked already: position's key -> the message's
   * digest.
   */
  settled: ReadonlyMap<string, string>;
  /** The last APPLIED offset of each `incarnation/partition`. */
  applied: ReadonlyMap<string, number>;
  /** Digests, among the settlement's, of messages that ended. */
  endedDigests: ReadonlySet<string>;
}

export type EndKind = 'APPLIED' | 'COVERED' | 'SUPERSEDED' | 'DISCARDED';
export interface Ended {
  message: Pick<OrderEvent, 'position' | 'digest'>;
  kind: EndKind;
  redelivery: boolean;
}
interface ParkedUpdate {
  id: number;
  state: 'PARKED' | 'FAILED' | 'SUPERSEDED' | 'APPLIED';
  attempts: number;
  waitMs: number | null;
  error: string | null;
}

/**
 * A lane's new state. `waitMs`: until its head is due, which also ends every lease; null where nothing waits any more,
 * and where what stands about the head stays as it is. `forced`: the next try is an operator's.
 */
export interface LaneUpdate {
  parked: number;
  waitMs: number | null;
  forced?: boolean;
}

export interface Decision {
  /** The order as it is to be written; undefined when it stays as it is. */
  after?: KitchenOrder;
  ended: Ended[];
  park: { message: OrderEvent; waitMs: number | null; error: string | null }[];
  updates: ParkedUpdate[];
  /** Undefined when nothing about parking changed. */
  lane?: LaneUpdate;
  /** The row that has just FAILED for the first time. */
  failed?: { row: ParkedRow; attempts: number; error: string };
  /** Messages that are not settled: they must be looked at again. */
  again: OrderEvent[];
}

export const nothing = (again: OrderEvent[] = []): Decision => ({ ended: [], park: [], updates: [], again });
