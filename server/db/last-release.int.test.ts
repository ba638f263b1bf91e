// Servers of the last release go on while this version has migrated already: each statement of theirs still finds its
// tables, columns, types and constraints, and inserts every column that must be there. prisma/last-release.sql has the
// statements, so a clone without history can be tested, too.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { SEPARATOR } from '../../scripts/release-statements.mjs';
import { createDatabase, TEMPLATE } from '../../test/database.ts';
import { projectRoot } from './migrate.ts';

const [head, ...statements] = readFileSync(path.join(projectRoot(), 'prisma/last-release.sql'), 'utf8')
  .trim()
  .split(SEPARATOR);

let database: Awaited<ReturnType<typeof createDatabase>>;
let client: pg.Client;
beforeAll(async () => {
  database = await createDatabase(inject('postgresUrl'), TEMPLATE);
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  // A plan for any values: it looks for the constraint of ON CONFLICT, too.
  await client.query('SET plan_cache_mode = force_generic_plan');
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

/** @returns why the statement does not work any more; null: it does */
async function fault(statement: string): Promise<string | null> {
  try {
    await client.query(`PREPARE one AS ${statement}`);
    const { rows } = await client.query<{ count: number }>(
      "SELECT cardinality(parameter_types) AS count FROM pg_prepared_statements WHERE name = 'one'",
    );
    const values = Array.from({ length: rows[0]!.count }, () => 'NULL').join(', ');
    await client.query(`EXPLAIN EXECUTE one${values && `(${values})`}`);
    return null;
  } catch (error) {
    return `${(error as Error).message}: ${statement.replaceAll(/\s+/g, ' ').slice(0, 150)}`;
  } finally {
    await client.query('DEALLOCATE ALL');
  }
}

async function faults(): Promise<string[]> {
  const found: string[] = [];
  for (const statement of statements) {
    const one = await fault(statement);
    if (one !== null) found.push(one);
  }
  return found;
}

/** `table.column` of each that an insert of the last release would leave empty, and that may not be empty. */
async function missing(): Promise<string[]> {
  const { rows } = await client.query<{ table: string; column: string }>(`
    SELECT c.relname AS "table", a.attname AS "column"
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    WHERE a.attnum > 0 AND a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AND NOT a.attisdropped
  `);
  const inserts = statements.flatMap((statement) =>
    [...statement.matchAll(/INSERT INTO (?:"?public"?\.)?"?(\w+)"?\s*(?:AS \w+\s*)?\(([^()]+)\)/g)].map(
      ([, table, columns]) => ({ table, columns: columns!.replaceAll(/["\s]/g, '').split(',') }),
    ),
  );
  expect(inserts.length).toBeGreaterThan(20);
  const lacking = inserts.flatMap(({ table, columns }) =>
    rows.filter((row) => row.table === table && !columns.includes(row.column)).map((row) => `${table}.${row.column}`),
  );
  return [...new Set(lacking)];
}

test('each statement of the last release works on the new schema', async () => {
  expect(head).toMatch(/^-- The statements of \d+\.\d+\.\d+/);
  expect(statements.length).toBeGreaterThan(100);
  expect(await faults()).toEqual([]);
  expect(await missing()).toEqual([]);
});

test('a column that was renamed, a constraint that is gone, and a new column that must be there are found', async () => {
  await client.query('ALTER TABLE orders RENAME COLUMN status TO state');
  expect((await faults()).some((one) => one.includes('status'))).toBe(true);
  await client.query('ALTER TABLE orders RENAME COLUMN state TO status');
  await client.query('ALTER TABLE lanes DROP CONSTRAINT lanes_pkey CASCADE');
  expect((await faults()).some((one) => one.includes('ON CONFLICT'))).toBe(true);
  await client.query('ALTER TABLE orders ADD COLUMN must INT NOT NULL');
  expect(await missing()).toEqual(['orders.must']);
});
