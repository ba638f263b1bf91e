// Finds the orders that lines came from and went to, for a settlement. A message about either may be first. The order
// that lines came from is locked together with the one that they came to, since its screens may have to be told.
import { type Sql, Prisma } from '../db/client.ts';
import type { KitchenOrder } from '../order/order.ts';
import { loadOrders } from '../order/order-rows.ts';
import { CLOSED_FOR_MS } from '../protocol/limits.ts';
import type { LineOrigin } from '../protocol/views.ts';
import { toldOfMoved } from './moved.ts';
import type { Settlement } from './settlement.ts';
import type { Decided } from './settle-write.ts';

/** The newest of a restaurant's open orders; more are open nowhere. */
const MOST_OPEN = 500;

/** A line that is new here, and the line that it was. */
interface Move {
  orderId: string;
  itemId: string;
  from: LineOrigin;
}

/** The lines that come from an order that the kitchen has, and are not here yet. Asks only where there are any. */
export async function movesOf(tx: Sql, settlements: readonly Settlement[]): Promise<Move[]> {
  const said = settlements.flatMap(({ orderId, finding }) =>
    finding.kind === 'detail'
      ? finding.detail.items.flatMap(({ id, movedFrom, voided, quantity }) =>
          movedFrom && movedFrom.orderId !== orderId && !voided && quantity > 0
            ? [{ orderId, itemId: id, from: movedFrom }]
            : [],
        )
      : [],
  );
  if (!said.length) return [];
  const asked = said.map(({ orderId, itemId, from }, n) => ({
    n,
    order_id: orderId,
    item: itemId,
    origin: from.orderId,
  }));
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT m.n
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS m(n int, order_id text, item text, origin text)
    WHERE EXISTS (SELECT FROM orders o WHERE o.id = m.origin)
      AND NOT EXISTS (
        SELECT
        FROM line_items l
        WHERE l.order_id = m.order_id AND COALESCE(l.part_of, l.id) = m.item AND l.state <> 'voided'
      )
  `;
  return rows.map(({ n }) => said[n]!);
}

/**
 * The orders that lines come from, by the id of the order and the line that they come to. Call it with their lanes
 * locked.
 */
export async function readOrigins(
  tx: Sql,
  moves: readonly Move[],
): Promise<Map<string, Map<string, { former: KitchenOrder; itemId: string }>>> {
  const origins = new Map<string, Map<string, { former: KitchenOrder; itemId: string }>>();
  if (!moves.length) return origins;
  const ids = Prisma.join(moves.map(({ from }) => from.orderId));
  const formers = new Map((await loadOrders(tx, Prisma.sql`o.id IN (${ids})`)).map((order) => [order.id, order]));
  for (const { orderId, itemId, from } of moves) {
    const former = formers.get(from.orderId);
    if (!former) continue;
    const here = origins.get(orderId) ?? new Map();
    origins.set(orderId, here.set(itemId, { former, itemId: from.itemId }));
  }
  return origins;
}

/**
 * Tells the orders that lines left, and no more calls these lines voided: those decided now, and those that the moves of
 * now came from.
 * @returns further orders to write
 */
export async function tellOrigins(
  tx: Sql,
  decided: readonly Decided[],
  moves: readonly Move[],
  origins: Awaited<ReturnType<typeof readOrigins>>,
  now: string,
): Promise<{ before: KitchenOrder; after: KitchenOrder }[]> {
  const went = await whereTo(tx, decided, now);
  const byId = new Map(decided.map((one) => [one.orderId, one]));
  for (const { orderId, itemId, from } of moves) {
    const order = byId.get(orderId)?.decision.after;
    if (!order || !origins.get(orderId)?.has(itemId)) continue;
    went.set(from.orderId, (went.get(from.orderId) ?? new Map<string, string>()).set(from.itemId, numberOf(order)));
  }
  const formers = [...origins.values()].flatMap((here) => [...here.values()].map(({ former }) => former));
  return [...went].flatMap(([id, items]) => {
    const own = byId.get(id);
    const before = own ? (own.decision.after ?? own.before) : formers.find((former) => former.id === id);
    const after = before && toldOfMoved(before, items, now);
    if (!before || !after || after === before) return [];
    if (!own) return [{ before, after }];
    own.decision.after = after;
    return [];
  });
}

/**
 * For each decided order, the numbers of the orders that its lines went to, where these lines were taken off just now.
 * That is rare, so the restaurant's open orders are looked through.
 */
async function whereTo(tx: Sql, decided: readonly Decided[], now: string): Promise<Map<string, Map<string, string>>> {
  const gone = decided.flatMap(({ orderId, decision: { after } }) =>
    after?.lines.some(({ flag }) => flag?.kind === 'voided' && flag.at === now)
      ? [{ id: orderId, restaurant: after.restaurantId }]
      : [],
  );
  const went = new Map<string, Map<string, string>>();
  if (!gone.length) return went;
  const rows = await tx.$queryRaw<{ id: string; item: string; number: string }[]>`
    SELECT asked.id, l.moved_from->>'itemId' AS item, COALESCE(o.number, o.id) AS number
    FROM jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) AS asked(id text, restaurant text)
    CROSS JOIN LATERAL (
      SELECT id, number
      FROM orders
      WHERE orders.restaurant_id = asked.restaurant
        AND (orders.closed_at IS NULL OR orders.closed_at > now() - ${CLOSED_FOR_MS} * interval '1 ms')
      ORDER BY changed_at DESC
      LIMIT ${MOST_OPEN}
    ) o
    CROSS JOIN LATERAL (
      SELECT * FROM line_items WHERE line_items.order_id = o.id AND NOT line_items.voided OFFSET 0
    ) l
    WHERE l.moved_from->>'orderId' = asked.id
  `;
  for (const { id, item, number } of rows) went.set(id, (went.get(id) ?? new Map<string, string>()).set(item, number));
  return went;
}

const numberOf = ({ number, id }: KitchenOrder): string => number ?? id;
