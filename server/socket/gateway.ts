// Socket.IO: who a socket is comes from its device's cookie, what it may see from that device's restaurant and station. Sends each screen
// the board, then what changes; a pulse once a second says how far the database was read and how things stand.
import type { Server as HttpServer } from 'node:http';
import pLimit from 'p-limit';
import { Server, type Socket } from 'socket.io';
import type { Devices } from '../auth/devices.ts';
import type { Bus } from '../db/bus.ts';
import type { PrismaClient } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import { readBoard, readChanges, type BoardChanges } from '../feed/board.ts';
import { FeedFollower } from '../feed/follower.ts';
import type { KitchenCommands } from '../kitchen/commands.ts';
import { toView, type KitchenOrder } from '../kitchen/order.ts';
import { refused } from '../kitchen/why.ts';
import type { Logger } from '../logger.ts';
import { ClientMessage, Handshake, PROTOCOL_VERSION, type ConnectRefusal, type ServerMessage } from '../protocol/messages.ts';
import type { Health, ScreenIdentity } from '../protocol/views.ts';

export interface GatewayDeps {
  prisma: PrismaClient; bus: Bus; log: Logger; devices: Pick<Devices, 'authenticate' | 'revoked'>; commands: KitchenCommands;
  health: () => Health; publicUrl: string;
  /** Of the pages that are served; undefined in development. */
  build?: string | undefined; onSockets?: (delta: number) => void;
}
type ScreenSocket = Socket<never, never, never, { screen: ScreenIdentity }>;

const MAX_MESSAGE_BYTES = 64 * 1024;
/** A board of 3,000 tickets is 5 MB of JSON, and ten times that while it is made: after a restart all screens ask at once. */
const boardReads = pLimit(2);

export class Gateway {
  readonly #io: Server;
  readonly #follower: FeedFollower;
  #revocations: NodeJS.Timeout | undefined;
  #unsubscribe: () => void = () => {};

