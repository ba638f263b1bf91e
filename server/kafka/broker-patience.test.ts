// How long a connection waits for an answer, by its first request. Only the time is made.
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BrokerPatience } from './broker-patience.ts';

let server: Server;
let socket: Socket;
beforeEach(async () => {
  server = createServer((client) => void client.on('error', () => {}).resume()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  socket.destroy();
  server.close();
});

/** @returns the error that ends the connection after a first request with this API key, if any, within so many ms */
async function endedBy(apiKey: number, ms: number): Promise<string | undefined> {
  socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let ended: string | undefined;
  socket.on('error', ({ message }) => {
    ended = message;
  });
  const patience = new BrokerPatience(socket, 'a-broker:9092');
  await once(socket, 'connect');
  patience.connected();
  const request = Buffer.alloc(8);
  request.writeInt16BE(apiKey, 4);
  socket.write(request);
  await vi.advanceTimersByTimeAsync(ms);
  await new Promise(setImmediate);
  return ended;
}

test.each([
  ['the versions', 18, 4000],
  ['metadata', 3, 4000],
  ['to join the group', 11, 30_000],
  ['for the assignment', 14, 30_000],
])('asked first for %s, it may take its time', async (_, apiKey, ms) => {
  expect(await endedBy(apiKey, ms - 1)).toBe(undefined);
  await vi.advanceTimersByTimeAsync(200);
  await new Promise(setImmediate);
  expect(socket.destroyed).toBe(true);
});
