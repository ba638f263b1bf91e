// Delayed orders that no screen can show, for one restaurant: a message of each waits in the retry table, or has FAILED
// there.
import type { PrismaClient } from '../db/client.ts';
import { isoTime } from '../db/iso-time.ts';
import type { ParkedOrder, ParkedOrders } from '../protocol/parked-orders.ts';

const MOST = 200;

/** @param all also orders whose restaurant is not known: for operators */
export async function readParkedOrders(
  prisma: PrismaClient,
  restaurantId: string,
  all: boolean,
): Promise<ParkedOrders> {
  // The order itself names its restaurant, else the message does. A message that names another restaurant than the
  // order has no say.
  const [row] = await prisma.$queryRaw<{ orders: ParkedOrder[] | null; count: number; unknown: number }[]>`
    WITH live AS MATERIALIZED (
      SELECT
        p.order_id, min(p.restaurant_id) AS said, min(p.parked_at) AS parked_at, count(*)::int AS messages,
        bool_or(p.state = 'PARKED') AS waits, max(p.attempts) AS attempts, min(p.next_attempt_at) AS next_attempt_at,
        (array_agg(p.last_error ORDER BY p.id) FILTER (WHERE p.last_error IS NOT NULL))[1] AS last_error
      FROM unnest(ARRAY['PARKED', 'FAILED']) AS wanted(state)
      CROSS JOIN LATERAL (SELECT * FROM parked_messages WHERE parked_messages.state = wanted.state OFFSET 0) p
      GROUP BY p.order_id
    ),
    whose AS MATERIALIZED (
      SELECT
        l.*, o.number, o.id IS NOT NULL AS known, COALESCE(o.table_name, o.type) AS place,
        COALESCE(o.restaurant_id, l.said) AS restaurant_id
      FROM live l
      LEFT JOIN orders o ON o.id = l.order_id
    ),
    ours AS (
      SELECT *, restaurant_id IS NULL AS nobodys
      FROM whose
      WHERE restaurant_id = ${restaurantId} OR (restaurant_id IS NULL AND ${all})
    )
    SELECT
      (
        SELECT json_agg(
          json_build_object(
            'orderId', s.order_id, 'number', CASE WHEN s.known THEN COALESCE(s.number, s.order_id) END,
            'where', s.place, 'state', CASE WHEN s.waits THEN 'PARKED' ELSE 'FAILED' END, 'messages', s.messages,
            'attempts', s.attempts, 'parkedAt', ${isoTime('s.parked_at')}, 'nextAttemptAt', ${isoTime('s.next_attempt_at')},
            'lastError', s.last_error, 'unknownRestaurant', s.nobodys
          )
          ORDER BY s.parked_at, s.order_id
        )
        FROM (SELECT * FROM ours ORDER BY parked_at, order_id LIMIT ${MOST}::int) s
      ) AS orders,
      (SELECT count(*)::int FROM ours) AS count,
      (SELECT count(*)::int FROM whose WHERE restaurant_id IS NULL AND NOT ${all}) AS unknown
  `;
  return { orders: row?.orders ?? [], count: row?.count ?? 0, unknown: row?.unknown ?? 0 };
}

/** Whether a restaurant's managers may see such an order. */
export const isTheirs = (restaurantIds: readonly string[], restaurantId: string, all: boolean): boolean =>
  restaurantIds.includes(restaurantId) || (all && restaurantIds.length === 0);
