// Screens over real sockets and a real database: what a screen has received is what the database has, and it receives its own restaurant's only.
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Devices } from '../auth/devices.ts';
import { ScreenAccess } from '../auth/screen-access.ts';
import { Sessions } from '../auth/sessions.ts';
import type { PrismaClient } from '../db/client.ts';
import { Retention } from '../db/retention.ts';
import { readBoard } from '../feed/board.ts';
import { FACTS, recordChanges } from '../feed/changes.ts';
import { KitchenCommands } from '../kitchen/commands.ts';
import { OrderFinder } from '../kitchen/find.ts';
import { toView } from '../kitchen/order.ts';
import type { Command, CommandResult } from '../protocol/commands.ts';
import { PROTOCOL_VERSION, ServerMessage, type Delta, type Snapshot } from '../protocol/messages.ts';
import type { Health, OrderView } from '../protocol/views.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { detail, event, item } from '../testing/made.ts';
import { arrived, log, startSettler, type TestSettler } from '../testing/pipeline.ts';
import { until } from '../testing/until.ts';
import { Gateway } from './gateway.ts';

let database: TestDatabase;
let prisma: PrismaClient;
/** `one` shares the gateway's bus, `two` is another process. */
let [one, two]: TestSettler[] = [];
let server: Server;
let gateway: Gateway;
let devices: Devices;
let url = '';
/** Which devices the gateway asked about, each time. */
const lookups: string[][] = [];
const confirmed: number[] = [];
let redelivered = 0;
let finder: OrderFinder;
let stations: { id: string; name: string }[];
const health: Health = { database: 'ok', kafka: 'ok', lag: null, orderApi: { state: 'ok', inFlight: 0, limit: 10 }, parkedOrders: 0, parkedMessages: 0, failedMessages: 0, rejectedMessages: 0, oldestParkedAt: null };

beforeAll(async () => {
  database = await createTestDatabase();
  prisma = database.prisma;
  [one, two] = [await startSettler(database.url), await startSettler(database.url)];
  devices = new Devices({ prisma, bus: one.bus, publicUrl: 'http://127.0.0.1' });
  const access = new ScreenAccess({ prisma, devices, sessions: new Sessions({ prisma, bus: one.bus, publicUrl: 'http://127.0.0.1' }) });
  server = createServer();
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  finder = new OrderFinder({ prisma: one.prisma, log, health: () => health });
  gateway = new Gateway({ prisma: one.prisma, bus: one.bus, log, access: { authenticate: (...asked) => access.authenticate(...asked), present: (ids) => access.present(ids), revoked: (ids) => { lookups.push(ids); return devices.revoked(ids); } }, watch: { add: () => () => {} }, commands: new KitchenCommands({ prisma: one.prisma, bus: one.bus, log, retryParked: async () => false, nameOfPerson: async () => null }), guests: { tokenOf: (orderId) => `token of ${orderId}` }, find: (restaurantId, text) => finder.find(restaurantId, text), health: () => health, publicUrl: 'https://kitchen.example', onConfirmed: (seconds) => confirmed.push(seconds), onRedelivered: (count) => { redelivered += count; } });
  gateway.start(server);
  for (const restaurantId of ['r-1', 'r-2', 'r-big']) await change(`first of ${restaurantId}`, 1, { restaurantId, items: [item('l1', { name: `secret of ${restaurantId}` })] });
  await prisma.station.create({ data: { id: randomUUID(), restaurantId: 'r-1', name: 'Bar', position: -1, routes: { create: { id: randomUUID(), position: 0, category: 'drinks' } } } });
  stations = await prisma.station.findMany({ where: { restaurantId: 'r-1' }, select: { id: true, name: true } });
});
afterAll(async () => { await gateway?.stop(); server?.close(); await Promise.all([one?.stop(), two?.stop()]); await database?.drop(); });

let offsets = 0;
const change = (orderId: string, version: number, more: object = {}, settler = one!) => settler.settler.settle(arrived([event(version, { orderId, at: { offset: offsets += 1 } })], detail(version, { id: orderId, placedAt: new Date().toISOString(), ...more })));

