// Finds an order by its number or id, and says where it is or why it is not here. One statement reads everything as of
// one moment, so an order that is being archived is found in one place or the other. It answers for one restaurant
// only, and says nothing of another restaurant's id.
import type { PrismaClient } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { FindResult, FoundOrder, Whereabouts } from '../protocol/find.ts';
import { shownUntil } from '../protocol/limits.ts';
import type { Health } from '../protocol/views.ts';
import { isoTime } from '../db/iso-time.ts';
import { orderJson } from '../order/order-rows.ts';
import type { KitchenOrder } from '../order/order.ts';
import { allergyReader } from '../allergies/reader.ts';
import { allergiesOfLine, allergiesOfOrder } from '../protocol/rules/allergies.ts';
import { isCanceled } from '../protocol/status.ts';

export interface OrderFinderDeps {
  prisma: PrismaClient;
  log: Logger;
  health: () => Health;
}

/** As it was archived, perhaps by an earlier version: without a number, or without fields that came later. */
type ArchivedOrder = Omit<KitchenOrder, 'number'> & { number: string | null };

interface Row {
  /** In the tables that screens read. */
  hot: KitchenOrder[];
  archived: ArchivedOrder[];
  /** One for each order: a message that waits or has FAILED, else the last that was discarded. */
  parked: {
    orderId: string;
    state: 'PARKED' | 'FAILED' | 'DISCARDED';
    attempts: number;
    nextAttemptAt: string | null;
    lastError: string | null;
    parkedAt: string;
    known: boolean;
  }[];
  rejected: { at: string; reason: string } | null;
  stations: Record<string, string>;
}

const MOST = 20;

export class OrderFinder {
  constructor(private readonly deps: OrderFinderDeps) {}

  /** Never throws. */
  async find(restaurantId: string, text: string): Promise<FindResult> {
    const asked = text.trim().replace(/^#\s*/, '').replaceAll('\0', '').toWellFormed();
    try {
      const matches = asked ? matchesOf(await this.#read(restaurantId, asked), asked) : [];
      const { lag, orderApi, kafka } = this.deps.health();
      const unfetched = matches.length ? 0 : await this.#unfetched(restaurantId);
      return {
        outcome: 'found',
        matches,
        pipeline: {
          messagesWaiting: lag?.messages ?? null,
          secondsBehind: lag?.seconds ?? null,
          orderApi: orderApi.state,
          kafka,
          unfetchedOrders: unfetched,
        },
      };
    } catch (error) {
      this.deps.log.warn({ error: messageOf(error) }, 'an order could not be looked for');
      return { outcome: 'unavailable' };
    }
  }

  async #read(restaurantId: string, asked: string): Promise<Row> {
    const cases = [...new Set([asked, asked.toUpperCase(), asked.toLowerCase()])];
    // "102" finds A102 and A-00102, and not A1102.
    const ending = /^\d+$/.test(asked) ? `(^|[^0-9])0*${asked.replace(/^0+(?=\d)/, '')}$` : null;
    const [row] = await this.deps.prisma.$queryRaw<[Row]>`
      WITH hot AS MATERIALIZED (
        SELECT *
        FROM orders
        WHERE restaurant_id = ${restaurantId}
          AND (
            id = ${asked}
              OR lower(COALESCE(number, id)) = lower(${asked})
              OR (${ending}::text IS NOT NULL AND number ~ ${ending ?? ''})
          )
        ORDER BY received_at DESC LIMIT ${MOST}
      ),
      archived AS MATERIALIZED (
        SELECT *
        FROM (
          SELECT DISTINCT ON (order_id) a.*
          FROM (
            SELECT *
            FROM archived_orders
            WHERE order_id = ${asked}
            UNION ALL
            SELECT *
            FROM archived_orders
            WHERE number = ANY(${cases}::text[])
          ) a
          WHERE a.restaurant_id = ${restaurantId} AND NOT EXISTS (SELECT FROM orders o WHERE o.id = a.order_id)
          ORDER BY order_id, archived_at DESC
        ) b
        ORDER BY received_at DESC LIMIT ${MOST}
      ),
      foreign_id AS MATERIALIZED (
        SELECT EXISTS (SELECT FROM orders WHERE id = ${asked} AND restaurant_id <> ${restaurantId})
          OR EXISTS (SELECT FROM archived_orders WHERE order_id = ${asked} AND restaurant_id <> ${restaurantId}) AS it
      ),
      ids AS MATERIALIZED (
        SELECT id
        FROM hot
        UNION
        SELECT order_id
        FROM archived
        UNION
        SELECT ${asked}
        WHERE NOT (SELECT it FROM foreign_id)
      )
      SELECT
        (SELECT COALESCE(json_agg(${orderJson} ORDER BY o.received_at DESC), '[]') FROM hot o) AS hot,
        (SELECT COALESCE(json_agg(a.kitchen_order ORDER BY a.received_at DESC), '[]') FROM archived a) AS archived,
        (
          SELECT COALESCE(json_agg(p), '[]')
          FROM (
            SELECT DISTINCT ON
              (p.order_id) p.order_id AS "orderId", p.state, p.attempts,
              ${isoTime('p.next_attempt_at')} AS "nextAttemptAt", p.last_error AS "lastError",
              ${isoTime('p.parked_at')} AS "parkedAt",
              p.order_id IN (SELECT id FROM hot UNION ALL SELECT order_id FROM archived) AS known
            FROM ids
            JOIN parked_messages p ON p.order_id = ids.id
            WHERE p.state IN ('PARKED', 'FAILED', 'DISCARDED')
              AND (p.restaurant_id IS NULL OR p.restaurant_id = ${restaurantId})
            ORDER BY
              p.order_id, CASE p.state WHEN 'PARKED' THEN 0 WHEN 'FAILED' THEN 1 ELSE 2 END,
              CASE p.state WHEN 'PARKED' THEN p.id ELSE -p.id END
          ) p
        ) AS parked,
        (
          SELECT json_build_object('at', ${isoTime('x.at')}, 'reason', x.reason)
          FROM rejected_messages x
          WHERE x.key = convert_to(${asked}, 'UTF8') AND NOT (SELECT it FROM foreign_id)
          ORDER BY x.id DESC LIMIT 1
        ) AS rejected,
        (SELECT COALESCE(json_object_agg(s.id, s.name), '{}') FROM stations s WHERE s.restaurant_id = ${restaurantId})
          AS stations
    `;
    return row;
  }

  /** How many orders wait to be fetched, with nothing known but their id. Any of them may be the wanted one. */
  async #unfetched(restaurantId: string): Promise<number> {
    const [{ count }] = await this.deps.prisma.$queryRaw<[{ count: number }]>`
      SELECT count(DISTINCT p.order_id)::int AS count
      FROM (
        SELECT order_id, restaurant_id
        FROM parked_messages
        WHERE state IN ('PARKED', 'FAILED')
        ORDER BY id DESC LIMIT 2000
      ) p
      WHERE (p.restaurant_id IS NULL OR p.restaurant_id = ${restaurantId})
        AND NOT EXISTS (SELECT FROM orders o WHERE o.id = p.order_id)
    `;
    return count;
  }
}

