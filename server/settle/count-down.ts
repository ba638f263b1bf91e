// Brings the counts of dishes down ("3 left") by the orders of a settlement, in its transaction. The restaurants are
// locked by then, so that each order is counted once, in whichever process it is settled: a count that is set at the
// same moment is set before the order or after it.
import type { Sql } from '../db/client.ts';
import { FACTS, type Bumped } from '../feed/changes.ts';
import type { KitchenOrder } from '../order/order.ts';
import { sumOf } from '../protocol/rules/quantity.ts';
import { isGone, isSameDish, type NamedDish } from '../protocol/rules/sold-out.ts';
import { portionsTaken, type Portions } from './portions.ts';
import { recordBySelf } from './sold-out-by-itself.ts';

interface Counted extends NamedDish {
  readonly restaurantId: string;
  readonly key: string;
  readonly left: number;
}

/** @param bumped the restaurants of these orders; most of them count no dish, and then nothing is asked */
export async function countDown(
  tx: Sql,
  bumped: readonly Bumped[],
  changes: readonly { before: KitchenOrder | null; after: KitchenOrder }[],
): Promise<void> {
  const counting = bumped.filter((one) => one.counting);
  if (!counting.length) return;
  const ids = new Set(counting.map(({ id }) => id));
  const taken = new Map<string, Portions[]>();
  for (const { before, after } of changes)
    if (ids.has(after.restaurantId))
      taken.set(after.restaurantId, [...(taken.get(after.restaurantId) ?? []), ...portionsTaken(before, after)]);
  const asked = [...taken].flatMap(([id, portions]) => (portions.length ? [id] : []));
  if (!asked.length) return;
  const counts = await tx.$queryRaw<Counted[]>`
    SELECT restaurant_id AS "restaurantId", key, sku, name, "left"
    FROM sold_out_dishes
    WHERE restaurant_id = ANY(${asked}::text[]) AND "left" IS NOT NULL
  `;
  const changed = counts.flatMap((count) => {
    const portions = taken.get(count.restaurantId)!.filter((one) => isSameDish(one, count));
    const left = sumOf([count.left, ...portions.map(({ quantity }) => -quantity)]);
    return left === count.left ? [] : [{ count, left }];
  });
  if (!changed.length) return;
  const rows = changed.map(({ count: { restaurantId, key }, left }) => ({ restaurant_id: restaurantId, key, left }));
  await tx.$executeRaw`
    UPDATE sold_out_dishes d
    SET "left" = c."left"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS c(restaurant_id text, key text, "left" float8)
    WHERE d.restaurant_id = c.restaurant_id AND d.key = c.key
  `;
  const revs = counting.filter(({ id }) => rows.some(({ restaurant_id }) => restaurant_id === id));
  await tx.$executeRaw`
    INSERT INTO changes (restaurant_id, rev, order_id, at)
    SELECT DISTINCT c.restaurant_id, c.rev, ${FACTS}, c.at
    FROM jsonb_to_recordset(${JSON.stringify(revs)}::jsonb) AS b(id text, rev bigint)
    JOIN changes c ON c.restaurant_id = b.id AND c.rev = b.rev
  `;
  const turned = changed.filter(({ count, left }) => isGone(count) !== isGone({ left }));
  await recordBySelf(
    tx,
    turned.map(({ count: { restaurantId, sku, name }, left }) => ({
      restaurantId,
      dish: { sku, name },
      on: isGone({ left }),
    })),
  );
}
