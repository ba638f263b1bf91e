// The types of a settlement: the decision on one order while its lane's row is locked. It says which messages end and
// how, which wait in the retry table, and how the order changes. The transaction (settle.ts) reads the state and writes
// the decision.
//
//   message --fetched, not behind--> APPLIED (it changed the order) | COVERED (nothing left to change)
//           --order has parked ones--> PARKED behind them
//           --not fetched----------> PARKED as head --tries--> APPLIED | SUPERSEDED | FAILED --later success--> SUPERSEDED
import type { OrderEvent, Position } from '../upstream/message.ts';
import type { KitchenOrder } from '../order/order.ts';
import type { Version } from '../protocol/version.ts';
import type { OrderDetail } from '../upstream/detail.ts';
import { type UpstreamStatus } from '../protocol/status.ts';

/** The result of the fetch, which ran outside the lock. */
export type Finding =
  | { kind: 'detail'; detail: OrderDetail }
  /**
   * The order could not be fetched, or came only too old. `outage`: the whole order service was down, so the try counts
   * as no attempt.
   */
  | { kind: 'failed'; reason: string; outage: boolean }
  /** Nothing was fetched: the order was seen to be parked, or to contain these messages. */
  | { kind: 'seen' };

/** The fetch behind a finding. `endedAt` is by performance.now(), `ms` counts from when its last request went out. */
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
   * Messages that are in no table yet, in offset order. `before` had arrived when the fetch began, `during` came while
   * it ran.
   */
  before: OrderEvent[];
  during: OrderEvent[];
  /** Whether its messages are still to be settled: not once their assignment is over. Undefined: always. */
  wanted?: () => boolean;
  /**
   * Set for a try from the retry table, which counts only while the lane still has this lease. `upTo` is the last row
   * that was parked when the try began.
   */
  lease?: { token: string; upTo: number };
}

export interface ParkedRow {
  id: number;
  position: Position;
  status: UpstreamStatus;
  version: Version | null;
  /** As OrderEvent's. */
  sentAt: number | null;
  digest: string;
  state: 'PARKED' | 'FAILED';
  attempts: number;
}

/** Everything about one order, read under its lock. */
export interface LockedOrder {
  lane: { parked: number; leaseToken: string | null; forced: boolean };
  order: KitchenOrder | null;
  /** The order is not in its tables, but in the archive. */
  archived: boolean;
  /** Another order that had this id before, and has just ended. */
  former?: KitchenOrder;
  /** FAILED rows, and for a try the first of the PARKED ones; oldest first. The lane counts all that wait. */
  live: ParkedRow[];
  /** Positions of the settlement that ended or are parked already: the position's key -> the message's digest. */
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
 * A lane's new state. `waitMs` is the time until its head is due, and ends every lease. Null: nothing waits any more,
 * or the head's time and lease stay as they are. `forced`: an operator asked for the next try.
 */
export interface LaneUpdate {
  parked: number;
  waitMs: number | null;
  forced?: boolean;
}

export interface Decision {
  /** The order to write; undefined when it stays as it is. */
  after?: KitchenOrder;
  /** The status of the detail that `after` was made from, as it came. */
  status?: UpstreamStatus;
  ended: Ended[];
  park: { message: OrderEvent; waitMs: number | null; error: string | null }[];
  updates: ParkedUpdate[];
  /** Undefined when nothing about parking changed. */
  lane?: LaneUpdate;
  /** The row that has just FAILED for the first time. */
  failed?: { row: ParkedRow; attempts: number; error: string };
  /** Messages that are not settled and need another look. */
  again: OrderEvent[];
}

export const nothing = (again: OrderEvent[] = []): Decision => ({ ended: [], park: [], updates: [], again });
