// Starts a real Kafka, and a real PostgreSQL with a migrated template database, once for all integration tests.
import type { TestProject } from 'vitest/node';
import { startInfrastructure, type Door } from './infrastructure.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    kafkaBrokers: string;
    kafkaDoor: Door;
    /** Of the database that makes and drops the others. */
    postgresUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const infrastructure = await startInfrastructure();
  project.provide('kafkaBrokers', infrastructure.kafkaBrokers);
  project.provide('kafkaDoor', infrastructure.kafkaDoor);
  project.provide('postgresUrl', infrastructure.postgresUrl);
  return infrastructure.stop;
}
