// The one store of a screen: it keeps the socket, feeds the reducer, watches that the server confirms what is shown, and sends taps.
// React reads `view()`, which changes only when something shown does; the passing of time is told apart, by `subscribeTicks`.
import { io, type Socket } from 'socket.io-client';
import type { Command, CommandResult } from '../../server/protocol/commands.ts';
import { PROTOCOL_VERSION, ServerMessage, type ClientMessage, type Handshake } from '../../server/protocol/messages.ts';
import type { ScreenIdentity } from '../../server/protocol/views.ts';
import { emptyBoard, reduce, type BoardState } from './board-state.ts';
import { Overlay, type BoardMessage, type BoardView } from './board-view.ts';
import { CommandQueue } from './command-queue.ts';
import { causeOf, connectionOf, doubtOf, rightAsOf, step, type ConnectionEvent, type ConnectionState } from './connection-machine.ts';
import { QuietReload } from './quiet-reload.ts';
import { same } from './same.ts';
import { ServerClock } from './server-clock.ts';
import { uuid } from './uuid.ts';

type Omitted<T> = T extends unknown ? Omit<T, 'id'> : never;
/** A command as a component asks for it; the store gives it its id. */
export type CommandRequest = Omitted<Command>;

const STALE_MS = 2500;
const SILENT_MS = 5000;
const BEHIND_MS = 1500;
const WAKE_MS = 1500;
const ANSWER_MS = 5000;
const RETRY_MS = 1000;
const WATCH_MS = 250;

export class BoardStore {
  readonly #clock = new ServerClock();
  readonly #overlay = new Overlay();
  readonly #queue: CommandQueue;
  readonly #reload: QuietReload;
  readonly #listeners = new Set<() => void>();
  readonly #tickListeners = new Set<() => void>();
  #socket: Socket | null = null;
  #state: BoardState;
  #connection: ConnectionState = 'connecting';
  #messages: readonly BoardMessage[] = [];
  #view: BoardView;
  #tick = 0;
  /** The server's time of the last confirmation while all was well. */
  #liveUntil: number | null = null;
  #refusal: string | null = null;
  // Monotonic times, null where the thing is not so now.
  #heardAt: number | null = null;
  #confirmedAt: number | null = null;
  #divergedAt: number | null = null;
  #askedAt: number | null = null;
  #wakeBy: number | null = null;
  #retryAt: number | null = null;
  #watch: ReturnType<typeof setInterval> | undefined;
  #ticker: ReturnType<typeof setTimeout> | undefined;
  #stopListening = () => {};

  constructor(screen: ScreenIdentity) {
    this.#state = emptyBoard(screen);
    this.#queue = new CommandQueue((command) => this.#post(command), () => this.#publish());
    this.#reload = new QuietReload(() => this.#queue.pending.length === 0);
    this.#view = { ...this.#state, connection: 'stale', cause: { kind: 'connecting' }, rightAsOf: null, pending: [], messages: [] };
  }

