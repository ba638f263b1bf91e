// The times that dishes and tickets took, kept beside the orders for 30 days. A record is made from the lines and
// tickets as they are now: writing it again changes nothing, and a recall removes the record that it undoes.
import { Prisma, type Sql } from '../db/client.ts';
import { USUAL_THRESHOLD } from '../protocol/facts.ts';

/** A dish without a sku has a key of its name, as the protocol's dishKey makes it. */
const dishKey = Prisma.sql`
  CASE WHEN l.sku IS NULL THEN 'name:' || left(lower(btrim(l.name)), 200) ELSE 'sku:' || left(l.sku, 200) END
`;
/** From the fire to the order's due time, or else the station's threshold. */
const lateSeconds = Prisma.sql`
  CASE WHEN o.due_at IS NOT NULL THEN LEAST(GREATEST(0, extract(epoch FROM o.due_at - t.fired_at)), 2147483647)::int ELSE
  COALESCE(
    (s.thresholds->o.type->>'lateSeconds')::int, (s.thresholds->'default'->>'lateSeconds')::int,
    ${USUAL_THRESHOLD.lateSeconds}::int
  ) END
`;

/** Records the times of these orders as they are now, in its own transaction or in the one that moves the orders. */
export async function recordTimes(sql: Sql, orderIds: readonly string[]): Promise<void> {
  if (!orderIds.length) return;
  // Looked up one by one, as settle-read.ts does: a plan made while the tables were small would read all of them.
  const orders = Prisma.sql`
    (SELECT id FROM jsonb_array_elements_text(${JSON.stringify(orderIds)}::jsonb) AS id) ids
    CROSS JOIN LATERAL (SELECT * FROM orders WHERE orders.id = ids.id OFFSET 0) o
  `;
  const lines = Prisma.sql`CROSS JOIN LATERAL (SELECT * FROM line_items WHERE line_items.order_id = o.id OFFSET 0) l`;
  const tickets = Prisma.sql`CROSS JOIN LATERAL (SELECT * FROM tickets WHERE tickets.order_id = o.id OFFSET 0) t`;
  await sql.$executeRaw`
    DELETE FROM dish_times d USING (
      SELECT o.id AS order_id, o.received_at, l.id FROM ${orders} ${lines} WHERE l.ready_at IS NULL
    ) gone
    WHERE d.order_id = gone.order_id AND d.received_at = gone.received_at AND d.line_id = gone.id
  `;
  await sql.$executeRaw`
    INSERT INTO dish_times AS d (
      order_id, received_at, line_id, restaurant_id, number, type, station_id, ticket_id, dish_key, name, quantity,
      called_at, started_at, ready_at
    )
    SELECT
      o.id, o.received_at, l.id, o.restaurant_id, COALESCE(o.number, o.id), o.type, l.station_id, l.ticket_id,
      ${dishKey}, l.name, l.quantity, LEAST(GREATEST(t.fired_at, l.added_at), l.ready_at), l.started_at, l.ready_at
    FROM ${orders} ${lines}
    JOIN tickets t ON t.id = l.ticket_id
    WHERE l.ready_at IS NOT NULL
    ON CONFLICT (order_id, received_at, line_id) DO UPDATE SET
      number = EXCLUDED.number, type = EXCLUDED.type, station_id = EXCLUDED.station_id,
      ticket_id = EXCLUDED.ticket_id, dish_key = EXCLUDED.dish_key, name = EXCLUDED.name,
      quantity = EXCLUDED.quantity, called_at = EXCLUDED.called_at, started_at = EXCLUDED.started_at,
      ready_at = EXCLUDED.ready_at
    WHERE (
        d.number, d.type, d.station_id, d.ticket_id, d.dish_key, d.name, d.quantity, d.called_at, d.started_at,
        d.ready_at
      ) IS DISTINCT FROM (
        EXCLUDED.number, EXCLUDED.type, EXCLUDED.station_id, EXCLUDED.ticket_id, EXCLUDED.dish_key, EXCLUDED.name,
        EXCLUDED.quantity, EXCLUDED.called_at, EXCLUDED.started_at, EXCLUDED.ready_at
      )
  `;
  await sql.$executeRaw`
    DELETE FROM ticket_times d USING (SELECT t.id FROM ${orders} ${tickets} WHERE t.bumped_at IS NULL) gone
    WHERE d.ticket_id = gone.id
  `;
  await sql.$executeRaw`
    INSERT INTO ticket_times AS d (
      ticket_id, order_id, restaurant_id, station_id, fired_at, confirmed_at, bumped_at, late_seconds
    )
    SELECT
      t.id, o.id, o.restaurant_id, t.station_id, LEAST(t.fired_at, t.bumped_at), t.confirmed_at, t.bumped_at,
      ${lateSeconds}
    FROM ${orders} ${tickets}
    JOIN stations s ON s.id = t.station_id
    WHERE t.bumped_at IS NOT NULL
    ON CONFLICT (ticket_id) DO UPDATE SET
      station_id = EXCLUDED.station_id, fired_at = EXCLUDED.fired_at, confirmed_at = EXCLUDED.confirmed_at,
      bumped_at = EXCLUDED.bumped_at
    WHERE (d.station_id, d.fired_at, d.confirmed_at, d.bumped_at) IS DISTINCT FROM (
        EXCLUDED.station_id, EXCLUDED.fired_at, EXCLUDED.confirmed_at, EXCLUDED.bumped_at
      )
  `;
}
