// Writes the migration that leads from prisma/migrations to prisma/schema.prisma: npm run db:migration -- --name
// add_seats.
// `prisma migrate dev` would need a schema engine binary. Here the same engine runs as WebAssembly, on a PostgreSQL of
// its own.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LOCKFILE, migrationsToSchema, readMigrations, withSchemaEngine } from '../server/db/schema-engine.mjs';
import { migrationFaults } from './migration-rules.mjs';
import { startPostgres } from './local/postgres.mjs';
import { freePort, lineOf, removedInTheEnd, temporaryDirectory } from './local/process.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = path.join(root, 'prisma/migrations');

/** @param {string} name */
async function write(name) {
  const postgres = await temporaryPostgres();
  try {
    const schema = readFileSync(path.join(root, 'prisma/schema.prisma'), 'utf8');
    const migrations = await readMigrations(folder);
    const sql = await withSchemaEngine(postgres.url, (engine) => migrationsToSchema(engine, migrations, schema));
    if (!sql) {
      console.log('The migrations agree with the schema: nothing to write.');
      return;
    }
    const directory = `${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)}_${name}`;
    mkdirSync(path.join(folder, directory), { recursive: true });
    writeFileSync(path.join(folder, directory, 'migration.sql'), `${sql}\n`);
    writeFileSync(path.join(folder, 'migration_lock.toml'), LOCKFILE);
    console.log(`prisma/migrations/${directory}/migration.sql`);
    for (const fault of migrationFaults(sql))
      console.log(`The version before cannot live with it (CONTRIBUTING.md, "Add a migration"): ${fault}`);
  } finally {
    await postgres.end();
  }
}

async function temporaryPostgres() {
  const directory = temporaryDirectory('migration');
  const remove = removedInTheEnd(directory);
  try {
    const postgres = await startPostgres({
      dataDir: path.join(directory, 'data'),
      port: await freePort(),
      logFile: path.join(directory, 'log'),
      settings: { fsync: 'off' },
    });
    return {
      url: postgres.url(),
      end: async () => {
        await postgres.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

const { name } = parseArgs({ options: { name: { type: 'string' } } }).values;
if (!name || !/^[a-z0-9_]{1,60}$/.test(name)) {
  console.error(
    'Give the migration a name of small letters, digits and underscores: npm run db:migration -- --name add_seats',
  );
  process.exitCode = 1;
} else {
  try {
    await write(name);
  } catch (error) {
    console.error(lineOf(error));
    process.exitCode = 1;
  }
}
