// Decides whether a fetched order may be taken for the truth. The order service reads from a replica that can be
// seconds behind, so its answer counts only if it is not older than the message and the stored order.
import type { OrderEvent } from './message.ts';
import type { OrderDetail } from './detail.ts';
import type { Version } from '../protocol/version.ts';
import { isLower } from './version.ts';
import { comesBefore, isCanceled, type UpstreamStatus } from '../protocol/status.ts';

type MessageState = Pick<OrderEvent, 'status' | 'version'>;

/** The order as the kitchen has it; null when it is new. */
export type StoredOrder = { version: Version | null; status: UpstreamStatus } | null;

/** Why the fetched order is behind this message; undefined when it is not. */
export function behindMessage(detail: OrderDetail, message: MessageState): string | undefined {
  if (detail.items.length === 0 && !isCanceled(detail)) return 'the order came without its dishes';
  if (detail.version !== null && message.version !== null) {
    return isLower(detail.version, message.version)
      ? `version ${detail.version} came, the message was of version ${message.version}`
      : undefined;
  }
  // Only a version shows that an answer out of a cache is newer than the message.
  if (detail.ageSeconds) return `the answer is ${detail.ageSeconds} s old: it came from a cache`;
  return comesBefore(detail.status, message.status)
    ? `status ${detail.status} came, the message was of ${message.status}`
    : undefined;
}

/** Whether the fetched order is older than the kitchen's. */
export function olderThanStored(detail: OrderDetail, stored: StoredOrder): boolean {
  if (!stored) return false;
  if (detail.version !== null && stored.version !== null) return isLower(detail.version, stored.version);
  return comesBefore(detail.status, stored.status);
}

/** Whether the kitchen's order contains this message already. Only a version can tell. */
export function containsMessage(stored: StoredOrder, message: MessageState): boolean {
  return (
    stored !== null && stored.version !== null && message.version !== null && !isLower(stored.version, message.version)
  );
}

/**
 * Whether this fetch covers the message. Any answer that is not behind a message covers it if it arrived before the
 * fetch began. A message that arrived later is covered only if versions prove it.
 */
export function covers(detail: OrderDetail, message: MessageState, arrivedBeforeFetch: boolean): boolean {
  if (behindMessage(detail, message)) return false;
  return arrivedBeforeFetch || (detail.version !== null && message.version !== null);
}
