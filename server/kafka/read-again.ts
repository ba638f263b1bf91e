// A database that lost its tail shows the past until the topic is read again. Screens that have seen more must not go
// back meanwhile, so boards are held until each partition has ended up to where the topic ended when the loss was
// noticed: that is as far as anything was read before, by any process.
import type { PrismaClient } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import type { Part } from '../lib/part.ts';
import type { Logger } from '../logger.ts';
import type { LagMonitor } from './lag.ts';

export interface ReadAgainDeps {
  prisma: PrismaClient;
  lag: Pick<LagMonitor, 'measuredSince'>;
  topic: string;
  log: Logger;
}

const LOOK_MS = 200;
/**
 * A kitchen cannot wait for ever for a topic that is away, or has a day to be read again. From then on boards are shown
 * as the database has them, and screens say how far behind the server is.
 */
export const MOST_MS = 120_000;

export class ReadAgain implements Part {
  /** The losses that were noticed so far. */
  #losses = 0;
  #held = false;
  #stopped = false;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly deps: ReadAgainDeps) {}

  stop(): void {
    this.#stopped = true;
  }

  /** The database shows the past. */
  get held(): boolean {
    return this.#held;
  }

  /** Calls the listener once the topic is read again. */
  onRelease(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The database has lost its tail. */
  begin(): void {
    this.#losses += 1;
    if (!this.#held) void this.#hold();
  }

  async #hold(): Promise<void> {
    this.#held = true;
    const began = performance.now();
    for (let losses = 0; losses !== this.#losses && !this.#stopped;) {
      losses = this.#losses;
      await this.caughtUp(began + MOST_MS);
    }
    this.#held = false;
    if (this.#stopped) return;
    this.deps.log.info(
      { seconds: (performance.now() - began) / 1000 },
      'boards are shown again after the database changed',
    );
    for (const listener of this.#listeners) listener();
  }

  /**
   * Resolves once all messages that the topic has now have ended in this database.
   * @param until by performance.now(): then it resolves in any case
   */
  async caughtUp(until = performance.now() + MOST_MS): Promise<void> {
    const since = performance.now();
    let ends: ReadonlyMap<number, number> | undefined;
    let trouble = 'Kafka does not answer';
    while (!this.#stopped) {
      const now = this.deps.lag.measuredSince(since);
      ends ??= now && new Map(now.partitions.map(({ partition, end }) => [partition, end]));
      if (now && ends) {
        try {
          const recorded = await this.#recorded();
          const waits = now.partitions.filter(({ partition, lag, committed }) => {
            const next = recorded.get(partition) ?? 0;
            // Records of transactions are no messages: nothing may be left to read below the end.
            return next < (ends!.get(partition) ?? 0) && (lag > 0 || next < (committed ?? 0));
          });
          if (!waits.length) return;
          trouble = `${waits.length} partitions have not been read again`;
        } catch (error) {
          trouble = messageOf(error);
        }
      }
      if (performance.now() > until) {
        this.deps.log.warn({ trouble }, 'the topic is not read again yet: boards are shown as the database has them');
        return;
      }
      await new Promise((resolve) => {
        setTimeout(resolve, LOOK_MS).unref();
      });
    }
  }

  /** By partition, how far messages have ended. */
  async #recorded(): Promise<Map<number, number>> {
    const rows = await this.deps.prisma.$queryRaw<{ partition: number; next: bigint }[]>`
      SELECT p.partition, p.next_offset AS next
      FROM partition_progress p
      WHERE p.incarnation_id = (SELECT max(id) FROM topic_incarnations WHERE topic = ${this.deps.topic})
    `;
    return new Map(rows.map(({ partition, next }) => [partition, Number(next)]));
  }
}
