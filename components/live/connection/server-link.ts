// The socket to the server: opened, opened again, and not believed where it says nothing. A socket can be open and
// silent, on a network that swallows what is sent or after a sleep that nobody told the page of: then it is closed and
// opened anew.
import type { ClientMessage, Handshake } from '../../../server/protocol/messages.ts';
import { SocketIo } from './socket-io.ts';

export interface LinkEvents {
  readonly opened: () => void;
  readonly dropped: () => void;
  /** The server answered, and would not have this socket. */
  readonly refused: (reason: string) => void;
  readonly message: (raw: unknown) => void;
}

/** The server speaks once a second. */
const SILENT_MS = 5000;
const WAKE_MS = 1500;
const ANSWER_MS = 5000;
const OPEN_MS = 4000;
const REFUSED_MS = 1000;
const FIRST_RETRY_MS = 250;
/** Not longer: a kitchen waits. Spread, so that a server that comes back is not asked by all of its screens at once. */
const LAST_RETRY_MS = 2000;

export class ServerLink {
  readonly #events: LinkEvents;
  readonly #socket = new SocketIo({
    opened: () => {
      this.#tries = 0;
      this.#heardAt = performance.now();
      this.#events.opened();
    },
    closed: () => this.#dropped(),
    refused: (reason) => {
      this.#tries = 0;
      this.#pauseMs = REFUSED_MS;
      this.#events.refused(reason);
    },
    message: (raw) => {
      this.#heardAt = performance.now();
      this.#wakeBy = null;
      this.#events.message(raw);
    },
  });
  #handshake: Handshake | null = null;
  #tries = 0;
  #pauseMs = 0;
  // Monotonic times, null where the thing is not so now.
  #heardAt: number | null = null;
  #wakeBy: number | null = null;
  #retryAt: number | null = null;

  constructor(events: LinkEvents) {
    this.#events = events;
  }

  start(handshake: Handshake): void {
    this.#handshake = handshake;
    this.#open();
  }

  stop(): void {
    this.#handshake = null;
    this.#retryAt = null;
    this.#socket.close();
  }

  get started(): boolean {
    return this.#handshake !== null;
  }

  /** @returns whether the message was on its way */
  tell(message: ClientMessage): boolean {
    return this.#socket.emit(message);
  }

  /** Sends a message and waits for its answer. @throws Error where none comes within 5 s */
  ask(message: ClientMessage): Promise<unknown> {
    return this.#socket.ask(message, ANSWER_MS);
  }

  /**
   * Something happened of which the socket knows nothing. @returns whether it is open, and has now to show that it
   * still is
   */
  doubt(): boolean {
    if (!this.#socket.connected) {
      this.reconnect();
      return false;
    }
    this.#wakeBy ??= performance.now() + WAKE_MS;
    return true;
  }

  reconnect(): void {
    const was = this.#socket.connected;
    this.#socket.close();
    this.#tries = 0;
    if (was) this.#dropped();
    if (this.#handshake) this.#open();
  }

  /** To be called several times a second. */
  look(now: number): void {
    const silent = this.#heardAt !== null && now - this.#heardAt > SILENT_MS;
    if (silent || (this.#wakeBy !== null && now > this.#wakeBy)) this.reconnect();
    else if (this.#retryAt !== null && now > this.#retryAt && this.#handshake) this.#open();
  }

  #open(): void {
    this.#retryAt = null;
    this.#wakeBy = null;
    const { protocol, host } = location;
    this.#socket.open(
      `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/socket.io/?EIO=4&transport=websocket`,
      this.#handshake!,
      OPEN_MS,
    );
  }

  #dropped(): void {
    this.#heardAt = null;
    this.#wakeBy = null;
    const pause =
      this.#pauseMs || Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#tries++) * (0.5 + Math.random() / 2);
    this.#pauseMs = 0;
    this.#retryAt = performance.now() + pause;
    this.#events.dropped();
  }
}
