// In place of server/db/client.ts while the whole suite goes through PgBouncer (npm run test:pgbouncer): each client of the
// shared database is made as with DATABASE_DIRECT_URL. vitest.config.ts puts it there.
import * as direct from '../server/db/client.ts';
import { pooledUrl } from './database.ts';

export * from '../server/db/client.ts';

export function createPrisma(databaseUrl: string, options: direct.PrismaOptions = {}): direct.PrismaClient {
  const pooled = pooledUrl(databaseUrl);
  return pooled === null
    ? direct.createPrisma(databaseUrl, options)
    : direct.createPrisma(pooled, { ...options, pooled: true });
}
