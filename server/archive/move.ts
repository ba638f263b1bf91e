// Moves one order with all its rows from the hot tables to the archive. Its lane stays, since the caller holds its lock.
import { Prisma, type Sql } from '../db/client.ts';
import { orderJson } from '../order/order-rows.ts';

export interface ArchiveSources {
  /** An order's document for operators, as JSON; null when there is none. */
  document: (sql: Sql, orderId: string) => Promise<string | null>;
  /** The rows that its story is told from, as JSON. */
  story: (sql: Sql, orderId: string) => Promise<string | null>;
  /** Writes its dishes' times, which stay longer than the rows that they are read from. */
  recordTimes: (sql: Sql, orderIds: string[]) => Promise<void>;
}

/** Messages of the order that still wait, or need a person, stay in the retry table. */
export async function moveToArchive(
  tx: Sql,
  id: string,
  { document, story, recordTimes }: ArchiveSources,
): Promise<void> {
  const [shown, told] = [await document(tx, id), await story(tx, id)];
  await recordTimes(tx, [id]);
  await tx.$executeRaw`
    INSERT INTO archived_orders (
      order_id, archived_at, restaurant_id, number, received_at, document, kitchen_order, actions, story
    )
    SELECT
      o.id, now(), o.restaurant_id, o.number, o.received_at, ${shown}::json, ${orderJson},
      (
        SELECT COALESCE(
          json_agg(
            json_build_object(
              'kind', a.kind, 'at', a.at, 'deviceId', a.device_id, 'personId', a.person_id, 'by', a.by,
              'command', a.command, 'result', a.result
            )
            ORDER BY a.at
          ),
          '[]'
        )
        FROM kitchen_actions a
        WHERE a.order_id = o.id
      ),
      ${told}::json
    FROM orders o
    WHERE o.id = ${id}
  `;
  for (const table of ['line_items', 'tickets', 'order_history', 'kitchen_actions'])
    await tx.$executeRaw`DELETE FROM ${Prisma.raw(table)} WHERE order_id = ${id}`;
  await tx.$executeRaw`DELETE FROM parked_messages WHERE order_id = ${id} AND state NOT IN ('PARKED', 'FAILED')`;
  await tx.$executeRaw`DELETE FROM orders WHERE id = ${id}`;
}
