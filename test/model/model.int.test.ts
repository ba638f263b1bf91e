// The same histories over PostgreSQL: the rules hold there, and step by step its rows are those of the store in memory. On demand: MODEL_RUNS=500 MODEL_SEED=7 npx vitest run --project int
// test/model
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { DatabaseStore } from './database-store.ts';
import { MemoryStore } from './memory-store.ts';
import { parkedDuringTry, scripts, type Script } from './script.ts';
import type { Rows, Store } from './store.ts';
import { ModelWorld } from './world.ts';

const { MODEL_RUNS, MODEL_SEED, MODEL_PATH } = process.env;
const numRuns = Number(MODEL_RUNS ?? 60);
const seed = Number(MODEL_SEED ?? Date.now() % 2 ** 31);

let database: TestDatabase;
let store: DatabaseStore;
beforeAll(async () => {
  database = await createTestDatabase();
  store = await DatabaseStore.start(database.url);
});
afterAll(async () => {
  await store?.stop();
  await database?.drop();
});

/**
 * Leases have names of their own in each store. Which of two orders comes first in the history is no promise: within one
 * order the rows stay as they are.
 */
const nameless = ({ lanes, history, ...rows }: Rows) =>
  JSON.stringify({
    ...rows,
    history: history.toSorted((a, b) => (a.orderId < b.orderId ? -1 : a.orderId > b.orderId ? 1 : 0)),
    lanes: lanes.map((lane) => ({ ...lane, token: lane.token !== null })),
  });

/**
 * Wide enough that no limit decides which order is tried first: orders that are due at nearly the same time would
 * differ.
 */
async function trace(over: Store, script: Script): Promise<string[]> {
  const steps: string[] = [];
  await new ModelWorld(over, script, {
    width: 9,
    onStep: (step, rows) => {
      steps.push(`${step} -> ${nameless(rows)}`);
    },
  }).run();
  return steps;
}

test(
  'the rules hold over PostgreSQL, and its rows are those of the store in memory',
  { timeout: 60_000 + numRuns * 5000 },
  async () => {
    console.info(`${numRuns} histories, seed ${seed}`);
    await fc.assert(
      fc.asyncProperty(scripts(120), async (script) => {
        await store.empty();
        const inMemory = await trace(new MemoryStore(), script);
        for (const [i, step] of (await trace(store, script)).entries()) expect(step).toBe(inMemory[i]);
        expect(store.warnings).toEqual([]);
      }),
      { numRuns, seed, examples: [[parkedDuringTry]], ...(MODEL_PATH && { path: MODEL_PATH }) },
    );
  },
);
