// Reads a restaurant's board for its screens: the whole board, or the changes since a rev. Each is one statement, so
// that orders and rev are of one moment.
//
// A rev is known by its number and by the time at which it was written. A database that lost its tail gives the same
// numbers to other changes, so a delta is made only from a place that this database has written itself.
import { Prisma, type PrismaClient } from '../db/client.ts';
import { readingsOf } from '../allergies/readings.ts';
import { isoTime } from '../db/iso-time.ts';
import { orderViewJson } from '../order/order-rows.ts';
import { isShown } from '../order/shown.ts';
import { CLOSED_FOR_MS } from '../protocol/limits.ts';
import type { BoardFacts, OrderView } from '../protocol/views.ts';
import { FACTS } from './changes.ts';
import { factsJson } from './facts.ts';

/** How far a board goes. */
export interface BoardPlace {
  rev: number;
  /** When that rev was written; null where the database does not know it any more, or nothing was written yet. */
  revAt: string | null;
}
export interface Board extends BoardPlace {
  serverTime: string;
  facts: BoardFacts;
  orders: OrderView[];
}
/** `facts` is set when they changed. */
export interface BoardChanges extends BoardPlace {
  fromRev: number;
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

/** For `restaurants r`. */
const revAt = Prisma.sql`
  (SELECT ${isoTime('c.at')} FROM changes c WHERE c.restaurant_id = r.id AND c.rev = r.rev LIMIT 1)
`;

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
  const [row] = await prisma.$queryRaw<
    { rev: bigint; revAt: string | null; now: Date; facts: BoardFacts; orders: OrderRow[] | null }[]
  >`
    SELECT
      r.rev, ${revAt} AS "revAt", clock_timestamp() AS now, ${factsJson} AS facts,
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
  if (!row) return null;
  const { facts } = row;
  return { rev: Number(row.rev), revAt: row.revAt, serverTime: iso(row.now), facts, orders: withReadings(row.orders) };
}

/** The place that changes were asked for from is none of this database's. */
export const OTHER_HISTORY = 'other history';

/**
 * @param proven the change at that place must still be known: without it, nothing tells two histories apart
 * @returns null when no delta can be made: too much changed, or the change rows are gone
 */
export async function readChanges(
  prisma: PrismaClient,
  restaurantId: string,
  from: BoardPlace,
  { proven = false }: { proven?: boolean } = {},
): Promise<BoardChanges | typeof OTHER_HISTORY | null> {
  const { rev: fromRev } = from;
  const [row] = await prisma.$queryRaw<
    {
      rev: bigint;
      revAt: string | null;
      fromAt: string | null;
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
      r.rev, ${revAt} AS "revAt", clock_timestamp() AS now,
      (
        SELECT ${isoTime('c.at')}
        FROM changes c
        WHERE c.restaurant_id = r.id AND c.rev = ${fromRev}
        LIMIT 1
      ) AS "fromAt",
      (SELECT min(rev) FROM recent) AS first, (SELECT count(*) FROM ids) AS changed,
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
  const { revAt: at, fromAt, facts } = row;
  const rev = Number(row.rev);
  if (isOtherHistory(from, { rev, revAt: rev === fromRev ? at : null }, fromAt)) return OTHER_HISTORY;
  if (proven && (fromAt === null || from.revAt === null)) return null;
  if (Number(row.changed) > MAX_CHANGED_ORDERS) return null;
  if (rev > fromRev && Number(row.first) !== fromRev + 1) return null;
  return {
    fromRev,
    rev,
    revAt: at,
    serverTime: iso(row.now),
    orders: withReadings(row.orders),
    ...(facts && { facts }),
  };
}

/**
 * Whether the database cannot have come from `before` to `now` by going on.
 * @param beforeAt when it has written the rev of `before`; null where it does not know that any more
 */
export function isOtherHistory(
  before: BoardPlace,
  now: BoardPlace,
  beforeAt = before.rev === now.rev ? now.revAt : null,
): boolean {
  return now.rev < before.rev || (before.revAt !== null && beforeAt !== null && before.revAt !== beforeAt);
}

/** These orders of the restaurant, and the rev at which they were read. Null when there is no such restaurant. */
export async function readOrders(
  prisma: PrismaClient,
  restaurantId: string,
  orderIds: readonly string[],
): Promise<(BoardPlace & { serverTime: string; orders: OrderView[] }) | null> {
  const [row] = await prisma.$queryRaw<{ rev: bigint; revAt: string | null; now: Date; orders: OrderRow[] | null }[]>`
    SELECT
      r.rev, ${revAt} AS "revAt", clock_timestamp() AS now,
      (
        SELECT json_agg(${orderViewJson})
        FROM jsonb_array_elements_text(${JSON.stringify([...new Set(orderIds)])}::jsonb) AS asked
        CROSS JOIN LATERAL (SELECT * FROM orders WHERE orders.id = asked OFFSET 0) o
        WHERE o.restaurant_id = r.id
      ) AS orders
    FROM restaurants r
    WHERE r.id = ${restaurantId}
  `;
  return row
    ? { rev: Number(row.rev), revAt: row.revAt, serverTime: iso(row.now), orders: withReadings(row.orders) }
    : null;
}

/** The newest rev of each restaurant, and the database's time. */
export async function readRevs(
  prisma: PrismaClient,
  restaurantIds: readonly string[],
): Promise<{ serverTime: string; revs: Map<string, BoardPlace> }> {
  const rows = await prisma.$queryRaw<{ id: string | null; rev: bigint | null; revAt: string | null; now: Date }[]>`
    SELECT r.id, r.rev, ${revAt} AS "revAt", n.now
    FROM (SELECT clock_timestamp() AS now) n
    LEFT JOIN restaurants r ON r.id IN (SELECT jsonb_array_elements_text(${JSON.stringify(restaurantIds)}::jsonb))
  `;
  return {
    serverTime: iso(rows[0]!.now),
    revs: new Map(
      rows.flatMap(({ id, rev, revAt: at }) => (id === null ? [] : [[id, { rev: Number(rev), revAt: at }]])),
    ),
  };
}
