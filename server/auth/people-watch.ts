// What signed-in people have open: pages and sockets. Once a second, and when it is told so, it asks the database which
// of them are over, and ends those.
import type { Bus } from '../db/bus.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Sessions, Watched } from './sessions.ts';

const EVERY_MS = 1000;

export class PeopleWatch {
  readonly #open = new Map<Watched, () => void>();
  #timer: NodeJS.Timeout | undefined;
  #unsubscribe: () => void = () => {};
  #looking: Promise<void> | undefined;
  #again = false;

  constructor(private readonly parts: { sessions: Pick<Sessions, 'over'>; bus: Pick<Bus, 'on'>; log: Logger }) {}

  start(): void {
    this.#unsubscribe = this.parts.bus.on('people', () => this.look());
    this.#timer = setInterval(() => this.look(), EVERY_MS);
  }

  /** Ends all that is open. */
  stop(): void {
    clearInterval(this.#timer);
    this.#unsubscribe();
    for (const end of this.#open.values()) end();
    this.#open.clear();
  }

  /** @param end called once, when it is over. @returns a function for when it was closed by itself */
  add(watched: Watched, end: () => void): () => void {
    this.#open.set(watched, end);
    return () => this.#open.delete(watched);
  }

  look(): void {
    if (!this.#open.size) return;
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = this.#endThoseOver()
      .catch((error: unknown) =>
        this.parts.log.debug({ error: messageOf(error) }, 'who is signed in could not be read'),
      )
      .finally(() => {
        this.#looking = undefined;
        if (this.#again) {
          this.#again = false;
          this.look();
        }
      });
  }

  async #endThoseOver(): Promise<void> {
    for (const watched of await this.parts.sessions.over([...this.#open.keys()])) {
      this.#open.get(watched)?.();
      this.#open.delete(watched);
    }
  }
}
