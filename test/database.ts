// A migrated database of its own for each test file, cloned from the template within some tens of milliseconds.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createPrisma, type PrismaClient } from '../server/db/client.ts';

export const TEMPLATE = 'heard_template';

export interface TestDatabase {
  url: string;
  prisma: PrismaClient;
  drop(): Promise<void>;
}

/** @param timeZone of the database and of our role there, in place of the server's own */
export async function createTestDatabase({ timeZone }: { timeZone?: string } = {}): Promise<TestDatabase> {
  const { url, drop } = await createDatabase(inject('postgresUrl'), TEMPLATE);
  if (timeZone !== undefined) {
    const name = new URL(url).pathname.slice(1);
    await execute(url, `ALTER DATABASE ${name} SET timezone = '${timeZone}'`);
    await execute(url, `ALTER ROLE CURRENT_USER IN DATABASE ${name} SET timezone = '${timeZone}'`);
  }
  const prisma = createPrisma(url);
  return {
    url,
    prisma,
    drop: async () => {
      await prisma.$disconnect();
      await drop();
    },
  };
}

/** For a program of ours that a test runs: by the pooler, where the whole suite goes through one. */
export function databaseEnv(url: string): Record<string, string> {
  const pooled = pooledUrl(url);
  return pooled === null ? { DATABASE_URL: url } : { DATABASE_URL: pooled, DATABASE_DIRECT_URL: url };
}

/** The same database by way of the suite's pooler; null without one, and for an address that leads elsewhere. */
export function pooledUrl(url: string): string | null {
  const pooler = inject('poolerUrl');
  if (!pooler || new URL(url).port !== new URL(inject('postgresUrl')).port) return null;
  const pooled = new URL(url);
  pooled.port = new URL(pooler).port;
  return pooled.href;
}

/** A database with nothing in it, or a clone of the template. */
export async function createDatabase(
  adminUrl: string,
  template = 'template0',
): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

export async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
