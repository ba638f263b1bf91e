// The link to the server, against a real Socket.IO server, also through proxies that let no WebSocket through.
import { createServer, type Server as HttpServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket as TcpSocket } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ClientMessage } from '../../../server/protocol/messages.ts';
import { startProxy, type Upgrades } from '../../../test/proxy.ts';
import { ServerLink } from './server-link.ts';

const HANDSHAKE = { protocolVersion: 3, deviceId: 'd1' };
/** Sent and answered as it is: the server here does not read it. */
const find = (text: string): ClientMessage => ({ type: 'find', text });

const pause = (ms: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

let http: HttpServer;
let io: Server;
let port: number;
const ends: (() => unknown)[] = [];

beforeEach(() => listen(0));
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  await io.close();
});

/** A server that sends each screen its handshake back. */
async function listen(at: number, pings = { pingInterval: 10_000, pingTimeout: 8000 }): Promise<void> {
  http = createServer();
  io = new Server(http, { path: '/socket.io', serveClient: false, ...pings });
  io.on('connection', (socket) =>
    socket.emit('message', { type: 'welcome', who: socket.handshake.auth, text: '翡翠' }),
  );
  await new Promise<void>((resolve) => {
    http.listen(at, '127.0.0.1', resolve);
  });
  port = (http.address() as AddressInfo).port;
}

const WELCOME = { type: 'welcome', who: HANDSHAKE, text: '翡翠' };

/** A link that writes down its events, and is checked as a screen checks it; `later` is a check of so many ms later. */
function open(url = `http://127.0.0.1:${port}`) {
  const told: unknown[] = [];
  const link = new ServerLink(
    {
      opened: () => told.push('opened'),
      dropped: () => told.push('dropped'),
      refused: (reason) => told.push(`refused ${reason}`),
      message: (raw) => told.push(raw),
    },
    url,
  );
  const watch = setInterval(() => link.check(performance.now()), 20);
  ends.push(() => {
    clearInterval(watch);
    link.stop();
  });
  const until = (event: string, times = 1) =>
    expect.poll(() => told.filter((one) => one === event).length, { timeout: 10_000 }).toBe(times);
  link.start(HANDSHAKE);
  return {
    link,
    told,
    until,
    stopChecking: () => clearInterval(watch),
    later: (ms: number) => link.check(performance.now() + ms),
  };
}

const transports = () => [...io.sockets.sockets.values()].map(({ conn }) => conn.transport.name);

it('is let in with its handshake, hears messages, sends some, and stays while nothing is said', async () => {
  await io.close();
  await listen(port, { pingInterval: 60, pingTimeout: 300 });
  const heard: unknown[] = [];
  io.on('connection', (socket) => socket.on('message', (raw: unknown) => heard.push(raw)));
  const { link, told } = open();
  expect(link.tell(find('too early'))).toBe(false);
  await expect.poll(() => told).toEqual(['opened', WELCOME]);
  expect(transports()).toEqual(['websocket']);
  expect(link.tell(find('42'))).toBe(true);
  await expect.poll(() => heard).toEqual([find('42')]);
  // The server ends a client that leaves its pings unanswered.
  await pause(800);
  expect(told).toEqual(['opened', WELCOME]);
});

it('matches answers to questions in any order, and fails those whose socket ends', async () => {
  io.on('connection', (socket) =>
    socket.on('message', ({ text }: { text: string }, answer: (value: unknown) => void) => {
      if (text !== 'never') setTimeout(() => answer({ text }), Number(text));
    }),
  );
  const { link, until } = open();
  await expect(link.ask(find('1'))).rejects.toThrow('no socket');
  await until('opened');
  expect(await Promise.all([link.ask(find('40')), link.ask(find('5'))])).toEqual([{ text: '40' }, { text: '5' }]);
  const left = link.ask(find('never'));
  io.disconnectSockets(true);
  await expect(left).rejects.toThrow('disconnected');
});

it('fails a question that is not answered within 5 s', { timeout: 10_000 }, async () => {
  const { link, until } = open();
  await until('opened');
  // The server speaks, so the socket itself is not in doubt.
  const pulses = setInterval(() => io.emit('message', 'pulse'), 500);
  ends.push(() => clearInterval(pulses));
  const began = performance.now();
  await expect(link.ask(find('never'))).rejects.toThrow('timed out');
  expect(performance.now() - began).toBeGreaterThan(4900);
});

it('says why it was refused, and asks again after a second', async () => {
  let letIn = false;
  const asked: number[] = [];
  io.use((_, next) => {
    asked.push(performance.now());
    next(letIn ? undefined : new Error('unavailable'));
  });
  const { told, until } = open();
  await until('refused unavailable', 2);
  expect(told).toEqual(['refused unavailable', 'dropped', 'refused unavailable', 'dropped']);
  expect(asked[1]! - asked[0]!).toBeGreaterThan(950);
  letIn = true;
  await until('opened');
});

it('connects again where the server ends it, and says so once', async () => {
  const { told, until } = open();
  await until('opened');
  io.disconnectSockets(true);
  await until('opened', 2);
  expect(told).toEqual(['opened', WELCOME, 'dropped', 'opened', WELCOME]);
});

