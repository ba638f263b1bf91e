// Real Kafka and PostgreSQL in a temporary folder, which end and vanish with the process that started them, however
// that ends.
import path from 'node:path';
import { startKafka } from '../scripts/local/kafka.mjs';
import { startPostgres } from '../scripts/local/postgres.mjs';
import { freePort, removedInTheEnd, temporaryDirectory } from '../scripts/local/process.mjs';
import { migrate } from '../server/db/migrate.ts';
import { TEMPLATE, execute } from './database.ts';
import { secureDoors, type SecureAccess } from './secure-door.ts';

/**
 * Kafka's other entrance: it listens at `port`, and tells its clients to come through `advertisedPort`, where a test
 * may listen.
 */
export interface Door {
  port: number;
  advertisedPort: number;
}

export interface Infrastructure {
  kafkaBrokers: string;
  kafkaDoor: Door;
  /** Another one, for the test that breaks bytes on their way. */
  kafkaBreakingDoor: Door;
  kafkaSecure: SecureAccess;
  /** Of the database that makes and drops the others. */
  postgresUrl: string;
  kafka: Awaited<ReturnType<typeof startKafka>>;
  postgres: Awaited<ReturnType<typeof startPostgres>>;
  stop(): Promise<void>;
}

/** Its data need not outlive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** The time zone of the database, in place of the machine's: see scripts/postgres-versions.mjs. */
const timeZone = process.env['HEARD_POSTGRES_ZONE'];

export async function startInfrastructure(): Promise<Infrastructure> {
  const directory = temporaryDirectory('test');
  const undo: (() => unknown)[] = [removedInTheEnd(directory)];
  const stop = async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  const started = async <T extends { stop(): Promise<void> }>(starting: Promise<T>) => {
    const part = await starting;
    undo.push(() => part.stop());
    return part;
  };
  try {
    const secure = await secureDoors();
    const kafkaDoor = { port: await freePort(), advertisedPort: await freePort() };
    const kafkaBreakingDoor = { port: await freePort(), advertisedPort: await freePort() };
    const [postgres, kafka] = await Promise.allSettled([
      started(
        startPostgres({
          dataDir: path.join(directory, 'postgres'),
          port: await freePort(),
          logFile: path.join(directory, 'postgres.log'),
          settings: { ...FAST, ...(timeZone !== undefined && { timezone: timeZone }) },
        }),
      ),
      started(
        startKafka({
          dataDir: path.join(directory, 'kafka'),
          port: await freePort(),
          logFile: path.join(directory, 'kafka.log'),
          doors: [{ name: 'DOOR', ...kafkaDoor }, { name: 'BREAKING', ...kafkaBreakingDoor }, ...secure.doors],
          scramUsers: secure.scramUsers,
        }),
      ),
    ]);
    if (postgres.status === 'rejected') throw postgres.reason;
    if (kafka.status === 'rejected') throw kafka.reason;
    await postgres.value.ensureDatabase(TEMPLATE);
    // The role's setting wins over the server's and holds in every database.
    if (timeZone !== undefined)
      await execute(postgres.value.url(), `ALTER ROLE CURRENT_USER SET timezone = '${timeZone}'`);
    await migrate(postgres.value.url(TEMPLATE), { info: () => {} });
    return {
      kafka: kafka.value,
      postgres: postgres.value,
      kafkaBrokers: kafka.value.brokers,
      kafkaDoor,
      kafkaBreakingDoor,
      kafkaSecure: secure.access,
      postgresUrl: postgres.value.url(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
