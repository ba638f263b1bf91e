// Orders to and from their tables: set-based, one statement each way, whatever the number of orders.
import { Prisma, type Sql } from '../db/client.ts';
import type { KitchenLine, KitchenOrder, KitchenTicket } from './order.ts';

/** RFC 3339 in UTC with milliseconds, as JavaScript writes it, so that what is read equals what was written. */
export const iso = (column: string) =>
  Prisma.raw(`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/**
 * One order with its lines and tickets, as a KitchenOrder; for `orders o`. JSON, not JSONB: text that is only sent on
 * is made twice as fast.
 */
export const orderJson = Prisma.sql`
  json_build_object(
    'id', o.id, 'restaurantId', o.restaurant_id, 'number', o.number, 'status', o.status, 'version', o.version,
    'type', o.type, 'table', o.table_name, 'guests', o.guests, 'priority', o.priority,
    'placedAt', ${iso('o.placed_at')}, 'dueAt', ${iso('o.due_at')}, 'note', o.note,
    'receivedAt', ${iso('o.received_at')}, 'changedAt', ${iso('o.changed_at')}, 'closedAt', ${iso('o.closed_at')},
    'rush', o.rush, 'hold', o.hold, 'delayNote', o.delay_note,
    'lines', COALESCE(
      (
        SELECT json_agg(
          json_build_object(
            'id', l.id, 'position', l.position, 'sku', l.sku, 'name', l.name, 'category', l.category,
            'quantity', l.quantity, 'modifiers', l.modifiers, 'allergens', l.allergens, 'note', l.note,
            'course', l.course, 'seat', l.seat, 'voided', l.voided, 'stationId', l.station_id,
            'ticketId', l.ticket_id, 'state', l.state, 'flag', l.flag, 'addedAt', ${iso('l.added_at')},
            'startedAt', ${iso('l.started_at')}, 'readyAt', ${iso('l.ready_at')}, 'servedAt', ${iso('l.served_at')}
          )
          ORDER BY l.position, l.id
        )
        FROM line_items l
        WHERE l.order_id = o.id
      ),
      '[]'
    ),
    'tickets', COALESCE(
      (
        SELECT json_agg(
          json_build_object(
            'id', t.id, 'stationId', t.station_id, 'firing', t.firing, 'state', t.state, 'notices', t.notices,
            'firedAt', ${iso('t.fired_at')}, 'bumpedAt', ${iso('t.bumped_at')}, 'bumpedBy', t.bumped_by,
            'course', t.course, 'heldFor', t.held_for, 'heldUntil', ${iso('t.held_until')}
          )
          ORDER BY t.fired_at, t.firing, t.id
        )
        FROM tickets t
        WHERE t.order_id = o.id
      ),
      '[]'
    )
  )
`;

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
  const orders = changes.map(({ after }) => orderRow(after));
  const lines = changes.flatMap(({ before, after }) =>
    after.lines.filter((line) => !before?.lines.includes(line)).map((line) => lineRow(after.id, line)),
  );
  const tickets = changes.flatMap(({ before, after }) =>
    after.tickets.filter((ticket) => !before?.tickets.includes(ticket)).map((ticket) => ticketRow(after.id, ticket)),
  );
  await sql.$executeRaw`
    WITH saved_orders AS (
      INSERT INTO orders (id, restaurant_id, number, status, version, type, table_name, guests, priority, placed_at, due_at, note, received_at, changed_at, closed_at, rush, hold, delay_note)
      SELECT id, restaurant_id, number, status, version, type, table_name, guests, priority, placed_at, due_at, note, received_at, changed_at, closed_at,
        NULLIF(rush, 'null'::jsonb), NULLIF(hold, 'null'::jsonb), NULLIF(delay_note, 'null'::jsonb)
      FROM jsonb_to_recordset(${JSON.stringify(orders)}::jsonb) AS r(id text, restaurant_id text, number text, status text, version bigint, type text,
        table_name text, guests int, priority text, placed_at timestamptz, due_at timestamptz, note text, received_at timestamptz, changed_at timestamptz, closed_at timestamptz,
        rush jsonb, hold jsonb, delay_note jsonb)
      ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number, status = EXCLUDED.status, version = EXCLUDED.version, type = EXCLUDED.type,
        table_name = EXCLUDED.table_name, guests = EXCLUDED.guests, priority = EXCLUDED.priority, placed_at = EXCLUDED.placed_at, due_at = EXCLUDED.due_at,
        note = EXCLUDED.note, changed_at = EXCLUDED.changed_at, closed_at = EXCLUDED.closed_at,
        rush = EXCLUDED.rush, hold = EXCLUDED.hold, delay_note = EXCLUDED.delay_note),
    saved_tickets AS (
      INSERT INTO tickets (id, order_id, station_id, firing, state, notices, fired_at, bumped_at, bumped_by, course, held_for, held_until)
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(tickets)}::jsonb) AS r(id uuid, order_id text, station_id uuid, firing int, state text, notices jsonb,
        fired_at timestamptz, bumped_at timestamptz, bumped_by text, course int, held_for text, held_until timestamptz)
      ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state, notices = EXCLUDED.notices, fired_at = EXCLUDED.fired_at, bumped_at = EXCLUDED.bumped_at,
        bumped_by = EXCLUDED.bumped_by, course = EXCLUDED.course, held_for = EXCLUDED.held_for, held_until = EXCLUDED.held_until,
        -- Fired anew, it must be confirmed anew.
        confirmed_at = CASE WHEN tickets.fired_at = EXCLUDED.fired_at THEN tickets.confirmed_at END)
    INSERT INTO line_items (order_id, id, position, sku, name, category, quantity, modifiers, allergens, note, course, seat, voided, station_id, ticket_id,
      state, flag, added_at, started_at, ready_at, served_at)
    SELECT order_id, id, position, sku, name, category, quantity, modifiers, allergens, note, course, seat, voided, station_id, ticket_id,
      state, NULLIF(flag, 'null'::jsonb), added_at, started_at, ready_at, served_at
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS r(order_id text, id text, position int, sku text, name text, category text,
      quantity double precision, modifiers jsonb, allergens jsonb, note text, course int, seat text, voided boolean, station_id uuid, ticket_id uuid, state text,
      flag jsonb, added_at timestamptz, started_at timestamptz, ready_at timestamptz, served_at timestamptz)
    ON CONFLICT (order_id, id) DO UPDATE SET position = EXCLUDED.position, sku = EXCLUDED.sku, name = EXCLUDED.name, category = EXCLUDED.category,
      quantity = EXCLUDED.quantity, modifiers = EXCLUDED.modifiers, allergens = EXCLUDED.allergens, note = EXCLUDED.note, course = EXCLUDED.course,
      seat = EXCLUDED.seat, voided = EXCLUDED.voided, station_id = EXCLUDED.station_id, ticket_id = EXCLUDED.ticket_id, state = EXCLUDED.state, flag = EXCLUDED.flag,
      added_at = EXCLUDED.added_at, started_at = EXCLUDED.started_at, ready_at = EXCLUDED.ready_at, served_at = EXCLUDED.served_at`;
}

function orderRow(order: KitchenOrder) {
  return {
    id: order.id,
    restaurant_id: order.restaurantId,
    number: order.number,
    status: order.status,
    version: order.version,
    type: order.type,
    table_name: order.table,
    guests: order.guests,
    priority: order.priority,
    placed_at: order.placedAt,
    due_at: order.dueAt,
    note: order.note,
    received_at: order.receivedAt,
    changed_at: order.changedAt,
    closed_at: order.closedAt,
    rush: order.rush,
    hold: order.hold,
    delay_note: order.delayNote,
  };
}

function lineRow(orderId: string, line: KitchenLine) {
  const { stationId, ticketId, addedAt, startedAt, readyAt, servedAt, ...rest } = line;
  return {
    ...rest,
    order_id: orderId,
    station_id: stationId,
    ticket_id: ticketId,
    added_at: addedAt,
    started_at: startedAt,
    ready_at: readyAt,
    served_at: servedAt,
  };
}

function ticketRow(orderId: string, ticket: KitchenTicket) {
  return {
    id: ticket.id,
    order_id: orderId,
    station_id: ticket.stationId,
    firing: ticket.firing,
    state: ticket.state,
    notices: ticket.notices,
    fired_at: ticket.firedAt,
    bumped_at: ticket.bumpedAt,
    bumped_by: ticket.bumpedBy,
    course: ticket.course,
    held_for: ticket.heldFor,
    held_until: ticket.heldUntil,
  };
}