/** A screen as a browser keeps it: a snapshot replaces all, a delta that joins up replaces its orders. */
class Screen {
  readonly orders = new Map<string, OrderView>();
  readonly messages: ServerMessage[] = [];
  rev: number | null = null;
  gaps = 0;
  ended: string | undefined;
  refusal: string | undefined;

  constructor(readonly socket: Socket) {
    socket.on('message', (raw: unknown) => this.#take(ServerMessage.parse(raw)));
    socket.on('disconnect', (reason) => { this.ended = reason; });
    socket.on('connect_error', (error) => { this.refusal = error.message; });
  }

  #take(message: ServerMessage): void {
    this.messages.push(message);
    if (message.type === 'snapshot') { this.orders.clear(); this.#replace(message); }
    if (message.type !== 'delta') return;
    if (this.rev === null || message.fromRev > this.rev) { this.gaps += 1; return; }
    if (message.rev >= this.rev) this.#replace(message);
  }

  #replace(message: Snapshot | Delta): void {
    for (const order of message.orders) this.orders.set(order.id, order);
    for (const id of message.type === 'delta' ? message.gone : []) this.orders.delete(id);
    this.rev = message.rev;
  }

  subscribe(rev: number | null = this.rev): void { this.socket.emit('message', { type: 'subscribe', rev }); }
  of<T extends ServerMessage['type']>(type: T) { return this.messages.filter((message): message is Extract<ServerMessage, { type: T }> => message.type === type); }
  ask(message: unknown): Promise<CommandResult> { return this.socket.timeout(3000).emitWithAck('message', message) as Promise<CommandResult>; }
  text(): string { return JSON.stringify(this.messages); }
}

const screens: Screen[] = [];
afterEach(() => { for (const { socket } of screens.splice(0)) socket.disconnect(); });

async function pair(restaurantId = 'r-1', role: 'kitchen' | 'expo' | 'floor' | 'manager' = 'expo', stationId: string | null = null) {
  const { secret } = await devices.create({ name: 'Tablet', restaurantId, role, stationId }, 'test');
  const { deviceId, token } = (await devices.pair(secret))!.claim;
  return { deviceId, cookie: `heard_device_${deviceId}=${token}` };
}
function connect({ deviceId, cookie }: { deviceId: string; cookie: string }, headers: Record<string, string> = {}): Screen {
  const screen = new Screen(io(url, { auth: { protocolVersion: PROTOCOL_VERSION, deviceId }, extraHeaders: { cookie, ...headers }, transports: ['websocket'], reconnection: false, forceNew: true }));
  screens.push(screen);
  return screen;
}
async function live(device: { deviceId: string; cookie: string }, rev: number | null = null): Promise<Screen> {
  const screen = connect(device);
  await until('it is welcome', 3000, () => screen.of('welcome').length > 0);
  screen.subscribe(rev);
  await until('it has the board', 3000, () => screen.of('snapshot').length + screen.of('delta').length > 0);
  return screen;
}
const revOf = async (restaurantId = 'r-1') => Number((await prisma.restaurant.findUniqueOrThrow({ where: { id: restaurantId } })).rev);
const upToDate = (screen: Screen, restaurantId = 'r-1') => until('the screen is up to date', 5000, async () => { const rev = await revOf(restaurantId); if (screen.rev !== rev) throw new Error(`it is at ${screen.rev}, the database at ${rev}; ${screen.gaps} gaps, ${screen.refusal ?? screen.ended ?? 'connected'}`); return true; });
async function expectSame(screen: Screen, restaurantId: string, stationId: string | null = null): Promise<void> {
  await upToDate(screen, restaurantId);
  const board = (await readBoard(prisma, restaurantId, stationId))!;
  await until('it is welcome', 3000, () => screen.of('welcome').length > 0);
  const hosts = ['expo', 'floor'].includes(screen.of('welcome')[0]!.screen.role);
  const byId = (orders: Iterable<OrderView>) => [...orders].sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(byId(screen.orders.values())).toEqual(byId(board.orders.map((order) => JSON.parse(JSON.stringify({ ...toView(order), ...(hosts && { guestToken: `token of ${order.id}` }) })) as OrderView)));
}

