// Once a second each screen is told how far the database was read, and how the pipeline is. While that is not known, or
// the database shows the past, the last word is told again with the reason: it confirms nothing.
import type { BoardPlace } from '../feed/board.ts';
import type { Unconfirmed } from '../protocol/messages.ts';
import type { Health } from '../protocol/views.ts';
import { send, type ScreenSocket } from './screen-socket.ts';

export interface PulsesDeps {
  sockets: () => ScreenSocket[];
  health: () => Health;
  /** Of this restaurant. */
  unconfirmed: (restaurantId: string) => Unconfirmed | null;
}

export class Pulses {
  #serverTime: string | undefined;
  /** Restaurant -> the rev that its screens were last told of. */
  readonly #revs = new Map<string, number>();

  constructor(private readonly deps: PulsesDeps) {}

  tell(serverTime: string, revs: ReadonlyMap<string, BoardPlace>): void {
    this.#serverTime = serverTime;
    for (const [restaurantId, { rev }] of revs) this.#revs.set(restaurantId, rev);
    this.#each(this.deps.health());
  }

  away(): void {
    this.#each({ ...this.deps.health(), database: 'away' });
  }

  #each(health: Health): void {
    for (const socket of this.deps.sockets()) {
      // A board of another history is not to be trusted, and is replaced in a moment.
      const told: Health = socket.data.waits ? { ...health, database: 'away', readingAgain: true } : health;
      // A process that began after the loss has told of no rev yet, and its screens are to know the reason.
      const rev = this.#revs.get(socket.data.screen.restaurant.id) ?? (told.readingAgain ? 0 : undefined);
      if (rev !== undefined) this.#send(socket, rev, this.#serverTime ?? new Date().toISOString(), told);
    }
  }

  /** Before a board, so that its screen is live with it and not up to a second after it. */
  before(socket: ScreenSocket, { rev, serverTime }: { rev: number; serverTime: string }): void {
    this.#revs.set(socket.data.screen.restaurant.id, rev);
    this.#serverTime ??= serverTime;
    this.#send(socket, rev, serverTime, this.deps.health());
  }

  #send(socket: ScreenSocket, rev: number, serverTime: string, health: Health): void {
    const { role, restaurant } = socket.data.screen;
    const unconfirmed = role === 'expo' || role === 'manager' ? this.deps.unconfirmed(restaurant.id) : null;
    send(socket, { type: 'pulse', rev, serverTime, health, ...(unconfirmed && { unconfirmed }) });
  }
}
