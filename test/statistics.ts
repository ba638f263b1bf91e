// PostgreSQL's counts of what was read, at once.
import type { PrismaClient } from '../server/db/client.ts';

/** How many connections a pool has at most (createPrisma). */
const POOL = 10;

/**
 * All connections of the pool report what they have read. By itself a connection that is idle may wait ten seconds with
 * it, and a test that compares two counts would blame the second part for the first one.
 */
export async function reportStatistics(prisma: PrismaClient): Promise<void> {
  const all = Array.from(
    { length: POOL },
    () => prisma.$queryRaw`SELECT pg_stat_force_next_flush()::text, pg_sleep(0.3)::text`,
  );
  await Promise.all(all);
}
