// One order as the kitchen has it, with the fate of each of its messages. One statement reads it, so from one snapshot.
// The database builds the JSON, since a caller that waits for an order asks many times a second.
import type { Hono } from 'hono';
import { Prisma, type PrismaClient, type Sql } from '../db/client.ts';
import { isoTime } from '../db/iso-time.ts';
import { LineState } from '../protocol/domain.ts';
import { Problem } from '../http/problems.ts';
import { addRoute, hasNoRow } from '../http/requests.ts';

/** @returns the answer's JSON text, or null where no table knows the order; the archive is asked last */
export async function readOrder(prisma: PrismaClient, id: string): Promise<string | null> {
  if (hasNoRow(id)) return null;
  const hot = await readHot(prisma, id);
  if (hot?.stored) return hot.document;
  const archived = await readArchived(prisma, id);
  if (archived === null || !hot) return archived ?? hot?.document ?? null;
  // A later message waits in the retry table: the order is shown as it was archived, with that message beside it. The
  // database puts them together: JavaScript would round high versions.
  const [{ document }] = await prisma.$queryRaw<[{ document: string }]>`
    SELECT
      jsonb_set(before, '{parked}', (before -> 'parked') || (${hot.document}::jsonb -> 'parked'))::text AS document
    FROM (SELECT ${archived}::jsonb AS before) AS archived
  `;
  return document;
}

async function readArchived(prisma: PrismaClient, id: string): Promise<string | null> {
  const rows = await prisma.$queryRaw<{ document: string }[]>`
    SELECT document::text FROM archived_orders WHERE order_id = ${id} ORDER BY archived_at DESC LIMIT 1
  `;
  return rows[0]?.document ?? null;
}

/** @returns the same, for an order that changed within the last days */
export const readHotOrder = async (sql: Sql, id: string): Promise<string | null> =>
  (await readHot(sql, id))?.document ?? null;

/** `stored`: a table other than the retry table knows the order. */
async function readHot(sql: Sql, id: string): Promise<{ document: string; stored: boolean } | null> {
  // An order that only the retry table knows has no history yet: nothing of it has reached a screen.
  const history = Prisma.sql`
    SELECT json_agg(
      json_build_object(
        'at', ${isoTime('h.at')}, 'kind', h.kind, 'status', h.status, 'version', h.version, 'partition', h.partition,
        'offset', h."offset"
      )
      ORDER BY h.seq
    ) AS rows
    FROM asked
    JOIN orders o ON o.id = asked.id
    JOIN order_history h ON h.order_id = asked.id
    WHERE NOT h.redelivery
  `;
  const parked = Prisma.sql`
    SELECT json_agg(
      json_build_object(
        'id', p.id::text, 'partition', p.partition, 'offset', p."offset", 'state', p.state, 'attempts', p.attempts,
        'nextAttemptAt', ${isoTime('p.next_attempt_at')}, 'lastError', p.last_error
      )
      ORDER BY p.id
    ) AS rows
    FROM asked
    JOIN parked_messages p ON p.order_id = asked.id
  `;
  const items = Prisma.sql`
    SELECT json_agg(
      json_build_object(
        'id', i.id, 'name', i.name, 'quantity', i.quantity, 'voided', i.voided, 'station', i.station,
        'state', i.state
      )
      ORDER BY i.position, i.id
    )
    FROM items i
  `;
  const itemIds = Prisma.sql`
    SELECT json_agg(i.id ORDER BY i.position, i.id)
    FROM items i
    WHERE i.id IN (SELECT p.item_id FROM parts p WHERE p.ticket_id = t.id)
  `;
  const tickets = Prisma.sql`
    SELECT json_agg(
      json_build_object(
        'id', t.id, 'station', s.name, 'state', t.state, 'itemIds', coalesce((${itemIds}), '[]')
      )
      ORDER BY t.firing, s.position, t.id
    )
    FROM tickets t
    LEFT JOIN stations s ON s.id = t.station_id
    WHERE t.order_id = asked.id
  `;
  const rows = await sql.$queryRaw<{ known: boolean; stored: boolean; document: string }[]>`
    WITH asked AS (SELECT ${id}::text AS id),
    parts AS (
      SELECT l.*, COALESCE(l.part_of, l.id) AS item_id, s.name AS station
      FROM asked
      JOIN line_items l ON l.order_id = asked.id
      LEFT JOIN stations s ON s.id = l.station_id
    ),
    -- A line of upstream with all its parts. It is as far as the part that is the least far.
    items AS (
      SELECT
        p.item_id AS id, (array_agg(p.position ORDER BY p.part_of IS NOT NULL, p.id))[1] AS position, bool_and(p.voided) AS voided,
        (array_agg(p.name ORDER BY p.part_of IS NOT NULL, p.id))[1] AS name,
        (array_agg(p.station ORDER BY p.part_of IS NOT NULL, p.id))[1] AS station,
        (array_agg(p.state ORDER BY array_position(${LineState.options}::text[], p.state)))[1] AS state,
        COALESCE(sum(p.quantity::numeric) FILTER (WHERE NOT p.voided), sum(p.quantity::numeric))::float8 AS quantity
      FROM parts p
      GROUP BY p.item_id
    ),
    history AS (${history}),
    parked AS (${parked})
    SELECT
      o.id IS NOT NULL OR parked.rows IS NOT NULL AS known,
      o.id IS NOT NULL AS stored,
      json_build_object(
        'id', asked.id, 'restaurantId', o.restaurant_id, 'number', o.number, 'status', o.status,
        'version', o.version,
        'items', coalesce((${items}), '[]'),
        'tickets', coalesce((${tickets}), '[]'),
        'history', coalesce(history.rows, '[]'),
        'parked', coalesce(parked.rows, '[]')
      )::text AS document
    FROM asked
    LEFT JOIN orders o ON o.id = asked.id
    CROSS JOIN history
    CROSS JOIN parked
  `;
  const row = rows[0];
  return row?.known ? row : null;
}

export function addOrderRoutes(app: Hono, { prisma }: { prisma: PrismaClient }): void {
  addRoute(app, '/api/v1/orders/:id', {
    GET: async (c) => {
      const document = await readOrder(prisma, c.req.param('id') ?? '');
      if (document === null)
        throw new Problem(
          404,
          'No message of such an order has arrived. The id must be percent-encoded, and is case-sensitive.',
        );
      return c.body(document, 200, { 'content-type': 'application/json' });
    },
  });
}
