// The screen of one imaginary crew member: it keeps the board that the server sends over Socket.IO, and sends commands.
// It declares only the wire fields that it needs, and ignores any others.
import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';

export interface BoardLine {
  id: string;
  ticketId: string;
  state: string;
  voided: boolean;
  readyAt: string | null;
  flag: { at: string } | null;
}
export interface BoardTicket {
  id: string;
  stationId: string;
  state: string;
  firedAt: string;
  notices: { at: string }[];
}
export interface BoardOrder {
  id: string;
  number: string;
  changedAt?: string;
  lines: BoardLine[];
  tickets: BoardTicket[];
}
export type Command =
  | { kind: 'start' | 'serve'; orderId: string; lineIds: string[] }
  /** `seen`: the order's changedAt as it was on the board. */
  | { kind: 'bump'; orderId: string; ticketId: string; lineIds?: string[]; seen?: string | undefined }
  | { kind: 'see-allergy'; orderId: string; ticketId?: string; seen?: string | undefined }
  | { kind: 'acknowledge'; orderId: string; ticketId: string; seen?: string | undefined };

interface ServerMessage {
  type: string;
  rev?: number;
  fromRev?: number;
  serverTime?: string;
  orders?: BoardOrder[];
  gone?: string[];
  screen?: { station?: { id: string } | null };
}

const PROTOCOL_VERSION = 2;
const ANSWER_MS = 5000;

export class CrewScreen {
  /** Undefined if the screen does not belong to one station. */
  stationId: string | undefined;
  readonly orders = new Map<string, BoardOrder>();
  readonly #socket: Socket;
  #rev: number | null = null;
  #clockOffset = 0;

  /** @param onRefused called when the server does not know this device (any more) */
  constructor(url: string, device: { id: string; cookie: string }, onRefused: () => void) {
    this.#socket = io(url, {
      auth: { protocolVersion: PROTOCOL_VERSION, deviceId: device.id },
      extraHeaders: { cookie: device.cookie, origin: new URL(url).origin },
      transports: ['websocket'],
      reconnectionDelayMax: 5000,
    });
    this.#socket.on('message', (message: ServerMessage) => {
      if (message.type === 'revoked') onRefused();
      else this.#hear(message);
    });
    this.#socket.on('connect_error', ({ message }) => {
      if (message === 'not-paired' || message === 'revoked') onRefused();
      // After a refusal by the server's own code Socket.IO does not try again by itself.
      else if (!this.#socket.active) setTimeout(() => this.#socket.connect(), ANSWER_MS).unref();
    });
  }

  get live(): boolean {
    return this.#socket.connected && this.#rev !== null;
  }

  /** The server's time, in ms. */
  now(): number {
    return Date.now() + this.#clockOffset;
  }

  /**
   * Where the restaurant asks for it, a guest's allergy is seen first.
   * @returns the outcome, or `unanswered`
   */
  async send(command: Command): Promise<string> {
    const { outcome, why } = await this.#ask(command);
    if (why !== 'allergy-unseen' || (command.kind !== 'bump' && command.kind !== 'serve')) return outcome;
    const { orderId } = command;
    const at = command.kind === 'bump' ? { ticketId: command.ticketId } : {};
    await this.#ask({ kind: 'see-allergy', orderId, ...at, seen: this.orders.get(orderId)?.changedAt });
    return (await this.#ask(command)).outcome;
  }

  async #ask(command: Command): Promise<{ outcome: string; why?: string | undefined }> {
    try {
      const answer = (await this.#socket
        .timeout(ANSWER_MS)
        .emitWithAck('message', { type: 'command', command: { ...command, id: randomUUID() } })) as {
        outcome?: string;
        order?: BoardOrder;
        why?: { code?: string };
      } | null;
      if (answer?.order && this.orders.has(answer.order.id)) this.orders.set(answer.order.id, answer.order);
      return { outcome: answer?.outcome ?? 'unanswered', why: answer?.why?.code };
    } catch {
      return { outcome: 'unanswered' };
    }
  }

  close(): void {
    this.#socket.disconnect();
  }

  #hear(message: ServerMessage): void {
    if (message.serverTime) this.#clockOffset = Date.parse(message.serverTime) - Date.now() || 0;
    if (message.type === 'welcome') {
      this.stationId = message.screen?.station?.id;
      this.#subscribe();
    } else if (message.type === 'snapshot') {
      this.orders.clear();
      this.#apply(message);
    } else if (message.type === 'delta') {
      if (message.fromRev === this.#rev) this.#apply(message);
      else if (this.#rev === null || (message.rev ?? 0) > this.#rev) this.#subscribe();
    }
  }

  #subscribe(): void {
    this.#rev = null;
    this.#socket.emit('message', { type: 'subscribe', rev: null });
  }

  #apply({ rev, orders = [], gone = [] }: ServerMessage): void {
    for (const order of orders) this.orders.set(order.id, order);
    for (const id of gone) this.orders.delete(id);
    this.#rev = rev ?? null;
  }
}