describe('a board', () => {
  test('comes whole, then each change of it, whichever process made it, within a moment', async () => {
    const screen = await live(await pair());
    expect(screen.of('snapshot')[0]).toMatchObject({ rev: await revOf(), facts: { stations: expect.arrayContaining(stations.map((station) => expect.objectContaining(station))) } });
    for (const [i, settler] of [one!, two!].entries()) {
      const began = Date.now();
      await change(`told-${i}`, 1, {}, settler);
      await until('the screen has it', 2000, () => screen.orders.has(`told-${i}`));
      expect(Date.now() - began).toBeLessThan(900);
    }
    await expectSame(screen, 'r-1');
    expect(screen.gaps).toBe(0);
  });

  test('follows the database even where every hint is lost', async () => {
    const screen = await live(await pair());
    // As if the process that wrote it had died before it could tell.
    await prisma.$transaction(async (tx) => {
      await tx.$executeRaw`UPDATE orders SET note = 'without a hint' WHERE id = 'first of r-1'`;
      await recordChanges(tx, new Map([['r-1', ['first of r-1']]]));
    });
    await until('the screen has it', 3000, () => screen.orders.get('first of r-1')?.note === 'without a hint');
  });

  test('a screen that comes back with its rev is given what it missed', async () => {
    const device = await pair();
    const first = await live(device);
    await upToDate(first);
    const rev = first.rev!;
    first.socket.disconnect();
    await change('missed', 1);
    const second = connect(device);
    await until('it is welcome', 3000, () => second.of('welcome').length > 0);
    second.rev = rev;
    second.subscribe(rev);
    await until('it has what it missed', 3000, () => second.orders.has('missed'));
    expect([second.of('snapshot'), second.of('delta')[0]?.fromRev]).toEqual([[], rev]);
    second.subscribe();
    await until('even where nothing changed it is answered', 3000, () => second.of('delta').some(({ fromRev, rev: to }) => fromRev === second.rev && to === second.rev));
  });

  test('one that is too far behind, or whose change rows are gone, or ahead of the database, is given the whole board; new facts come without one', async () => {
    const device = await pair('r-big');
    const before = await revOf('r-big');
    for (let i = 0; i < 5; i += 1) await Promise.all(Array.from({ length: 90 }, (_, n) => change(`big-${i}-${n}`, 1, { restaurantId: 'r-big', items: [item('l1')] })));
    for (const [rev, snapshots] of [[before, 1], [await revOf('r-big') + 1000, 1], [await revOf('r-big') - 1, 0]] as const) {
      const screen = connect(device);
      await until('it is welcome', 3000, () => screen.of('welcome').length > 0);
      screen.subscribe(rev);
      await until('it is answered', 5000, () => screen.of('snapshot').length + screen.of('delta').length > 0);
      expect(screen.of('snapshot')).toHaveLength(snapshots);
    }
    const near = await live(device, await revOf('r-big') - 1);
    expect(near.of('snapshot')).toHaveLength(0);
    const told = await live(device);
    await prisma.station.updateMany({ where: { restaurantId: 'r-big' }, data: { combine: true } });
    await prisma.$transaction((tx) => recordChanges(tx, new Map([['r-big', [FACTS]]])));
    await until('the facts come by themselves', 3000, () => told.of('delta').some(({ facts }) => facts?.stations[0]?.combine === true));
    expect(told.of('snapshot')).toHaveLength(1);
    await expectSame(told, 'r-big');
  });

  test('nothing falls between a large board and the first change after it, while changes keep coming', async () => {
    const device = await pair('r-big');
    await Promise.all(Array.from({ length: 300 }, (_, n) => change(`large-${n}`, 1, { restaurantId: 'r-big' })));
    const first = await live(device);
    let writing = true;
    const writers = [one!, two!].map(async (settler, i) => { for (let version = 1; writing; version += 1) await change(`busy-${i}`, version, { restaurantId: 'r-big' }, settler); });
    const fresh: Screen[] = [];
    for (let i = 0; i < 12; i += 1) fresh.push(await live(device));
    writing = false;
    await Promise.all(writers);
    for (const screen of [first, ...fresh]) { await upToDate(screen, 'r-big'); expect(screen.gaps).toBe(0); }
    await expectSame(fresh.at(-1)!, 'r-big');
  });

  test('old change rows go by whole revs, and who would need them is given the whole board', async () => {
    await Promise.all(['trim-1', 'trim-2', 'trim-3'].map((id) => change(id, 1)));
    const before = await revOf();
    await change('trim-1', 2);
    await prisma.$executeRaw`UPDATE changes SET at = now() - interval '2 hours' WHERE restaurant_id = 'r-1' AND rev <= ${before}`;
    await new Retention(prisma, log).trim();
    expect(await prisma.change.findMany({ where: { restaurantId: 'r-1' }, select: { rev: true } })).toEqual([{ rev: BigInt(before) + 1n }]);
    const [needs, does] = await Promise.all([live(await pair(), before - 1), live(await pair(), before)]);
    expect([needs.of('snapshot').length, does.of('snapshot').length, does.of('delta')[0]?.orders.map(({ id }) => id)]).toEqual([1, 0, ['trim-1']]);
  });

  test('a pulse each second says how far the database was read, and how things stand', async () => {
    const screen = await live(await pair());
    await until('two pulses', 4000, () => screen.of('pulse').length >= 2);
    const [first, second] = screen.of('pulse');
    expect(first).toMatchObject({ rev: await revOf(), health: { database: 'ok' } });
    expect(Date.parse(second!.serverTime) - Date.parse(first!.serverTime)).toBeGreaterThan(800);
  });

  test('property: under changes and taps from two processes, with screens that come and go, what a screen received is what the database has', { timeout: 60_000 }, async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('change' as const), order: fc.nat(7), other: fc.boolean(), lines: fc.subarray(['l1', 'l2', 'd1'], { minLength: 1 }), status: fc.constantFrom('PLACED', 'PAID', 'PAID', 'CANCELED') }),
      fc.record({ do: fc.constant('bump' as const), screen: fc.nat(2) }), fc.record({ do: fc.constant('again' as const), screen: fc.nat(2) }), fc.constant({ do: 'wait' as const }),
    );
    let run = 0;
    const parties = [await pair(), await pair('r-1', 'kitchen', stations.find(({ name }) => name === 'Bar')!.id), await pair('r-1', 'floor')];
    const atStation = [null, stations.find(({ name }) => name === 'Bar')!.id, null];
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
      run += 1;
      const versions = Array.from({ length: 8 }, () => 0);
      const shown = await Promise.all(parties.map((device) => live(device)));
      const work: Promise<unknown>[] = [];
      for (const what of steps) {
        if (what.do === 'change') {
          const version = versions[what.order]! += 1;
          work.push(change(`p${run}-${what.order}`, version, { status: what.status, items: what.lines.map((id) => item(id, id === 'd1' ? { category: 'drinks' } : { quantity: version })) }, what.other ? two : one));
        }
        if (what.do === 'bump') {
          const open = [...shown[0]!.orders.values()].flatMap((order) => order.tickets.filter(({ state }) => state === 'open').map((ticket) => ({ order, ticket })))[what.screen * 3];
          if (open) work.push(shown[0]!.ask({ type: 'command', command: { kind: 'bump', id: randomUUID(), orderId: open.order.id, ticketId: open.ticket.id } satisfies Command }));
        }
        if (what.do === 'again') {
          await Promise.all(work.splice(0));
          const old = shown[what.screen]!;
          const fresh = connect(parties[what.screen]!);
          shown[what.screen] = fresh;
          for (const [id, order] of old.orders) fresh.orders.set(id, order);
          fresh.rev = old.rev;
          old.socket.disconnect();
          fresh.socket.once('connect', () => fresh.subscribe());
        }
        if (what.do === 'wait') await Promise.all(work.splice(0));
      }
      await Promise.all(work);
      for (const [i, screen] of shown.entries()) { await expectSame(screen, 'r-1', atStation[i]!); expect(screen.gaps, 'gaps').toBe(0); }
      for (const { socket } of screens.splice(0)) socket.disconnect();
    }), { numRuns: 12, interruptAfterTimeLimit: 40_000 });
  });
});

