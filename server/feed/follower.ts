// Follows the revs of the restaurants that have screens on this process. A hint makes it look at once. It also looks by
// itself once a second, so a lost hint costs a second and nothing else. Reads of one restaurant run one after the
// other.
import type { PrismaClient } from '../db/client.ts';
import type { Bus } from '../db/bus.ts';
import { messageOf } from '../errors.ts';
import { Rounds } from '../lib/rounds.ts';
import type { Part } from '../lib/part.ts';
import type { Logger } from '../logger.ts';
import { readChanges, readRevs, type BoardChanges } from './board.ts';

export interface FollowerDeps {
  prisma: PrismaClient;
  bus: Pick<Bus, 'on'>;
  log: Logger;
  /** Restaurants with screens on this process. */
  watched: () => Iterable<string>;
  /** New changes. Null: too many for a delta, so each screen needs the whole board. */
  onChanges: (restaurantId: string, changes: BoardChanges | null) => void | Promise<void>;
  /** Once a second, when the database has answered: how far each watched restaurant is. */
  onLook: (serverTime: string, revs: ReadonlyMap<string, number>) => void;
  /** Called instead, when it has not. */
  onAway: () => void;
}

const LOOK_MS = 1000;

export class FeedFollower implements Part {
  readonly #revs = new Map<string, number>();
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #due = new Set<string>();
  readonly #rounds = new Rounds({
    everyMs: LOOK_MS,
    work: () => this.#look(),
    onError: (error) => {
      this.deps.log.warn({ error: messageOf(error) }, 'the feed cannot be read');
      this.deps.onAway();
    },
  });
  #unsubscribe: () => void = () => {};

  constructor(private readonly deps: FollowerDeps) {}

  start(): void {
    this.#unsubscribe = this.deps.bus.on('feed', (ids) => {
      for (const id of ids) if (this.#revs.has(id)) this.#catchUp(id);
    });
    this.#rounds.start();
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    await this.#rounds.stop();
    await Promise.allSettled(this.#turns.values());
  }

  /**
   * Runs `work` while no change of this restaurant is being read or sent, so that no change is missed between its read
   * and the next delta.
   */
  exclusive<T>(restaurantId: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(restaurantId) ?? Promise.resolve()).catch(() => {}).then(work);
    this.#turns.set(restaurantId, turn);
    const clear = () => {
      if (this.#turns.get(restaurantId) === turn) this.#turns.delete(restaurantId);
    };
    turn.then(clear, clear);
    return turn;
  }

  /** From now on `onChanges` is called with the changes after this rev, or after an earlier one. */
  follow(restaurantId: string, rev: number): void {
    if (!this.#revs.has(restaurantId)) this.#revs.set(restaurantId, rev);
  }

  /** The last rev that `onChanges` was called with; undefined where the restaurant is not followed. */
  revOf(restaurantId: string): number | undefined {
    return this.#revs.get(restaurantId);
  }

  /** The database lacks changes that were read: revs that come now may be others under the same numbers. */
  forget(): void {
    for (const restaurantId of this.#revs.keys()) {
      this.#revs.delete(restaurantId);
      // After the reads that are under way, so that nothing of the former database comes behind the whole board.
      this.exclusive(restaurantId, async () => {
        this.#revs.delete(restaurantId);
        await this.deps.onChanges(restaurantId, null);
      }).catch((error: unknown) =>
        this.deps.log.warn({ restaurantId, error: messageOf(error) }, 'a board is not sent'),
      );
    }
  }

  async #look(): Promise<void> {
    const watched = new Set(this.deps.watched());
    for (const id of this.#revs.keys()) if (!watched.has(id)) this.#revs.delete(id);
    const { serverTime, revs } = await readRevs(this.deps.prisma, [...watched]);
    this.deps.onLook(serverTime, revs);
    for (const [id, rev] of revs) if (this.#revs.has(id) && rev !== this.#revs.get(id)) this.#catchUp(id);
  }

  /** One read serves all hints that come while it waits for its turn. */
  #catchUp(restaurantId: string): void {
    if (this.#due.has(restaurantId) || this.#rounds.stopped) return;
    this.#due.add(restaurantId);
    this.exclusive(restaurantId, async () => {
      this.#due.delete(restaurantId);
      const from = this.#revs.get(restaurantId);
      if (from === undefined) return;
      const changes = await readChanges(this.deps.prisma, restaurantId, from);
      if (changes?.rev === from) return;
      if (changes) this.#revs.set(restaurantId, changes.rev);
      else this.#revs.delete(restaurantId);
      await this.deps.onChanges(restaurantId, changes);
    }).catch((error: unknown) => {
      this.#due.delete(restaurantId);
      this.deps.log.warn({ restaurantId, error: messageOf(error) }, 'changes could not be read');
    });
  }
}
