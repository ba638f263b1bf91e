// Writes the decisions of a settlement. Set-based throughout: with one statement for each order the database would set
// the pace, and not the order service (5 to 10 times slower in batches of 50).
import { Prisma, type Sql } from '../db/client.ts';
import type { KitchenOrder } from '../order/order.ts';
import type { Decision, LaneUpdate } from './settlement.ts';

export interface Decided {
  orderId: string;
  before: KitchenOrder | null;
  decision: Decision;
  fetch?: FetchRow | undefined;
}
/** The time at which a fetch went out, its duration in ms, and its number among the quick tries. */
export interface FetchRow {
  at: string;
  ms: number;
  tries: number;
}

/** The most fetches kept for one parked message: the first one and the latest. */
const MAX_FETCHES = 30;

const failedFetch = (fetch: FetchRow | undefined, error: string | null, now: string) =>
  error === null ? null : { at: fetch?.at ?? now, ms: fetch?.ms ?? null, tries: fetch?.tries ?? 1, error };

/** Writes the decisions about messages and lanes. saveOrders writes the orders. */
export async function writeDecisions(tx: Sql, decided: readonly Decided[], now: string): Promise<void> {
  const history = decided.flatMap(({ orderId, before, decision, fetch }) =>
    decision.ended.map(({ message, kind, redelivery }) => ({
      f_at: fetch?.at,
      f_ms: fetch?.ms,
      f_tries: fetch?.tries,
      order_id: orderId,
      kind,
      redelivery,
      status: decision.status ?? before?.status ?? null,
      version: (decision.after ?? before)?.version ?? null,
      i: message.position.incarnationId,
      p: message.position.partition,
      o: message.position.offset,
      digest: message.digest,
    })),
  );
  const parks = decided.flatMap(({ orderId, decision, fetch }) =>
    decision.park.map(({ message, waitMs, error }) => ({
      tried: failedFetch(fetch, error, now),
      order_id: orderId,
      restaurant_id: message.restaurantId,
      status: message.status,
      version: message.version,
      sent_at: message.sentAt === null ? null : new Date(message.sentAt).toISOString(),
      digest: message.digest,
      wait_ms: waitMs,
      error,
      i: message.position.incarnationId,
      p: message.position.partition,
      o: message.position.offset,
    })),
  );
  const updates = decided.flatMap(({ decision, fetch }) =>
    decision.updates.map(({ waitMs, ...row }) => ({
      ...row,
      wait_ms: waitMs,
      tried: failedFetch(fetch, row.error, now),
    })),
  );
  const at = Prisma.sql`${now}::timestamptz`;
  if (history.length)
    await tx.$executeRaw`
      INSERT INTO order_history (
        order_id, at, kind, status, version, incarnation_id, partition, "offset", digest, redelivery, fetched_at,
        fetch_ms, fetch_tries
      )
      SELECT order_id, ${at}, kind, status, version, i, p, o, decode(digest, 'hex'), redelivery, f_at, f_ms, f_tries
      FROM ROWS
      FROM (
        jsonb_to_recordset(${JSON.stringify(history)}::jsonb) AS (
          order_id text, kind text, status text, version bigint, i int, p int, o bigint, digest text,
          redelivery boolean, f_at timestamptz, f_ms int, f_tries smallint
        )
      ) WITH ORDINALITY AS h(order_id, kind, status, version, i, p, o, digest, redelivery, f_at, f_ms, f_tries, n)
      ORDER BY n
    `;
  if (parks.length)
    await tx.$executeRaw`
      INSERT INTO parked_messages (
        order_id, restaurant_id, status, version, sent_at, digest, incarnation_id, partition, "offset", state, parked_at,
        next_attempt_at, last_error, fetches
      )
      SELECT
        order_id, restaurant_id, status, version, sent_at, decode(digest, 'hex'), i, p, o, 'PARKED', ${at},
        ${at} + wait_ms * interval '1 ms', error,
        CASE WHEN tried IS NULL OR tried = 'null'::jsonb THEN '[]' ELSE jsonb_build_array(tried) END
      FROM ROWS
      FROM (
        jsonb_to_recordset(${JSON.stringify(parks)}::jsonb) AS (
          order_id text, restaurant_id text, status text, version bigint, sent_at timestamptz, digest text,
          wait_ms double precision, error text, i int, p int, o bigint, tried jsonb
        )
      ) WITH ORDINALITY AS k(order_id, restaurant_id, status, version, sent_at, digest, wait_ms, error, i, p, o, tried, n)
      ORDER BY n
    `;
  if (updates.length)
    await tx.$executeRaw`
      UPDATE parked_messages q
      SET
        state = u.state, attempts = u.attempts, next_attempt_at = ${at} + u.wait_ms * interval '1 ms',
        last_error = COALESCE(u.error, q.last_error),
        fetches = CASE
          WHEN u.tried IS NULL OR u.tried = 'null'::jsonb THEN q.fetches
          WHEN jsonb_array_length(q.fetches) >= ${MAX_FETCHES}::int THEN (q.fetches - 1) || u.tried
          ELSE q.fetches || u.tried
        END,
        ended_at = CASE WHEN u.state IN ('SUPERSEDED', 'APPLIED') THEN ${at} END
      FROM jsonb_to_recordset(${JSON.stringify(updates)}::jsonb) AS u(
        id bigint, state text, attempts int, wait_ms double precision, error text, tried jsonb
      )
      WHERE q.id = u.id
    `;
  await writeLanes(
    tx,
    decided.flatMap(({ orderId, decision: { lane } }) => (lane ? [{ orderId, ...lane }] : [])),
    at,
  );
}

/** @param at the moment from which waits count */
export async function writeLanes(
  tx: Sql,
  updates: readonly (LaneUpdate & { orderId: string })[],
  at: Prisma.Sql,
): Promise<void> {
  if (!updates.length) return;
  const lanes = updates.map(({ orderId, parked, waitMs, forced = false }) => ({
    order_id: orderId,
    parked,
    wait_ms: waitMs,
    forced,
  }));
  await tx.$executeRaw`
    UPDATE lanes l
    SET
      parked = u.parked,
      next_attempt_at = CASE
        WHEN u.wait_ms IS NULL AND u.parked > 0 THEN l.next_attempt_at
        ELSE ${at} + u.wait_ms * interval '1 ms'
      END,
      lease_token = CASE WHEN u.wait_ms IS NULL AND u.parked > 0 THEN l.lease_token END,
      lease_until = CASE WHEN u.wait_ms IS NULL AND u.parked > 0 THEN l.lease_until END,
      forced = CASE WHEN u.wait_ms IS NULL AND u.parked > 0 THEN l.forced ELSE u.forced END
    FROM jsonb_to_recordset(${JSON.stringify(lanes)}::jsonb) AS u(
      order_id text, parked int, wait_ms double precision, forced boolean
    )
    WHERE l.order_id = u.order_id
  `;
}
