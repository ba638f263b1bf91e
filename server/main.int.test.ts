// The process itself: how it ends.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildProgram, type Program } from '../test/program.ts';

let program: Program;
beforeAll(async () => {
  program = await buildProgram('main');
});
afterAll(() => program?.remove());

test('a process that is told to end while it still waits for its database ends within seconds, as one that was up', async () => {
  const began = performance.now();
  const { code, err } = await program.run(
    {
      APP_ENV: 'test',
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none',
      KAFKA_BROKERS: '127.0.0.1:9',
      ORDER_API_URL: 'http://127.0.0.1:9',
      OPS_TOKEN: 'sixteen-letters!',
    },
    [],
    'waiting for the database',
  );
  expect([code, err]).toEqual([0, '']);
  expect(performance.now() - began).toBeLessThan(15_000);
});