describe('a screen sees its own restaurant only', () => {
  test('another restaurant\'s orders never arrive, and cannot be touched', async () => {
    const theirStation = await prisma.station.findFirstOrThrow({ where: { restaurantId: 'r-2' } });
    const [mine, other, atTheirStation] = [await live(await pair('r-1')), await live(await pair('r-2')), await live(await pair('r-2', 'kitchen', theirStation.id))];
    await change('mine', 1, { items: [item('l1', { name: 'secret of r-1' })] });
    await change('theirs', 1, { restaurantId: 'r-2', items: [item('l1', { name: 'secret of r-2' })] });
    await until('both have theirs', 3000, () => mine.orders.has('mine') && other.orders.has('theirs'));
    await until('pulses', 3000, () => mine.of('pulse').length > 0 && other.of('pulse').length > 0);
    for (const screen of [other, atTheirStation]) expect([screen.text().includes('secret of r-1'), screen.text().includes('mine')]).toEqual([false, false]);
    expect(mine.text()).not.toContain('secret of r-2');
    await expectSame(atTheirStation, 'r-2', theirStation.id);
    const ticketId = mine.orders.get('mine')!.tickets[0]!.id;
    expect(await other.ask({ type: 'command', command: { kind: 'bump', id: randomUUID(), orderId: 'mine', ticketId } })).toMatchObject({ outcome: 'refused', reason: 'there is no such order here' });
  });

  test('a station\'s screen is told that another station\'s orders are none of its own', async () => {
    const bar = stations.find(({ name }) => name === 'Bar')!;
    const screen = await live(await pair('r-1', 'kitchen', bar.id));
    await change('food only', 1, { items: [item('l1', { name: 'food secret' })] });
    await change('with a drink', 1, { items: [item('l1'), item('d1', { category: 'drinks' })] });
    await until('it has the drink', 3000, () => screen.orders.has('with a drink'));
    expect([screen.orders.has('food only'), screen.text().includes('food secret')]).toEqual([false, false]);
    await expectSame(screen, 'r-1', bar.id);
  });

  test('a page of another site, a browser that is no device, another device\'s name and a revoked device are refused', async () => {
    const [device, gone] = [await pair(), await pair()];
    await devices.revoke(gone.deviceId, 'test');
    const refused = async (screen: Screen) => until('it is refused', 3000, () => screen.refusal);
    expect(await refused(connect(device, { origin: 'https://evil.example' }))).toBe('forbidden-origin');
    expect(await refused(connect(device, { origin: 'null' }))).toBe('forbidden-origin');
    expect(await refused(connect({ ...device, cookie: '' }))).toBe('not-paired');
    expect(await refused(connect({ ...device, deviceId: gone.deviceId }))).toBe('not-paired');
    expect(await refused(connect({ ...device, deviceId: '\0' }))).toBe('not-paired');
    expect(await refused(connect(gone))).toBe('revoked');
    for (const origin of [url, 'https://kitchen.example']) { const screen = connect(device, { origin }); await until(`${origin} is ours`, 3000, () => screen.of('welcome').length > 0); }
  });

  test('a revoked device\'s socket ends at once, and soon even where the hint is lost', async () => {
    const [told, untold, stays] = [await pair(), await pair(), await pair()];
    const [a, b, c] = [await live(told), await live(untold), await live(stays)];
    lookups.length = 0;
    await devices.revoke(told.deviceId, 'test');
    await until('it ended', 3000, () => a.ended);
    // By the hint, which names one device; the look once a second asks about all of them.
    expect([a.of('revoked').length, lookups]).toEqual([1, expect.arrayContaining([[told.deviceId]])]);
    await prisma.$executeRaw`UPDATE devices SET revoked_at = now() WHERE id = ${untold.deviceId}::uuid`;
    await until('the other ended', 3000, () => b.ended);
    expect(c.ended).toBeUndefined();
  });
});

