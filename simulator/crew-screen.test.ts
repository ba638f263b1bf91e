// The crew's screen against a stand-in for the kitchen's server: pairing by opening an address, the handshake, the
// board, commands.
import { serve, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, expect, test, vi } from 'vitest';
import { Crew } from './crew.ts';
import { Operator } from './operator.ts';
import { saffronYard } from './restaurants/saffron-yard.ts';

const restaurant = { ...saffronYard, stations: saffronYard.stations.slice(0, 1) };
let web: ServerType;
let sockets: Server;
let crew: Crew;
afterEach(async () => {
  await crew.stop();
  await sockets.close();
  web.close();
});

test('chef and waiter pair, see the board, bump what is old, serve what is ready, and leave no device behind', async () => {
  const devices = new Map<string, { role: string; cookie?: string }>();
  const commands: { kind: string; lineIds?: string[] }[] = [];
  const app = new Hono()
    .post('/api/v1/devices', async (c) => {
      const id = `d${devices.size}`;
      devices.set(id, (await c.req.json()) as { role: string });
      return c.json({ id, url: `${new URL(c.req.url).origin}/pair/${id}` }, 201);
    })
    .delete('/api/v1/devices/:id', (c) => {
      devices.delete(c.req.param('id'));
      return c.body(null, 204);
    })
    .get('/pair/:id', (c) => {
      c.header('set-cookie', `heard_device_${c.req.param('id')}=secret-${c.req.param('id')}; Path=/; HttpOnly`);
      return c.redirect('/');
    });
  web = await new Promise<ServerType>((resolve) => {
    const server: ServerType = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(server));
  });
  sockets = new Server(web as ConstructorParameters<typeof Server>[0] & object, { transports: ['websocket'] });
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const line = { id: 'l1', ticketId: 't1', state: 'waiting', voided: false, readyAt: null, flag: null };
  const board = {
    id: 'o-1',
    number: 'A1',
    lines: [line, { ...line, id: 'l2', ticketId: 't0', state: 'ready', readyAt: ago(5) }],
    tickets: [{ id: 't1', stationId: 's1', state: 'open', firedAt: ago(20), notices: [] }],
  };
  sockets.on('connection', (socket) => {
    const { deviceId, protocolVersion } = socket.handshake.auth as { deviceId: string; protocolVersion: number };
    if (
      protocolVersion !== 2 ||
      !socket.handshake.headers.cookie?.includes(`heard_device_${deviceId}=secret-${deviceId}`)
    )
      return socket.disconnect(true);
    const serverTime = new Date().toISOString();
    socket.on('message', (message: { type: string; command: { kind: string } }, answer?: (result: unknown) => void) => {
      if (message.type === 'subscribe')
        socket.emit('message', { type: 'snapshot', rev: 3, serverTime, stations: [], orders: [board] });
      if (message.type === 'command') {
        commands.push(message.command);
        answer?.({ outcome: 'done', order: { ...board, lines: [], tickets: [] }, rev: 4 });
      }
    });
    return socket.emit('message', {
      type: 'welcome',
      serverTime,
      screen: { station: devices.get(deviceId)?.role === 'kitchen' ? { id: 's1' } : null },
    });
  });

  const operator = new Operator({ url: `http://127.0.0.1:${(web.address() as AddressInfo).port}`, token: 'token' });
  crew = new Crew(
    operator,
    [restaurant],
    () => true,
    1,
    () => {},
  );
  crew.start();
  await vi.waitFor(() => expect(commands.map(({ kind }) => kind).sort()).toEqual(['bump', 'serve']), 5000);
  expect(commands.find(({ kind }) => kind === 'serve')?.lineIds).toEqual(['l2']);
  expect(crew.atWork).toBe(2);
  await crew.stop();
  expect(devices.size).toBe(0);
}, 10_000);
