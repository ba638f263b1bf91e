// The statements of a settlement: lock the lanes, read what is known, write what was decided. Set-based throughout:
// with one statement per order the database, not the order service, would set the pace (5 to 10 times slower in batches
// of 50).
import { Prisma, type Sql } from '../db/client.ts';
import { isoTime } from '../db/iso-time.ts';
import { positionKey, type Position } from '../upstream/message.ts';
import { coursesJson } from '../feed/facts.ts';
import { orderJson } from '../order/order-rows.ts';
import type { KitchenOrder } from '../order/order.ts';
import type { Courses } from '../protocol/facts.ts';
import type { RoutedStation } from './routing.ts';
import type { Decision, LaneUpdate, LockedOrder, ParkedRow, Settlement } from './settlement.ts';

interface LaneRow {
  order_id: string;
  parked: number;
  lease_token: string | null;
  forced: boolean;
}

/**
 * Locks each order's lane, in order of id, and answers it at its newest version: whether an order is parked is decided
 * in the row that is locked, never by a look at an older snapshot, which would let a later message overtake.
 */
export async function lockLanes(tx: Sql, orderIds: readonly string[]): Promise<Map<string, LockedOrder['lane']>> {
  const rows = await tx.$queryRaw<LaneRow[]>`
    INSERT INTO lanes AS l (order_id, touched_at)
    SELECT id, now() FROM jsonb_array_elements_text(${JSON.stringify(orderIds)}::jsonb) AS id ORDER BY id COLLATE "C"
    ON CONFLICT (order_id) DO UPDATE SET touched_at = EXCLUDED.touched_at
    RETURNING order_id, parked, lease_token, forced`;
  return new Map(
    rows.map((row) => [row.order_id, { parked: row.parked, leaseToken: row.lease_token, forced: row.forced }]),
  );
}

/** How a restaurant's new lines find their tickets. */
interface Setup {
  stations: RoutedStation[];
  courses: Courses;
}

interface Known {
  now: string;
  orders: KitchenOrder[];
  live: (Omit<ParkedRow, 'position'> & Position & { orderId: string })[];
  settled: (Position & { digest: string })[];
  applied: { orderId: string; place: string; offset: number }[];
  digests: { orderId: string; digest: string }[];
  setups: Record<string, Setup>;
}

/**
 * Reads everything that the decisions need, in one statement; call it with the lanes locked. Each order is looked up by
 * itself, in fenced LATERALs: the plan of a prepared statement is made once, and made while the tables were small it
 * would read all of them ever after (with 20,000 orders 14 ms for what is found in 1).
 */
export async function readLocked(tx: Sql, settlements: readonly Settlement[], lanes: Map<string, LockedOrder['lane']>) {
  const messages = settlements.flatMap(({ orderId, before, during }) =>
    [...before, ...during].map(({ position, digest }) => ({
      order_id: orderId,
      i: position.incarnationId,
      p: position.partition,
      o: position.offset,
      digest,
    })),
  );
  const ids = JSON.stringify(settlements.map(({ orderId }) => orderId));
  const restaurants = JSON.stringify([
    ...new Set(settlements.flatMap(({ finding }) => (finding.kind === 'detail' ? [finding.detail.restaurantId] : []))),
  ]);
  const rows = await tx.$queryRaw<{ known: Known }[]>`
    WITH ids AS MATERIALIZED (SELECT id FROM jsonb_array_elements_text(${ids}::jsonb) AS id),
    msgs AS MATERIALIZED (
      SELECT *
      FROM jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) AS m(
        order_id text, i int, p int, o bigint, digest text
      )
    )
    SELECT json_build_object(
      'now', ${isoTime('clock_timestamp()')},
      'orders', (
        SELECT json_agg(${orderJson})
        FROM ids
        CROSS JOIN LATERAL (SELECT * FROM orders WHERE orders.id = ids.id OFFSET 0) o
      ),
      'live', (
        SELECT json_agg(
          json_build_object(
            'orderId', q.order_id, 'id', q.id, 'incarnationId', q.incarnation_id, 'partition', q.partition,
            'offset', q."offset", 'status', q.status, 'version', q.version, 'digest', encode(q.digest, 'hex'),
            'state', q.state, 'attempts', q.attempts
          )
          ORDER BY q.id
        )
        FROM ids
        CROSS JOIN LATERAL (
          SELECT * FROM parked_messages p WHERE p.order_id = ids.id AND p.state IN ('PARKED', 'FAILED') OFFSET 0
        ) q
      ),
      'settled', (
        SELECT json_agg(
          json_build_object('incarnationId', m.i, 'partition', m.p, 'offset', m.o, 'digest', encode(e.digest, 'hex'))
        )
        FROM msgs m
        CROSS JOIN LATERAL (
          (SELECT digest FROM order_history h WHERE h.incarnation_id = m.i AND h.partition = m.p AND h."offset" = m.o)
          UNION ALL (
            SELECT digest
            FROM parked_messages q
            WHERE q.incarnation_id = m.i AND q.partition = m.p AND q."offset" = m.o
          ) LIMIT 1
        ) e
      ),
      'applied', (
        SELECT json_agg(json_build_object('orderId', ids.id, 'place', a.place, 'offset', a."offset"))
        FROM ids
        CROSS JOIN LATERAL (
          SELECT h.incarnation_id || '/' || h.partition AS place, max(h."offset") AS "offset"
          FROM order_history h
          WHERE h.order_id = ids.id AND h.kind = 'APPLIED'
          GROUP BY h.incarnation_id, h.partition
        ) a
      ),
      'digests', (
        SELECT json_agg(json_build_object('orderId', m.order_id, 'digest', m.digest))
        FROM msgs m
        CROSS JOIN LATERAL (
          SELECT FROM order_history h WHERE h.order_id = m.order_id AND h.digest = decode(m.digest, 'hex') LIMIT 1
        ) d
      ),
      'setups', (
        SELECT json_object_agg(
          r.id,
          json_build_object(
            'courses', ${coursesJson},
            'stations', COALESCE(
              (
                SELECT json_agg(
                  json_build_object(
                    'id', s.id, 'name', s.name, 'fallback', s.fallback,
                    'routes', COALESCE(
                      (
                        SELECT json_agg(
                          json_build_object('category', r.category, 'sku', r.sku, 'type', r.type) ORDER BY r.position
                        )
                        FROM routing_rules r
                        WHERE r.station_id = s.id
                      ),
                      '[]'
                    )
                  )
                  ORDER BY s.position, s.name
                )
                FROM stations s
                WHERE s.restaurant_id = r.id AND s.retired_at IS NULL
              ),
              '[]'
            )
          )
        )
        FROM jsonb_array_elements_text(${restaurants}::jsonb) AS asked
        CROSS JOIN LATERAL (SELECT * FROM restaurants WHERE restaurants.id = asked OFFSET 0) r
      )
    ) AS known
  `;
  const known = rows[0]!.known;
  return {
    now: known.now,
    setups: new Map(Object.entries(known.setups ?? {})),
    locked: lockedOrders(settlements, known, lanes),
  };
}

