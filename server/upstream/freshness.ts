// May a fetched order be taken for the truth? The order service reads from a replica that can be seconds behind: what
// it answers counts only if it is not older than what is known to have happened.
import type { OrderEvent } from './message.ts';
import type { OrderDetail } from './detail.ts';
import { comesBefore, isCanceled, type UpstreamStatus } from '../protocol/status.ts';

type Known = Pick<OrderEvent, 'status' | 'version'>;

/** What the kitchen has of an order; null when it is new. */
export type Held = { version: number | null; status: UpstreamStatus } | null;

/** Why the fetched order is behind this message; undefined when it is not. */
export function behindMessage(detail: OrderDetail, message: Known): string | undefined {
  if (detail.items.length === 0 && !isCanceled(detail)) return 'the order came without its dishes';
  if (detail.version !== null && message.version !== null) {
    return detail.version < message.version
      ? `version ${detail.version} came, the message was of version ${message.version}`
      : undefined;
  }
  return comesBefore(detail.status, message.status)
    ? `status ${detail.status} came, the message was of ${message.status}`
    : undefined;
}

/** Is the fetched order older than what the kitchen already has? */
export function olderThanHeld(detail: OrderDetail, held: Held): boolean {
  if (!held) return false;
  if (detail.version !== null && held.version !== null) return detail.version < held.version;
  return comesBefore(detail.status, held.status);
}

/** Does what the kitchen has already contain what this message stands for? Only a version can tell. */
export function containsMessage(held: Held, message: Known): boolean {
  return held !== null && held.version !== null && message.version !== null && message.version <= held.version;
}

/**
 * Does this fetch cover the message? One that arrived before the fetch began is covered by any answer that is not
 * behind it; one that arrived later only if its version proves it.
 */
export function covers(detail: OrderDetail, message: Known, arrivedBeforeFetch: boolean): boolean {
  if (behindMessage(detail, message)) return false;
  return arrivedBeforeFetch || (detail.version !== null && message.version !== null);
}
