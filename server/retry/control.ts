// An operator's two commands for a parked or FAILED message: retry it now, or discard it. Both are audited.
import { audit } from '../db/audit.ts';
import type { Bus } from '../db/bus.ts';
import { Prisma, type PrismaClient, type Sql } from '../db/client.ts';
import { lockLanes } from '../settle/settle-read.ts';
import { writeLanes } from '../settle/settle-write.ts';
import { discarded, readmitted } from './operate.ts';

export type RetryOutcome = 'done' | 'not-found' | 'wrong-state';
type Tx = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];
interface Live {
  orderId: string;
  state: 'PARKED' | 'FAILED';
  /** How many messages of its order wait. */
  parked: number;
}

export class RetryControl {
  constructor(private readonly deps: { prisma: PrismaClient; bus: Pick<Bus, 'publish'> }) {}

  /**
   * Makes the message due at once; this try does not count as an attempt.
   * @param alongside writes in the same transaction
   */
  retryNow(id: bigint, actor: string, alongside: (tx: Sql) => Promise<void> = async () => {}): Promise<RetryOutcome> {
    return this.#change(id, actor, 'retry', async (tx, { orderId, state, parked }) => {
      await tx.$executeRaw`UPDATE parked_messages SET state = 'PARKED', next_attempt_at = now() WHERE id = ${id}`;
      await writeLanes(tx, [{ orderId, ...readmitted(state, parked) }], Prisma.sql`now()`);
      await alongside(tx);
    });
  }

  /**
   * The same for the order's next message in turn, or else for the last one that FAILED.
   * @returns false where there is none
   */
  async retryOrder(orderId: string, actor: string, alongside?: (tx: Sql) => Promise<void>): Promise<boolean> {
    const [row] = await this.deps.prisma.$queryRaw<{ id: bigint }[]>`
      SELECT id
      FROM parked_messages
      WHERE order_id = ${orderId} AND state IN ('PARKED', 'FAILED')
      ORDER BY state = 'FAILED', CASE state WHEN 'PARKED' THEN id ELSE -id END LIMIT 1
    `;
    return row !== undefined && (await this.retryNow(row.id, actor, alongside)) === 'done';
  }

  discard(id: bigint, actor: string): Promise<RetryOutcome> {
    return this.#change(id, actor, 'discard', async (tx, { orderId, state, parked }) => {
      await tx.$executeRaw`
        UPDATE parked_messages SET state = 'DISCARDED', next_attempt_at = NULL, ended_at = now() WHERE id = ${id}
      `;
      await tx.$executeRaw`
        INSERT INTO order_history (order_id, at, kind, status, version, incarnation_id, partition, "offset", digest)
        SELECT p.order_id, now(), 'DISCARDED', o.status, o.version, p.incarnation_id, p.partition, p."offset", p.digest
        FROM parked_messages p LEFT JOIN orders o ON o.id = p.order_id WHERE p.id = ${id}`;
      const [{ behind }] = await tx.$queryRaw<[{ behind: boolean }]>`
        SELECT EXISTS (SELECT FROM parked_messages WHERE order_id = ${orderId} AND state = 'PARKED' AND id < ${id}) AS
          behind
      `;
      const lane = discarded(state, parked, !behind);
      if (lane) await writeLanes(tx, [{ orderId, ...lane }], Prisma.sql`now()`);
    });
  }

  async #change(
    id: bigint,
    actor: string,
    action: 'retry' | 'discard',
    work: (tx: Tx, row: Live) => Promise<void>,
  ): Promise<RetryOutcome> {
    const found = await this.deps.prisma.parkedMessage.findUnique({ where: { id }, select: { orderId: true } });
    if (!found) return 'not-found';
    const answer = await this.deps.prisma.$transaction(async (tx): Promise<RetryOutcome> => {
      const lanes = await lockLanes(tx, [found.orderId]);
      const { orderId, state, partition, offset } = await tx.parkedMessage.findUniqueOrThrow({
        where: { id },
        select: { orderId: true, state: true, partition: true, offset: true },
      });
      if (state !== 'PARKED' && state !== 'FAILED') return 'wrong-state';
      await work(tx, { orderId, state, parked: lanes.get(orderId)!.parked });
      await audit(tx, actor, `parked.${action}`, String(id), { orderId, state, partition, offset: Number(offset) });
      return 'done';
    });
    if (answer === 'done') this.deps.bus.publish('retry', [found.orderId]);
    return answer;
  }
}
