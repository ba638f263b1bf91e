// The schema is named by us: a role's search_path and a schema that is named like the role change nothing, and one that
// the URL names is made and used.
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { createDatabase, execute } from '../../test/database.ts';
import { log } from '../../test/pipeline.ts';
import { createPrisma } from './client.ts';
import { awaitDatabaseOf, stampDatabase } from './environment.ts';
import { migrate, pendingMigrations } from './migrate.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

/** An empty database, and a role of its own that may do there as it likes. */
async function ownDatabase(rights: (name: string, role: string) => string[]): Promise<{ admin: string; url: string }> {
  const { url: admin, drop } = await createDatabase(inject('postgresUrl'));
  const role = `cook_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(admin);
  await execute(admin, `CREATE ROLE ${role} LOGIN PASSWORD '${role}'`);
  undo.push(() => execute(inject('postgresUrl'), `DROP ROLE ${role}`), drop);
  for (const statement of rights(url.pathname.slice(1), role)) await execute(admin, statement);
  [url.username, url.password] = [role, role];
  return { admin, url: url.href };
}

/** A whole start, as far as the database is concerned. @returns the schemas that have tables of ours */
async function started(url: string): Promise<string[]> {
  await awaitDatabaseOf('any', url, log);
  expect((await migrate(url, { info: () => {} })).length).toBeGreaterThan(0);
  await stampDatabase('any', url);
  await awaitDatabaseOf('any', url, log);
  const prisma = createPrisma(url, { poolSize: 2 });
  try {
    expect(await pendingMigrations(prisma)).toEqual([]);
    await prisma.setting.create({ data: { key: 'k', value: 1 } });
    const [{ value }] = await prisma.$queryRaw<[{ value: number }]>`SELECT value FROM settings WHERE key = 'k'`;
    expect(value).toBe(1);
    const rows = await prisma.$queryRaw<{ schema: string }[]>`
      SELECT DISTINCT schemaname AS schema FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
    `;
    return rows.map(({ schema }) => schema).toSorted();
  } finally {
    await prisma.$disconnect();
  }
}

describe('tables are made in public', () => {
  test("with a schema that is named like the role, and comes first in PostgreSQL's own search path", async () => {
    const { url } = await ownDatabase((_, role) => [
      `CREATE SCHEMA ${role} AUTHORIZATION ${role}`,
      `GRANT ALL ON SCHEMA public TO ${role}`,
    ]);
    expect(await started(url)).toEqual(['public']);
  });

  test("with a search path of the role's and of the database's own", async () => {
    const { url } = await ownDatabase((name, role) => [
      `CREATE SCHEMA other AUTHORIZATION ${role}`,
      `ALTER ROLE ${role} SET search_path = other`,
      `ALTER DATABASE ${name} SET search_path = other, public`,
      `GRANT ALL ON SCHEMA public TO ${role}`,
    ]);
    expect(await started(url)).toEqual(['public']);
  });
});

test('a schema that the URL names is made and used, and public stays empty', async () => {
  const { url } = await ownDatabase((name, role) => [`GRANT CREATE ON DATABASE ${name} TO ${role}`]);
  expect(await started(`${url}?schema=kitchen`)).toEqual(['kitchen']);
});

test.each([
  ['', /permission denied for schema public: .*, run GRANT CREATE ON SCHEMA public TO cook_\w+$/],
  ['?schema=kitchen', /permission denied for database test_\w+: .* GRANT CREATE ON DATABASE test_\w+ TO cook_\w+$/],
])('without the right to make tables the start ends in one line that says how to grant it: %s', async (more, words) => {
  const { url } = await ownDatabase(() => []);
  await awaitDatabaseOf('any', `${url}${more}`, log);
  const failure = await migrate(`${url}${more}`, { info: () => {} }).catch((error: unknown) => error);
  expect((failure as Error).message).toMatch(/^The database could not be migrated: [^\n]+$/);
  expect((failure as Error).message).toMatch(words);
});

test.each([
  ['a wrong password', (url: URL) => (url.password = 'wrong'), /is refused by .*: password authentication failed/],
  ['an unknown role', (url: URL) => (url.username = 'nobody_here'), /is refused by .*: password authentication failed/],
  [
    'an unknown database',
    (url: URL) => (url.pathname = '/none_here'),
    /is refused by .*: database "none_here" does not/,
  ],
])('%s ends the start in one line', async (_, change, words) => {
  const url = new URL(inject('postgresUrl'));
  change(url);
  const failure = await awaitDatabaseOf('any', url.href, log).catch((error: unknown) => error);
  expect((failure as Error).message).toMatch(/^DATABASE_URL [^\n]+$/);
  expect((failure as Error).message).toMatch(words);
});