describe('what a station\'s screen has not confirmed', () => {
  const bar = () => stations.find(({ name }) => name === 'Bar')!.id;
  const drink = (id: string) => change(id, 1, { items: [item('d1', { category: 'drinks' })] });
  const ticketOf = async (orderId: string) => prisma.ticket.findFirstOrThrow({ where: { orderId } });
  /** Before every other test's, as if the station had been blind for so long. */
  const fired = (orderId: string, secondsAgo: number) => prisma.$executeRaw`UPDATE tickets SET fired_at = fired_at - ${secondsAgo} * interval '1 second' WHERE order_id = ${orderId}`;
  const unconfirmedOf = (screen: Screen) => screen.of('pulse').at(-1)?.unconfirmed;
  const quiet = () => prisma.$executeRaw`UPDATE tickets SET confirmed_at = now() WHERE confirmed_at IS NULL`;

  test('is told to the expo and managers, and to nobody else, until a screen of its station confirms it', async () => {
    await quiet();
    const [screen, other, expo, manager, floor] = [await live(await pair('r-1', 'kitchen', bar())), await live(await pair('r-1', 'kitchen', stations.find(({ name }) => name !== 'Bar')!.id)), await live(await pair()), await live(await pair('r-1', 'manager')), await live(await pair('r-1', 'floor'))];
    const elsewhere = await live(await pair('r-2', 'manager'));
    await drink('seen by nobody');
    await fired('seen by nobody', 11);
    const { id: ticketId } = await ticketOf('seen by nobody');
    for (const told of [expo, manager]) await until('it is told', 4000, () => unconfirmedOf(told)?.tickets.some((ticket) => ticket.ticketId === ticketId));
    expect(unconfirmedOf(manager)).toEqual({ count: 1, tickets: [{ ticketId, orderId: 'seen by nobody', number: 'A100', stationId: bar(), since: expect.stringMatching(/Z$/) }] });
    expect([unconfirmedOf(floor), unconfirmedOf(screen), unconfirmedOf(elsewhere)?.count]).toEqual([undefined, undefined, 0]);
    for (const wrong of [other, expo]) wrong.socket.emit('message', { type: 'shown', rev: wrong.rev, ticketIds: [ticketId] });
    await new Promise((resolve) => { setTimeout(resolve, 1500); });
    expect((await ticketOf('seen by nobody')).confirmedAt).toBeNull();
    confirmed.length = 0;
    screen.socket.emit('message', { type: 'shown', rev: screen.rev, ticketIds: [ticketId, randomUUID()] });
    await until('it is confirmed', 3000, async () => (await ticketOf('seen by nobody')).confirmedAt);
    expect((await ticketOf('seen by nobody')).confirmedBy).toMatch(/^[0-9a-f-]{36}$/);
    await until('nothing is told any more', 3000, () => unconfirmedOf(manager)?.count === 0);
    expect([confirmed.length, confirmed[0]! > 11]).toEqual([1, true]);
  });

  test('is sent to that station again, at most every 10 s, with the order as it is at the rev that the screen has', async () => {
    await quiet();
    const [screen, expo] = [await live(await pair('r-1', 'kitchen', bar())), await live(await pair())];
    redelivered = 0;
    await drink('lost on the way');
    await upToDate(screen);
    await fired('lost on the way', 11);
    await until('it comes again', 4000, () => screen.of('redelivery').length > 0);
    expect(screen.of('redelivery')[0]).toMatchObject({ rev: screen.rev, orders: [{ id: 'lost on the way' }] });
    await new Promise((resolve) => { setTimeout(resolve, 2500); });
    expect([screen.of('redelivery').length, expo.of('redelivery').length, redelivered]).toEqual([1, 0, 1]);
  });

  test('confirms by a ticket\'s fire: what is held and fired again must be confirmed again', async () => {
    await quiet();
    const screen = await live(await pair('r-1', 'kitchen', bar()));
    const expo = await live(await pair());
    await drink('fired twice');
    const { id: ticketId } = await ticketOf('fired twice');
    screen.socket.emit('message', { type: 'shown', rev: screen.rev, ticketIds: [ticketId] });
    await until('it is confirmed', 3000, async () => (await ticketOf('fired twice')).confirmedAt);
    for (const kind of ['hold', 'fire']) expect((await expo.ask({ type: 'command', command: { kind, id: randomUUID(), orderId: 'fired twice' } })).outcome).toBe('done');
    expect((await ticketOf('fired twice')).confirmedAt).toBeNull();
    await change('fired twice', 2, { items: [item('d1', { category: 'drinks', quantity: 3 })] });
    screen.socket.emit('message', { type: 'shown', rev: screen.rev, ticketIds: [ticketId] });
    await until('it is confirmed again', 3000, async () => (await ticketOf('fired twice')).confirmedAt);
    await change('fired twice', 3, { items: [item('d1', { category: 'drinks', quantity: 4 })] });
    expect((await ticketOf('fired twice')).confirmedAt).not.toBeNull();
  });

  test('confirmations and changes of the same tickets at once lock nothing up', async () => {
    const screen = await live(await pair('r-1', 'kitchen', bar()));
    const ids = Array.from({ length: 40 }, (_, i) => `together-${i}`);
    const warned = [one!.warnings.length, two!.warnings.length];
    const work = ids.map(async (id, i) => {
      await change(id, 1, { items: [item('d1', { category: 'drinks' })] }, i % 2 ? one : two);
      const ticket = await ticketOf(id);
      // As many as one socket may send at once.
      if (i % 4 === 0) screen.socket.emit('message', { type: 'shown', rev: screen.rev, ticketIds: [ticket.id] });
      for (let version = 2; version < 5; version += 1) await change(id, version, { items: [item('d1', { category: 'drinks', quantity: version })] }, (i + version) % 2 ? one : two);
    });
    await Promise.all(work);
    const settled = await prisma.ticket.findMany({ where: { orderId: { in: ids } }, select: { id: true } });
    screen.socket.emit('message', { type: 'shown', rev: screen.rev, ticketIds: settled.map(({ id }) => id) });
    await until('all are confirmed', 8000, async () => (await prisma.ticket.count({ where: { orderId: { in: ids }, confirmedAt: null } })) === 0);
    expect([one!.warnings.length, two!.warnings.length]).toEqual(warned);
  });
});

