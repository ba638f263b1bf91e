// Random histories of several processes over a store in memory, held against the rules. On demand: MODEL_RUNS=20000
// MODEL_SEED=7 MODEL_PATH=... npx vitest run --project unit test/model
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryStore } from './memory-store.ts';
import { parkedDuringTry, scripts } from './script.ts';
import { ModelWorld } from './world.ts';

const { MODEL_RUNS, MODEL_SEED, MODEL_PATH } = process.env;
const numRuns = Number(MODEL_RUNS ?? 1000);
const seed = Number(MODEL_SEED ?? Date.now() % 2 ** 31);

test(
  'whatever comes when, fails, stops, or comes back late: nothing is lost, overtaken or doubled',
  { timeout: 60_000 + numRuns * 200 },
  async () => {
    console.info(`${numRuns} histories, seed ${seed}`);
    const happened = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(scripts(400), async (script) => {
        const world = new ModelWorld(new MemoryStore(), script);
        await world.run();
        for (const what of world.happened.keys()) happened.set(what, (happened.get(what) ?? 0) + 1);
      }),
      { numRuns, seed, examples: [[parkedDuringTry]], ...(MODEL_PATH && { path: MODEL_PATH }) },
    );
    // A model whose histories never reach these cases would pass with any server.
    const rare = [
      'a message FAILED',
      'retry of a FAILED message',
      'discard of a PARKED message',
      'a lease that ran out is taken over',
      'a try that has lost its lease',
      'settle of a dead process',
      'settle of an assignment that is over',
    ];
    if (numRuns >= 1000)
      expect(
        rare.filter((what) => !happened.get(what)),
        'what no history came to',
      ).toEqual([]);
  },
);
