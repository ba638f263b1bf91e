// Screens behind a proxy that lets no WebSocket through: by polling they see the same, and may do no more.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, expect, test } from 'vitest';
import { startGateway, type Paired } from '../../test/gateway.ts';
import { until } from '../../test/until.ts';

const gateway = await startGateway();
const { url, change, pair, upToDate, expectSame } = gateway;
afterEach(() => gateway.disconnectAll());
afterAll(() => gateway.stop());

const byPolling = (device: Paired, headers?: Record<string, string>) => gateway.connect(device, headers, ['polling']);

test('a screen is given its board and each change, is answered, and misses nothing while it is away', async () => {
  const device = await pair();
  const screen = byPolling(device);
  await until('it is welcome', () => screen.of('welcome').length > 0);
  screen.subscribe(null);
  await until('it has the board', () => screen.of('snapshot').length > 0);
  expect(screen.socket.io.engine.transport.name).toBe('polling');
  await change('polled', 1);
  await until('it has the change', () => screen.orders.has('polled'));
  await until('it has pulses', () => screen.of('pulse').length > 2);
  const [ticket] = screen.orders.get('polled')!.tickets;
  const bump = { kind: 'bump', id: randomUUID(), orderId: 'polled', ticketId: ticket!.id };
  expect(await screen.ask({ type: 'command', command: bump })).toMatchObject({ outcome: 'done' });
  await until('it sees it', () => screen.orders.get('polled')!.tickets[0]!.state === 'bumped');
  await upToDate(screen);

  const { rev } = screen;
  screen.socket.disconnect();
  await change('missed', 1);
  const again = byPolling(device);
  for (const [id, order] of screen.orders) again.orders.set(id, order);
  again.rev = rev;
  await until('it is welcome', () => again.of('welcome').length > 0);
  again.subscribe();
  await until('it has what it missed', () => again.orders.has('missed'));
  expect([again.of('snapshot'), again.gaps]).toEqual([[], 0]);
  await expectSame(again, 'r-1');
});

test('a browser that is not this screen is refused, and so is the page of another site', async () => {
  const device = await pair();
  for (const [headers, refusal] of [
    [{ cookie: `heard_device_${device.deviceId}=${'0'.repeat(43)}` }, 'not-paired'],
    [{ origin: 'https://elsewhere.example' }, 'forbidden-origin'],
    [{ 'sec-fetch-site': 'cross-site' }, 'forbidden-origin'],
  ] as const) {
    const screen = byPolling(device, headers);
    await until('it is refused', () => screen.refusal !== undefined);
    expect([screen.refusal, screen.messages]).toEqual([refusal, []]);
  }
  for (const headers of [{}, { origin: 'https://kitchen.example' }, { 'sec-fetch-site': 'same-origin' }]) {
    const screen = byPolling(device, headers);
    await until('it is welcome', () => screen.of('welcome').length > 0);
  }
  // A page of another site may not read the answer.
  const answer = await fetch(`${url}/socket.io/?EIO=4&transport=polling`, {
    headers: { origin: 'https://elsewhere.example' },
  });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

test('a device that is revoked hears that, and nothing after it', async () => {
  const device = await pair();
  const screen = byPolling(device);
  await until('it is welcome', () => screen.of('welcome').length > 0);
  await gateway.devices.revoke(device.deviceId, 'test');
  await until('its socket ends', () => screen.ended !== undefined);
  expect(screen.messages.at(-1)).toEqual({ type: 'revoked' });
});

test('a message of more than 64 KB ends its sender, and nobody else', async () => {
  const [one, other] = [byPolling(await pair()), byPolling(await pair())];
  for (const screen of [one, other]) await until('it is welcome', () => screen.of('welcome').length > 0);
  one.socket.emit('message', { type: 'find', text: 'x'.repeat(64 * 1024) });
  await until('its socket ends', () => one.ended !== undefined);
  other.subscribe(null);
  await until('the other one has its board', () => other.of('snapshot').length > 0);
});

test(
  'a stranger who opens session after session opens 4,000 of them, and screens go on',
  { timeout: 60_000 },
  async () => {
    const screen = byPolling(await pair());
    await until('it is welcome', () => screen.of('welcome').length > 0);
    screen.subscribe(null);
    const statuses: Record<number, number> = {};
    let left = 4200;
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        while (left-- > 0) {
          const answer = await fetch(`${url}/socket.io/?EIO=4&transport=polling`);
          await answer.arrayBuffer();
          statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        }
      }),
    );
    expect(Object.keys(statuses)).toEqual(['200', '403']);
    expect(statuses[200]).toBeLessThan(4000);
    await change('meanwhile', 1);
    await until('it has the change', () => screen.orders.has('meanwhile'));
  },
);
