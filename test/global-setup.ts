// Starts a real Kafka, and a real PostgreSQL with a migrated template database, once for all integration tests.
import type { TestProject } from 'vitest/node';
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
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const infrastructure = await startInfrastructure();
  project.provide('kafkaBrokers', infrastructure.kafkaBrokers);
  project.provide('kafkaDoor', infrastructure.kafkaDoor);
  project.provide('kafkaBreakingDoor', infrastructure.kafkaBreakingDoor);
  project.provide('kafkaSecure', infrastructure.kafkaSecure);
  project.provide('postgresUrl', infrastructure.postgresUrl);
  return infrastructure.stop;
}
