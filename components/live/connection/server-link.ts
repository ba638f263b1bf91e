// The socket to the server. It is opened again after every end, and it is not trusted where the server is silent: on a
// network that swallows packets, or after a sleep, a socket can stay open and carry nothing.
//
//            time is up          'connect'             'disconnect', or silence
//   waiting ------------> trying ----------> connected ------------------------.
//      ^                    | 'connect_error', or no answer in time            |
//      '--------------------'--------------------------------------------------'
//
// This class alone decides when to connect again. Socket.IO's own reconnection is off: it covers neither a refusal nor
// a disconnect by the server, so it would need a second timer beside it.
import { io, type Socket } from 'socket.io-client';
import type {
  ClientMessage,
  ClientToServerEvents,
  Handshake,
  ServerToClientEvents,
} from '../../../server/protocol/messages.ts';
import { refusalByAnswer } from './refusal.ts';

export interface LinkEvents {
  readonly opened: () => void;
  /** The socket ended, or an attempt failed. */
  readonly dropped: () => void;
  /** The server answered and does not let this screen in; `dropped` follows. */
  readonly refused: (reason: string) => void;
  readonly message: (raw: unknown) => void;
}

/** The server sends a pulse once a second. */
const SILENT_MS = 5000;
const WAKE_MS = 1500;
const ANSWER_MS = 5000;
/** From the start of an attempt until the server has let the screen in. */
const OPEN_MS = 4000;
const REFUSED_MS = 1000;
const FIRST_RETRY_MS = 250;
/** Not longer, because a kitchen waits. Spread at random, so that screens do not all ask a restarted server at once. */
const LAST_RETRY_MS = 2000;

/**
 * The first attempt is a WebSocket alone: it is live earlier than an attempt by polling, and needs no load balancer that
 * keeps a screen at one process.
 */
const WEBSOCKET = ['websocket'];
/**
 * Every second attempt after a failed one, for proxies that refuse or swallow WebSockets: Socket.IO opens by polling,
 * and upgrades to a WebSocket where one gets through.
 */
const POLLING = ['polling', 'websocket'];

export class ServerLink {
  readonly #events: LinkEvents;
  readonly #url: string | undefined;
  #socket: Socket<ServerToClientEvents, ClientToServerEvents> | null = null;
  /** Of the next attempt. */
  #transports = WEBSOCKET;
  #failures = 0;
  // Monotonic times; while the link is started, one of the two is set.
  /** Without a message by then, the attempt or the socket counts as dead. */
  #heardBy: number | null = null;
  #retryAt: number | null = null;

  /** @param url of the server; that of the page where it is left out */
  constructor(events: LinkEvents, url?: string) {
    this.#events = events;
    this.#url = url;
  }

  start(handshake: Handshake): void {
    const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(this.#url ?? location.origin, {
      auth: handshake,
      autoConnect: false,
      forceNew: true,
      reconnection: false,
      timeout: OPEN_MS,
    });
    this.#socket = socket;
    socket.on('connect', () => {
      this.#failures = 0;
      this.#keepTransport(socket);
      this.#heardBy = performance.now() + SILENT_MS;
      this.#events.opened();
    });
    socket.on('message', (raw: unknown) => {
      this.#heardBy = performance.now() + SILENT_MS;
      this.#events.message(raw);
    });
    socket.on('disconnect', () => {
      // A socket whose pings have stopped keeps messages for its next connection. Nothing is sent that late: the board
      // asks again by itself, and taps have a queue of their own.
      socket.sendBuffer = [];
      this.#dropped();
    });
    socket.on('connect_error', (error) => {
      // Socket.IO deactivates a socket that was opened and then refused, and no other.
      const refusal = socket.active ? refusalByAnswer(error) : error.message;
      if (refusal === null) return this.#dropped();
      this.#failures = 0;
      this.#keepTransport(socket);
      this.#events.refused(refusal);
      this.#dropped(REFUSED_MS);
    });
    this.#open();
  }

  stop(): void {
    this.#retryAt = null;
    this.#heardBy = null;
    this.#socket?.off();
    this.#socket?.disconnect();
    this.#socket = null;
  }

  get started(): boolean {
    return this.#socket !== null;
  }

  /** @returns whether the message was sent */
  tell(message: ClientMessage): boolean {
    if (!this.#socket?.connected) return false;
    this.#socket.emit('message', message);
    return true;
  }

  /** Sends a message and waits for its answer. @throws Error where none comes within 5 s */
  async ask(message: ClientMessage): Promise<unknown> {
    if (!this.#socket?.connected) throw new Error('there is no socket');
    return await this.#socket.timeout(ANSWER_MS).emitWithAck('message', message);
  }

  /**
   * To be called where the socket may be dead without having noticed, as after a sleep. A socket that is open has 1.5 s
   * to bring a message; else the link connects again at once.
   * @returns whether the socket is open
   */
  doubt(): boolean {
    if (!this.#socket?.connected) {
      this.reconnect();
      return false;
    }
    this.#heardBy = Math.min(this.#heardBy ?? Infinity, performance.now() + WAKE_MS);
    return true;
  }

  reconnect(): void {
    this.#socket?.disconnect();
    this.#failures = 0;
    if (this.#socket) this.#open();
  }

  /** To be called several times a second. */
  check(now: number): void {
    if (this.#heardBy !== null && now > this.#heardBy) {
      if (this.#socket?.connected) return this.reconnect();
      this.#socket?.disconnect();
      this.#dropped();
    } else if (this.#retryAt !== null && now > this.#retryAt) this.#open();
  }

  #open(): void {
    const socket = this.#socket!;
    this.#retryAt = null;
    this.#heardBy = performance.now() + OPEN_MS;
    socket.io.opts.transports = this.#transports;
    // Where this attempt fails, the next one uses the other transport.
    this.#transports = this.#transports === WEBSOCKET ? POLLING : WEBSOCKET;
    socket.connect();
  }

  /** The server was reached: the next attempt begins with the transport that is in use now. */
  #keepTransport({ io: { engine } }: Socket<ServerToClientEvents, ClientToServerEvents>): void {
    this.#transports = engine.transport.name === 'websocket' ? WEBSOCKET : POLLING;
    engine.once('upgrade', () => {
      this.#transports = WEBSOCKET;
    });
  }

  #dropped(pauseMs?: number): void {
    // One attempt can end with both an error and a close.
    if (this.#heardBy === null) return;
    this.#heardBy = null;
    const backOff = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures++) * (0.5 + Math.random() / 2);
    this.#retryAt = performance.now() + (pauseMs ?? backOff);
    this.#events.dropped();
  }
}
