// The socket to the server: opened, opened again, and not believed where it says nothing. A socket can be open and silent, on a network
// that swallows what is sent or after a sleep that nobody told the page of: then it is closed and opened anew.
import { io, type Socket } from 'socket.io-client';
import type { ClientMessage, Handshake } from '../../server/protocol/messages.ts';

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
const RETRY_MS = 1000;

export class ServerLink {
  readonly #events: LinkEvents;
  #socket: Socket | null = null;
  // Monotonic times, null where the thing is not so now.
  #heardAt: number | null = null;
  #wakeBy: number | null = null;
  #retryAt: number | null = null;

  constructor(events: LinkEvents) {
    this.#events = events;
  }

  start(handshake: Handshake): void {
    const socket = io({ path: '/socket.io', transports: ['websocket'], auth: handshake, reconnectionDelay: 250, reconnectionDelayMax: 2000, timeout: 4000 });
    this.#socket = socket;
    socket.on('connect', () => {
      this.#heardAt = performance.now();
      this.#events.opened();
    });
    socket.on('disconnect', () => this.#dropped());
    socket.on('connect_error', (error) => {
      this.#dropped();
      this.#events.refused(error.message);
    });
    socket.on('message', (raw: unknown) => {
      this.#heardAt = performance.now();
      this.#wakeBy = null;
      this.#events.message(raw);
    });
  }

  stop(): void {
    this.#socket?.removeAllListeners();
    this.#socket?.disconnect();
    this.#socket = null;
  }

  get started(): boolean {
    return this.#socket !== null;
  }

  /** @returns whether the message was on its way */
  tell(message: ClientMessage): boolean {
    if (!this.#socket?.connected) return false;
    this.#socket.emit('message', message);
    return true;
  }

  /** Sends a message and waits for its answer. @throws Error where none comes within 5 s */
  async ask(message: ClientMessage): Promise<unknown> {
    if (!this.#socket?.connected) throw new Error('the server is away');
    return this.#socket.timeout(ANSWER_MS).emitWithAck('message', message);
  }

  /** Something happened of which the socket knows nothing. @returns whether it is open, and has now to show that it still is */
  doubt(): boolean {
    if (!this.#socket?.connected) {
      this.reconnect();
      return false;
    }
    this.#wakeBy ??= performance.now() + WAKE_MS;
    return true;
  }

  reconnect(): void {
    this.#wakeBy = null;
    this.#retryAt = null;
    this.#socket?.disconnect().connect();
  }

  /** To be called several times a second. */
  look(now: number): void {
    if (this.#retryAt !== null && now > this.#retryAt) {
      this.#retryAt = null;
      this.#socket?.connect();
    }
    const silent = this.#heardAt !== null && now - this.#heardAt > SILENT_MS;
    if (silent || (this.#wakeBy !== null && now > this.#wakeBy)) this.reconnect();
  }

  #dropped(): void {
    this.#heardAt = null;
    // Socket.IO does not try again by itself where the server closed the socket or refused it.
    if (this.#socket && !this.#socket.active) this.#retryAt = performance.now() + RETRY_MS;
    this.#events.dropped();
  }
}