it('tries again after 250 ms at first and 2 s at most, with half of each left to chance', async () => {
  const tries: number[] = [];
  const refusing = createServer((_, response) => response.writeHead(503).end());
  refusing.on('upgrade', (_, socket: TcpSocket) => socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n'));
  for (const event of ['request', 'upgrade']) refusing.on(event, () => tries.push(performance.now()));
  await new Promise<void>((resolve) => {
    refusing.listen(0, '127.0.0.1', resolve);
  });
  ends.push(() => refusing.close());
  const { told } = open(`http://127.0.0.1:${(refusing.address() as AddressInfo).port}`);
  await expect.poll(() => tries.length, { timeout: 15_000 }).toBe(6);
  expect(told).toEqual(told.map(() => 'dropped'));
  const slack = 200;
  for (const [i, longest] of [250, 500, 1000, 2000, 2000].entries()) {
    expect(tries[i + 1]! - tries[i]!).toBeGreaterThanOrEqual(longest / 2 - 5);
    expect(tries[i + 1]! - tries[i]!).toBeLessThan(longest + slack);
  }
});

it('gives up an attempt that a server takes and does not answer', async () => {
  const held: TcpSocket[] = [];
  const mute = createTcpServer((socket) => held.push(socket));
  await new Promise<void>((resolve) => {
    mute.listen(0, '127.0.0.1', resolve);
  });
  ends.push(() => {
    for (const socket of held) socket.destroy();
    mute.close();
  });
  const { told, later } = open(`http://127.0.0.1:${(mute.address() as AddressInfo).port}`);
  await pause(300);
  later(3500);
  expect(told).toEqual([]);
  later(4000);
  expect(told).toEqual(['dropped']);
});

it('gives up a server that takes the connection and does not let it in', async () => {
  io.use(() => {});
  const { told, later } = open();
  await pause(300);
  later(3500);
  expect(told).toEqual([]);
  later(4000);
  expect(told).toEqual(['dropped']);
});

it('does not trust a socket that brings nothing for 5 s, or for 1.5 s after a doubt', async () => {
  const { link, told, until, later } = open();
  await until('opened');
  await pause(100);
  later(4500);
  await until('opened');
  later(5000);
  await until('opened', 2);
  expect(told).toEqual(['opened', WELCOME, 'dropped', 'opened', WELCOME]);
  expect(link.doubt()).toBe(true);
  later(1000);
  expect(told.at(-1)).toEqual(WELCOME);
  later(1500);
  expect(told.at(-1)).toBe('dropped');
  await until('opened', 3);
  await pause(100);
  link.doubt();
  io.emit('message', 'all is well');
  await until('all is well');
  later(1500);
  expect(told.at(-1)).toBe('all is well');
});

it('connects at once where it is in doubt and not connected', async () => {
  const { link, told, until, stopChecking } = open();
  await until('opened');
  await io.close();
  await until('dropped');
  await listen(port);
  stopChecking();
  expect(link.doubt()).toBe(false);
  await until('opened', 2);
  expect(told.slice(0, 3)).toEqual(['opened', WELCOME, 'dropped']);
});

it('says nothing of a socket that it ended itself', async () => {
  const { link, told, until } = open();
  await until('opened');
  link.stop();
  await expect.poll(() => io.sockets.sockets.size).toBe(0);
  expect(told).toEqual(['opened', WELCOME]);
  expect([link.started, link.tell(find('late'))]).toEqual([false, false]);
});

it.each(['strips', 'swallows'] as Upgrades[])(
  'is live by polling behind a proxy that %s upgrades, and at once when the server is back',
  { timeout: 30_000 },
  async (upgrades) => {
    const proxy = await startProxy(port, upgrades);
    ends.push(() => proxy.close());
    const echo = () =>
      io.on('connection', (socket) =>
        socket.on('message', (raw: unknown, answer: (value: unknown) => void) => answer(raw)),
      );
    echo();
    const { link, told, until, later } = open(proxy.url);
    if (upgrades === 'swallows') later(4000);
    await until('opened');
    expect(told.slice(0, 2)).toEqual(['dropped', 'opened']);
    expect(transports()).toEqual(['polling']);
    expect(await link.ask(find('42'))).toEqual(find('42'));
    const before = proxy.asked.length;
    io.disconnectSockets(true);
    await until('opened', 2);
    expect(proxy.asked[before], 'begins with the transport that worked').toBe('polling');
    await io.close();
    await until('dropped', 3);
    await listen(port);
    echo();
    await until('opened', 3);
    expect(await link.ask(find('43'))).toEqual(find('43'));
  },
);

it('is on a WebSocket again where only the server was away', async () => {
  const proxy = await startProxy(port, 'passes');
  ends.push(() => proxy.close());
  const { until } = open(proxy.url);
  await until('opened');
  for (let round = 1; round < 4; round++) {
    await io.close();
    await pause(300 * round);
    await listen(port);
    await until('opened', round + 1);
    await expect.poll(transports, { timeout: 5000 }).toEqual(['websocket']);
  }
});