  constructor(private readonly deps: GatewayDeps) {
    this.#io = new Server({ path: '/socket.io', serveClient: false, maxHttpBufferSize: MAX_MESSAGE_BYTES, pingInterval: 10_000, pingTimeout: 8000, transports: ['websocket', 'polling'] });
    this.#follower = new FeedFollower({
      ...deps, watched: () => new Set(this.#sockets().map(({ data }) => data.screen.restaurant.id)),
      onChanges: (restaurantId, changes) => this.#onChanges(restaurantId, changes), onLook: (serverTime, revs) => this.#pulse(serverTime, revs, this.deps.health()), onAway: () => this.#pulseAway(),
    });
    this.#io.use((socket, next) => { void this.#admit(socket as ScreenSocket).then((refusal) => next(refusal && new Error(refusal))); });
    this.#io.on('connection', (socket) => this.#welcome(socket as ScreenSocket));
  }

  start(server: HttpServer): void {
    this.#io.attach(server);
    this.#follower.start();
    this.#unsubscribe = this.deps.bus.on('devices', (ids) => void this.#endRevoked(ids));
    this.#revocations = setInterval(() => void this.#endRevoked(this.#sockets().map(({ data }) => data.screen.deviceId)), 1000);
  }

  async stop(): Promise<void> {
    clearInterval(this.#revocations);
    this.#unsubscribe();
    await this.#follower.stop();
    this.#io.disconnectSockets(true);
    this.#io.engine?.close();
  }

  #sockets(): ScreenSocket[] { return [...this.#io.sockets.sockets.values()] as unknown as ScreenSocket[]; }

  // ---- who it is

  async #admit(socket: ScreenSocket): Promise<ConnectRefusal | undefined> {
    const { headers, auth } = socket.handshake;
    if (headers.origin && !this.#isOurs(headers.origin, headers.host)) return 'forbidden-origin';
    const handshake = Handshake.safeParse(auth);
    if (!handshake.success) return 'not-paired';
    try {
      const screen = await this.deps.devices.authenticate(headers.cookie, handshake.data.deviceId);
      if (screen === null) return 'not-paired';
      if (screen === 'revoked') return 'revoked';
      socket.data.screen = screen;
      return undefined;
    } catch (error) {
      this.deps.log.warn({ error: messageOf(error) }, 'a screen could not be recognised');
      return 'unavailable';
    }
  }

  /** Pages of other sites must not use a tablet's cookie. */
  #isOurs(origin: string, host: string | undefined): boolean {
    return URL.canParse(origin) && (new URL(origin).host === host || new URL(origin).origin === new URL(this.deps.publicUrl).origin);
  }

  async #endRevoked(deviceIds: string[]): Promise<void> {
    const here = this.#sockets().filter(({ data }) => deviceIds.includes(data.screen.deviceId));
    if (!here.length) return;
    const revoked = new Set(await this.deps.devices.revoked(here.map(({ data }) => data.screen.deviceId)).catch(() => []));
    for (const socket of here.filter(({ data }) => revoked.has(data.screen.deviceId))) {
      send(socket, { type: 'revoked' });
      socket.disconnect(true);
    }
  }

  // ---- what it asks

  #welcome(socket: ScreenSocket): void {
    this.deps.onSockets?.(1);
    socket.on('disconnect', () => this.deps.onSockets?.(-1));
    (socket as unknown as Socket).on('message', (raw: unknown, answer: unknown) => void this.#onMessage(socket, raw, answer));
    send(socket, { type: 'welcome', protocolVersion: PROTOCOL_VERSION, ...(this.deps.build && { build: this.deps.build }), serverTime: new Date().toISOString(), screen: socket.data.screen });
  }

  async #onMessage(socket: ScreenSocket, raw: unknown, answer: unknown): Promise<void> {
    const parsed = ClientMessage.safeParse(raw);
    const reply = typeof answer === 'function' ? (answer as (value: unknown) => void) : () => {};
    if (!parsed.success) return reply(refused('unreadable'));
    if (parsed.data.type === 'command') return reply(await this.deps.commands.execute(parsed.data.command, socket.data.screen));
    if (parsed.data.type !== 'subscribe') return reply({ outcome: 'unavailable' });
    try {
      await this.#subscribe(socket, parsed.data.rev);
    } catch (error) {
      // The screen asks again; until then no pulse tells it that it is right.
      this.deps.log.warn({ error: messageOf(error) }, 'a board could not be read');
    }
    return undefined;
  }

  /** In the restaurant's own turn, so that nothing falls between what is read here and the first change sent after it. */
  async #subscribe(socket: ScreenSocket, rev: number | null): Promise<void> {
    const { restaurant, station } = socket.data.screen;
    await this.#follower.exclusive(restaurant.id, async () => {
      const changes = rev === null ? null : await readChanges(this.deps.prisma, restaurant.id, rev);
      const board = changes ? null : await boardReads(() => readBoard(this.deps.prisma, restaurant.id, station?.id ?? null));
      if (changes) send(socket, delta(changes, station?.id));
      else if (board) send(socket, { type: 'snapshot', ...board, orders: board.orders.map(toView) });
      else throw new Error(`restaurant ${restaurant.id} is gone`);
      this.#follower.follow(restaurant.id, (changes ?? board)!.rev);
      await socket.join(roomOf(restaurant.id, station?.id));
    });
  }

  // ---- what it is told

  #onChanges(restaurantId: string, changes: BoardChanges | null): void {
    const here = this.#sockets().filter(({ data }) => data.screen.restaurant.id === restaurantId);
    const rooms = new Map(here.map(({ data: { screen } }) => [roomOf(restaurantId, screen.station?.id), screen.station?.id]));
    if (changes) {
      for (const [room, stationId] of rooms) this.#io.to(room).emit('message', delta(changes, stationId));
    } else {
      for (const socket of here) void this.#subscribe(socket, null).catch(() => {});
    }
  }

  #last: { serverTime: string; revs: ReadonlyMap<string, number> } | undefined;

  /** The last word again, with the reason why there is no newer one: it confirms nothing. */
  #pulseAway(): void {
    if (this.#last) this.#pulse(this.#last.serverTime, this.#last.revs, { ...this.deps.health(), database: 'away' });
  }

  #pulse(serverTime: string, revs: ReadonlyMap<string, number>, health: Health): void {
    this.#last = { serverTime, revs };
    for (const socket of this.#sockets()) {
      const rev = revs.get(socket.data.screen.restaurant.id);
      if (rev !== undefined) send(socket, { type: 'pulse', rev, serverTime, health });
    }
  }
}

const roomOf = (restaurantId: string, stationId: string | undefined) => (stationId ? `station:${stationId}` : `restaurant:${restaurantId}`);
const send = (socket: ScreenSocket, message: ServerMessage) => (socket as unknown as Socket).emit('message', message);

/** A station's screen is sent the orders that have a ticket there, and told that the others are none of its own. */
function delta({ orders, ...changes }: BoardChanges, stationId: string | undefined): ServerMessage {
  const here = (order: KitchenOrder) => !stationId || order.tickets.some((ticket) => ticket.stationId === stationId);
  return { type: 'delta', ...changes, orders: orders.filter(here).map(toView), gone: orders.filter((order) => !here(order)).map(({ id }) => id) };
}
