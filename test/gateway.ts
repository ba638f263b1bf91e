// A gateway over real sockets and a database of a test's own, with two processes that write there; and screens as
// browsers keep them.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { expect } from 'vitest';
import type { Devices } from '../server/auth/devices.ts';
import type { PrismaClient } from '../server/db/client.ts';
import { Lineage } from '../server/db/lineage.ts';
import { readBoard } from '../server/feed/board.ts';
import type { CommandResult } from '../server/protocol/commands.ts';
import { PROTOCOL_VERSION, ServerMessage, type Delta, type Snapshot } from '../server/protocol/messages.ts';
import type { Health, OrderView } from '../server/protocol/views.ts';
import type { SettleResult } from '../server/settle/settle.ts';
import { RetryControl } from '../server/retry/control.ts';
import { makeAuth, makeGateway } from '../server/screens.ts';
import { refusalByAnswer } from '../components/live/connection/refusal.ts';
import { createTestDatabase } from './database.ts';
import { detail, event, item } from './made.ts';
import { arrived, log, startSettler, type TestSettler } from './pipeline.ts';
import { until } from './until.ts';

const health: Health = {
  database: 'ok',
  kafka: 'ok',
  lag: null,
  orderApi: { state: 'ok', inFlight: 0, limit: 10 },
  parkedOrders: 0,
  parkedMessages: 0,
  failedMessages: 0,
  rejectedMessages: 0,
  oldestParkedAt: null,
};

/** A screen as a browser keeps it: a snapshot replaces all, a delta that joins up replaces its orders. */
export class Screen {
  readonly orders = new Map<string, OrderView>();
  readonly messages: ServerMessage[] = [];
  rev: number | null = null;
  revAt: string | null = null;
  gaps = 0;
  ended: string | undefined;
  refusal: string | undefined;

  constructor(readonly socket: Socket) {
    socket.on('message', (raw: unknown) => this.#take(ServerMessage.parse(raw)));
    socket.on('disconnect', (reason) => {
      this.ended = reason;
    });
    socket.on('connect_error', (error) => {
      this.refusal = refusalByAnswer(error) ?? error.message;
    });
  }

  #take(message: ServerMessage): void {
    this.messages.push(message);
    if (message.type === 'snapshot') {
      this.orders.clear();
      this.#replace(message);
    }
    if (message.type !== 'delta') return;
    if (this.rev === null || message.fromRev > this.rev) {
      this.gaps += 1;
      return;
    }
    if (message.rev >= this.rev) this.#replace(message);
  }

  #replace(message: Snapshot | Delta): void {
    for (const order of message.orders) this.orders.set(order.id, order);
    for (const id of message.type === 'delta' ? message.gone : []) this.orders.delete(id);
    this.rev = message.rev;
    this.revAt = message.revAt ?? null;
  }

  subscribe(rev: number | null = this.rev, revAt = this.revAt): void {
    this.socket.emit('message', { type: 'subscribe', rev, revAt });
  }
  of<T extends ServerMessage['type']>(type: T) {
    return this.messages.filter((message): message is Extract<ServerMessage, { type: T }> => message.type === type);
  }
  ask(message: unknown): Promise<CommandResult> {
    return this.socket.timeout(3000).emitWithAck('message', message) as Promise<CommandResult>;
  }
  text(): string {
    return JSON.stringify(this.messages);
  }
}

export interface Paired {
  deviceId: string;
  cookie: string;
}

export interface TestGateway {
  prisma: PrismaClient;
  devices: Devices;
  url: string;
  lineage: Lineage;
  /** The topic as it is read again after a loss of the database: where `holds` is set, until `release` is called. */
  reading: { holds: boolean; held: boolean; release: () => void; caughtUp: () => Promise<void> };
  stations: { id: string; name: string }[];
  /** `one` shares the gateway's bus, `two` is another process. */
  one: TestSettler;
  two: TestSettler;
  /**
   * Which devices the gateway asked about, each time; after how many seconds each ticket was confirmed; how many were
   * sent again; and how often it asked which screen a socket is.
   */
  seen: { lookups: string[][]; confirmed: number[]; redelivered: number; identified: number };
  /** A new detail of this order arrives. */
  change(orderId: string, version: number, more?: object, settler?: TestSettler): Promise<SettleResult>;
  pair(
    restaurantId?: string,
    role?: 'kitchen' | 'expo' | 'floor' | 'manager',
    stationId?: string | null,
  ): Promise<Paired>;
  connect(device: Paired, headers?: Record<string, string>, transports?: ('websocket' | 'polling')[]): Screen;
  /** With its board. */
  live(device: Paired, rev?: number | null, revAt?: string | null): Promise<Screen>;
  /** When this rev was written. */
  revAtOf(restaurantId: string, rev: number): Promise<string | null>;
  revOf(restaurantId?: string): Promise<number>;
  upToDate(screen: Screen, restaurantId?: string): Promise<unknown>;
  /** Its orders are those of the database. */
  expectSame(screen: Screen, restaurantId: string, stationId?: string | null): Promise<void>;
  disconnectAll(): void;
  /** The gateway only: HTTP goes on listening. */
  stopGateway(): Promise<void>;
  stop(): Promise<void>;
}

