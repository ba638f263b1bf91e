// What an operator's word does to a parked or FAILED message and to its order's lane. Pure: control.ts reads and writes
// the rows.
import type { LaneUpdate } from '../settle/settlement.ts';

type LiveState = 'PARKED' | 'FAILED';

/**
 * Waits again where it had FAILED. Whatever is tried just now has lost its lease: the order is due at once, for a try
 * that counts as no attempt.
 */
export function readmitted(state: LiveState, parked: number): LaneUpdate {
  return { parked: state === 'FAILED' ? parked + 1 : parked, waitMs: 0, forced: true };
}

/**
 * Never tried again. Behind the head, nothing else changes; else whoever was trying it just now has lost the lease, and
 * the message after it is due.
 */
export function discarded(state: LiveState, parked: number, isHead: boolean): LaneUpdate | undefined {
  if (state === 'FAILED') return undefined;
  return { parked: parked - 1, waitMs: isHead && parked > 1 ? 0 : null };
}
