// Writes the orders that a clock changed, with the revs by which their restaurants' screens learn of it.
import type { Sql } from '../db/client.ts';
import { recordChanges } from '../feed/changes.ts';
import { saveOrders } from '../order/order-rows.ts';
import type { KitchenOrder } from '../order/order.ts';

/** @returns the ids of the changed orders, by restaurant */
export async function saveChanges(
  tx: Sql,
  changes: readonly { before: KitchenOrder; after: KitchenOrder }[],
): Promise<Map<string, string[]>> {
  await saveOrders(tx, changes);
  const byRestaurant = new Map<string, string[]>();
  for (const { after } of changes)
    byRestaurant.set(after.restaurantId, [...(byRestaurant.get(after.restaurantId) ?? []), after.id]);
  await recordChanges(tx, byRestaurant);
  return byRestaurant;
}
