// Socket.IO: a socket's cookie names its device, and the device's restaurant and station decide its view. Each
// screen is sent the board, then the changes, with a pulse before the board and then once a second. While a database
// that lost its tail is made up for, screens keep what they have: no board and no change is sent, pulses say why, and
// taps wait.
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import pLimit from 'p-limit';
import { Server } from 'socket.io';
import { clientAddress } from '../auth/client-address.ts';
import type { PeopleWatch } from '../auth/people-watch.ts';
import { maySend } from '../auth/permissions.ts';
import type { ScreenAccess } from '../auth/screen-access.ts';
import type { Bus } from '../db/bus.ts';
import type { PrismaClient } from '../db/client.ts';
import type { Lineage } from '../db/lineage.ts';
import { messageOf } from '../errors.ts';
import { OTHER_HISTORY, readBoard, readChanges, type BoardChanges, type BoardPlace } from '../feed/board.ts';
import { FeedFollower } from '../feed/follower.ts';
import type { GuestTokens } from '../guest/tokens.ts';
import type { KitchenCommands } from '../kitchen/commands.ts';
import { refused, unavailable } from '../kitchen/why.ts';
import type { ReadAgain } from '../kafka/read-again.ts';
import type { Part } from '../lib/part.ts';
import type { Logger } from '../logger.ts';
import type { DishesResult } from '../protocol/dishes.ts';
import type { FindResult } from '../protocol/find.ts';
import { ClientMessage, PROTOCOL_VERSION, type Answer, type ConnectRefusal } from '../protocol/messages.ts';
import type { Health } from '../protocol/views.ts';
import { SocketAdmission } from './admission.ts';
import { Audience } from './audience.ts';
import { Confirmations } from './confirmations.ts';
import { DeviceWatch } from './device-watch.ts';
import { SocketLimits } from './limits.ts';
import { OtherHistory } from './other-history.ts';
import { Pulses } from './pulses.ts';
import { TicketRedelivery } from './redelivery.ts';
import { revoke, send, type ScreenServer, type ScreenSocket } from './screen-socket.ts';

export interface GatewayDeps {
  prisma: PrismaClient;
  /** Tells, and is told, when the database lacks something that it had. */
  lineage: Pick<Lineage, 'onChange' | 'changed'>;
  readAgain: Pick<ReadAgain, 'held' | 'onRelease' | 'caughtUp'>;
  bus: Pick<Bus, 'on'>;
  log: Logger;
  access: Pick<ScreenAccess, 'knows' | 'authenticate' | 'revoked' | 'present'>;
  watch: Pick<PeopleWatch, 'add'>;
  commands: KitchenCommands;
  guests: Pick<GuestTokens, 'tokenOf'>;
  find: (restaurantId: string, text: string) => Promise<FindResult>;
  dishes: (restaurantId: string) => Promise<DishesResult>;
  health: () => Health;
  publicUrl: string;
  /** Their X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  /** Sockets are opened on it. */
  server: HttpServer;
  /** Of the pages that are served; undefined in development. */
  build?: string | undefined;
  onSockets?: (delta: number) => void;
  /** A ticket was first confirmed by its station, so many seconds after its fire; so many were sent again. */
  onConfirmed?: (seconds: number) => void;
  onRedelivered?: (tickets: number) => void;
}

/** A connection that does not name its device within this time ends. */
const HANDSHAKE_MS = 10_000;
const MAX_MESSAGE_BYTES = 64 * 1024;
/** As many as the HTTP server takes connections: by polling, one connection could open sessions without end. */
const MOST_SESSIONS = 4000;
/**
 * A board of 3,000 tickets is 5 MB of JSON, and ten times that while it is made: after a restart all screens ask at
 * once.
 */
const boardReads = pLimit(2);
/** Commands of one socket that are carried out at once; there are ten connections to the database for everybody. */
const COMMANDS_AT_ONCE = 3;

export class Gateway implements Part {
  readonly #io: ScreenServer;
  readonly #follower: FeedFollower;
  readonly #confirmations: Confirmations;
  readonly #devices: DeviceWatch;
  readonly #redelivery: TicketRedelivery;
  readonly #admission: SocketAdmission;
  readonly #pulses: Pulses;
  readonly #otherHistory: OtherHistory;
  #stopping = false;
  #unsubscribe: (() => unknown)[] = [];

