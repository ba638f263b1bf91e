// Limits hold over processes and restarts, and cost next to nothing once they are reached.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { AttemptLimits } from './limits.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const outcome = (trying: Promise<void>) =>
  trying.then(
    () => 'taken',
    (error: { status?: number }) => error.status,
  );

test('of tries in two processes as many count as one process may make, and a restart forgets none', async () => {
  const [one, two] = [new AttemptLimits(database.prisma), new AttemptLimits(database.prisma)];
  const tries = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      outcome((i % 2 ? one : two).take({ limit: 'pin:there', key: 'device 1 person 1' })),
    ),
  );
  expect(tries.filter((each) => each === 'taken')).toHaveLength(5);
  expect(tries.filter((each) => each === 429)).toHaveLength(15);
  expect(await outcome(new AttemptLimits(database.prisma).take({ limit: 'pin:there', key: 'device 1 person 1' }))).toBe(
    429,
  );
  expect(await outcome(one.take({ limit: 'pin:there', key: 'device 1 person 2' }))).toBe('taken');
});

test('what was right is forgotten, or only taken back', async () => {
  const limits = new AttemptLimits(database.prisma);
  const [mine, ours] = [{ limit: 'pin:there', key: 'mine' } as const, { limit: 'pin:device', key: 'ours' } as const];
  for (let i = 0; i < 100; i += 1) {
    await limits.take(mine, ours);
    await limits.forget(mine);
    await limits.takeBack(ours);
  }
  for (let i = 0; i < 5; i += 1) expect(await outcome(limits.take(mine))).toBe('taken');
  expect(await outcome(limits.take(mine))).toBe(429);
});

test('who is over the limit costs no question to the database', async () => {
  let questions = 0;
  const counted = {
    $queryRawUnsafe: (...asked: Parameters<typeof database.prisma.$queryRawUnsafe>) => {
      questions += 1;
      return database.prisma.$queryRawUnsafe(...asked);
    },
  };
  const limits = new AttemptLimits(counted as typeof database.prisma);
  const key = { limit: 'pin:there', key: 'stubborn' } as const;
  while ((await outcome(limits.take(key))) === 'taken');
  expect(questions).toBeLessThan(15);
  questions = 0;
  const outcomes = await Promise.all(Array.from({ length: 10_000 }, () => outcome(limits.take(key))));
  expect([...new Set(outcomes), questions]).toEqual([429, 0]);
});

test('the table says nothing about whose tries these were', async () => {
  await new AttemptLimits(database.prisma).take({ limit: 'sign-in:account', key: 'ada@kitchen.example' });
  const rows = await database.prisma.rateLimit.findMany();
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows.map(({ key }) => key))).not.toContain('ada');
});
