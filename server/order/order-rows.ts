// Reads and writes orders with one statement each way, however many there are. Their columns stand in columns.ts.
import { Prisma, type Sql } from '../db/client.ts';
import { lineLists, orderLists, ticketLists } from './columns.ts';
import type { KitchenOrder } from './order.ts';

/** JSON, not JSONB: text that is only sent on is made twice as fast. */
const documentOf = (order: Prisma.Sql, line: Prisma.Sql) => Prisma.sql`
  json_build_object(
    ${order},
    'lines', COALESCE(
      (
        SELECT json_agg(json_build_object(${line}) ORDER BY l.position, l.id)
        FROM line_items l
        WHERE l.order_id = o.id
      ),
      '[]'
    ),
    'tickets', COALESCE(
      (
        SELECT json_agg(json_build_object(${ticketLists.json}) ORDER BY t.fired_at, t.firing, t.id)
        FROM tickets t
        WHERE t.order_id = o.id
      ),
      '[]'
    )
  )
`;

/** One order with its lines and tickets, as a KitchenOrder; for `orders o`. */
export const orderJson = documentOf(orderLists.json, lineLists.json);

/** The same as an OrderView, ready to be sent to screens. */
export const orderViewJson = documentOf(orderLists.sentJson, lineLists.sentJson);

/** The orders that `where` (a condition on `orders o`) selects, all of one moment. */
export async function loadOrders(sql: Sql, where: Prisma.Sql): Promise<KitchenOrder[]> {
  const rows = await sql.$queryRaw<{ doc: KitchenOrder }[]>`SELECT ${orderJson} AS doc FROM orders o WHERE ${where}`;
  return rows.map(({ doc }) => doc);
}

/** Writes orders, and of their lines and tickets those that are not the same objects as before. */
export async function saveOrders(
  sql: Sql,
  changes: readonly { before: KitchenOrder | null; after: KitchenOrder }[],
): Promise<void> {
  if (!changes.length) return;
  const orders = changes.map(({ before, after }) => [
    orderLists.cells(after),
    after.lines.filter((line) => !before?.lines.includes(line)).map(lineLists.cells),
    after.tickets.filter((ticket) => !before?.tickets.includes(ticket)).map(ticketLists.cells),
  ]);
  await sql.$executeRaw`
    WITH given AS MATERIALIZED (
      SELECT g->0 AS head, g->0->>0 AS order_id, g->1 AS lines, g->2 AS tickets
      FROM jsonb_array_elements(${JSON.stringify(orders)}::jsonb) AS g
    ),
    saved_orders AS (
      INSERT INTO orders (${orderLists.names})
      SELECT ${orderLists.values}
      FROM (SELECT head AS r FROM given) g
      ON CONFLICT (id) DO UPDATE SET ${orderLists.updates}
    ),
    saved_tickets AS (
      INSERT INTO tickets (order_id, ${ticketLists.names})
      SELECT given.order_id, ${ticketLists.values}
      FROM given
      CROSS JOIN LATERAL jsonb_array_elements(given.tickets) AS ticket(r)
      ON CONFLICT (id) DO UPDATE SET
        ${ticketLists.updates},
        -- Fired anew, it must be confirmed anew.
        confirmed_at = CASE WHEN tickets.fired_at = EXCLUDED.fired_at THEN tickets.confirmed_at END
    )
    INSERT INTO line_items (order_id, ${lineLists.names})
    SELECT given.order_id, ${lineLists.values}
    FROM given
    CROSS JOIN LATERAL jsonb_array_elements(given.lines) AS line(r)
    ON CONFLICT (order_id, id) DO UPDATE SET ${lineLists.updates}
  `;
}