describe('guests', () => {
  test('have links that the floor and the expo are told, in boards and in changes, and no other screen', async () => {
    await change('with guests', 1, { items: [item('l1'), item('d1', { category: 'drinks' })] });
    const [floor, expo, manager, kitchen] = [await live(await pair('r-1', 'floor')), await live(await pair()), await live(await pair('r-1', 'manager')), await live(await pair('r-1', 'kitchen', stations[0]!.id))];
    await change('with guests', 2, { items: [item('l1'), item('d1', { category: 'drinks' })], table: '7' });
    for (const screen of [floor, expo, manager, kitchen]) await until('the change is there', 3000, () => screen.orders.get('with guests')?.table === '7');
    expect([floor, expo].map(({ orders }) => orders.get('with guests')!.guestToken)).toEqual(['token of with guests', 'token of with guests']);
    for (const screen of [manager, kitchen]) expect(screen.text()).not.toContain('token of');
  });
});

describe('find', () => {
  test('answers any screen about its own restaurant', async () => {
    await change('to be found', 1, { number: 'F7' });
    const [kitchen, other] = [await live(await pair('r-1', 'kitchen', stations[0]!.id)), await live(await pair('r-2'))];
    expect(await kitchen.ask({ type: 'find', text: '#f7' })).toMatchObject({ outcome: 'found', matches: [{ orderId: 'to be found', where: 'open' }] });
    expect(await other.ask({ type: 'find', text: 'F7' })).toMatchObject({ outcome: 'found', matches: [] });
    const answers = await Promise.all(Array.from({ length: 20 }, () => kitchen.ask({ type: 'find', text: 'F7' })));
    expect(new Set(answers.map(({ outcome }) => String(outcome)))).toEqual(new Set(['found', 'too-many']));
  });
});

