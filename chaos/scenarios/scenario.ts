// What a scenario is: one fault, made on real parts, and how to see that it was made.
import type { Ground } from '../ground.ts';
import type { World } from '../world.ts';

/** What the fault has done to whom. A count of 0 means that it did nothing, and the scenario proves nothing. */
export interface Bite {
  what: string;
  count: number;
}

export interface Scenario {
  name: string;
  /** As the table says it. */
  fault: string;
  servers?: 2 | 3;
  /** For the servers, over the defaults. */
  env?: Record<string, string>;
  /** For how long the fault lasts, where it lasts. */
  seconds?: number;
  /** All must be well again so many ms after `run` has returned; 15 s unless it says otherwise. */
  recoverMs?: number;
  /** Before the world is made; returns what puts the ground back. */
  prepare?(ground: Ground): Promise<() => Promise<void>>;
  /** Makes the fault, under load; returns when it is over. */
  run(world: World, seconds: number): Promise<Bite[]>;
  /** What is done once all is well again; all must then get well once more. */
  afterwards?(world: World): Promise<void>;
  /** What else must be so in the end, in words for what is not. */
  also?(world: World): Promise<string[]>;
  /** Why this machine cannot do it; undefined where it can. */
  impossible?(): string | undefined;
}
