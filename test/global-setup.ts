// Starts a real Kafka, and a real PostgreSQL with a migrated template database, once for all integration tests.
import type { TestProject } from 'vitest/node';
import { ensurePgBouncer, startPgBouncer } from './pgbouncer.ts';
import { startInfrastructure, type Door } from './infrastructure.ts';
import type { SecureAccess } from './secure-door.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    kafkaBrokers: string;
    kafkaDoor: Door;
    kafkaBreakingDoor: Door;
    kafkaSecure: SecureAccess;
    /** Of the database that makes and drops the others. */
    postgresUrl: string;
    /** Of a pooler that the whole suite goes through; empty: none. */
    poolerUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const infrastructure = await startInfrastructure();
  project.provide('kafkaBrokers', infrastructure.kafkaBrokers);
  project.provide('kafkaDoor', infrastructure.kafkaDoor);
  project.provide('kafkaBreakingDoor', infrastructure.kafkaBreakingDoor);
  project.provide('kafkaSecure', infrastructure.kafkaSecure);
  project.provide('postgresUrl', infrastructure.postgresUrl);
  const pooled = process.env['HEARD_PGBOUNCER'] === '1';
  if (pooled && !ensurePgBouncer()) throw new Error('HEARD_PGBOUNCER is 1, and there is no PgBouncer');
  const pooler = pooled ? await startPgBouncer(infrastructure.postgresUrl) : undefined;
  project.provide('poolerUrl', pooler?.through(infrastructure.postgresUrl) ?? '');
  return async () => {
    await pooler?.stop();
    await infrastructure.stop();
  };
}
