// What an operator may do with a parked or FAILED message: try it now, or never again. Both are audited.
import type { Bus } from '../db/bus.ts';
import type { PrismaClient } from '../db/client.ts';
import { lockLanes } from '../orders/settle-rows.ts';

type Answer = 'done' | 'not-found' | 'wrong-state';

export class RetryControl {
  constructor(private readonly prisma: PrismaClient, private readonly bus: Bus) {}

  /** Makes the message due at once; this try does not count as an attempt. */
  retryNow(id: bigint, actor: string): Promise<Answer> {
    return this.#change(id, actor, 'retry', async (tx, row) => {
      const readmitted = row.state === 'FAILED' ? 1 : 0;
      await tx.$executeRaw`UPDATE parked_messages SET state = 'PARKED', next_attempt_at = now() WHERE id = ${id}`;
      await tx.$executeRaw`
        UPDATE lanes SET parked = parked + ${readmitted}, next_attempt_at = now(), lease_token = NULL, lease_until = NULL, forced = true WHERE order_id = ${row.orderId}`;
    });
  }

  discard(id: bigint, actor: string): Promise<Answer> {
    return this.#change(id, actor, 'discard', async (tx, row) => {
      await tx.$executeRaw`UPDATE parked_messages SET state = 'DISCARDED', next_attempt_at = NULL, ended_at = now() WHERE id = ${id}`;
      await tx.$executeRaw`
        INSERT INTO order_history (order_id, at, kind, status, version, incarnation_id, partition, "offset", digest)
        SELECT p.order_id, now(), 'DISCARDED', o.status, o.version, p.incarnation_id, p.partition, p."offset", p.digest
        FROM parked_messages p LEFT JOIN orders o ON o.id = p.order_id WHERE p.id = ${id}`;
      if (row.state === 'FAILED') return;
      const [{ behind }] = await tx.$queryRaw<[{ behind: boolean }]>`
        SELECT EXISTS (SELECT FROM parked_messages WHERE order_id = ${row.orderId} AND state = 'PARKED' AND id < ${id}) AS behind`;
      // Behind the head, nothing else changes. Else whoever was trying it just now has lost the lease, and the message after it is due.
      if (behind) await tx.$executeRaw`UPDATE lanes SET parked = parked - 1 WHERE order_id = ${row.orderId}`;
      else await tx.$executeRaw`
        UPDATE lanes SET parked = parked - 1, next_attempt_at = CASE WHEN parked > 1 THEN now() END, lease_token = NULL, lease_until = NULL, forced = false
        WHERE order_id = ${row.orderId}`;
    });
  }

  async #change(id: bigint, actor: string, action: 'retry' | 'discard', work: (tx: Tx, row: { orderId: string; state: string }) => Promise<void>): Promise<Answer> {
    const found = await this.prisma.parkedMessage.findUnique({ where: { id }, select: { orderId: true } });
    if (!found) return 'not-found';
    const answer = await this.prisma.$transaction(async (tx): Promise<Answer> => {
      await lockLanes(tx, [found.orderId]);
      const row = await tx.parkedMessage.findUniqueOrThrow({ where: { id }, select: { orderId: true, state: true, partition: true, offset: true } });
      if (row.state !== 'PARKED' && row.state !== 'FAILED') return 'wrong-state';
      await work(tx, row);
      await tx.auditEntry.create({ data: { actor, action: `parked.${action}`, subject: String(id), detail: { orderId: row.orderId, state: row.state, partition: row.partition, offset: Number(row.offset) } } });
      return 'done';
    });
    if (answer === 'done') this.bus.publish('retry', [found.orderId]);
    return answer;
  }
}

type Tx = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];
