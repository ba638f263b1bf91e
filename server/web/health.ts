// Liveness and readiness. The order API does not count: while it is away, orders wait, and screens still work.
import type { Hono } from 'hono';
import { Prisma, type PrismaClient } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import { notWritable, WRITABLE } from '../db/lineage.ts';
import { DeadlineError, within } from '../lib/deadline.ts';
import type { PipelineStatus } from '../monitor/ports.ts';
import { Problem } from '../http/problems.ts';
import { addRoute } from '../http/requests.ts';

const DATABASE_MS = 2000;

export function addHealthRoutes(app: Hono, { prisma, status }: { prisma: PrismaClient; status: PipelineStatus }): void {
  // One question at a time: probes come each second, and against a hanging database they would take the whole pool.
  let asking: Promise<unknown> | undefined;
  const askDatabase = () =>
    (asking ??= prisma.$queryRaw<[{ writable: boolean }]>`SELECT ${Prisma.raw(WRITABLE)}`
      .then(([{ writable }]) => {
        if (!writable) throw notWritable();
      })
      .finally(() => {
        asking = undefined;
      }));

  addRoute(app, '/livez', { GET: (c) => c.text('alive\n') });
  addRoute(app, '/readyz', {
    GET: async (c) => {
      const { ready, reason, remark } = status.readiness();
      const reasons = ready ? [] : [reason ?? 'the consumer has not joined its group'];
      await within(DATABASE_MS, askDatabase()).catch((error: unknown) => {
        reasons.unshift(
          error instanceof DeadlineError
            ? `the database does not answer within ${DATABASE_MS} ms`
            : messageOf(error).includes(notWritable().message)
              ? notWritable().message
              : 'the database does not answer',
        );
      });
      if (reasons.length) throw new Problem(503, `Not ready: ${reasons.join('; ')}.`, {}, { 'retry-after': '1' });
      // Other partitions are read, and screens work: a probe must not take the process away for it.
      return c.text(remark === undefined ? 'ready\n' : `ready, but ${remark}\n`);
    },
  });
}