function matchesOf({ hot, archived, parked, rejected, stations }: Row, asked: string): FoundOrder[] {
  const waiting = (orderId: string) => parked.find((row) => row.orderId === orderId && row.state !== 'DISCARDED');
  const known = [
    ...hot.map((order) => ofKitchen(order, whereIs(order), stations, waiting(order.id))),
    ...archived.map((order) => ofKitchen(order, 'archived', stations, waiting(order.id))),
  ];
  const unknown = parked
    .filter((row) => !row.known)
    .map((row): FoundOrder => ({
      ...nothingKnown(row.orderId, row.parkedAt),
      where: row.state === 'PARKED' ? 'parked' : row.state === 'FAILED' ? 'failed' : 'discarded',
      parked: parkedOf(row),
      reason: row.lastError,
    }));
  const found = [...known, ...unknown];
  return found.length || !rejected
    ? found
    : [{ ...nothingKnown(asked, rejected.at), where: 'rejected', reason: rejected.reason }];
}

const nothingKnown = (orderId: string, receivedAt: string): Omit<FoundOrder, 'where'> => ({
  orderId,
  number: orderId,
  status: null,
  table: null,
  receivedAt,
  allergies: [],
  tickets: [],
  parked: null,
  reason: null,
});

function ofKitchen(
  order: ArchivedOrder,
  where: Whereabouts,
  stations: Row['stations'],
  parked: Row['parked'][number] | undefined,
): FoundOrder {
  return {
    orderId: order.id,
    number: order.number ?? order.id,
    where,
    status: order.status,
    table: order.table,
    receivedAt: order.receivedAt,
    allergies: allergiesOf(order),
    dueAt: order.dueAt ?? null,
    tickets: order.tickets.map(({ stationId, state, course = null, firedAt, bumpedAt, bumpedBy = null }) => ({
      station: stations[stationId] ?? '',
      state,
      course,
      firedAt,
      bumpedAt,
      bumpedBy,
    })),
    parked: parked ? parkedOf(parked) : null,
    reason: null,
  };
}

/** An archived order may lack the fields that came later. */
function allergiesOf(order: ArchivedOrder): FoundOrder['allergies'] {
  const { status, allergies = [], note = null, lines = [] }: Partial<ArchivedOrder> = order;
  if (status !== undefined && isCanceled({ status })) return [];
  return [
    ...allergiesOfOrder({ allergies, note, lines }, allergyReader).map(({ text }) => ({ text, dish: null })),
    ...lines
      .filter(({ voided }) => !voided)
      .flatMap((line) => {
        const { allergies: own = [], modifiers = [] }: Partial<KitchenOrder['lines'][number]> = line;
        return allergiesOfLine({ note: line.note, allergies: own, modifiers }, allergyReader).map(({ text }) => ({
          text,
          dish: line.name,
        }));
      }),
  ];
}

const parkedOf = ({ state, attempts, nextAttemptAt, lastError }: Row['parked'][number]): FoundOrder['parked'] => ({
  failed: state === 'FAILED',
  attempts,
  nextAttemptAt,
  lastError,
});

function whereIs(order: KitchenOrder): Whereabouts {
  const { closedAt, tickets } = order;
  if (isCanceled(order)) return 'canceled';
  if (closedAt !== null) return 'done';
  if (Date.now() > shownUntil(order)) return 'old';
  if (tickets.some(({ state }) => state === 'open')) return 'open';
  return tickets.some(({ state }) => state === 'held') ? 'held' : 'ready';
}
