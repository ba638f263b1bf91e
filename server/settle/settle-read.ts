// Locks the lanes of a settlement's orders, and reads everything that its decisions need.
import type { Sql } from '../db/client.ts';
import { versionJson } from '../db/exact-version.ts';
import { isoTime } from '../db/iso-time.ts';
import { positionKey, type Position } from '../upstream/message.ts';
import { coursesJson, leadsJson } from '../feed/facts.ts';
import { orderJson } from '../order/order-rows.ts';
import { fromArchive } from '../order/archived.ts';
import type { KitchenOrder } from '../order/order.ts';
import type { FiringRules } from '../protocol/rules/courses.ts';
import type { RoutedStation } from './routing.ts';
import type { LockedOrder, ParkedRow, Settlement } from './settlement.ts';

/** The most waiting messages of an order that one try ends, so that it stays short. The lane counts all of them. */
const MAX_WAITING = 1000;

interface LaneRow {
  order_id: string;
  parked: number;
  lease_token: string | null;
  forced: boolean;
}

/**
 * Locks each order's lane, in order of id, and returns the rows at their newest version. Only the locked row says
 * whether an order is parked: an older snapshot would let a later message overtake.
 */
export async function lockLanes(tx: Sql, orderIds: readonly string[]): Promise<Map<string, LockedOrder['lane']>> {
  const rows = await tx.$queryRaw<LaneRow[]>`
    INSERT INTO lanes AS l (order_id, touched_at)
    SELECT id, now()
    FROM jsonb_array_elements_text(${JSON.stringify(orderIds)}::jsonb) AS id
    ORDER BY id COLLATE "C"
    ON CONFLICT (order_id) DO UPDATE SET touched_at = EXCLUDED.touched_at
    RETURNING order_id, parked, lease_token, forced
  `;
  return new Map(
    rows.map((row) => [row.order_id, { parked: row.parked, leaseToken: row.lease_token, forced: row.forced }]),
  );
}

/** The part of a restaurant's set-up that new lines need to find their tickets. */
interface Setup extends FiringRules {
  stations: RoutedStation[];
}

interface Answer {
  now: string;
  witnessed: boolean;
  orders: KitchenOrder[];
  archived: KitchenOrder[];
  live: (Omit<ParkedRow, 'position'> & Position & { orderId: string })[];
  settled: (Position & { digest: string })[];
  applied: { orderId: string; place: string; offset: number }[];
  digests: { orderId: string; digest: string }[];
  setups: Record<string, Setup>;
}

/** The orders by id, and their restaurants' set-ups by restaurant, as of `now`. */
export interface Locked {
  now: string;
  /** The witness is known to have ended. */
  witnessed: boolean;
  setups: Map<string, Setup>;
  locked: Map<string, LockedOrder>;
}

/**
 * Reads everything that the decisions need, in one statement. Call it with the lanes locked. Each order is looked up by
 * itself, in fenced LATERALs. PostgreSQL plans a prepared statement once: a plan without the fences, made while the
 * tables were small, would go on reading whole tables (14 ms instead of 1 with 20,000 orders).
 */
