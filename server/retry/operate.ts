// The effect of an operator's retry or discard on the lane of the message's order. Pure: control.ts reads and writes the
// rows.
import type { LaneUpdate } from '../settle/settlement.ts';

type LiveState = 'PARKED' | 'FAILED';

/**
 * A FAILED message waits again. The order is due at once, for a try that does not count as an attempt; a try that is
 * under way loses its lease.
 */
export function readmitted(state: LiveState, parked: number): LaneUpdate {
  return { parked: state === 'FAILED' ? parked + 1 : parked, waitMs: 0, forced: true };
}

/**
 * The message is never tried again. If it was the head, the message after it is due, and a try that is under way loses
 * its lease; else nothing more changes.
 */
export function discarded(state: LiveState, parked: number, isHead: boolean): LaneUpdate | undefined {
  if (state === 'FAILED') return undefined;
  return { parked: parked - 1, waitMs: isHead && parked > 1 ? 0 : null };
}