  constructor(private readonly deps: GatewayDeps) {
    this.#admission = new SocketAdmission({ ...deps, addressOf: clientAddress(deps.trustedProxies) });
    this.#io = new Server({
      path: '/socket.io',
      serveClient: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      pingInterval: 10_000,
      pingTimeout: 8000,
      connectTimeout: HANDSHAKE_MS,
      // Polling is for screens behind a proxy that lets no WebSocket through.
      transports: ['websocket', 'polling'],
      allowRequest: (request, answer) => void this.#mayOpen(request, answer),
    });
    this.#follower = new FeedFollower({
      ...deps,
      watched: () => new Set(this.#sockets().map(({ data }) => data.screen.restaurant.id)),
      onChanges: (restaurantId, changes) => this.#onChanges(restaurantId, changes),
      onPutBack: () => this.deps.lineage.changed('changes that screens were told of are not known any more'),
      onLook: (serverTime, revs) =>
        this.deps.readAgain.held ? this.#pulses.away() : this.#pulses.tell(serverTime, revs),
      onAway: () => this.#pulses.away(),
    });
    this.#confirmations = new Confirmations(deps);
    this.#otherHistory = new OtherHistory(deps.readAgain, (socket) => this.#sendBoards([socket]));
    this.#pulses = new Pulses({
      sockets: () => this.#sockets(),
      health: deps.health,
      unconfirmed: (restaurantId) => this.#confirmations.of(restaurantId),
    });
    this.#devices = new DeviceWatch({ ...deps, sockets: () => this.#sockets() });
    this.#redelivery = new TicketRedelivery({
      ...deps,
      confirmations: this.#confirmations,
      follower: this.#follower,
      screens: () => (this.deps.readAgain.held ? [] : this.#sockets().map(({ data }) => data.screen)),
      sendTo: (room, message) => this.#io.to(room).emit('message', message),
    });
    this.#io.use((socket, next) => {
      void this.#admit(socket).then((refusal) => next(refusal && new Error(refusal)));
    });
    this.#io.attach(deps.server);
    this.#io.engine.on('connection', (session: ScreenSocket['conn']) => this.#admission.opened(session));
    this.#io.on('connection', (socket) => this.#welcome(socket));
  }

  start(): void {
    this.#unsubscribe = [
      this.deps.lineage.onChange(() => this.#databaseChanged()),
      this.deps.readAgain.onRelease(() => this.#sendBoards(this.#sockets())),
    ];
    for (const part of this.#parts()) part.start();
  }

  async stop(): Promise<void> {
    // First: HTTP listens for a while yet, and a screen that came back here would have no pulse.
    this.#stopping = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    const stopped = Promise.all(this.#parts().map((part) => part.stop()));
    // At once, so that a database that hangs keeps no screen from going to another process.
    this.#io.disconnectSockets(true);
    this.#io.engine?.close();
    await stopped;
  }

  #parts() {
    return [this.#follower, this.#confirmations, this.#devices, this.#redelivery];
  }

  #sockets(): ScreenSocket[] {
    return [...this.#io.sockets.sockets.values()];
  }

  // ---- admission

  async #mayOpen(request: IncomingMessage, answer: (refusal: string | null, open: boolean) => void): Promise<void> {
    // Before any question: a process that stops has no database to ask.
    const refusal = this.#stopping ? 'unavailable' : await this.#admission.refusalOf(request);
    if (refusal !== undefined) return answer(refusal, false);
    const room = this.#stopping ? 0 : MOST_SESSIONS - this.#io.engine.clientsCount;
    answer(null, this.#admission.hasRoom(request, room));
  }

  async #admit(socket: ScreenSocket): Promise<ConnectRefusal | undefined> {
    const access = await this.#admission.admit(socket);
    if (typeof access === 'string') return access;
    socket.data = {
      ...access,
      present: undefined,
      waits: false,
      subscribing: undefined,
      audience: new Audience(access.screen, this.deps.guests),
      limits: new SocketLimits(),
      commands: pLimit(COMMANDS_AT_ONCE),
    };
    return undefined;
  }

  // ---- messages from the screen

  #welcome(socket: ScreenSocket): void {
    this.deps.onSockets?.(1);
    const { watched } = socket.data;
    const unwatch = watched ? this.deps.watch.add(watched, () => revoke(socket)) : () => {};
    socket.on('disconnect', () => {
      unwatch();
      this.deps.onSockets?.(-1);
    });
    socket.on('message', (raw: unknown, answer: unknown) => void this.#onMessage(socket, raw, answer));
    send(socket, {
      type: 'welcome',
      protocolVersion: PROTOCOL_VERSION,
      ...(this.deps.build && { build: this.deps.build }),
      serverTime: new Date().toISOString(),
      screen: socket.data.screen,
    });
  }

  async #onMessage(socket: ScreenSocket, raw: unknown, answer: unknown): Promise<void> {
    const { screen, limits, commands } = socket.data;
    const reply = typeof answer === 'function' ? (answer as (answer: Answer) => void) : () => {};
    if (!limits.mayRead()) return this.#tooMuch(socket, reply);
    const parsed = ClientMessage.safeParse(raw);
    if (!parsed.success) return reply(refused('unreadable'));
    const message = parsed.data;
    if (!maySend(message.type, screen)) return reply(refused('not-this-screen'));
    if (!limits.maySend(message.type))
      return message.type === 'find'
        ? reply({ outcome: 'too-many' } satisfies FindResult)
        : this.#tooMuch(socket, reply);
    switch (message.type) {
      case 'command':
        // Its ticket may not be read again yet; the screen keeps the tap and sends it again.
        if (await this.#otherHistory.mayLack(socket)) return reply(unavailable('database-away'));
        return reply(await commands(() => this.deps.commands.execute(message.command, screen)));
      case 'find':
        if (await this.#otherHistory.mayLack(socket)) return reply({ outcome: 'unavailable' });
        return reply(await commands(() => this.deps.find(screen.restaurant.id, message.text)));
      case 'dishes':
        return reply(await commands(() => this.deps.dishes(screen.restaurant.id)));
      case 'shown':
        return this.#confirmations.shown(screen, message.ticketIds);
      case 'subscribe':
        try {
          const { rev, revAt = null } = message;
          socket.data.subscribing = this.#subscribe(socket, rev === null ? null : { rev, revAt });
          return await socket.data.subscribing;
        } catch (error) {
          // The screen asks again; until then no pulse tells it that it is right.
          return this.deps.log.warn({ error: messageOf(error) }, 'a board could not be read');
        }
    }
  }

  #tooMuch(socket: ScreenSocket, reply: (answer: Answer) => void): void {
    reply(unavailable('too-many'));
    if (!socket.data.limits.isFlood || socket.disconnected) return;
    this.deps.log.warn(
      { deviceId: socket.data.screen.deviceId },
      'a screen sent far more than any screen does; its socket was ended',
    );
    socket.disconnect(true);
  }

  /**
   * In the restaurant's own turn, so that no change falls between the board that is read here and the first delta.
   * @param from the place of the board that the screen holds; null for none
   */
  async #subscribe(socket: ScreenSocket, from: BoardPlace | null): Promise<void> {
    const { screen, audience } = socket.data;
    const { restaurant } = screen;
    await this.#follower.exclusive(restaurant.id, async () => {
      // One that went away while it waited would stay in its room for good.
      if (!socket.connected || this.#otherHistory.showsPast(socket)) return;
      const changes = from && (await readChanges(this.deps.prisma, restaurant.id, from, { proven: true }));
      if (changes === OTHER_HISTORY) return this.#otherHistory.makeWait(socket);
      const board = changes
        ? null
        : await boardReads(() => readBoard(this.deps.prisma, restaurant.id, audience.stationId));
      // It was noticed while this was read.
      if (this.#otherHistory.showsPast(socket)) return;
      const read = changes ?? board;
      if (!read) throw new Error(`restaurant ${restaurant.id} is gone`);
      this.#pulses.before(socket, read);
      if (changes) send(socket, audience.delta(changes));
      else if (board)
        send(socket, { type: 'snapshot', ...board, orders: board.orders.map((order) => audience.view(order)) });
      this.#follower.follow(restaurant.id, read);
      if (socket.connected) await socket.join(audience.room);
    });
  }

  // ---- messages to the screen

  #databaseChanged(): void {
    this.#follower.forget();
    if (this.deps.readAgain.held) this.#pulses.away();
    else this.#sendBoards(this.#sockets());
  }

  /** Where one cannot be read, its screen asks again. */
  #sendBoards(sockets: readonly ScreenSocket[]): void {
    for (const socket of sockets) void this.#subscribe(socket, null).catch(() => {});
  }

  #onChanges(restaurantId: string, changes: BoardChanges | null): void {
    const here = this.#sockets().filter(({ data }) => data.screen.restaurant.id === restaurantId);
    if (!changes) return this.#sendBoards(here);
    const audiences = new Map(here.map(({ data: { audience } }) => [audience.room, audience]));
    for (const [room, audience] of audiences) this.#io.to(room).emit('message', audience.delta(changes));
  }
}
