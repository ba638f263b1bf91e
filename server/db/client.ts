// The Prisma client over one pg pool, with time-outs below Kafka's session time-out: a frozen or slow process must not
// hold row locks.
import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.ts';
import type { Lineage } from './lineage.ts';
import { CleanPool } from './pool.ts';
import { pooledSessionAt, schemaAt, sessionAt } from './session.mjs';

export { Prisma } from './generated/client.ts';
export type { PrismaClient } from './generated/client.ts';

/** Runs statements: the client, or a transaction of it. */
export type Sql = Pick<PrismaClient, '$queryRaw' | '$executeRaw' | '$queryRawUnsafe' | '$executeRawUnsafe'>;

/** Longest statement, in ms. */
const STATEMENT_TIMEOUT_MS = 6000;
/** Longest pause inside a transaction, in ms, after which the server ends the session and frees its locks. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 4000;

/** Planning our larger statements takes longer than running them: each connection prepares a text once. */
const MAX_PREPARED = 300;
const names = new Map<string, string>();

function statementName(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  if (names.size >= MAX_PREPARED) return '';
  const name = `h${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
  names.set(sql, name);
  return name;
}

const SETTINGS = {
  // A prepared statement is planned once, perhaps while a table has two pages and a sequential scan is cheapest.
  enable_seqscan: 'off',
  statement_timeout: String(STATEMENT_TIMEOUT_MS),
  idle_in_transaction_session_timeout: String(IDLE_IN_TRANSACTION_TIMEOUT_MS),
};

export interface PrismaOptions {
  poolSize?: number;
  /** Told at each new connection which database it leads to. */
  lineage?: Lineage;
  /** The URL leads to a pooler in transaction mode. */
  pooled?: boolean;
}

export function createPrisma(
  databaseUrl: string,
  { poolSize = 10, lineage, pooled = false }: PrismaOptions = {},
): PrismaClient {
  const pool = new CleanPool(
    {
      ...(pooled ? pooledSessionAt(databaseUrl, SETTINGS) : sessionAt(databaseUrl, SETTINGS)),
      max: poolSize,
      connectionTimeoutMillis: 5000,
      query_timeout: STATEMENT_TIMEOUT_MS + 2000,
      application_name: 'heard',
    },
    lineage,
  );
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    schema: schemaAt(databaseUrl),
    ...(!pooled && { statementNameGenerator: ({ sql }: { sql: string }) => statementName(sql) }),
  });
  return new PrismaClient({ adapter });
}
