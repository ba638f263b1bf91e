// Follows the revs of the restaurants that have screens on this process. A hint makes it look at once. It also looks by
// itself once a second, so a lost hint costs a second and nothing else. Reads of one restaurant run one after the
// other. Nothing is told of a database that does not go on where it was: it lost its tail, and shows the past.
import type { PrismaClient } from '../db/client.ts';
import type { Bus } from '../db/bus.ts';
import { messageOf } from '../errors.ts';
import { Rounds } from '../lib/rounds.ts';
import type { Part } from '../lib/part.ts';
import type { Logger } from '../logger.ts';
import { isOtherHistory, OTHER_HISTORY, readChanges, readRevs, type BoardChanges, type BoardPlace } from './board.ts';

export interface FollowerDeps {
  prisma: PrismaClient;
  bus: Pick<Bus, 'on'>;
  log: Logger;
  /** Restaurants with screens on this process. */
  watched: () => Iterable<string>;
  /** New changes. Null: too many for a delta, so each screen needs the whole board. */
  onChanges: (restaurantId: string, changes: BoardChanges | null) => void | Promise<void>;
  /** The database lacks changes that were told of. */
  onPutBack: (restaurantId: string) => void;
  /** Once a second, when the database has answered: how far each watched restaurant is. */
  onLook: (serverTime: string, revs: ReadonlyMap<string, BoardPlace>) => void;
  /** Called instead, when it has not. */
  onAway: () => void;
}

const LOOK_MS = 1000;

export class FeedFollower implements Part {
  readonly #places = new Map<string, BoardPlace>();
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
      for (const id of ids) if (this.#places.has(id)) this.#catchUp(id);
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

  /** From now on `onChanges` is called with the changes after this place, or after an earlier one. */
  follow(restaurantId: string, { rev, revAt }: BoardPlace): void {
    if (!this.#places.has(restaurantId)) this.#places.set(restaurantId, { rev, revAt });
  }

  /** Whether `onChanges` was last called with this place. */
  isAt(restaurantId: string, { rev, revAt }: BoardPlace): boolean {
    const place = this.#places.get(restaurantId);
    return place !== undefined && place.rev === rev && !isOtherHistory(place, { rev, revAt });
  }

  /** The database lacks changes that were told of: nothing is followed until it is asked for again. */
  forget(): void {
    this.#places.clear();
  }

  async #look(): Promise<void> {
    const watched = new Set(this.deps.watched());
    for (const id of this.#places.keys()) if (!watched.has(id)) this.#places.delete(id);
    // As of now: a place that is reached while the answer is on its way may lie beyond that answer.
    const before = new Map(this.#places);
    const { serverTime, revs } = await readRevs(this.deps.prisma, [...watched]);
    for (const [id, place] of before) {
      const now = revs.get(id);
      if (now && this.#places.get(id) === place && isOtherHistory(place, now)) this.deps.onPutBack(id);
    }
    this.deps.onLook(serverTime, revs);
    for (const [id, { rev }] of revs) if (this.#places.has(id) && rev !== this.#places.get(id)!.rev) this.#catchUp(id);
  }

  /** One read serves all hints that come while it waits for its turn. */
  #catchUp(restaurantId: string): void {
    if (this.#due.has(restaurantId) || this.#rounds.stopped) return;
    this.#due.add(restaurantId);
    this.exclusive(restaurantId, async () => {
      this.#due.delete(restaurantId);
      const from = this.#places.get(restaurantId);
      if (from === undefined) return;
      const changes = await readChanges(this.deps.prisma, restaurantId, from);
      // Forgotten meanwhile: these may be changes of the former database.
      if (this.#places.get(restaurantId) !== from) return;
      if (changes === OTHER_HISTORY) return this.deps.onPutBack(restaurantId);
      if (changes?.rev === from.rev) return;
      if (changes) this.#places.set(restaurantId, { rev: changes.rev, revAt: changes.revAt });
      else this.#places.delete(restaurantId);
      await this.deps.onChanges(restaurantId, changes);
    }).catch((error: unknown) => {
      this.#due.delete(restaurantId);
      this.deps.log.warn({ restaurantId, error: messageOf(error) }, 'changes could not be read');
    });
  }
}
