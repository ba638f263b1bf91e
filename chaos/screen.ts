// A screen without a browser: joined over Socket.IO with a paired device's cookie, it follows deltas with the reducer
// of components/live, asks again after a gap, and never trusts a silent socket. It records each time that an older
// state follows a newer one.
import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { emptyBoard, reduce, type BoardState } from '../components/live/board/board-state.ts';
import { PROTOCOL_VERSION, ServerMessage, type ClientMessage, type Handshake } from '../server/protocol/messages.ts';
import type { Version } from '../server/protocol/version.ts';
import { isLower } from '../server/upstream/version.ts';
import type { Shown, Tapped } from './records.ts';

export interface ScreenOptions {
  name: string;
  url: string;
  device: { id: string; cookie: string };
  restaurantId: string;
  stationId: string | null;
}

/** The same values as in components/live. */
const SILENT_MS = 5000;
const BEHIND_MS = 1500;
const RETRY_MS = 1000;
const ANSWER_MS = 5000;
/** A pulse comes once a second. */
const FRESH_MS = 3500;
/** So long after the loss of a tail a whole board may have a lower rev, and lack taps. */
const GO_BACK_MS = 15_000;
/** How long a tap takes at most to be answered, so that its commit may lie behind the last copied moment. */
const TAP_MS = 2500;

export class Screen {
  readonly backward: string[] = [];
  /** Taps that were confirmed. */
  readonly tapped: Tapped[] = [];
  /** Messages from the server that it could not parse, and how often it was disconnected. */
  unreadable = 0;
  parted = 0;
  deltas = 0;
  snapshots = 0;
  #state: BoardState = emptyBoard(null);
  readonly #socket: Socket;
  readonly #watch: NodeJS.Timeout;
  /** The newest version and change of each order that was ever shown. */
  readonly #newest = new Map<string, { version: Version | null; changedAt: string }>();
  #heardAt = performance.now();
  #confirmedAt = -Infinity;
  #askedAt: number | null = null;
  #retryAt: number | null = null;
  #behindSince: number | null = null;
  #mayGoBackUntil = -Infinity;

