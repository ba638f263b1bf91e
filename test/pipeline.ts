// A settler with its bus and database client, on a database of a test's own; and the rules that its rows must keep.
import { expect } from 'vitest';
import { moveToArchive } from '../server/archive/move.ts';
import { Bus } from '../server/db/bus.ts';
import { createPrisma, type PrismaClient } from '../server/db/client.ts';
import type { OrderEvent } from '../server/upstream/message.ts';
import { readStoryRows } from '../server/insight/story-rows.ts';
import { recordTimes } from '../server/insight/times.ts';
import { readHotOrder } from '../server/operator/orders.ts';
import { createLogger } from '../server/logger.ts';
import { Settler, type FailedMessage, type SettleResult } from '../server/settle/settle.ts';
import type { OrderDetail } from '../server/upstream/detail.ts';
import type { Settlement } from '../server/settle/settlement.ts';

export const log = createLogger('silent');
const quickRetry = { maxAttempts: 3, baseMs: 20, maxMs: 100 };

export interface TestSettler {
  prisma: PrismaClient;
  bus: Bus;
  settler: Settler;
  batches: number[];
  /** Incarnations that messages have proved to be over. */ replaced: number[];
  /** Errors after which it tried again. */ warnings: string[];
  stop(): Promise<void>;
}

/** Like one process's: a Prisma client, a bus and a settler of its own. */
export async function startSettler(url: string, { retry = quickRetry, emails = true } = {}): Promise<TestSettler> {
  const prisma = createPrisma(url, { poolSize: 5 });
  const bus = new Bus({ databaseUrl: url, log });
  await bus.start();
  const [batches, replaced, warnings]: [number[], number[], string[]] = [[], [], []];
  const noted = Object.assign(createLogger('silent'), {
    warn: (fields: { error?: string }) => {
      warnings.push(String(fields.error));
    },
  });
  const failedEmail = ({ orderId, attempts, lastError }: FailedMessage) =>
    emails ? { subject: orderId, body: `${attempts} attempts: ${lastError}` } : null;
  const settler = new Settler({
    prisma,
    bus,
    log: noted,
    retry,
    failedEmail,
    archive: (tx, orderId) => moveToArchive(tx, orderId, { document: readHotOrder, story: readStoryRows, recordTimes }),
    onTopicMadeAgain: (incarnationId) => {
      replaced.push(incarnationId);
    },
    onSettled: (_, size) => {
      batches.push(size);
    },
  });
  return {
    prisma,
    bus,
    settler,
    batches,
    replaced,
    warnings,
    stop: async () => {
      settler.stop();
      await bus.stop();
      await prisma.$disconnect();
    },
  };
}

export const arrived = (events: OrderEvent[], detail: OrderDetail, during: OrderEvent[] = []): Settlement => ({
  orderId: events[0]!.orderId,
  finding: { kind: 'detail', detail },
  before: events,
  during,
});
export const failing = (events: OrderEvent[], reason = 'it broke'): Settlement => ({
  orderId: events[0]!.orderId,
  finding: { kind: 'failed', reason, outage: false },
  before: events,
  during: [],
});

/** Takes the lease of an order's lane, due or not, as a worker would. */
export async function lease(prisma: PrismaClient, orderId: string): Promise<{ token: string; upTo: number }> {
  const [row] = await prisma.$queryRaw<{ token: string; up_to: bigint | null }[]>`
    UPDATE lanes
    SET lease_token = gen_random_uuid(), lease_until = now() + interval '30 seconds'
    WHERE order_id = ${orderId}
    RETURNING lease_token AS token, (SELECT max(id) FROM parked_messages p WHERE p.order_id = ${orderId}) AS up_to
  `;
  return { token: row!.token, upTo: Number(row!.up_to ?? 0) };
}

/** One try of an order's head by a worker that holds the lease. */
export async function tryOnce(
  { prisma, settler }: Pick<TestSettler, 'prisma' | 'settler'>,
  orderId: string,
  found: OrderDetail | string,
  { outage = false } = {},
): Promise<SettleResult> {
  const finding =
    typeof found === 'string'
      ? { kind: 'failed' as const, reason: found, outage }
      : { kind: 'detail' as const, detail: found };
  return settler.settle({ orderId, finding, before: [], during: [], lease: await lease(prisma, orderId) });
}

