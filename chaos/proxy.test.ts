// The proxy makes the faults that are set and counts them. Without a fault it passes on every byte.
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Chance } from '../simulator/prng.ts';
import { cutTransactions, noteStatements, type Cuts } from './cuts.ts';
import { Proxy } from './proxy.ts';

let echo: Server;
let proxy: Proxy;
let heard: Buffer[];
const open: Socket[] = [];
beforeEach(async () => {
  heard = [];
  echo = createServer((socket) => {
    open.push(socket);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      heard.push(chunk);
      socket.write(chunk);
    });
  });
  await new Promise<void>((resolve) => {
    echo.listen(0, '127.0.0.1', resolve);
  });
  proxy = await new Proxy(() => (echo.address() as AddressInfo).port).listen();
});
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy();
  await proxy.close();
  echo.close();
});

async function dial(): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1');
  open.push(socket);
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** The received bytes, once there are that many. */
async function answer(socket: Socket, bytes: number): Promise<Buffer> {
  let got = Buffer.alloc(0);
  while (got.length < bytes) got = Buffer.concat([got, (await once(socket, 'data'))[0] as Buffer]);
  return got;
}
const codeOf = async (socket: Socket) => ((await once(socket, 'error'))[0] as NodeJS.ErrnoException).code;

test('passes every byte on, both ways, also with a delay and in slices', async () => {
  const socket = await dial();
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, i) => i % 251));
  socket.write(bytes);
  expect((await answer(socket, bytes.length)).equals(bytes)).toBe(true);
  proxy.delayMs = 5;
  proxy.bytesPerSecond = 1_000_000;
  const began = performance.now();
  socket.write(bytes);
  expect((await answer(socket, bytes.length)).equals(bytes)).toBe(true);
  expect(performance.now() - began).toBeGreaterThan(95);
  expect(proxy.done.delayed).toBeGreaterThan(10);
});

test('freezes: the connection stays, nothing passes, and all of it comes afterwards', async () => {
  const socket = await dial();
  proxy.freeze();
  socket.write('later');
  await new Promise((resolve) => {
    setTimeout(resolve, 60);
  });
  expect(heard).toEqual([]);
  proxy.thaw();
  expect((await answer(socket, 5)).toString()).toBe('later');
  expect(proxy.done.held).toBe(1);
});

test('refuses: what is open is reset, nobody gets in, and the port is the same afterwards', async () => {
  const socket = await dial();
  socket.write('x');
  await answer(socket, 1);
  const { port } = proxy;
  const reset = codeOf(socket);
  await proxy.refuse();
  expect(await reset).toBe('ECONNRESET');
  const late = connect(port, '127.0.0.1');
  expect(await codeOf(late)).toBe('ECONNREFUSED');
  await proxy.heal();
  expect(proxy.port).toBe(port);
  const next = await dial();
  next.write('y');
  await answer(next, 1);
});

test('stretches an answer by what it took', async () => {
  const socket = await dial();
  proxy.stretch = 100;
  socket.write('a');
  await answer(socket, 1);
  // A round trip on loopback takes some tens of microseconds at least.
  expect(proxy.done.delayedMs).toBeGreaterThan(1);
});

/** Builds messages of PostgreSQL's protocol. */
const message = (type: string, ...words: string[]) => {
  const body = Buffer.from(words.map((word) => `${word}\0`).join(''));
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const asQueries = (texts: string[]) => texts.map((text) => message('Q', text));
/** Each statement is prepared first, as Prisma does it. */
const asPrepared = (texts: string[]) =>
  texts.map((text, i) => Buffer.concat([message('P', `name-${i}`, text), message('B', '', `name-${i}`)]));

test.each([
  ['simple queries', asQueries],
  ['prepared statements', asPrepared],
])(
  'cuts transactions of %s at each of its places: also a commit that is lost, and one whose answer is',
  async (_, asMessages) => {
    const cuts: Cuts = {};
    proxy.observe = noteStatements;
    proxy.tamper = cutTransactions(new Chance(3), 1, cuts);
    for (let i = 0; i < 24; i += 1) {
      const socket = await dial();
      const ended = new Promise((resolve) => {
        socket.once('close', resolve);
      });
      for (const message of asMessages(['BEGIN', 'one', 'two', 'three', 'COMMIT'])) {
        if (socket.destroyed) break;
        socket.write(message);
        await Promise.race([
          new Promise((resolve) => {
            socket.once('data', resolve);
          }),
          ended,
        ]);
      }
      await ended;
    }
    expect(Object.keys(cuts).sort()).toEqual(['before its commit', 'before the answer to its commit', 'in the middle']);
    const commits = heard.filter((chunk) => chunk.includes('COMMIT')).length;
    expect(commits).toBe(cuts['before the answer to its commit']);
  },
);