  start(): void {
    if (this.#socket) return;
    const handshake: Handshake = { protocolVersion: PROTOCOL_VERSION, deviceId: this.#state.screen?.deviceId ?? '' };
    const socket = io({ path: '/socket.io', transports: ['websocket'], auth: handshake, reconnectionDelay: 250, reconnectionDelayMax: 2000, timeout: 4000 });
    this.#socket = socket;
    this.#confirmedAt = performance.now();
    socket.on('connect', () => this.#opened());
    socket.on('disconnect', () => this.#dropped());
    socket.on('connect_error', (error) => this.#refused(error.message));
    socket.on('message', (raw: unknown) => this.#receive(raw));
    const wake = () => document.visibilityState !== 'hidden' && this.#wake();
    const shownAgain = (event: PageTransitionEvent) => event.persisted && this.#wake();
    const lost = () => this.#reconnect();
    document.addEventListener('visibilitychange', wake);
    addEventListener('pageshow', shownAgain);
    addEventListener('online', wake);
    addEventListener('offline', lost);
    this.#stopListening = () => {
      document.removeEventListener('visibilitychange', wake);
      removeEventListener('pageshow', shownAgain);
      removeEventListener('online', wake);
      removeEventListener('offline', lost);
    };
    this.#watch = setInterval(() => this.#look(), WATCH_MS);
    this.#reload.start();
    this.#beat();
  }

  stop(): void {
    this.#stopListening();
    this.#reload.stop();
    clearInterval(this.#watch);
    clearTimeout(this.#ticker);
    this.#queue.setOpen(false);
    this.#socket?.removeAllListeners();
    this.#socket?.disconnect();
    this.#socket = null;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly view = (): BoardView => this.#view;

  /** Called once a second of the server's time; all clocks of a screen turn over together. */
  readonly subscribeTicks = (listener: () => void): (() => void) => {
    this.#tickListeners.add(listener);
    return () => this.#tickListeners.delete(listener);
  };

  /** The server's time at the last tick; 0 before the first. */
  readonly tick = (): number => this.#tick;

  now(): number {
    return this.#clock.now();
  }

  /** Shows what the tap will do at once, sends it now or when the server is back, and takes it off again if it was not carried out. */
  async send(request: CommandRequest): Promise<CommandResult> {
    const command: Command = { ...request, id: uuid() };
    const result = await this.#queue.add(command, new Date(this.now()).toISOString());
    if (result.outcome === 'conflict' || result.outcome === 'refused') {
      const number = this.#numberOf(command);
      const by = result.outcome === 'conflict' && result.by ? ` (${result.by})` : '';
      this.tell({ tone: 'warning', text: `${number}: ${result.reason}${by}` });
    }
    return result;
  }

  #numberOf(command: Command): string {
    return 'orderId' in command ? `Order ${this.#state.orders.get(command.orderId)?.number ?? command.orderId}` : command.dish.name;
  }

  tell(message: Omit<BoardMessage, 'id'>): void {
    this.#messages = [...this.#messages.slice(-3), { ...message, id: uuid() }];
    this.#publish();
  }

  dismiss(id: string): void {
    this.#messages = this.#messages.filter((message) => message.id !== id);
    this.#publish();
  }

  #receive(raw: unknown): void {
    this.#heardAt = performance.now();
    this.#wakeBy = null;
    const parsed = ServerMessage.safeParse(raw);
    if (!parsed.success) return this.#unreadable(raw);
    const message = parsed.data;
    if (message.type === 'revoked') return this.#end('revoked');
    if (message.type !== 'pulse' || message.health.database === 'ok') this.#clock.hear(message.serverTime);
    const before = this.#state;
    const { state, gap } = reduce(before, message);
    this.#state = state;
    if (message.type === 'welcome') this.#welcomed(message.protocolVersion);
    else if (message.type !== 'pulse') this.#askedAt = gap ? this.#askedAt : null;
    if (gap) this.#ask();
    if (state.rev !== before.rev) this.#queue.reached(state.rev);
    this.#judge(state.confirmedAt !== before.confirmedAt);
  }

  /** A message that this page does not know may have carried an order: ask for the board again, and suspect that the page is old. */
  #unreadable(raw: unknown): void {
    const message = raw as { type?: unknown; protocolVersion?: unknown } | null;
    if (message?.type === 'welcome' && typeof message.protocolVersion === 'number') return this.#welcomed(message.protocolVersion);
    this.#ask();
  }

  #welcomed(protocolVersion: number): void {
    if (protocolVersion > PROTOCOL_VERSION) {
      this.#reload.want();
      this.#go('outdated');
    }
    this.#askedAt = null;
    this.#ask();
    this.#queue.setOpen(true);
  }

  /** Asks for what changed since the rev held; one question at a time. */
  #ask(rev = this.#state.rev): void {
    if (!this.#socket?.connected || (this.#askedAt !== null && performance.now() - this.#askedAt < BEHIND_MS)) return;
    this.#askedAt = performance.now();
    this.#emit({ type: 'subscribe', rev });
  }

  #opened(): void {
    this.#heardAt = performance.now();
    this.#askedAt = null;
    this.#refusal = null;
    this.#go('opened');
  }

  #dropped(): void {
    this.#heardAt = null;
    this.#divergedAt = null;
    this.#queue.setOpen(false);
    if (this.#socket && !this.#socket.active) this.#retryAt = performance.now() + RETRY_MS;
    this.#go('dropped');
  }

  #refused(reason: string): void {
    this.#refusal = reason;
    if (reason === 'revoked' || reason === 'not-paired') return this.#end(reason);
    this.#dropped();
  }

  #end(how: 'revoked' | 'not-paired'): void {
    this.#state = emptyBoard(null);
    this.#go(how);
    this.stop();
  }

  /** The device woke, or its network came back: what the socket says about itself is not to be believed until it has spoken. */
  #wake(): void {
    if (!this.#socket?.connected) return this.#reconnect();
    this.#wakeBy = performance.now() + WAKE_MS;
    this.#look();
    this.#ask();
  }

  #reconnect(): void {
    this.#wakeBy = null;
    this.#retryAt = null;
    this.#socket?.disconnect().connect();
  }

