// Screens behind a proxy that lets no WebSocket through: by polling they see the same, and may do no more.
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, expect, test } from 'vitest';
import { startGateway, type Paired } from '../../test/gateway.ts';
import { until, untilWithin } from '../../test/until.ts';

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
  [again.rev, again.revAt] = [rev, screen.revAt];
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
    [{ 'sec-fetch-site': 'same-site' }, 'forbidden-origin'],
    [{ 'sec-fetch-site': 'none' }, 'forbidden-origin'],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://kitchen.example' }, 'forbidden-origin'],
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

test('nothing is answered as a script (JSONP), which any page could run and read', async () => {
  const { cookie } = await pair();
  for (const query of ['j=0', 'j=', '%6A=0', 'j=0&j=1']) {
    const answer = await fetch(`${url}/socket.io/?EIO=4&transport=polling&${query}`, { headers: { cookie } });
    expect([query, answer.status, await answer.text()]).toEqual([query, 403, expect.not.stringContaining('___eio')]);
  }
});

test('a device that is revoked hears that, and nothing after it', async () => {
  const device = await pair();
  const screen = byPolling(device);
  await until('it is welcome', () => screen.of('welcome').length > 0);
  await gateway.devices.revoke(device.deviceId, 'test');
  await untilWithin('its socket ends', 3000, () => screen.ended !== undefined);
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

/** Opens a session and stays silent. @returns the status of the answer, and the session's id */
async function open(address: string, cookie = ''): Promise<{ status: number; sid: string }> {
  const answer = await fetch(`${url}/socket.io/?EIO=4&transport=polling`, {
    headers: { 'x-forwarded-for': address, cookie },
  });
  return { status: answer.status, sid: /"sid":"([^"]+)"/.exec(await answer.text())?.[1] ?? '' };
}

/**
 * Opens sessions in one go, by one connection: they must be open together, before the first of them is ended after 10 s.
 * @returns the statuses of the answers
 */
async function openMany(address: string, count: number, cookie = ''): Promise<string[]> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const asked = (connection: string) =>
    `GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${address}\r\nCookie: ${cookie}\r\nConnection: ${connection}\r\n\r\n`;
  socket.write(asked('keep-alive').repeat(count - 1) + asked('close'));
  return [...(await text(socket)).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status!);
}

test('a stranger opens no session, with or without a made-up cookie', async () => {
  for (const cookie of ['', 'heard_device_x=y', `heard_device_${randomUUID()}=${'0'.repeat(43)}`])
    expect(await openMany('203.0.113.9', 20, cookie)).toEqual(Array(20).fill('403'));
});

test('one tablet opens 200 sessions that name no screen, and keeps out no screen of another address', async () => {
  const [stranger, house, { cookie }] = ['203.0.113.9', '198.51.100.7', await pair()];
  const opened = await Promise.all(Array.from({ length: 300 }, () => open(stranger, cookie)));
  expect([200, 403].map((status) => opened.filter((one) => one.status === status).length)).toEqual([200, 100]);
  const screen = byPolling(await pair(), { 'x-forwarded-for': house });
  await until('a new screen is welcome', () => screen.of('welcome').length > 0);
  expect((await open(stranger, cookie)).status).toBe(403);
  // Nor do requests in one packet get around it.
  expect((await openMany('203.0.113.10', 300, cookie)).filter((status) => status === '200')).toHaveLength(200);

  // A session that ended counts no more.
  const { sid } = opened.find(({ status }) => status === 200)!;
  await fetch(`${url}/socket.io/?EIO=4&transport=polling&sid=${sid}`, { method: 'POST', body: '1' });
  // Nor does one that was admitted.
  const neighbour = byPolling(await pair(), { 'x-forwarded-for': stranger });
  await until('a screen of that address is welcome', () => neighbour.of('welcome').length > 0);
  expect([(await open(stranger, cookie)).status, (await open(stranger, cookie)).status]).toEqual([200, 403]);
});

test('one tablet at many addresses opens 4,000 sessions, and screens go on', { timeout: 60_000 }, async () => {
  const screen = byPolling(await pair());
  await until('it is welcome', () => screen.of('welcome').length > 0);
  screen.subscribe(null);
  const { cookie } = await pair();
  const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => openMany(`192.0.2.${i}`, 105, cookie)));
  const statuses = answers.flat();
  expect([...new Set(statuses)].sort()).toEqual(['200', '403']);
  expect(statuses.filter((status) => status === '200').length).toBeLessThan(4000);
  await change('meanwhile', 1);
  await until('it has the change', () => screen.orders.has('meanwhile'));
});

test('a gateway that stops takes no screen back while HTTP still listens', async () => {
  const device = await pair();
  const screen = byPolling(device);
  await until('it is welcome', () => screen.of('welcome').length > 0);
  const stopped = gateway.stopGateway();
  const back = [byPolling(device), gateway.connect(device)];
  for (const one of back) await until('it is refused', () => one.refusal !== undefined);
  await stopped;
  expect([(await open('198.51.100.8')).status, ...back.map((one) => one.messages)]).toEqual([403, [], []]);
  expect(screen.ended).toBeDefined();
});
