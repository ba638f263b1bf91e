// The progress of the pipeline: positions from its consumer, counts from the database as of now.
import type { Hono } from 'hono';
import type { PrismaClient } from '../db/client.ts';
import type { PipelineStatus } from '../monitor/ports.ts';
import { addRoute } from '../http/requests.ts';

interface Counts {
  parkedOrders: number;
  parkedMessages: number;
  failedMessages: number;
  rejectedMessages: number;
  missingMessages: number;
  oldestParkedAt: Date | null;
}

export function addPipelineRoutes(
  app: Hono,
  { prisma, status }: { prisma: PrismaClient; status: PipelineStatus },
): void {
  addRoute(app, '/api/v1/pipeline', {
    GET: async (c) => {
      const [counts] = await prisma.$queryRaw<[Counts]>`
        SELECT parked.orders AS "parkedOrders", parked.messages AS "parkedMessages", parked.oldest AS "oldestParkedAt",
          (SELECT count(*)::int FROM parked_messages WHERE state = 'FAILED') AS "failedMessages",
          (SELECT count(*)::int FROM rejected_messages) AS "rejectedMessages",
          (SELECT COALESCE(sum(to_offset - from_offset), 0)::float8 FROM missing_messages) AS "missingMessages"
        FROM (SELECT count(DISTINCT order_id)::int AS orders, count(*)::int AS messages, min(parked_at) AS oldest
          FROM parked_messages WHERE state = 'PARKED') AS parked`;
      const partitions = status.partitions();
      const { inFlight, limit, state, reason } = status.orderApi();
      return c.json({
        // Unknown is not zero.
        lag: partitions.length ? partitions.reduce((sum, { lag }) => sum + lag, 0) : null,
        partitions: partitions.map(({ partition, lag, committed, end }) => ({ partition, lag, committed, end })),
        ...counts,
        orderApi: { inFlight, limit, state, reason },
        troubles: status.troubles(),
      });
    },
  });
}
