// Socket.IO: who a socket is comes from its device's cookie, what it may see from that device's restaurant and station.
// Sends each screen the board, then what changes; a pulse, before the board and then once a second, says how far the
// database was read and how things stand.
import type { Server as HttpServer } from 'node:http';
import pLimit, { type LimitFunction } from 'p-limit';
import { Server, type DefaultEventsMap, type Socket } from 'socket.io';
import { isOurOrigin } from '../auth/origins.ts';
import type { PeopleWatch } from '../auth/people-watch.ts';
import { maySend } from '../auth/permissions.ts';
import type { ScreenAccess } from '../auth/screen-access.ts';
import type { Watched } from '../auth/sessions.ts';
import type { Bus, HintTopic } from '../db/bus.ts';
import type { PrismaClient } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import { readBoard, readChanges, readOrders, type BoardChanges } from '../feed/board.ts';
import { FeedFollower } from '../feed/follower.ts';
import type { GuestTokens } from '../guest/tokens.ts';
import type { KitchenCommands } from '../kitchen/commands.ts';
import { refused, unavailable } from '../kitchen/why.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import type { Logger } from '../logger.ts';
import type { FindResult } from '../protocol/find.ts';
import {
  ClientMessage,
  Handshake,
  PROTOCOL_VERSION,
  type Answer,
  type ClientToServerEvents,
  type ConnectRefusal,
  type ServerMessage,
  type ServerToClientEvents,
} from '../protocol/messages.ts';
import type { Health, ScreenIdentity, StaffHere } from '../protocol/views.ts';
import { Audience } from './audience.ts';
import { Confirmations } from './confirmations.ts';
import { SocketLimits } from './limits.ts';

export interface GatewayDeps {
  prisma: PrismaClient;
  bus: Pick<Bus, 'on'>;
  log: Logger;
  access: Pick<ScreenAccess, 'authenticate' | 'revoked' | 'present'>;
  watch: Pick<PeopleWatch, 'add'>;
  commands: KitchenCommands;
  guests: Pick<GuestTokens, 'tokenOf'>;
  find: (restaurantId: string, text: string) => Promise<FindResult>;
  health: () => Health;
  publicUrl: string;
  /** Sockets are opened on it. */
  server: HttpServer;
  /** Of the pages that are served; undefined in development. */
  build?: string | undefined;
  onSockets?: (delta: number) => void;
  /** A ticket was first confirmed by its station, so many seconds after its fire; so many were sent again. */
  onConfirmed?: (seconds: number) => void;
  onRedelivered?: (tickets: number) => void;
}
interface SocketData {
  screen: ScreenIdentity;
  audience: Audience;
  limits: SocketLimits;
  /** Ends it with a person's session, where it is their own screen. */
  watched: Watched | null;
  /** Who was last said to be signed in on the device. */
  present: string | undefined;
  /** One at a time and a few waiting: what one screen asks for holds up no other one. */
  commands: LimitFunction;
}
type ScreenServer = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
type ScreenSocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;

/** A connection that does not say who it is ends. */
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
const ATTEND_MS = 1000;
const LOOK_MS = 1000;
/** Orders that are sent again at once to one restaurant. */
const REDELIVERED = 50;