export async function readLocked(
  tx: Sql,
  settlements: readonly Settlement[],
  lanes: Map<string, LockedOrder['lane']>,
  witness: Position | null = null,
): Promise<Locked> {
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
  // An archived order is asked for where it may change.
  const fetched = JSON.stringify(
    settlements.filter(({ finding }) => finding.kind === 'detail').map(({ orderId }) => orderId),
  );
  const tried = JSON.stringify(settlements.flatMap(({ orderId, lease }) => (lease ? [orderId] : [])));
  const restaurants = JSON.stringify([
    ...new Set(settlements.flatMap(({ finding }) => (finding.kind === 'detail' ? [finding.detail.restaurantId] : []))),
  ]);
  const rows = await tx.$queryRaw<{ answer: Answer }[]>`
    WITH ids AS MATERIALIZED (SELECT id FROM jsonb_array_elements_text(${ids}::jsonb) AS id),
    msgs AS MATERIALIZED (
      SELECT *
      FROM jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) AS m(
        order_id text, i int, p int, o bigint, digest text
      )
    ),
    -- An arrival only has to know that something waits, which its lane says.
    waiting AS MATERIALIZED (
      SELECT q.*
      FROM jsonb_array_elements_text(${tried}::jsonb) AS tried(order_id)
      CROSS JOIN LATERAL (
        SELECT *
        FROM parked_messages p
        WHERE p.order_id = tried.order_id AND p.state = 'PARKED'
        ORDER BY p.id
        LIMIT ${MAX_WAITING}
      ) q
    )
    SELECT json_build_object(
      'now', ${isoTime('clock_timestamp()')},
      'witnessed', ${witness === null} OR EXISTS (
        SELECT
        FROM order_history w
        WHERE w.incarnation_id = ${witness?.incarnationId ?? -1}
          AND w.partition = ${witness?.partition ?? -1}
          AND w."offset" = ${witness?.offset ?? -1}
      ),
      'orders', (
        SELECT json_agg(${orderJson})
        FROM ids
        CROSS JOIN LATERAL (SELECT * FROM orders WHERE orders.id = ids.id OFFSET 0) o
      ),
      'archived', (
        SELECT json_agg(a.kitchen_order)
        FROM jsonb_array_elements_text(${fetched}::jsonb) AS f(id)
        CROSS JOIN LATERAL (
          SELECT kitchen_order
          FROM archived_orders
          WHERE archived_orders.order_id = f.id
            AND NOT EXISTS (SELECT FROM orders WHERE orders.id = f.id)
          ORDER BY archived_at DESC
          LIMIT 1
        ) a
      ),
      'live', (
        SELECT json_agg(
          json_build_object(
            'orderId', q.order_id, 'id', q.id, 'incarnationId', q.incarnation_id, 'partition', q.partition,
            'offset', q."offset", 'status', q.status, 'version', ${versionJson('q.version')},
            'sentAt', extract(epoch FROM q.sent_at) * 1000, 'digest', encode(q.digest, 'hex'),
            'state', q.state, 'attempts', q.attempts
          )
          ORDER BY q.id
        )
        FROM (
          SELECT f.*
          FROM ids
          CROSS JOIN LATERAL (
            SELECT * FROM parked_messages p WHERE p.order_id = ids.id AND p.state = 'FAILED' OFFSET 0
          ) f
          UNION ALL
          SELECT *
          FROM waiting
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
        SELECT json_agg(json_build_object('orderId', k.order_id, 'place', k.i || '/' || k.p, 'offset', a."offset"))
        FROM (SELECT order_id, i, p FROM msgs UNION SELECT order_id, incarnation_id, partition FROM waiting) k
        CROSS JOIN LATERAL (
          -- The last row up to this place. Only one index can give this order, so there is one plan.
          SELECT *
          FROM order_history h
          WHERE (h.order_id, h.kind, h.incarnation_id, h.partition) <= (k.order_id, 'APPLIED', k.i, k.p)
          ORDER BY h.order_id DESC, h.kind DESC, h.incarnation_id DESC, h.partition DESC, h."offset" DESC
          LIMIT 1
        ) a
        WHERE a.order_id = k.order_id AND a.kind = 'APPLIED' AND a.incarnation_id = k.i AND a.partition = k.p
      ),
      'digests', (
        SELECT json_agg(json_build_object('orderId', m.order_id, 'digest', m.digest))
        FROM msgs m
        CROSS JOIN LATERAL (
          -- In the same way. An order's id is in the bytes that the digest is of.
          SELECT h.digest FROM order_history h WHERE h.digest >= decode(m.digest, 'hex') ORDER BY h.digest LIMIT 1
        ) d
        WHERE d.digest = decode(m.digest, 'hex')
      ),
      'setups', (
        SELECT json_object_agg(
          r.id,
          json_build_object(
            'courses', ${coursesJson}, 'leads', ${leadsJson},
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
    ) AS answer
  `;
  const { answer } = rows[0]!;
  return {
    now: answer.now,
    witnessed: answer.witnessed,
    setups: new Map(Object.entries(answer.setups ?? {})),
    locked: lockedOrders(settlements, answer, lanes),
  };
}

function lockedOrders(
  settlements: readonly Settlement[],
  answer: Answer,
  lanes: Map<string, LockedOrder['lane']>,
): Map<string, LockedOrder> {
  const orders = new Map(answer.orders?.map((order) => [order.id, order]));
  const archived = new Map(answer.archived?.map((order) => [order.id, fromArchive(order)]));
  const live = groupBy(answer.live ?? [], ({ orderId }) => orderId);
  const applied = groupBy(answer.applied ?? [], ({ orderId }) => orderId);
  const digests = groupBy(answer.digests ?? [], ({ orderId }) => orderId);
  const settled = new Map(answer.settled?.map((row) => [positionKey(row), row.digest]));
  return new Map(
    settlements.map(({ orderId }) => [
      orderId,
      {
        lane: lanes.get(orderId)!,
        order: orders.get(orderId) ?? archived.get(orderId) ?? null,
        archived: archived.has(orderId),
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
