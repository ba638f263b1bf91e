// Values that tests of a decision are about: the finding, the locked rows, and the fates of messages.
import type { DecideContext } from '../server/settle/decide.ts';
import type { Decision, Finding, LockedOrder, ParkedRow, Settlement } from '../server/settle/settlement.ts';
import type { OrderEvent } from '../server/upstream/message.ts';
import { detail, kitchenOrder, mergeContext, position } from './made.ts';

export const context: DecideContext = { ...mergeContext(), retry: { maxAttempts: 3, baseMs: 1000, maxMs: 60_000 } };
export const held = (version: number | null, status = 'PLACED') => kitchenOrder(detail(version, { status }));
export const found = (version: number | null, more = {}): Finding => ({
  kind: 'detail',
  detail: detail(version, more),
});
export const failed = (outage = false): Finding => ({ kind: 'failed', reason: 'it broke', outage });
export const locked = (more: Partial<LockedOrder> = {}): LockedOrder => ({
  lane: { parked: 0, leaseToken: null, forced: false },
  order: null,
  archived: false,
  live: [],
  settled: new Map(),
  applied: new Map(),
  endedDigests: new Set(),
  ...more,
});
export const row = (id: number, version: number | null, more: Partial<ParkedRow> = {}): ParkedRow => ({
  id,
  position: position(id),
  status: 'PLACED',
  version,
  sentAt: null,
  digest: `d${id}`,
  state: 'PARKED',
  attempts: 0,
  ...more,
});
export const waitingFor = (...rows: ParkedRow[]): Partial<LockedOrder> => ({
  lane: { parked: rows.filter(({ state }) => state === 'PARKED').length, leaseToken: 'mine', forced: false },
  live: rows,
});
export const arrivals = (before: OrderEvent[], finding: Finding, during: OrderEvent[] = []): Settlement => ({
  orderId: 'o-1',
  finding,
  before,
  during,
});
export const attempt = (finding: Finding, upTo = 100, token = 'mine'): Settlement => ({
  orderId: 'o-1',
  finding,
  before: [],
  during: [],
  lease: { token, upTo },
});
export const fates = ({ ended }: Decision) => ended.map(({ message, kind }) => `${message.position.offset} ${kind}`);
export const untouched = { ended: [], park: [], updates: [], again: [] };
