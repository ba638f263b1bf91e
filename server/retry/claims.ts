// Which parked orders this process may try now: a claim is a lease on the order's lane. Due ones are taken with SKIP
// LOCKED, so that all processes share the work; a lease that its holder lets run out is taken over. The due time
// stands in the lane's own row, so a blocked order never hides another one behind it.
import type { PrismaClient } from '../db/client.ts';

/** `upTo`: the last row that the order had parked when the lease was given. */
export interface Claim {
  orderId: string;
  token: string;
  upTo: number;
}

/** How long a holder is waited for that says nothing more. One that tries on says so three times as often. */
export const LEASE_SECONDS = 30;
export const RENEW_EVERY_MS = (LEASE_SECONDS * 1000) / 3;

/** At most `free` lanes that are due, the longest due first, and none of those that this process is trying. */
export async function claimDue(prisma: PrismaClient, free: number, trying: readonly string[]): Promise<Claim[]> {
  const rows = await prisma.$queryRaw<{ order_id: string; lease_token: string; up_to: bigint | null }[]>`
    UPDATE lanes l
    SET lease_token = gen_random_uuid(), lease_until = now() + ${LEASE_SECONDS} * interval '1 second'
    FROM (
      SELECT order_id
      FROM lanes
      WHERE next_attempt_at <= now()
        AND parked > 0
        AND (lease_until IS NULL OR lease_until < now())
        AND order_id <> ALL (${trying}::text[])
      ORDER BY next_attempt_at LIMIT ${free}
      FOR UPDATE SKIP LOCKED
    ) due
    WHERE l.order_id = due.order_id
    RETURNING
      l.order_id, l.lease_token, (SELECT max(id) FROM parked_messages p WHERE p.order_id = l.order_id) AS up_to
  `;
  return rows.map(({ order_id: orderId, lease_token: token, up_to: upTo }) => ({
    orderId,
    token,
    upTo: Number(upTo ?? 0),
  }));
}

/**
 * Prolongs leases that are still ours. A pause that the order API asks for may last longer than a lease: without this
 * another process would take the order, and the answer that comes first would count for nothing.
 */
export async function renewClaims(prisma: PrismaClient, claims: readonly Claim[]): Promise<void> {
  if (!claims.length) return;
  const held = JSON.stringify(claims.map(({ orderId, token }) => ({ order_id: orderId, token })));
  // A lane that a settlement has locked ends its lease by itself.
  await prisma.$executeRaw`
    UPDATE lanes l
    SET lease_until = now() + ${LEASE_SECONDS} * interval '1 second'
    FROM (
      SELECT lanes.order_id
      FROM jsonb_to_recordset(${held}::jsonb) AS h(order_id text, token uuid)
      JOIN lanes ON lanes.order_id = h.order_id AND lanes.lease_token = h.token
      FOR UPDATE OF lanes SKIP LOCKED
    ) ours
    WHERE l.order_id = ours.order_id
  `;
}
