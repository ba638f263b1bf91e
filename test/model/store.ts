// The model's interface to a database: the calls that the processes make, and a look at all rows that the rules are
// about.
import type { Rejection } from '../../server/ingest/rejected.ts';
import type { Glance } from '../../server/ingest/lanes.ts';
import type { SettleResult } from '../../server/settle/settle.ts';
import type { EndKind, Settlement } from '../../server/settle/settlement.ts';
import type { Claim } from '../../server/retry/claims.ts';

export const RETRY = { maxAttempts: 2, baseMs: 60_000, maxMs: 60_000 };
/**
 * Longer than a lease, and shorter than the shortest wait. Two steps are longer than the longest wait, so that the
 * spread of waits decides nothing.
 */
export const TIME_STEP_MS = 40_000;

export interface HistoryRow {
  orderId: string;
  kind: EndKind;
  version: number | null;
  partition: number;
  offset: number;
  redelivery: boolean;
}
export interface ParkedRow {
  id: number;
  orderId: string;
  partition: number;
  offset: number;
  state: 'PARKED' | 'FAILED' | 'APPLIED' | 'SUPERSEDED' | 'DISCARDED';
  attempts: number;
}
/** `due`: null where nothing is to be tried. `leased`: its lease has not run out. */
export interface LaneRow {
  orderId: string;
  parked: number;
  due: boolean | null;
  token: string | null;
  leased: boolean;
  forced: boolean;
}
/** `revision`: by its content. */
export interface OrderRow {
  id: string;
  version: number | null;
  status: string;
  revision: number;
}

/** Each list in one order: history as it was written, parked rows by id, the others by order. */
export interface Rows {
  history: HistoryRow[];
  parked: ParkedRow[];
  lanes: LaneRow[];
  orders: OrderRow[];
  rejected: { partition: number; offset: number }[];
  /** Orders that e-mails were about. */
  emails: string[];
}

export interface Store {
  look(orderIds: string[]): Promise<Glance[]>;
  settle(settlement: Settlement, process: number): Promise<SettleResult>;
  claim(free: number, trying: string[]): Promise<Claim[]>;
  keep(rejection: Rejection): Promise<void>;
  operate(says: 'retry' | 'discard', id: number): Promise<void>;
  passTime(): Promise<void>;
  rows(): Promise<Rows>;
}
