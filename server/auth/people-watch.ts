// The open pages and sockets of signed-in people. Once a second, and after each hint, it asks the database which
// sessions have ended, and closes theirs.
import type { Bus } from '../db/bus.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { troublesOf } from '../lib/troubles.ts';
import type { Logger } from '../logger.ts';
import type { Sessions, Watched } from './sessions.ts';

const EVERY_MS = 1000;

export interface PeopleWatchDeps {
  sessions: Pick<Sessions, 'over'>;
  bus: Pick<Bus, 'on'>;
  log: Logger;
}

export class PeopleWatch implements Part {
  readonly #open = new Map<Watched, () => void>();
  readonly #rounds = new Rounds({
    everyMs: EVERY_MS,
    work: () => this.#endThoseOver(),
    watched: () => troublesOf(this.deps.log).watch('the sessions of open pages could not be read'),
  });
  #unsubscribe: () => void = () => {};

  constructor(private readonly deps: PeopleWatchDeps) {}

  start(): void {
    this.#unsubscribe = this.deps.bus.on('people', () => this.#rounds.kick());
    this.#rounds.start();
  }

  /** Ends all that is open. */
  async stop(): Promise<void> {
    this.#unsubscribe();
    for (const end of this.#open.values()) end();
    this.#open.clear();
    await this.#rounds.stop();
  }

  /** @param end called once, when it is over. @returns a function for when it was closed by itself */
  add(watched: Watched, end: () => void): () => void {
    this.#open.set(watched, end);
    return () => this.#open.delete(watched);
  }

  async #endThoseOver(): Promise<void> {
    if (!this.#open.size) return;
    for (const watched of await this.deps.sessions.over([...this.#open.keys()])) {
      this.#open.get(watched)?.();
      this.#open.delete(watched);
    }
  }
}
