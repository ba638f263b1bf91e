// The screen's end of Socket.IO, against a real Socket.IO server.
import { createServer, type Server as HttpServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { WebSocket as NodeWebSocket } from 'undici';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SocketIo } from './socket-io.ts';

let http: HttpServer;
let io: Server;
let url: string;
const clients: SocketIo[] = [];

beforeEach(async () => {
  http = createServer();
  io = new Server(http, { path: '/socket.io', serveClient: false, pingInterval: 60, pingTimeout: 60 });
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/socket.io/?EIO=4&transport=websocket`;
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await io.close();
});

/** A client that writes down what it is told. */
function listen(): { client: SocketIo; told: unknown[]; until: (what: string) => Promise<void> } {
  const told: unknown[] = [];
  const client = new SocketIo(
    {
      opened: () => told.push('opened'),
      closed: () => told.push('closed'),
      refused: (reason) => told.push(`refused ${reason}`),
      message: (raw) => told.push(raw),
    },
    (address) => new NodeWebSocket(address) as unknown as WebSocket,
  );
  clients.push(client);
  return { client, told, until: (what) => expect.poll(() => told.includes(what)).toBe(true) };
}

it('is let in with who it is, hears messages, sends some, and stays while nothing is said', async () => {
  const heard: unknown[] = [];
  io.on('connection', (socket) => {
    socket.on('message', (raw: unknown) => heard.push(raw));
    socket.emit('message', { type: 'welcome', who: socket.handshake.auth, text: 'é 翡翠 42' });
  });
  const { client, told, until } = listen();
  expect(client.emit('too early')).toBe(false);
  client.open(url, { deviceId: 'd1' }, 1000);
  await until('opened');
  await expect.poll(() => told).toEqual(['opened', { type: 'welcome', who: { deviceId: 'd1' }, text: 'é 翡翠 42' }]);
  expect(client.emit({ a: 1 })).toBe(true);
  await expect.poll(() => heard).toEqual([{ a: 1 }]);
  // The server ends a client that leaves its pings unanswered.
  await new Promise((resolve) => {
    setTimeout(resolve, 400);
  });
  expect(client.connected).toBe(true);
});

it('matches answers to questions, also when they come in another order, and fails those that are not answered', async () => {
  io.on('connection', (socket) =>
    socket.on('message', (ms: number, answer: (value: unknown) => void) => {
      if (ms >= 0) setTimeout(() => answer({ ms }), ms);
    }),
  );
  const { client, until } = listen();
  await expect(client.ask(1, 100)).rejects.toThrow('no socket');
  client.open(url, {}, 1000);
  await until('opened');
  expect(await Promise.all([client.ask(40, 1000), client.ask(5, 1000)])).toEqual([{ ms: 40 }, { ms: 5 }]);
  await expect(client.ask(-1, 50)).rejects.toThrow('in time');
  const left = client.ask(-1, 5000);
  io.disconnectSockets(true);
  await expect(left).rejects.toThrow('ended');
});

it('says why it was refused, and that it is over, once', async () => {
  io.use((_, next) => next(new Error('revoked')));
  const { client, told, until } = listen();
  client.open(url, {}, 1000);
  await until('closed');
  expect(told).toEqual(['refused revoked', 'closed']);
});

it('is over once where the server ends it, is not there, or lets nobody in, and can be opened again', async () => {
  const { client, told, until } = listen();
  io.once('connection', (socket) => socket.disconnect(true));
  client.open(url, {}, 1000);
  await until('closed');
  expect(told).toEqual(['opened', 'closed']);
  told.length = 0;
  client.open('ws://127.0.0.1:9/', {}, 1000);
  await until('closed');
  const mute = createTcpServer();
  await new Promise<void>((resolve) => {
    mute.listen(0, '127.0.0.1', resolve);
  });
  told.length = 0;
  client.open(`ws://127.0.0.1:${(mute.address() as AddressInfo).port}/`, {}, 100);
  await until('closed');
  expect(told).toEqual(['closed']);
  mute.close();
  told.length = 0;
  client.open(url, {}, 1000);
  await until('opened');
});

it('says nothing of a socket that it closed itself', async () => {
  const { client, told, until } = listen();
  client.open(url, {}, 1000);
  await until('opened');
  client.close();
  await expect.poll(() => io.sockets.sockets.size).toBe(0);
  expect(told).toEqual(['opened']);
  expect(client.connected).toBe(false);
});
