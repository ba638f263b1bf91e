// Which orders open tickets. A ticket is for what is to be cooked now: an order that is over, or was placed long ago,
// opens none when it is seen again, whether a replay, a first start on an old topic or a late refund shows it. Pure.
import type { KitchenOrder } from '../order/order.ts';
import { isCanceled, isOver, isRefunded } from '../protocol/status.ts';
import type { OrderDetail } from '../upstream/detail.ts';

/** An order that is new to us is still to be cooked for so long after it was placed. */
const NEW_FOR_MS = 24 * 3600_000;
/**
 * The same where it is over already: a guest at a counter may have paid before the kitchen hears of it. Of an order that
 * was due it is how long after that time somebody still waits.
 */
const OVER_FOR_MS = 3 * 3600_000;

/** A change upstream this long after the last dish was handed out is news to nobody in the kitchen. */
const NEWS_FOR_MS = 3 * 3600_000;

export interface Seen {
  /** RFC 3339. */
  now: string;
  /** When the message about it was sent, in ms since 1970; null where nothing says it. */
  sentAt: number | null;
}

/** When the order was placed, as far as anything says it, in ms since 1970. */
export const placedMs = ({ placedAt }: Pick<OrderDetail, 'placedAt'>, { now, sentAt }: Seen): number =>
  placedAt === null ? (sentAt ?? Date.parse(now)) : Date.parse(placedAt);

/** Whether the order's new lines are to be cooked. Those of an order that we know are new, whenever it was placed. */
export function opensTickets(before: KitchenOrder | null, detail: OrderDetail, seen: Seen): boolean {
  if (isCanceled(detail)) return false;
  const now = Date.parse(seen.now);
  if (detail.dueAt !== null && Date.parse(detail.dueAt) > now - OVER_FOR_MS) return true;
  const age = now - placedMs(detail, seen);
  if (before) return !isOver(detail) || age <= NEW_FOR_MS;
  return age <= (isOver(detail) ? OVER_FOR_MS : NEW_FOR_MS);
}

/** Whether the kitchen is done with all that it had of the order: changes to that are no news to it. */
export function isPast(before: KitchenOrder | null, detail: OrderDetail, now: string): boolean {
  if (!before || before.closedAt === null) return false;
  return isRefunded(detail) || Date.parse(now) - Date.parse(before.closedAt) > NEWS_FOR_MS;
}
