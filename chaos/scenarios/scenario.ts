// A scenario: one fault, made on real parts, and the evidence that it was made.
import type { Ground } from '../ground.ts';
import type { ChaosWorld } from '../world.ts';

/**
 * An effect of the fault, with its count. A count of 0 means that the fault did nothing, and then the scenario proves
 * nothing.
 */
export interface Bite {
  what: string;
  count: number;
}

export interface Scenario {
  name: string;
  /** The fault's name in the table. */
  fault: string;
  servers?: 2 | 3;
  /** Settings for the servers, in place of the defaults. */
  env?: Record<string, string>;
  /** The fault's duration, if it lasts. */
  seconds?: number;
  /** The time allowed to recover after `run` has returned, in ms. The default is 15 s. */
  recoverMs?: number;
  /** Runs before the world is made. Returns a function that restores the ground. */
  prepare?(ground: Ground): Promise<() => Promise<void>>;
  /** Makes the fault under load. Returns when the fault is over. */
  run(world: ChaosWorld, seconds: number): Promise<Bite[]>;
  /** Runs once the world has recovered. The world must then recover once more. */
  afterwards?(world: ChaosWorld): Promise<void>;
  /** Further conditions at the end. Returns a description of each that is not met. */
  also?(world: ChaosWorld): Promise<string[]>;
  /** The reason why this machine cannot run the scenario. Undefined if it can. */
  impossible?(): string | undefined;
}
