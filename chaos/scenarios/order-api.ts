// What the order API does.
import { setTimeout as sleep } from 'node:timers/promises';
import type { DialsPatch } from '../../simulator/dials.ts';
import type { World } from '../world.ts';
import type { Bite, Scenario } from './scenario.ts';

/** Turns the dials for so long, and counts answers of this kind meanwhile. */
async function turned({ platform }: World, seconds: number, dials: DialsPatch, calm: DialsPatch, ...kinds: string[]): Promise<Bite[]> {
  const count = (kind: string) => platform.traffic.answers.get(kind) ?? 0;
  const before = kinds.map(count);
  platform.turn(dials);
  await sleep(seconds * 1000);
  platform.turn(calm);
  return kinds.map((kind, i) => ({ what: `answers: ${kind}`, count: count(kind) - before[i]! }));
}

export const orderApiScenarios: Scenario[] = [
  { name: 'api-503', fault: 'order API answers 503', seconds: 20, run: (world, seconds) => turned(world, seconds, { outage: '503', retryAfterS: null }, { outage: null }, '503') },
];
