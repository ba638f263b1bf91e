// Migrations that the version before can live with: the rules themselves, and that each migration keeps them.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { BASELINE, migrationFaults } from './migration-rules.mjs';

const folder = fileURLToPath(new URL('../prisma/migrations', import.meta.url));
const migrations = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({
    name,
    faults: migrationFaults(readFileSync(path.join(folder, name, 'migration.sql'), 'utf8')),
  }));

test.each(migrations)('$name can be applied while the version before works', ({ name, faults }) => {
  if (!BASELINE.includes(name)) expect(faults, 'see "Add a migration" in CONTRIBUTING.md').toEqual([]);
});

test('the baseline names only migrations that are there and break a rule', () => {
  const broken = migrations.filter(({ faults }) => faults.length > 0).map(({ name }) => name);
  expect(BASELINE.filter((name) => !broken.includes(name))).toEqual([]);
});

test.each([
  'CREATE TABLE "t" ("id" INT NOT NULL); CREATE INDEX "i" ON "t"("id"); ALTER TABLE "t" ADD CONSTRAINT "f" FOREIGN KEY ("id") REFERENCES "u"("id");',
  'CREATE UNIQUE INDEX CONCURRENTLY "i" ON "orders"("id");',
  '-- A comment; with a semicolon.\nCREATE INDEX CONCURRENTLY IF NOT EXISTS "i" ON "orders"("id");',
  'ALTER TABLE "orders" ADD COLUMN "a" TEXT, ADD COLUMN "b" JSONB NOT NULL DEFAULT \'[]\';',
  'ALTER TABLE "orders" ADD COLUMN "a" TIMESTAMPTZ NOT NULL DEFAULT now();',
  'ALTER TABLE "orders" ALTER COLUMN "a" DROP NOT NULL, ALTER COLUMN "a" SET DEFAULT \'DROP COLUMN b\';',
  'ALTER TABLE "orders" ADD CONSTRAINT "c" CHECK ("a" > 0) NOT VALID;',
  'ALTER TABLE "orders" VALIDATE CONSTRAINT "c"; ALTER TABLE "orders" DROP CONSTRAINT "c";',
  'ALTER TABLE "orders" ADD CONSTRAINT "u" UNIQUE USING INDEX "i";',
  '-- contract: 0.2.0 reads it no more\nALTER TABLE "orders" DROP COLUMN "a";',
  "INSERT INTO settings (key, value) VALUES ('a', '1; DROP TABLE orders');",
  'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM t; RETURN NEW; END $$;',
])('allowed: %s', (sql) => {
  expect(migrationFaults(sql)).toEqual([]);
});

test.each([
  ['CREATE INDEX "i" ON "orders"("id");', 'CREATE INDEX CONCURRENTLY'],
  ['CREATE UNIQUE INDEX "i" ON "public"."orders" USING hash ("id");', 'CREATE INDEX CONCURRENTLY'],
  ['CREATE INDEX CONCURRENTLY "i" ON "orders"("id"); SELECT 1;', 'the only statement'],
  ['ALTER TABLE "orders" ADD COLUMN "a" TEXT, ADD COLUMN "b" TEXT NOT NULL;', 'a DEFAULT, or allow NULL'],
  ['ALTER TABLE orders ADD "a" INT NOT NULL;', 'a DEFAULT, or allow NULL'],
  ['ALTER TABLE "orders" ADD COLUMN "a" UUID NOT NULL DEFAULT gen_random_uuid();', 'whole table anew'],
  ['ALTER TABLE "orders" ADD CONSTRAINT "f" FOREIGN KEY ("a") REFERENCES "t"("id");', 'NOT VALID'],
  ['ALTER TABLE "orders" ADD CHECK ("a" > 0);', 'NOT VALID'],
  ['ALTER TABLE "orders" ADD CONSTRAINT "u" UNIQUE ("a");', 'USING INDEX'],
  ['ALTER TABLE "orders" DROP COLUMN "a";', 'contract: 0.3.0'],
  ['-- contract: soon\nALTER TABLE "orders" DROP COLUMN "a";', 'contract: 0.3.0'],
  ['alter table "orders" rename column "a" to "b";', 'former name'],
  ['ALTER TABLE "orders" RENAME TO "others";', 'former name'],
  ['ALTER TABLE "orders" ALTER COLUMN "a" SET DATA TYPE BIGINT;', 'former type'],
  ['ALTER TABLE "orders" ALTER COLUMN "a" TYPE BIGINT;', 'former type'],
  ['ALTER TABLE "orders" ALTER COLUMN "a" SET NOT NULL;', 'contract'],
  ['ALTER TABLE "orders" ALTER COLUMN "a" DROP DEFAULT;', 'contract'],
  ['DROP TABLE "orders";', 'contract'],
  ['DROP INDEX "i";', 'DROP INDEX CONCURRENTLY'],
  ['UPDATE orders SET a = 1;', 'batches'],
  ['/* why */ DELETE FROM orders;', 'batches'],
  ["ALTER TYPE mood ADD VALUE 'sad';", 'cannot read'],
  ['LOCK TABLE orders;', 'everybody'],
])('refused: %s', (sql, words) => {
  expect(migrationFaults(sql)).toEqual([expect.stringContaining(words)]);
});