/** Three restaurants, each with an order; r-1 has a bar. */
export async function startGateway(): Promise<TestGateway> {
  const database = await createTestDatabase();
  const { prisma } = database;
  const [one, two] = [await startSettler(database.url), await startSettler(database.url)];
  const seen: TestGateway['seen'] = { lookups: [], confirmed: [], redelivered: 0, identified: 0 };
  const { bus } = one;
  const { devices, access } = makeAuth({ prisma, bus, log, config: { http: { publicUrl: 'http://127.0.0.1' } } });
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const lineage = new Lineage(log);
  const reading: TestGateway['reading'] = {
    holds: false,
    held: false,
    release: () => {},
    caughtUp: async () => {},
  };
  lineage.onChange(() => {
    reading.held = reading.holds;
  });
  const gateway = makeGateway({
    lineage,
    readAgain: {
      get held() {
        return reading.held;
      },
      onRelease: (listener) => {
        reading.release = () => {
          reading.held = false;
          listener();
        };
        return () => {};
      },
      caughtUp: () => reading.caughtUp(),
    },
    prisma: one.prisma,
    bus,
    log,
    server,
    watch: { add: () => () => {} },
    status: { health: () => ({ ...health, ...(reading.held && { readingAgain: true }) }) },
    retry: new RetryControl({ prisma: one.prisma, bus }),
    publicUrl: 'https://kitchen.example',
    trustedProxies: ['loopback'],
    access: {
      knows: (cookies) => access.knows(cookies),
      authenticate: (...asked) => {
        seen.identified += 1;
        return access.authenticate(...asked);
      },
      present: (ids) => access.present(ids),
      revoked: (ids) => {
        seen.lookups.push(ids);
        return access.revoked(ids);
      },
    },
    guests: { tokenOf: (orderId) => `token of ${orderId}` },
    metrics: {
      sockets: () => {},
      ticketConfirmed: (seconds) => seen.confirmed.push(seconds),
      ticketsRedelivered: (count) => {
        seen.redelivered += count;
      },
    },
  });
  gateway.start();

  let offsets = 0;
  const change: TestGateway['change'] = (orderId, version, more = {}, settler = one) =>
    settler.settler.settle(
      arrived(
        [event(version, { orderId, at: { offset: (offsets += 1) } })],
        detail(version, { id: orderId, placedAt: new Date().toISOString(), ...more }),
      ),
    );
  for (const restaurantId of ['r-1', 'r-2', 'r-big'])
    await change(`first of ${restaurantId}`, 1, {
      restaurantId,
      items: [item('l1', { name: `secret of ${restaurantId}` })],
    });
  await prisma.station.create({
    data: {
      id: randomUUID(),
      restaurantId: 'r-1',
      name: 'Bar',
      position: -1,
      routes: { create: { id: randomUUID(), position: 0, category: 'drinks' } },
    },
  });
  const stations = await prisma.station.findMany({ where: { restaurantId: 'r-1' }, select: { id: true, name: true } });

  const screens: Screen[] = [];
  const pair: TestGateway['pair'] = async (restaurantId = 'r-1', role = 'expo', stationId = null) => {
    const { secret } = await devices.create({ name: 'Tablet', restaurantId, role, stationId }, 'test');
    const { deviceId, token } = (await devices.pair(secret))!.claim;
    return { deviceId, cookie: `heard_device_${deviceId}=${token}` };
  };
  const connect: TestGateway['connect'] = ({ deviceId, cookie }, headers = {}, transports = ['websocket']) => {
    const screen = new Screen(
      io(url, {
        auth: { protocolVersion: PROTOCOL_VERSION, deviceId },
        extraHeaders: { cookie, ...headers },
        transports,
        reconnection: false,
        forceNew: true,
      }),
    );
    screens.push(screen);
    return screen;
  };
  const revOf: TestGateway['revOf'] = async (restaurantId = 'r-1') =>
    Number((await prisma.restaurant.findUniqueOrThrow({ where: { id: restaurantId } })).rev);
  const upToDate: TestGateway['upToDate'] = (screen, restaurantId = 'r-1') =>
    until('the screen is up to date', async () => {
      const rev = await revOf(restaurantId);
      if (screen.rev !== rev)
        throw new Error(
          `it is at ${screen.rev}, the database at ${rev}; ${screen.gaps} gaps, ${screen.refusal ?? screen.ended ?? 'connected'}`,
        );
      return true;
    });
  const disconnectAll = () => {
    for (const { socket } of screens.splice(0)) socket.disconnect();
  };
  return {
    prisma,
    devices,
    url,
    lineage,
    reading,
    stations,
    one,
    two,
    seen,
    change,
    pair,
    connect,
    revOf,
    upToDate,
    disconnectAll,
    stopGateway: () => gateway.stop(),
    revAtOf: async (restaurantId, rev) =>
      (await prisma.change.findFirst({ where: { restaurantId, rev } }))?.at.toISOString() ?? null,
    live: async (device, rev = null, revAt = null) => {
      const screen = connect(device);
      await until('it is welcome', () => screen.of('welcome').length > 0);
      screen.subscribe(rev, revAt);
      await until('it has the board', () => screen.of('snapshot').length + screen.of('delta').length > 0);
      return screen;
    },
    expectSame: async (screen, restaurantId, stationId = null) => {
      await upToDate(screen, restaurantId);
      const board = (await readBoard(prisma, restaurantId, stationId))!;
      await until('it is welcome', () => screen.of('welcome').length > 0);
      const hosts = ['expo', 'floor'].includes(screen.of('welcome')[0]!.screen.role);
      const byId = (orders: Iterable<OrderView>) => [...orders].sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(byId(screen.orders.values())).toEqual(
        byId(
          board.orders.map(
            (order) =>
              JSON.parse(
                JSON.stringify({ ...order, ...(hosts && { guestToken: `token of ${order.id}` }) }),
              ) as OrderView,
          ),
        ),
      );
    },
    stop: async () => {
      disconnectAll();
      await gateway.stop();
      server.close();
      await Promise.all([one.stop(), two.stop()]);
      await database.drop();
    },
  };
}
