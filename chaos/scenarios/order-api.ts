// Faults of the order API, and unusual messages from the platform.
import { setTimeout as sleep } from 'node:timers/promises';
import { calm, type DialsPatch } from '../../simulator/dials.ts';
import type { ChaosWorld } from '../world.ts';
import { doneTo } from './connections.ts';
import type { Bite, Scenario } from './scenario.ts';

/** Turns the dials for `seconds`, and counts the answers of these kinds meanwhile. */
async function turned(
  { platform }: ChaosWorld,
  seconds: number,
  dials: DialsPatch,
  ...kinds: string[]
): Promise<Bite[]> {
  const count = (kind: string) => platform.traffic.answers.get(kind) ?? 0;
  const before = kinds.map(count);
  const { latencyMs } = platform.dials;
  platform.turn(dials);
  await sleep(seconds * 1000);
  platform.turn({ ...calm, latencyMs });
  return kinds.map((kind, i) => ({ what: `answers: ${kind}`, count: count(kind) - before[i]! }));
}

/** The most attempts that any parked message was charged with. */
const attempts = async ({ database }: ChaosWorld) =>
  (await database.rows<{ attempts: number }>('SELECT COALESCE(max(attempts), 0) AS attempts FROM parked_messages'))[0]!
    .attempts;
/** An outage of the whole order API is no message's fault. */
const noAttempts = async (world: ChaosWorld): Promise<string[]> => {
  const most = await attempts(world);
  return most ? [`a message was charged with ${most} attempts for an outage`] : [];
};

export const orderApiScenarios: Scenario[] = [
  {
    name: 'api-slow',
    fault: 'order API slow: 1 to 3 s, where 2 s are waited for',
    seconds: 30,
    run: (world, seconds) => turned(world, seconds, { latencyMs: { min: 1000, max: 3000 } }, 'given up'),
  },
  {
    name: 'api-429',
    fault: 'order API answers 429 with Retry-After: 3',
    seconds: 20,
    run: (world, seconds) => turned(world, seconds, { errors: { 429: 1 }, retryAfterS: 3 }, '429'),
    also: noAttempts,
  },
  {
    name: 'api-503',
    fault: 'order API answers 503',
    seconds: 20,
    run: (world, seconds) => turned(world, seconds, { outage: '503', retryAfterS: null }, '503'),
    also: noAttempts,
  },
  {
    name: 'api-half',
    fault: 'order API: a third of the answers end in the middle',
    seconds: 20,
    run: (world, seconds) => turned(world, seconds, { errors: { cut: 0.33 } }, 'cut'),
  },
  {
    name: 'api-down',
    fault: 'order API down for 2 minutes',
    seconds: 120,
    run: (world, seconds) => doneTo(world, 'api', seconds, 'refused', (proxy) => proxy.refuse()),
    also: noAttempts,
  },
  {
    name: 'api-silent',
    fault: 'order API: connections stay open, nothing passes',
    seconds: 30,
    run: (world, seconds) => doneTo(world, 'api', seconds, 'held', (proxy) => proxy.freeze()),
    also: noAttempts,
  },
  {
    name: 'lag',
    fault: 'replica 3 s behind, a tenth of the answers without dishes',
    seconds: 20,
    async run(world, seconds) {
      const parked = async () =>
        (await world.database.rows<{ n: number }>('SELECT count(*) AS n FROM parked_messages'))[0]!.n;
      const before = await parked();
      const bites = await turned(world, seconds, { replicaLagMs: 3000, emptyRate: 0.1 }, 'without dishes');
      return [...bites, { what: 'messages parked', count: (await parked()) - before }];
    },
  },
  {
    name: 'replays',
    fault: 'half of the messages sent twice, the last 500 again and again',
    seconds: 15,
    async run(world, seconds) {
      const again = async () =>
        (await world.database.rows<{ n: number }>('SELECT count(*) AS n FROM order_history WHERE redelivery'))[0]!.n;
      const before = await again();
      world.platform.turn({ duplicateRate: 0.5 });
      let replayed = 0;
      for (let i = 0; i < 5; i += 1) {
        await sleep(seconds * 200);
        replayed += world.platform.replay(500);
      }
      world.platform.turn({ duplicateRate: 0 });
      await world.platform.flush();
      return [
        { what: 'messages replayed', count: replayed },
        { what: 'redeliveries seen', count: (await again()) - before },
      ];
    },
  },
];
