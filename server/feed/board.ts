// Reads a restaurant's board for its screens: the whole board, or the changes since a rev. Each is one statement, so
// that orders and rev are of one moment.
import { Prisma, type PrismaClient } from '../db/client.ts';
import { readingsOf } from '../allergies/readings.ts';
import { orderViewJson } from '../order/order-rows.ts';
import { isShown } from '../order/shown.ts';
import { CLOSED_FOR_MS } from '../protocol/limits.ts';
import type { BoardFacts, OrderView } from '../protocol/views.ts';
import { FACTS } from './changes.ts';
import { factsJson } from './facts.ts';

export interface Board {
  rev: number;
  serverTime: string;
  facts: BoardFacts;
  orders: OrderView[];
}
/** `facts` is set when they changed. */
export interface BoardChanges {
  fromRev: number;
  rev: number;
  serverTime: string;
  orders: OrderView[];
  facts?: BoardFacts;
}

/** A screen that is further behind is given the whole board. */
const MAX_CHANGED_ORDERS = 400;

/** As the database has it. */
type OrderRow = Omit<OrderView, 'readings'>;

const withReadings = (rows: OrderRow[] | null): OrderView[] =>
  (rows ?? []).map((row) => Object.assign(row, { readings: readingsOf(row) }));

const iso = (value: Date) => value.toISOString();

/**
 * @param stationId only orders with a ticket at this station; null for all of them. Null when there is no such
 * restaurant.
 */
export async function readBoard(
  prisma: PrismaClient,
  restaurantId: string,
  stationId: string | null,
): Promise<Board | null> {
  const atStation =
    stationId === null
      ? Prisma.empty
      : Prisma.sql`AND EXISTS (SELECT FROM tickets x WHERE x.order_id = o.id AND x.station_id = ${stationId}::uuid)`;
  const [row] = await prisma.$queryRaw<{ rev: bigint; now: Date; facts: BoardFacts; orders: OrderRow[] | null }[]>`
    SELECT
      r.rev, clock_timestamp() AS now, ${factsJson} AS facts,
      (
        SELECT json_agg(${orderViewJson})
        FROM orders o
        WHERE o.restaurant_id = r.id
          AND (o.closed_at IS NULL OR o.closed_at > now() - ${CLOSED_FOR_MS} * interval '1 ms')
          AND ${isShown} ${atStation}
      ) AS orders
    FROM restaurants r
    WHERE r.id = ${restaurantId}
  `;
  return row
    ? { rev: Number(row.rev), serverTime: iso(row.now), facts: row.facts, orders: withReadings(row.orders) }
    : null;
}

/** Null when no delta can be made: too much changed, or the change rows are gone. */
export async function readChanges(
  prisma: PrismaClient,
  restaurantId: string,
  fromRev: number,
): Promise<BoardChanges | null> {
  const [row] = await prisma.$queryRaw<
    {
      rev: bigint;
      now: Date;
      first: bigint | null;
      changed: bigint;
      facts: BoardFacts | null;
      orders: OrderRow[] | null;
    }[]
  >`
    WITH recent AS MATERIALIZED (
      SELECT rev, order_id FROM changes WHERE restaurant_id = ${restaurantId} AND rev > ${fromRev}
    ),
    ids AS MATERIALIZED (SELECT DISTINCT order_id FROM recent)
    SELECT
      r.rev, clock_timestamp() AS now, (SELECT min(rev) FROM recent) AS first, (SELECT count(*) FROM ids) AS changed,
      CASE WHEN EXISTS (SELECT FROM ids WHERE order_id = ${FACTS}) THEN ${factsJson} END AS facts,
      CASE
        WHEN (SELECT count(*) FROM ids) <= ${MAX_CHANGED_ORDERS} THEN (
          SELECT json_agg(${orderViewJson}) FROM orders o WHERE o.id IN (SELECT order_id FROM ids)
        )
      END AS orders
    FROM restaurants r
    WHERE r.id = ${restaurantId}
  `;
  if (!row) return null;
  const rev = Number(row.rev);
  if (rev < fromRev || Number(row.changed) > MAX_CHANGED_ORDERS) return null;
  if (rev > fromRev && Number(row.first) !== fromRev + 1) return null;
  return {
    fromRev,
    rev,
    serverTime: iso(row.now),
    orders: withReadings(row.orders),
    ...(row.facts && { facts: row.facts }),
  };
}

/** These orders of the restaurant, and the rev at which they were read. Null when there is no such restaurant. */
export async function readOrders(
  prisma: PrismaClient,
  restaurantId: string,
  orderIds: readonly string[],
): Promise<{ rev: number; serverTime: string; orders: OrderView[] } | null> {
  const [row] = await prisma.$queryRaw<{ rev: bigint; now: Date; orders: OrderRow[] | null }[]>`
    SELECT
      r.rev, clock_timestamp() AS now,
      (
        SELECT json_agg(${orderViewJson})
        FROM jsonb_array_elements_text(${JSON.stringify([...new Set(orderIds)])}::jsonb) AS asked
        CROSS JOIN LATERAL (SELECT * FROM orders WHERE orders.id = asked OFFSET 0) o
        WHERE o.restaurant_id = r.id
      ) AS orders
    FROM restaurants r
    WHERE r.id = ${restaurantId}
  `;
  return row ? { rev: Number(row.rev), serverTime: iso(row.now), orders: withReadings(row.orders) } : null;
}

/** The newest rev of each restaurant, and the database's time. */
export async function readRevs(
  prisma: PrismaClient,
  restaurantIds: readonly string[],
): Promise<{ serverTime: string; revs: Map<string, number> }> {
  const rows = await prisma.$queryRaw<{ id: string | null; rev: bigint | null; now: Date }[]>`
    SELECT r.id, r.rev, n.now
    FROM (SELECT clock_timestamp() AS now) n
    LEFT JOIN restaurants r ON r.id IN (SELECT jsonb_array_elements_text(${JSON.stringify(restaurantIds)}::jsonb))
  `;
  return {
    serverTime: iso(rows[0]!.now),
    revs: new Map(rows.flatMap(({ id, rev }) => (id === null ? [] : [[id, Number(rev)] as const]))),
  };
}
