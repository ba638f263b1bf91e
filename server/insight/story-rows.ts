// All rows about one order as one JSON document, the source of its story. The archive keeps the document as it is, so a
// later version can tell more of it.
import { Prisma, type Sql } from '../db/client.ts';
import { versionJson } from '../db/exact-version.ts';
import { isoTime } from '../db/iso-time.ts';
import type { Version } from '../protocol/version.ts';

interface Fetch {
  at: string;
  ms: number | null;
  tries: number;
  error: string;
}

/** Times are RFC 3339. */
export interface StoryRows {
  order: {
    number: string | null;
    restaurantId: string;
    status: string;
    receivedAt: string;
    placedAt: string | null;
    closedAt: string | null;
    type: string | null;
    table: string | null;
  } | null;
  /** From the parked messages, where the order was never fetched. */
  restaurantIds: string[];
  history: {
    at: string;
    kind: string;
    status: string | null;
    version: Version | null;
    partition: number;
    offset: number;
    redelivery: boolean;
    fetchedAt: string | null;
    fetchMs: number | null;
    fetchTries: number | null;
  }[];
  parked: {
    id: string;
    partition: number;
    offset: number;
    state: string;
    attempts: number;
    parkedAt: string;
    endedAt: string | null;
    nextAttemptAt: string | null;
    lastError: string | null;
    fetches: Fetch[];
  }[];
  tickets: {
    id: string;
    station: string;
    firing: number;
    state: string;
    course: number | null;
    heldFor: string | null;
    firedAt: string;
    confirmedAt: string | null;
    confirmedBy: string | null;
    bumpedAt: string | null;
    bumpedBy: string | null;
  }[];
  lines: {
    id: string;
    name: string;
    quantity: number;
    /** Not in orders that were archived before it was kept. */
    unit?: string | null;
    ticketId: string;
    state: string;
    addedAt: string;
  }[];
  taps: {
    at: string;
    kind: string;
    by: string | null;
    device: string | null;
    command: Record<string, unknown>;
    outcome: string;
    why: string | null;
  }[];
  operator: { at: string; actor: string; action: string }[];
  rejected: { at: string; partition: number; offset: number; reason: string }[];
}

