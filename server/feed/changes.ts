// Writes the change rows that screens follow. The transaction that changes a board bumps the restaurant's rev in its
// last statement. The row lock makes revs become visible in order, and is held only until the commit. All rows of one
// rev carry one time, taken under that lock, so times grow with revs.
import type { Sql } from '../db/client.ts';

/** Stands in the place of an order id: the facts beside the orders have changed. */
export const FACTS = '';

/**
 * Bumps the rev of each restaurant and writes which of its orders changed. Restaurants are locked in order of id, and
 * after the orders of the same transaction. Every transaction keeps this order of locks.
 * @param touched restaurant id -> ids of the orders that changed
 * @returns restaurant id -> its new rev
 */
export async function recordChanges(
  tx: Sql,
  touched: ReadonlyMap<string, Iterable<string>>,
): Promise<Map<string, number>> {
  return new Map((await bumpRevs(tx, touched)).map(({ id, rev }) => [id, rev]));
}

/** A restaurant whose rev was bumped, as it is under its lock. */
export interface Bumped {
  readonly id: string;
  readonly rev: number;
  /** A dish of it has a count, which orders bring down. */
  readonly counting: boolean;
}

/** The same, with all that is known of the restaurants. */
export async function bumpRevs(tx: Sql, touched: ReadonlyMap<string, Iterable<string>>): Promise<Bumped[]> {
  const rows = [...touched].flatMap(([restaurantId, orderIds]) =>
    [...orderIds].map((orderId) => ({ restaurant_id: restaurantId, order_id: orderId })),
  );
  if (!rows.length) return [];
  const bumped = await tx.$queryRaw<(Omit<Bumped, 'rev'> & { rev: bigint })[]>`
    WITH touched AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t(restaurant_id text, order_id text)
    ),
    locked AS (SELECT id FROM restaurants WHERE id IN (SELECT restaurant_id FROM touched) ORDER BY id FOR UPDATE),
    bumped AS (UPDATE restaurants r SET rev = r.rev + 1 FROM locked WHERE r.id = locked.id RETURNING r.id, r.rev, r.counting),
    written AS (
      INSERT INTO changes (restaurant_id, rev, order_id, at)
      SELECT DISTINCT b.id, b.rev, t.order_id, n.at
      FROM touched t
      JOIN bumped b ON b.id = t.restaurant_id, (SELECT clock_timestamp() AS at FROM (SELECT count(*) FROM bumped) x) n
    )
    SELECT id, rev, counting
    FROM bumped
  `;
  return bumped.map(({ rev, ...row }) => ({ ...row, rev: Number(rev) }));
}
