// Before all browser tests: a real Kafka and a real PostgreSQL for all of them. Each worker starts a server of its own
// on these (world.ts).
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
  // Workers inherit the environment; there is no other way from here to them.
  process.env['E2E_KAFKA_BROKERS'] = kafkaBrokers;
  process.env['E2E_POSTGRES_URL'] = postgresUrl;
  return stop;
}