/** Each list of {@link StoryRows}: the JSON object of a row, and its rows in order. All see `asked.id`. */
const lists = {
  restaurantIds: Prisma.sql`
    SELECT json_agg(DISTINCT p.restaurant_id) FROM parked p WHERE p.restaurant_id IS NOT NULL
  `,
  history: Prisma.sql`
    SELECT json_agg(
      json_build_object(
        'at', ${isoTime('h.at')}, 'kind', h.kind, 'status', h.status, 'version', ${versionJson('h.version')},
        'partition', h.partition, 'offset', h."offset", 'redelivery', h.redelivery,
        'fetchedAt', ${isoTime('h.fetched_at')}, 'fetchMs', h.fetch_ms, 'fetchTries', h.fetch_tries
      )
      ORDER BY h.seq
    )
    FROM order_history h
    WHERE h.order_id = asked.id
  `,
  parked: Prisma.sql`
    SELECT json_agg(
      json_build_object(
        'id', p.id::text, 'partition', p.partition, 'offset', p."offset", 'state', p.state,
        'attempts', p.attempts, 'parkedAt', ${isoTime('p.parked_at')}, 'endedAt', ${isoTime('p.ended_at')},
        'nextAttemptAt', ${isoTime('p.next_attempt_at')}, 'lastError', p.last_error, 'fetches', p.fetches
      )
      ORDER BY p.id
    )
    FROM parked p
  `,
  tickets: Prisma.sql`
    SELECT json_agg(
      json_build_object(
        'id', t.id, 'station', s.name, 'firing', t.firing, 'state', t.state, 'course', t.course,
        'heldFor', t.held_for, 'firedAt', ${isoTime('t.fired_at')}, 'confirmedAt', ${isoTime('t.confirmed_at')},
        'confirmedBy', COALESCE((SELECT d.name FROM devices d WHERE d.id::text = t.confirmed_by), t.confirmed_by),
        'bumpedAt', ${isoTime('t.bumped_at')}, 'bumpedBy', t.bumped_by
      )
      ORDER BY t.firing, s.position, t.id
    )
    FROM tickets t
    LEFT JOIN stations s ON s.id = t.station_id
    WHERE t.order_id = asked.id
  `,
  lines: Prisma.sql`
    SELECT json_agg(
      json_build_object(
        'id', l.id, 'name', l.name, 'quantity', l.quantity, 'unit', l.unit, 'ticketId', l.ticket_id, 'state', l.state,
        'addedAt', ${isoTime('l.added_at')}
      )
      ORDER BY l.position, l.id
    )
    FROM line_items l
    WHERE l.order_id = asked.id
  `,
  taps: Prisma.sql`
    SELECT json_agg(
      json_build_object(
        'at', ${isoTime('a.at')}, 'kind', a.kind, 'by', a.by, 'device', d.name, 'command', a.command,
        'outcome', a.result->>'outcome', 'why', a.result->'why'->>'code'
      )
      ORDER BY a.at, a.id
    )
    FROM kitchen_actions a
    LEFT JOIN devices d ON d.id = a.device_id
    WHERE a.order_id = asked.id
  `,
  operator: Prisma.sql`
    SELECT json_agg(json_build_object('at', ${isoTime('e.at')}, 'actor', e.actor, 'action', e.action) ORDER BY e.id)
    FROM audit e
    WHERE e.action IN ('parked.retry', 'parked.discard') AND e.subject IN (SELECT p.id::text FROM parked p)
  `,
  rejected: Prisma.sql`
    SELECT json_agg(
      json_build_object(
        'at', ${isoTime('r.at')}, 'partition', r.partition, 'offset', r."offset", 'reason', r.reason
      )
      ORDER BY r.id
    )
    FROM rejected r
  `,
} satisfies Record<Exclude<keyof StoryRows, 'order'>, Prisma.Sql>;

const list = (name: keyof typeof lists) => Prisma.sql`COALESCE((${lists[name]}), '[]'::json)`;

/** @returns its JSON text, or null where nothing is known of such an order */
export async function readStoryRows(sql: Sql, orderId: string): Promise<string | null> {
  const [row] = await sql.$queryRaw<{ known: boolean; rows: string }[]>`
    WITH asked AS (SELECT ${orderId}::text AS id),
    parked AS MATERIALIZED (SELECT p.* FROM asked JOIN parked_messages p ON p.order_id = asked.id),
    rejected AS MATERIALIZED (
      SELECT r.* FROM asked JOIN rejected_messages r ON r.key = convert_to(asked.id, 'UTF8')
    )
    SELECT
      o.id IS NOT NULL OR EXISTS (SELECT FROM parked) OR EXISTS (SELECT FROM rejected) AS known,
      json_build_object(
        'order', CASE WHEN o.id IS NOT NULL THEN json_build_object(
          'number', o.number, 'restaurantId', o.restaurant_id, 'status', o.status,
          'receivedAt', ${isoTime('o.received_at')}, 'placedAt', ${isoTime('o.placed_at')},
          'closedAt', ${isoTime('o.closed_at')}, 'type', o.type, 'table', o.table_name
        ) END,
        'restaurantIds', ${list('restaurantIds')},
        'history', ${list('history')},
        'parked', ${list('parked')},
        'tickets', ${list('tickets')},
        'lines', ${list('lines')},
        'taps', ${list('taps')},
        'operator', ${list('operator')},
        'rejected', ${list('rejected')}
      )::text AS rows
    FROM asked
    LEFT JOIN orders o ON o.id = asked.id
  `;
  return row?.known ? row.rows : null;
}