export interface HistoryRow {
  orderId: string;
  kind: string;
  version: number | null;
  incarnationId: number;
  partition: number;
  offset: number;
  redelivery: boolean;
}
export const historyOf = async (prisma: PrismaClient, orderId: string): Promise<HistoryRow[]> =>
  (await prisma.orderHistory.findMany({ where: { orderId }, orderBy: { seq: 'asc' } })).map(
    ({ version, offset, ...row }) => ({
      ...row,
      version: version === null ? null : Number(version),
      offset: Number(offset),
    }),
  );
export const kindsOf = async (prisma: PrismaClient, orderId: string): Promise<string[]> =>
  (await historyOf(prisma, orderId)).map(
    ({ offset, kind, redelivery }) => `${offset} ${kind}${redelivery ? ' again' : ''}`,
  );
export const parkedOf = async (prisma: PrismaClient, orderId: string) =>
  (await prisma.parkedMessage.findMany({ where: { orderId }, orderBy: { id: 'asc' } })).map(
    ({ offset, state, attempts }) => ({ offset: Number(offset), state, attempts }),
  );

/** The rules that hold at every moment. @param unsettled messages that are still on their way */
export async function expectRules(
  prisma: PrismaClient,
  all: readonly OrderEvent[],
  unsettled: readonly OrderEvent[] = [],
): Promise<void> {
  const places = await prisma.$queryRaw<{ place: string; fates: number }[]>`
    SELECT incarnation_id || '/' || partition || '/' || "offset" AS place, count(*)::int AS fates
    FROM (
      SELECT incarnation_id, partition, "offset"
      FROM order_history
      UNION ALL
      SELECT incarnation_id, partition, "offset"
      FROM parked_messages
      WHERE state IN ('PARKED', 'FAILED')
    ) f
    GROUP BY 1
  `;
  const expected = all
    .filter((message) => !unsettled.includes(message))
    .map(({ position: { incarnationId, partition, offset } }) => `${incarnationId}/${partition}/${offset}`);
  expect(
    places.filter(({ fates }) => fates !== 1),
    'no message has two fates',
  ).toEqual([]);
  expect(places.map(({ place }) => place).sort(), 'every message has a fate').toEqual([...new Set(expected)].sort());
  expect(
    await prisma.$queryRaw`
      SELECT *
      FROM (
        SELECT
          order_id, seq, version, "offset", lag(version) OVER w AS version_before,
          lag("offset") OVER w AS offset_before
        FROM order_history
        WHERE kind = 'APPLIED'
        WINDOW w AS (PARTITION BY order_id, incarnation_id, partition ORDER BY seq)
      ) a
      WHERE version <= version_before OR "offset" <= offset_before
    `,
    'applied offsets and versions strictly grow',
  ).toEqual([]);
  expect(
    await prisma.$queryRaw`
      SELECT h.order_id, h."offset", p."offset" AS parked
      FROM order_history h
      JOIN parked_messages p ON p.order_id = h.order_id
        AND p.incarnation_id = h.incarnation_id
        AND p.partition = h.partition
        AND p."offset" < h."offset"
        AND p.parked_at < h.at
        AND p.attempts < ${quickRetry.maxAttempts}
        AND (p.ended_at IS NULL OR p.ended_at > h.at)
      WHERE h.kind = 'APPLIED'
    `,
    'nothing is applied while an earlier message is parked',
  ).toEqual([]);
  expect(
    await prisma.$queryRaw`
      SELECT l.order_id, l.parked, p.parked AS rows
      FROM lanes l
      LEFT JOIN LATERAL (
        SELECT count(*)::int AS parked FROM parked_messages p WHERE p.order_id = l.order_id AND p.state = 'PARKED'
      ) p ON true
      WHERE l.parked <> p.parked
        OR (l.parked > 0 AND l.next_attempt_at IS NULL)
        OR (l.parked = 0 AND (l.next_attempt_at IS NOT NULL OR l.lease_token IS NOT NULL))
    `,
    'lanes know how many wait, and when their head is due',
  ).toEqual([]);
  expect(
    await prisma.$queryRaw`
      SELECT o.id, o.version, h.version AS newest
      FROM orders o
      JOIN LATERAL (
        SELECT version FROM order_history h WHERE h.order_id = o.id AND h.kind = 'APPLIED' ORDER BY seq DESC LIMIT 1
      ) h ON true
      WHERE o.version < h.version
    `,
    'an order is never older than what was applied to it',
  ).toEqual([]);
}
