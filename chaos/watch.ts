// Watches a run: is anything committed that has not ended, and when is everything well again?
import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import type { Database } from './database.ts';
import type { Overcommitted } from './records.ts';
import type { Screen } from './screen.ts';
import { committedOf, endsOf } from './topic.ts';

const LOOK_MS = 250;
/** A message younger than this may not have ended without anything being wrong. */
const AGE_MS = 2000;
/**
 * Everything must be well for this long before it counts as recovered. The reported time is the start of that period.
 * It is longer than a fault takes to be noticed.
 */
const STEADY_MS = AGE_MS + 2000;
/** So long after the loss of a tail the group's offsets may lie beyond the records. */
const GO_BACK_MS = 15_000;

/** The things that are watched. */
export interface Watched {
  readonly topic: string;
  readonly groupId: string;
  /** How many topics of that name there have been. */
  readonly topics: number;
  readonly database: Database;
  readonly servers: readonly { readonly slot: number; readonly running: boolean; isReady(): Promise<boolean> }[];
  readonly liveScreens: readonly Screen[];
  admin<T>(use: (admin: Admin) => Promise<T>): Promise<T>;
}

export class Watch {
  readonly overcommitted: Overcommitted[] = [];
  /** The faults found at the last look. */
  trouble: string[] = [];
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();
  #samples: { at: number; ends: Map<number, number>; topics: number }[] = [];
  #revs: { at: number; revs: Map<string, number> }[] = [];
  /** The time since which everything has been well. */
  #wellSince: number | undefined;
  #goesBackUntil = -Infinity;

  constructor(private readonly world: Watched) {}

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loop;
  }

  /**
   * The ms from `since` (by performance.now) until everything was well for good. Undefined if that took longer than
   * `ms`.
   */
  async recovered(since: number, ms: number): Promise<number | undefined> {
    while (performance.now() < since + ms + STEADY_MS) {
      const well = this.#wellSince;
      if (well !== undefined && performance.now() - Math.max(well, since) >= STEADY_MS)
        return Math.max(0, well - since);
      await sleep(50);
    }
    return undefined;
  }

  /** How many messages of the topic have no fate now. Undefined while that cannot be told. */
  async unended(): Promise<number | undefined> {
    const ends = await this.world.admin((admin) => endsOf(admin, this.world.topic));
    const { fates } = await this.world.database.progress(ends);
    return [...ends].reduce((sum, [partition, end]) => sum + end - (fates.get(partition) ?? 0), 0);
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const at = performance.now();
      const trouble = await this.#troubleNow(at).catch((error: unknown) => {
        // Samples from before an unreadable moment say nothing about the time after it.
        [this.#samples, this.#revs] = [[], []];
        return [error instanceof Error ? error.message : String(error)];
      });
      this.trouble = trouble;
      if (trouble.length) this.#wellSince = undefined;
      else this.#wellSince ??= at;
      await sleep(LOOK_MS);
    }
  }

  async #troubleNow(at: number): Promise<string[]> {
    const { world } = this;
    const trouble: string[] = [];
    const { ends, committed } = await world.admin(async (admin) => ({
      ends: await endsOf(admin, world.topic),
      committed: await committedOf(admin, world.groupId, world.topic),
    }));
    // The database is read after the committed offsets: a message that had not ended by then had not ended before.
    await this.#checkCommitted(committed);
    this.#samples.push({ at, ends, topics: world.topics });
    while (this.#samples[1] && this.#samples[1].at <= at - AGE_MS) this.#samples.shift();
    const aged = this.#samples[0]!;
    const { fates, waiting, incarnations, revs } = await world.database.progress(aged.ends);
    if (aged.topics !== world.topics) {
      this.#samples = [];
      trouble.push('the topic is another one');
    }
    if (incarnations < world.topics) trouble.push('the topic has not been read yet');
    for (const [partition, end] of aged.ends)
      if ((fates.get(partition) ?? 0) < end)
        trouble.push(`${end - (fates.get(partition) ?? 0)} messages of partition ${partition} have not ended`);
    if (waiting) trouble.push(`${waiting} messages wait in the retry table`);
    await this.#checkScreens(at, revs, trouble);
    for (const server of world.servers)
      if (server.running && !(await server.isReady().catch(() => false)))
        trouble.push(`server ${server.slot} is not ready`);
    return trouble;
  }

  async #checkScreens(at: number, revs: Map<string, number>, trouble: string[]): Promise<void> {
    this.#revs.push({ at, revs });
    while (this.#revs[1] && this.#revs[1].at <= at - AGE_MS) this.#revs.shift();
    for (const screen of this.world.liveScreens) {
      if (!screen.live) trouble.push(`${screen.options.name} is not live`);
      else if ((screen.rev ?? -1) < (this.#revs[0]!.revs.get(screen.options.restaurantId) ?? 0))
        trouble.push(`${screen.options.name} is behind`);
    }
  }

  /** The database has lost its tail: what the group had committed counts only once the servers have noticed. */
  letGoBack(ms = GO_BACK_MS): void {
    this.#goesBackUntil = performance.now() + ms;
    this.#revs = [];
  }

  async #checkCommitted(committed: ReadonlyMap<number, number>): Promise<void> {
    const offsets = new Map([...committed].filter(([, offset]) => offset > 0));
    if (!offsets.size || performance.now() < this.#goesBackUntil) return;
    const { topics } = this.world;
    const { fates, incarnations } = await this.world.database.progress(offsets);
    // While one topic replaces another, a committed offset may belong to either.
    if (incarnations !== topics || this.world.topics !== topics) return;
    for (const [partition, offset] of offsets) {
      const without = offset - (fates.get(partition) ?? 0);
      if (
        without > 0 &&
        !this.overcommitted.some((former) => former.partition === partition && former.committed === offset)
      )
        this.overcommitted.push({ partition, committed: offset, without });
    }
  }
}