function lockedOrders(
  settlements: readonly Settlement[],
  known: Known,
  lanes: Map<string, LockedOrder['lane']>,
): Map<string, LockedOrder> {
  const orders = new Map(known.orders?.map((order) => [order.id, order]));
  const live = groupBy(known.live ?? [], ({ orderId }) => orderId);
  const applied = groupBy(known.applied ?? [], ({ orderId }) => orderId);
  const digests = groupBy(known.digests ?? [], ({ orderId }) => orderId);
  const settled = new Map(known.settled?.map((row) => [positionKey(row), row.digest]));
  return new Map(
    settlements.map(({ orderId }) => [
      orderId,
      {
        lane: lanes.get(orderId)!,
        order: orders.get(orderId) ?? null,
        live: (live.get(orderId) ?? []).map(({ incarnationId, partition, offset, orderId: _, ...row }) => ({
          ...row,
          position: { incarnationId, partition, offset },
        })),
        settled,
        applied: new Map(applied.get(orderId)?.map(({ place, offset }) => [place, offset])),
        endedDigests: new Set(digests.get(orderId)?.map(({ digest }) => digest)),
      },
    ]),
  );
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

export interface Decided {
  orderId: string;
  before: KitchenOrder | null;
  decision: Decision;
  fetch?: FetchRow | undefined;
}
/** When a fetch went out, how long it took in ms, and which of the quick tries it was. */
export interface FetchRow {
  at: string;
  ms: number;
  tries: number;
}

/** Fetches of one parked message that are remembered: the first, and the last ones. */
const MAX_FETCHES = 30;

const failedFetch = (fetch: FetchRow | undefined, error: string | null, now: string) =>
  error === null ? null : { at: fetch?.at ?? now, ms: fetch?.ms ?? null, tries: fetch?.tries ?? 1, error };

/** Writes what was decided about messages and lanes; the orders themselves are written by saveOrders. */
export async function writeDecisions(tx: Sql, decided: readonly Decided[], now: string): Promise<void> {
  const history = decided.flatMap(({ orderId, before, decision, fetch }) =>
    decision.ended.map(({ message, kind, redelivery }) => ({
      f_at: fetch?.at,
      f_ms: fetch?.ms,
      f_tries: fetch?.tries,
      order_id: orderId,
      kind,
      redelivery,
      status: (decision.after ?? before)?.status ?? null,
      version: (decision.after ?? before)?.version ?? null,
      i: message.position.incarnationId,
      p: message.position.partition,
      o: message.position.offset,
      digest: message.digest,
    })),
  );
  const parks = decided.flatMap(({ orderId, decision, fetch }) =>
    decision.park.map(({ message, waitMs, error }) => ({
      tried: failedFetch(fetch, error, now),
      order_id: orderId,
      restaurant_id: message.restaurantId,
      status: message.status,
      version: message.version,
      digest: message.digest,
      wait_ms: waitMs,
      error,
      i: message.position.incarnationId,
      p: message.position.partition,
      o: message.position.offset,
    })),
  );
  const updates = decided.flatMap(({ decision, fetch }) =>
    decision.updates.map(({ waitMs, ...row }) => ({
      ...row,
      wait_ms: waitMs,
      tried: failedFetch(fetch, row.error, now),
    })),
  );
  const at = Prisma.sql`${now}::timestamptz`;
  if (history.length)
    await tx.$executeRaw`
      INSERT INTO order_history (
        order_id, at, kind, status, version, incarnation_id, partition, "offset", digest, redelivery, fetched_at,
        fetch_ms, fetch_tries
      )
      SELECT order_id, ${at}, kind, status, version, i, p, o, decode(digest, 'hex'), redelivery, f_at, f_ms, f_tries
      FROM ROWS
      FROM (
        jsonb_to_recordset(${JSON.stringify(history)}::jsonb) AS (
          order_id text, kind text, status text, version bigint, i int, p int, o bigint, digest text,
          redelivery boolean, f_at timestamptz, f_ms int, f_tries smallint
        )
      ) WITH ORDINALITY AS h(order_id, kind, status, version, i, p, o, digest, redelivery, f_at, f_ms, f_tries, n)
      ORDER BY n
    `;
  if (parks.length)
    await tx.$executeRaw`
      INSERT INTO parked_messages (
        order_id, restaurant_id, status, version, digest, incarnation_id, partition, "offset", state, parked_at,
        next_attempt_at, last_error, fetches
      )
      SELECT
        order_id, restaurant_id, status, version, decode(digest, 'hex'), i, p, o, 'PARKED', ${at},
        ${at} + wait_ms * interval '1 ms', error,
        CASE WHEN tried IS NULL OR tried = 'null'::jsonb THEN '[]' ELSE jsonb_build_array(tried) END
      FROM ROWS
      FROM (
        jsonb_to_recordset(${JSON.stringify(parks)}::jsonb) AS (
          order_id text, restaurant_id text, status text, version bigint, digest text, wait_ms double precision,
          error text, i int, p int, o bigint, tried jsonb
        )
      ) WITH ORDINALITY AS k(order_id, restaurant_id, status, version, digest, wait_ms, error, i, p, o, tried, n)
      ORDER BY n
    `;
  if (updates.length)
    await tx.$executeRaw`
      UPDATE parked_messages q
      SET
        state = u.state, attempts = u.attempts, next_attempt_at = ${at} + u.wait_ms * interval '1 ms',
        last_error = COALESCE(u.error, q.last_error),
        fetches = CASE
          WHEN u.tried IS NULL OR u.tried = 'null'::jsonb THEN q.fetches
          WHEN jsonb_array_length(q.fetches) >= ${MAX_FETCHES}::int THEN (q.fetches - 1) || u.tried
          ELSE q.fetches || u.tried
        END,
        ended_at = CASE WHEN u.state IN ('SUPERSEDED', 'APPLIED') THEN ${at} END
      FROM jsonb_to_recordset(${JSON.stringify(updates)}::jsonb) AS u(
        id bigint, state text, attempts int, wait_ms double precision, error text, tried jsonb
      )
      WHERE q.id = u.id
    `;
  await writeLanes(
    tx,
    decided.flatMap(({ orderId, decision: { lane } }) => (lane ? [{ orderId, ...lane }] : [])),
    at,
  );
}

/** @param at the moment from which waits count */
export async function writeLanes(
  tx: Sql,
  updates: readonly (LaneUpdate & { orderId: string })[],
  at: Prisma.Sql,
): Promise<void> {
  if (!updates.length) return;
  const lanes = updates.map(({ orderId, parked, waitMs, forced = false }) => ({
    order_id: orderId,
    parked,
    wait_ms: waitMs,
    forced,
  }));
  await tx.$executeRaw`
    UPDATE lanes l
    SET
      parked = u.parked,
      next_attempt_at = CASE
        WHEN u.wait_ms IS NULL AND u.parked > 0 THEN l.next_attempt_at
        ELSE ${at} + u.wait_ms * interval '1 ms'
      END,
      lease_token = CASE WHEN u.wait_ms IS NULL AND u.parked > 0 THEN l.lease_token END,
      lease_until = CASE WHEN u.wait_ms IS NULL AND u.parked > 0 THEN l.lease_until END,
      forced = CASE WHEN u.wait_ms IS NULL AND u.parked > 0 THEN l.forced ELSE u.forced END
    FROM jsonb_to_recordset(${JSON.stringify(lanes)}::jsonb) AS u(
      order_id text, parked int, wait_ms double precision, forced boolean
    )
    WHERE l.order_id = u.order_id
  `;
}
