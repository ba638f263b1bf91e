// The lock that the clocks of the kitchen take: they wait for no lane.
import type { Sql } from '../db/client.ts';

/** Locks the lanes that no other transaction has locked. An order behind a locked lane is found at the next look. */
export async function lockFreeLanes(tx: Sql, ids: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT order_id AS id
    FROM lanes
    WHERE order_id = ANY(${ids}::text[])
    ORDER BY order_id COLLATE "C"
    FOR UPDATE SKIP LOCKED
  `;
  return rows.map(({ id }) => id);
}