  constructor(readonly options: ScreenOptions) {
    const handshake: Handshake = { protocolVersion: PROTOCOL_VERSION, deviceId: options.device.id };
    this.#socket = io(options.url, {
      transports: ['websocket'],
      auth: handshake,
      reconnectionDelay: 250,
      reconnectionDelayMax: 2000,
      timeout: 4000,
      forceNew: true,
      extraHeaders: { cookie: options.device.cookie, origin: new URL(options.url).origin },
    });
    this.#socket.on('connect', () => {
      this.#heardAt = performance.now();
      this.#askedAt = null;
    });
    this.#socket.on('disconnect', () => {
      this.parted += 1;
      this.#dropped();
    });
    this.#socket.on('connect_error', () => this.#dropped());
    this.#socket.on('message', (raw: unknown) => this.#receive(raw));
    this.#watch = setInterval(() => this.#checkConnection(), 250);
  }

  get rev(): number | null {
    return this.#state.rev;
  }
  /** True if the server confirmed the board a moment ago. */
  get live(): boolean {
    return this.#socket.connected && performance.now() - this.#confirmedAt < FRESH_MS;
  }

  close(): void {
    clearInterval(this.#watch);
    this.#socket.removeAllListeners();
    this.#socket.disconnect();
  }

  /**
   * The database is about to lose its tail, and with it the taps confirmed since then: until some seconds after
   * `forgetTaps` a whole board may have a lower rev, and orders without those taps. No order may be shown in an older
   * version all the same: boards are held until the topic is read again.
   */
  letGoBack(): void {
    this.#mayGoBackUntil = Infinity;
  }

  /** The tail is lost. @returns how many taps were lost with it */
  forgetTaps(since: number): number {
    this.#mayGoBackUntil = performance.now() + GO_BACK_MS;
    const kept = this.tapped.filter(({ at = 0 }) => at < since - TAP_MS);
    const lost = this.tapped.length - kept.length;
    this.tapped.splice(0, Infinity, ...kept);
    return lost;
  }

  shown(): Shown {
    const { name: screen, restaurantId, stationId } = this.options;
    return {
      screen,
      restaurantId,
      stationId,
      rev: this.#state.rev,
      orders: [...this.#state.orders.values()].map((order) => ({ ...order, version: numberOf(order.version) })),
      backward: this.backward,
    };
  }

  /**
   * Bumps the ticket that has been open for longest. Sends the same tap again until it is answered, as a tablet does.
   * @returns whether a bump was carried out
   */
  async bumpOldest(tries = 12): Promise<boolean> {
    const { stationId } = this.options;
    const open = [...this.#state.orders.values()].flatMap((order) =>
      order.tickets
        .filter((ticket) => ticket.stationId === stationId && ticket.state === 'open')
        .map((ticket) => ({ order, ticket })),
    );
    const { order, ticket } = open.sort((a, b) => (a.ticket.firedAt < b.ticket.firedAt ? -1 : 1))[0] ?? {};
    if (!order || !ticket || this.tapped.some(({ ticketId }) => ticketId === ticket.id)) return false;
    const id = randomUUID();
    const message: ClientMessage = {
      type: 'command',
      command: { kind: 'bump', id, orderId: order.id, ticketId: ticket.id },
    };
    for (let i = 0; i < tries; i += 1) {
      const answer = (await this.#socket
        .timeout(ANSWER_MS)
        .emitWithAck('message', message)
        .catch(() => null)) as { outcome?: string; retry?: boolean } | null;
      if (answer?.outcome === 'done') {
        this.tapped.push({ id, orderId: order.id, ticketId: ticket.id, at: Date.now() });
        return true;
      }
      if (answer?.outcome === 'conflict' || answer?.outcome === 'refused') return false;
      await new Promise((resolve) => {
        setTimeout(resolve, RETRY_MS);
      });
    }
    return false;
  }

  #receive(raw: unknown): void {
    this.#heardAt = performance.now();
    const parsed = ServerMessage.safeParse(raw);
    if (!parsed.success) {
      this.unreadable += 1;
      this.#ask();
      return;
    }
    const message = parsed.data;
    const before = this.#state;
    const { state, gap } = reduce(before, message);
    this.#state = state;
    if (message.type === 'delta') this.deltas += 1;
    if (message.type === 'snapshot') this.snapshots += 1;
    if (message.type === 'welcome') {
      this.#askedAt = null;
      this.#ask();
    } else if (message.type !== 'pulse' && !gap) this.#askedAt = null;
    if (gap) this.#ask();
    const mayGoBack = message.type === 'snapshot' && performance.now() < this.#mayGoBackUntil;
    if (before.rev !== null && state.rev !== null && state.rev < before.rev && !mayGoBack)
      this.backward.push(`rev ${state.rev} was shown after ${before.rev}`);
    if (state.orders !== before.orders) this.#compare(state, mayGoBack);
    if (state.confirmedAt !== before.confirmedAt && (message.type !== 'pulse' || message.health.database === 'ok'))
      this.#confirmedAt = performance.now();
    const behind = state.headRev !== null && state.headRev !== state.rev;
    this.#behindSince = behind ? (this.#behindSince ?? performance.now()) : null;
  }

  #compare(state: BoardState, mayGoBack: boolean): void {
    for (const { id, version, changedAt } of state.orders.values()) {
      const newest = this.#newest.get(id);
      if (newest && version !== null && newest.version !== null && isLower(version, newest.version))
        this.backward.push(`${id} was shown in version ${version} after ${newest.version}`);
      else if (newest && changedAt < newest.changedAt && !mayGoBack)
        this.backward.push(`${id} was shown as of ${changedAt} after ${newest.changedAt}`);
      this.#newest.set(id, { version, changedAt });
    }
  }

  #dropped(): void {
    this.#behindSince = null;
    if (!this.#socket.active) this.#retryAt = performance.now() + RETRY_MS;
  }

  #ask({ rev, revAt }: { rev: number | null; revAt: string | null } = this.#state): void {
    if (!this.#socket.connected || (this.#askedAt !== null && performance.now() - this.#askedAt < BEHIND_MS)) return;
    this.#askedAt = performance.now();
    const message: ClientMessage = { type: 'subscribe', rev, revAt };
    this.#socket.emit('message', message);
  }

  #checkConnection(): void {
    const now = performance.now();
    if (this.#retryAt !== null && now > this.#retryAt) {
      this.#retryAt = null;
      this.#socket.connect();
    }
    if (this.#socket.connected && now - this.#heardAt > SILENT_MS) {
      this.#heardAt = now;
      this.#socket.disconnect().connect();
      return;
    }
    if (this.#behindSince === null || now - this.#behindSince < BEHIND_MS) return;
    this.#behindSince = now;
    this.#ask((this.#state.headRev ?? 0) < (this.#state.rev ?? 0) ? { rev: null, revAt: null } : this.#state);
  }
}

/** The platform of chaos counts from 1. */
const numberOf = (version: Version | null): number | null => (version === null ? null : Number(version));