describe('a flood from one socket', () => {
  const kinds: Record<string, (i: number) => unknown> = {
    'of taps and boards': (i) => (i % 3 ? { type: 'command', command: { kind: 'start', id: randomUUID(), orderId: `no such order ${i}`, lineIds: [] } } : { type: 'subscribe', rev: null }),
    'of nothing that can be read': (i) => ({ type: 'noise', i }),
  };

  test.each(Object.keys(kinds))('%s ends that socket and holds up no other screen', async (kind) => {
    await change('in the flood', Object.keys(kinds).indexOf(kind) + 1);
    const [flood, other] = [await live(await pair()), await live(await pair())];
    const { id: ticketId } = other.orders.get('in the flood')!.tickets[0]!;
    let worst = 0;
    let flooding = true;
    const watched = (async () => {
      while (flooding) {
        const began = performance.now();
        for (const kind of ['bump', 'recall'] as const) expect(await other.ask({ type: 'command', command: { kind, id: randomUUID(), orderId: 'in the flood', ticketId } })).toMatchObject({ outcome: 'done' });
        worst = Math.max(worst, performance.now() - began);
      }
    })();
    for (let i = 0; i < 6000 && !flood.ended; i += 1) {
      flood.socket.emit('message', kinds[kind]!(i));
      if (i % 200 === 0) await new Promise((resolve) => { setTimeout(resolve, 10); });
    }
    await until('the flood is over', 5000, () => flood.ended);
    flooding = false;
    await watched;
    // On a busy machine two taps alone can take a second.
    expect(worst, 'two taps beside it, in ms').toBeLessThan(5000);
    expect(other.ended).toBeUndefined();
  });
});

