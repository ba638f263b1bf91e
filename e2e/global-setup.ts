// Runs before all browser tests: starts one real Kafka and one real PostgreSQL for all of them. Each worker starts its
// own server on these (world.ts).
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startInfrastructure } from '../test/infrastructure.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export default async function globalSetup(): Promise<() => Promise<void>> {
  for (const needed of ['dist/main.js', '.next/BUILD_ID']) {
    if (!existsSync(path.join(root, needed)))
      throw new Error(`${needed} is missing: the browser tests run the built app, so "npm run build" comes first`);
  }
  const { kafkaBrokers, postgresUrl, stop } = await startInfrastructure();
  // Workers inherit the environment, and Playwright offers no other way to pass values to them.
  process.env['E2E_KAFKA_BROKERS'] = kafkaBrokers;
  process.env['E2E_POSTGRES_URL'] = postgresUrl;
  return stop;
}
