// An id that upstream uses again for another order, as tills do that count from 1 each day. The former order goes to the
// archive in the same transaction, and the new one begins with nothing of it: neither its version nor its history.
import type { Sql } from '../db/client.ts';
import type { KitchenOrder } from '../order/order.ts';
import { dishKey } from '../protocol/domain.ts';
import { mergeNotices } from '../protocol/rules/order.ts';
import { itemIdOf } from '../protocol/views.ts';
import { isLower } from '../upstream/version.ts';
import type { OrderDetail } from '../upstream/detail.ts';
import type { Locked } from './settle-read.ts';
import type { Decided } from './settle-write.ts';
import type { Settlement } from './settlement.ts';

/** An order that was never closed here is left alone for so long before its id can be another order's. */
export const OPEN_FOR_MS = 3 * 3600_000;

/** When the kitchen's part in the order ended, in ms since 1970. */
const endOf = ({ closedAt, changedAt }: KitchenOrder): number =>
  closedAt === null ? Date.parse(changedAt) + OPEN_FOR_MS : Date.parse(closedAt);

/**
 * Whether the detail is of another order than the stored one. It was placed after that one had ended, and shares no line
 * with it, or has a lower version, which one order never has.
 */
export function isAnotherOrder({ placedAt, items, version }: OrderDetail, stored: KitchenOrder): boolean {
  if (placedAt === null || !items.length || Date.parse(placedAt) <= endOf(stored)) return false;
  const dishes = new Map(stored.lines.map((line) => [itemIdOf(line), dishKey(line)]));
  const shared = items.some((item) => dishes.get(item.id) === dishKey(item));
  return !shared || (version !== null && stored.version !== null && isLower(version, stored.version));
}

/**
 * Ends the former orders of ids that are used again: their entries in `locked` are then as of an order that is new.
 * @param archive moves an order out of the hot tables
 * @returns the ids
 */
export async function endFormerLives(
  tx: Sql,
  settlements: readonly Settlement[],
  { locked }: Locked,
  archive: (tx: Sql, orderId: string) => Promise<void>,
): Promise<string[]> {
  const ended: string[] = [];
  for (const { orderId, finding, lease } of settlements) {
    const entry = locked.get(orderId)!;
    const { order, lane } = entry;
    const decides = lease ? lease.token === lane.leaseToken : lane.parked === 0;
    if (finding.kind !== 'detail' || !order || !decides || !isAnotherOrder(finding.detail, order)) continue;
    if (!entry.archived) await archive(tx, orderId);
    locked.set(orderId, {
      ...entry,
      order: null,
      archived: false,
      former: order,
      applied: new Map(),
      endedDigests: new Set(),
    });
    ended.push(orderId);
  }
  return ended;
}

/** The new order, whose tickets say that its id was another order's. */
export function toldOfFormer(order: KitchenOrder, former: KitchenOrder, now: string): KitchenOrder {
  const notice = { kind: 'reused' as const, at: now, from: former.placedAt ?? former.receivedAt };
  return {
    ...order,
    tickets: order.tickets.map((ticket) =>
      ticket.state === 'closed' ? ticket : { ...ticket, notices: mergeNotices(ticket.notices, [notice]) },
    ),
  };
}

/** An order that a message touched leaves the archive, also where nothing of it changes: its history goes on. */
export function writtenOf(
  { orderId, before, decision: { after, ended } }: Decided,
  { locked, now }: Locked,
): { before: KitchenOrder | null; after: KitchenOrder }[] {
  if (!before || !locked.get(orderId)!.archived) return after ? [{ before, after }] : [];
  return after || ended.length ? [{ before: null, after: after ?? { ...before, changedAt: now } }] : [];
}
