// The history's rows of dishes that were sold out, or put back, by nobody's tap: a count ran out, or a time came.
import { randomUUID } from 'node:crypto';
import type { Sql } from '../db/client.ts';
import type { NamedDish } from '../protocol/rules/sold-out.ts';

export interface Turned {
  readonly restaurantId: string;
  readonly dish: NamedDish;
  /** Sold out from now on. */
  readonly on: boolean;
}

export async function recordBySelf(tx: Sql, turned: readonly Turned[]): Promise<void> {
  if (!turned.length) return;
  const rows = turned.map(({ restaurantId, dish, on }) => {
    const id = randomUUID();
    return { id, restaurant_id: restaurantId, command: { id, kind: 'sold-out', dish, on } };
  });
  await tx.$executeRaw`
    INSERT INTO kitchen_actions (id, restaurant_id, order_id, kind, command, device_id, person_id, by, at, result)
    SELECT id, restaurant_id, NULL, 'sold-out', command, NULL, NULL, NULL, clock_timestamp(), '{"outcome": "done"}'
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t(id uuid, restaurant_id text, command jsonb)
  `;
}