export class Gateway implements Part {
  readonly #io: ScreenServer;
  readonly #follower: FeedFollower;
  readonly #confirmations: Confirmations;
  readonly #attending = new Rounds({
    everyMs: ATTEND_MS,
    work: () => this.#attend(),
    onError: (error) =>
      this.deps.log.debug({ error: messageOf(error) }, 'what screens have not confirmed could not be read'),
  });
  readonly #looks = new Rounds({
    everyMs: LOOK_MS,
    work: () => this.#lookAtDevices(this.#sockets().map(({ data }) => data.screen.deviceId)),
    onError: (error) => this.deps.log.debug({ error: messageOf(error) }, 'devices could not be looked at'),
  });
  #unsubscribe: () => void = () => {};

  constructor(private readonly deps: GatewayDeps) {
    this.#io = new Server({
      path: '/socket.io',
      serveClient: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      pingInterval: 10_000,
      pingTimeout: 8000,
      connectTimeout: HANDSHAKE_MS,
      // Polling is for screens behind a proxy that lets no WebSocket through.
      transports: ['websocket', 'polling'],
      allowRequest: (_, answer) => answer(null, this.#io.engine.clientsCount < MOST_SESSIONS),
    });
    this.#follower = new FeedFollower({
      ...deps,
      watched: () => new Set(this.#sockets().map(({ data }) => data.screen.restaurant.id)),
      onChanges: (restaurantId, changes) => this.#onChanges(restaurantId, changes),
      onLook: (serverTime, revs) => this.#pulse(serverTime, revs, this.deps.health()),
      onAway: () => this.#pulseAway(),
    });
    this.#confirmations = new Confirmations(deps);
    this.#io.use((socket, next) => {
      void this.#admit(socket).then((refusal) => next(refusal && new Error(refusal)));
    });
    this.#io.attach(deps.server);
    this.#io.on('connection', (socket) => this.#welcome(socket));
  }

  start(): void {
    this.#follower.start();
    this.#confirmations.start();
    this.#attending.start();
    this.#looks.start();
    this.#unsubscribe = this.#onHints(['devices', 'people']);
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    await Promise.all([this.#follower, this.#confirmations, this.#attending, this.#looks].map((part) => part.stop()));
    this.#io.disconnectSockets(true);
    this.#io.engine?.close();
  }

  #onHints(topics: HintTopic[]): () => void {
    const offs = topics.map((topic) => this.deps.bus.on(topic, (ids) => void this.#lookAtDevices(ids)));
    return () => {
      for (const off of offs) off();
    };
  }

  #sockets(): ScreenSocket[] {
    return [...this.#io.sockets.sockets.values()];
  }

  // ---- who it is

  async #admit(socket: ScreenSocket): Promise<ConnectRefusal | undefined> {
    const { headers, auth } = socket.handshake;
    // A browser's socket always says its origin; a poll of our own page may not.
    if (headers.origin !== undefined && !isOurOrigin(headers.origin, headers.host, this.deps.publicUrl))
      return 'forbidden-origin';
    if (headers['sec-fetch-site'] === 'cross-site') return 'forbidden-origin';
    const handshake = Handshake.safeParse(auth);
    if (!handshake.success) return 'not-paired';
    try {
      const access = await this.deps.access.authenticate(headers.cookie, handshake.data.deviceId);
      if (access === null) return 'not-paired';
      if (access === 'revoked') return 'revoked';
      socket.data = {
        ...access,
        present: undefined,
        audience: new Audience(access.screen, this.deps.guests),
        limits: new SocketLimits(),
        commands: pLimit(COMMANDS_AT_ONCE),
      };
      return undefined;
    } catch (error) {
      this.deps.log.warn({ error: messageOf(error) }, 'a screen could not be recognised');
      return 'unavailable';
    }
  }

  /** Ends the screens of devices that were revoked, and tells the others who is signed in on them. */
  async #lookAtDevices(deviceIds: readonly string[]): Promise<void> {
    const here = this.#sockets().filter(
      ({ data }) => data.watched === null && deviceIds.includes(data.screen.deviceId),
    );
    if (!here.length) return;
    const ids = [...new Set(here.map(({ data }) => data.screen.deviceId))];
    const [revoked, present] = await Promise.all([this.deps.access.revoked(ids), this.deps.access.present(ids)]).catch(
      (): [string[], null] => [[], null],
    );
    for (const socket of here) {
      if (revoked.includes(socket.data.screen.deviceId)) this.#end(socket);
      else if (present) tellWho(socket, present.get(socket.data.screen.deviceId) ?? { person: null, offered: false });
    }
  }

  #end(socket: ScreenSocket): void {
    send(socket, { type: 'revoked' });
    socket.disconnect(true);
  }

  // ---- what it asks

  #welcome(socket: ScreenSocket): void {
    this.deps.onSockets?.(1);
    const { watched } = socket.data;
    const unwatch = watched ? this.deps.watch.add(watched, () => this.#end(socket)) : () => {};
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
        return reply(await commands(() => this.deps.commands.execute(message.command, screen)));
      case 'find':
        return reply(await commands(() => this.deps.find(screen.restaurant.id, message.text)));
      case 'shown':
        return this.#confirmations.shown(screen, message.ticketIds);
      case 'subscribe':
        try {
          return await this.#subscribe(socket, message.rev);
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
   * In the restaurant's own turn, so that nothing falls between what is read here and the first change sent after it.
   */
  async #subscribe(socket: ScreenSocket, rev: number | null): Promise<void> {
    const {
      screen: { restaurant },
      audience,
    } = socket.data;
    await this.#follower.exclusive(restaurant.id, async () => {
      // One that went away while it waited would stay in its room for good.
      if (!socket.connected) return;
      const changes = rev === null ? null : await readChanges(this.deps.prisma, restaurant.id, rev);
      const board = changes
        ? null
        : await boardReads(() => readBoard(this.deps.prisma, restaurant.id, audience.stationId));
      const read = changes ?? board;
      if (!read) throw new Error(`restaurant ${restaurant.id} is gone`);
      // First, so that the screen is live with its board and not up to a second after it.
      this.#pulseTo(socket, read.rev, read.serverTime, this.deps.health());
      if (changes) send(socket, audience.delta(changes));
      else if (board)
        send(socket, { type: 'snapshot', ...board, orders: board.orders.map((order) => audience.view(order)) });
      this.#follower.follow(restaurant.id, read.rev);
      if (socket.connected) await socket.join(audience.room);
    });
  }

  // ---- what it is told

  #onChanges(restaurantId: string, changes: BoardChanges | null): void {
    const here = this.#sockets().filter(({ data }) => data.screen.restaurant.id === restaurantId);
    const audiences = new Map(here.map(({ data: { audience } }) => [audience.room, audience]));
    if (changes) {
      for (const [room, audience] of audiences) this.#io.to(room).emit('message', audience.delta(changes));
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
      if (rev !== undefined) this.#pulseTo(socket, rev, serverTime, health);
    }
  }

  #pulseTo(socket: ScreenSocket, rev: number, serverTime: string, health: Health): void {
    const { role, restaurant } = socket.data.screen;
    const unconfirmed = role === 'expo' || role === 'manager' ? this.#confirmations.of(restaurant.id) : null;
    send(socket, { type: 'pulse', rev, serverTime, health, ...(unconfirmed && { unconfirmed }) });
  }

  // ---- what it has not confirmed

  async #attend(): Promise<void> {
    const stations = new Map(
      this.#sockets().flatMap(({ data: { screen } }) =>
        screen.station ? [[screen.station.id, screen.restaurant.id] as const] : [],
      ),
    );
    await this.#confirmations.read([...new Set(this.#sockets().map(({ data }) => data.screen.restaurant.id))]);
    for (const restaurantId of new Set(stations.values())) await this.#redeliver(restaurantId, stations);
  }

  /**
   * In the restaurant's own turn, and only while nothing newer is on its way: at another rev than its own a screen
   * takes nothing.
   */
  async #redeliver(restaurantId: string, stations: ReadonlyMap<string, string>): Promise<void> {
    const due = this.#confirmations
      .due(restaurantId)
      .filter(({ stationId }) => stations.has(stationId))
      .slice(0, REDELIVERED);
    if (!due.length) return;
    await this.#follower.exclusive(restaurantId, async () => {
      const read = await readOrders(
        this.deps.prisma,
        restaurantId,
        due.map(({ orderId }) => orderId),
      );
      if (!read || read.rev !== this.#follower.revOf(restaurantId)) return;
      const { orders, ...at } = read;
      for (const stationId of new Set(due.map((ticket) => ticket.stationId))) {
        const here = orders.filter(({ tickets }) => tickets.some((ticket) => ticket.stationId === stationId));
        this.#io
          .to(Audience.roomOfStation(stationId))
          .emit('message', { type: 'redelivery', ...at, orders: here } satisfies ServerMessage);
      }
      this.#confirmations.sentAgain(due);
      this.deps.onRedelivered?.(due.length);
    });
  }
}

/** Only where that changed. */
function tellWho(socket: ScreenSocket, here: StaffHere): void {
  const said = `${here.offered} ${here.person?.id} ${here.person?.name}`;
  if (socket.data.present === said) return;
  socket.data.present = said;
  send(socket, { type: 'staff', here });
}

const send = (socket: ScreenSocket, message: ServerMessage) => socket.emit('message', message);
