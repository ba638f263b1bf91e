// May a fetched order be taken for the truth? The order service reads from a replica that can be seconds behind: what
// it answers counts only if it is not older than what is known to have happened.
import type { OrderEvent } from './message.ts';
import type { OrderDetail } from './detail.ts';
import { comesBefore, isCanceled, type UpstreamStatus } from '../protocol/status.ts';

type MessageState = Pick<OrderEvent, 'status' | 'version'>;

/** What the kitchen has of an order; null when it is new. */
export type StoredOrder = { version: number | null; status: UpstreamStatus } | null;

/** Why the fetched order is behind this message; undefined when it is not. */
export function behindMessage(detail: OrderDetail, message: MessageState): string | undefined {
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
export function olderThanStored(detail: OrderDetail, stored: StoredOrder): boolean {
  if (!stored) return false;
  if (detail.version !== null && stored.version !== null) return detail.version < stored.version;
  return comesBefore(detail.status, stored.status);
}

/** Does what the kitchen has already contain what this message stands for? Only a version can tell. */
export function containsMessage(stored: StoredOrder, message: MessageState): boolean {
  return stored !== null && stored.version !== null && message.version !== null && message.version <= stored.version;
}

/**
 * Does this fetch cover the message? One that arrived before the fetch began is covered by any answer that is not
 * behind it; one that arrived later only if its version proves it.
 */
export function covers(detail: OrderDetail, message: MessageState, arrivedBeforeFetch: boolean): boolean {
  if (behindMessage(detail, message)) return false;
  return arrivedBeforeFetch || (detail.version !== null && message.version !== null);
}