describe('what cannot be read', () => {
  beforeAll(() => change('tapped', 1));
  const order = async () => JSON.stringify(await prisma.lineItem.findMany({ where: { orderId: 'tapped' } })) + (await prisma.kitchenAction.count());

  test('is refused and changes nothing; the socket goes on', async () => {
    const screen = await live(await pair());
    const before = await order();
    const view = screen.orders.get('tapped')!;
    const bump = { kind: 'bump', id: randomUUID(), orderId: view.id, ticketId: view.tickets[0]!.id };
    const bad: unknown[] = [
      null, 7, 'text', [], {}, { type: 'command' }, { type: 'command', command: null }, { type: 'command', command: { ...bump, id: 'x' } }, { type: 'command', command: { ...bump, ticketId: 7 } },
      { type: 'command', command: { ...bump, kind: 'burn' } }, { type: 'command', command: { ...bump, orderId: 'x'.repeat(65) } }, { type: 'command', command: { ...bump, lineIds: Array.from({ length: 501 }, () => 'l1') } },
      { type: 'subscribe', rev: 'newest' }, { type: 'welcome' }, { __proto__: { type: 'command' } },
    ];
    for (const message of bad) expect(await screen.ask(message), JSON.stringify(message)?.slice(0, 80)).toMatchObject({ outcome: 'refused' });
    screen.socket.emit('message');
    screen.socket.emit('message', bump, bump, 'no function');
    screen.socket.emit('something else', bump);
    for (const id of ['a\0b', '\ud800']) expect((await screen.ask({ type: 'command', command: { ...bump, orderId: id } })).outcome).toMatch(/refused|unavailable/);
    expect((await screen.ask({ type: 'command', command: { ...bump, kind: 'start', lineIds: ['l1'] } })).outcome).toBe('done');
    expect(await order()).not.toBe(before);
    expect(screen.ended).toBeUndefined();
  });

  test('a rev that no database ever had is answered with the whole board, or not at all', async () => {
    const screen = await live(await pair());
    for (const rev of [-1, 1.5, 1e300, Number.MAX_SAFE_INTEGER]) screen.subscribe(rev);
    await change('still told', 1);
    await until('the screen goes on', 3000, () => screen.orders.has('still told'));
    for (const { fromRev, rev } of screen.of('delta')) expect(rev).toBeGreaterThanOrEqual(fromRev);
    expect(screen.of('delta').every(({ fromRev }) => Number.isInteger(fromRev) && fromRev >= 0)).toBe(true);
  });

  test('an oversized message ends its socket and nothing else', async () => {
    const [big, other] = [await live(await pair()), await live(await pair())];
    const before = await order();
    big.socket.emit('message', { type: 'command', command: { kind: 'start', id: randomUUID(), orderId: 'tapped', lineIds: ['x'.repeat(100_000)] } });
    await until('it ended', 3000, () => big.ended);
    expect([await order(), other.ended]).toEqual([before, undefined]);
  });
});