  #look(): void {
    const now = performance.now();
    const passed = (since: number | null, limit: number) => since !== null && now - since > limit;
    if (this.#retryAt !== null && now > this.#retryAt) {
      this.#retryAt = null;
      this.#socket?.connect();
    }
    if (passed(this.#confirmedAt, STALE_MS)) this.#go('silent');
    if (passed(this.#heardAt, SILENT_MS) || passed(this.#wakeBy, 0)) return this.#reconnect();
    if (passed(this.#divergedAt, BEHIND_MS)) {
      this.#divergedAt = now;
      // A server whose newest change is older than ours has another history than the one we hold: only a snapshot is right.
      this.#ask((this.#state.headRev ?? 0) < (this.#state.rev ?? 0) ? null : this.#state.rev);
    }
  }

  #judge(confirmed: boolean): void {
    const { rev, headRev, health } = this.#state;
    const diverged = headRev !== null && headRev !== rev;
    this.#divergedAt = diverged ? (this.#divergedAt ?? performance.now()) : null;
    if (confirmed) this.#confirmedAt = performance.now();
    if (doubtOf(health)) this.#go('doubted');
    else if (confirmed && health) this.#go('confirmed');
    else this.#publish();
  }

  #go(event: ConnectionEvent): void {
    this.#connection = step(this.#connection, event);
    this.#publish();
  }

  #emit(message: ClientMessage): void {
    this.#socket?.emit('message', message);
  }

  async #post(command: Command): Promise<unknown> {
    const message: ClientMessage = { type: 'command', command };
    return this.#socket?.timeout(ANSWER_MS).emitWithAck('message', message);
  }

  #publish(): void {
    const state = this.#state;
    const cause = causeOf(this.#connection, state.health, navigator.onLine, this.#refusal);
    if (this.#connection === 'live') this.#liveUntil = state.confirmedAt;
    const next: BoardView = {
      ...state,
      orders: this.#overlay.lay(state.orders, this.#queue.pending),
      connection: connectionOf(this.#connection),
      cause: same(cause, this.#view.cause) ? this.#view.cause : cause,
      rightAsOf: rightAsOf(cause, state.confirmedAt, this.#liveUntil),
      pending: this.#queue.pending,
      messages: this.#messages,
    };
    if ((Object.keys(next) as (keyof BoardView)[]).every((key) => next[key] === this.#view[key])) return;
    this.#view = next;
    for (const listener of this.#listeners) listener();
  }

  #beat(): void {
    this.#tick = this.now();
    for (const listener of this.#tickListeners) listener();
    this.#ticker = setTimeout(() => this.#beat(), 1000 - (this.now() % 1000) + 5);
  }
}
