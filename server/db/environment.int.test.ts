// Environments can't mix: a database belongs to the environment that started on it first.
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createDatabase, createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { log } from '../../test/pipeline.ts';
import { awaitDatabaseOf, stampDatabase } from './environment.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

test('of several environments that start at once on a new database one gets it, the others are refused in one line', async () => {
  const outcomes = await Promise.allSettled(['dev', 'pre', 'prod'].map((env) => stampDatabase(env, database.url)));
  const refused = outcomes
    .filter((outcome): outcome is PromiseRejectedResult => outcome.status === 'rejected')
    .map(({ reason }) => reason as Error);
  expect([refused.length, refused.map((error) => 'code' in error && error.code)]).toEqual([
    2,
    ['WRONG_ENVIRONMENT', 'WRONG_ENVIRONMENT'],
  ]);
  for (const { message } of refused)
    expect(message).toMatch(/^APP_ENV is \w+, but this database belongs to \w+[^\n]*$/);
});

test('the stamp is asked before anything is migrated; its own environment passes, again and again', async () => {
  const { appEnv } = await database.prisma.environmentStamp.findFirstOrThrow();
  for (let i = 0; i < 2; i += 1) {
    await awaitDatabaseOf(appEnv, database.url, log);
    await stampDatabase(appEnv, database.url);
  }
  await expect(awaitDatabaseOf('other', database.url, log)).rejects.toMatchObject({ code: 'WRONG_ENVIRONMENT' });
  expect((await database.prisma.environmentStamp.findFirstOrThrow()).appEnv).toBe(appEnv);
});

test("an empty database is anybody's", async () => {
  const empty = await createDatabase(inject('postgresUrl'));
  try {
    await awaitDatabaseOf('any', empty.url, log);
  } finally {
    await empty.drop();
  }
});

test('a database that refuses us for good ends the start with a line that names the variable', async () => {
  const nobody = new URL(database.url);
  nobody.pathname = '/there_is_none';
  await expect(awaitDatabaseOf('any', nobody.href, log)).rejects.toThrow(/^DATABASE_URL [^\n]+$/);
});
