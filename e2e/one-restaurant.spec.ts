// A device sees its own restaurant and nothing else, whichever way it asks, and nothing at all once it is revoked.
import { randomUUID } from 'node:crypto';
import type { BrowserContext } from '@playwright/test';
import { io, type Socket } from 'socket.io-client';
import { PROTOCOL_VERSION, type ServerMessage } from '../server/protocol/messages.ts';
import { expect, test } from './fixtures.ts';
import { button, card, cards, msUntil, root } from './screens.ts';
import type { E2eWorld } from './world.ts';

// A service worker stores pages: none may be shown to another restaurant's screen.
test.use({ serviceWorkers: 'allow' });

/** A socket that any page could open: with the cookies of its browser, and with any device's id. */
async function socketOf(
  world: E2eWorld,
  context: BrowserContext,
  deviceId: string,
): Promise<{ socket: Socket; refusal: Promise<string>; heard: ServerMessage[] }> {
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const socket = io(world.address, {
    transports: ['websocket'],
    reconnection: false,
    auth: { protocolVersion: PROTOCOL_VERSION, deviceId },
    extraHeaders: { cookie },
  });
  const heard: ServerMessage[] = [];
  socket.on('message', (message: ServerMessage) => heard.push(message));
  const refusal = new Promise<string>((resolve) => {
    socket.on('connect_error', ({ message }) => resolve(message)).on('connect', () => resolve('none'));
  });
  return { socket, refusal, heard };
}

test('a screen shows the orders of its restaurant only', async ({ world, restaurant, open }) => {
  const others = await world.setUpRestaurant();
  const [here, there] = await Promise.all([open(restaurant, 'floor'), open(others, 'floor')]);
  const [mine, theirs] = [
    restaurant.place({ items: [{ name: 'Burger' }] }),
    others.place({ items: [{ name: 'Burger' }] }),
  ];
  await expect(card(here, mine)).toBeVisible();
  await expect(card(there, theirs)).toBeVisible();
  await expect(cards(here)).toHaveCount(1);
  await expect(cards(there)).toHaveCount(1);
  await here.reload();
  await expect(card(here, mine)).toBeVisible();
  expect(await here.content()).not.toContain(theirs.id);
});

test('a socket is refused with the id of a device that is not its own, and without a cookie', async ({
  world,
  restaurant,
  context,
  page,
  browser,
}) => {
  const others = await world.setUpRestaurant();
  const otherContext = await browser.newContext();
  await restaurant.pair(page, 'manager');
  const theirDevice = await others.pair(await otherContext.newPage(), 'manager');
  const [foreign, bare] = [
    await socketOf(world, context, theirDevice),
    await socketOf(world, await browser.newContext(), theirDevice),
  ];
  expect(await foreign.refusal).toBe('not-paired');
  // It is not even opened.
  expect(await bare.refusal).toBe('websocket error');
  expect([...foreign.heard, ...bare.heard]).toEqual([]);
});

test('a socket hears nothing of another restaurant, and its commands do nothing there', async ({
  world,
  restaurant,
  open,
  context,
  page,
}) => {
  const others = await world.setUpRestaurant();
  const [theirs] = await others.placeAll([{ items: [{ name: 'Burger', category: 'grill' }] }]);
  const [grill, floor] = await Promise.all([open(others, 'kitchen', 'Grill'), open(others, 'floor')]);
  const ticketId = await card(grill, theirs!).getAttribute('data-ticket-id');
  const { socket, heard } = await socketOf(world, context, await restaurant.pair(page, 'expo'));
  socket.emit('message', { type: 'subscribe', rev: null });
  await expect.poll(() => heard.some(({ type }) => type === 'snapshot')).toBe(true);

  const base = { orderId: theirs!.id, ticketId, lineIds: ['l1'] };
  for (const kind of ['start', 'bump', 'acknowledge', 'recall', 'serve', 'unserve']) {
    const answer = await socket
      .timeout(5000)
      .emitWithAck('message', { type: 'command', command: { ...base, kind, id: randomUUID() } });
    expect(answer, kind).toMatchObject({ outcome: 'refused' });
    expect(JSON.stringify(answer), kind).not.toContain('Burger');
  }
  const [theirNext] = await others.placeAll([{ items: [{ name: 'Steak', category: 'grill' }] }]);
  await expect(card(grill, theirNext!)).toBeVisible();
  const mine = restaurant.place({ items: [{ name: 'Ribs', category: 'grill' }] });
  await expect.poll(() => JSON.stringify(heard)).toContain(mine.id);
  for (const order of [theirs!, theirNext!]) expect(JSON.stringify(heard)).not.toContain(order.id);
  await expect(card(grill, theirs!)).toHaveAttribute('data-state', 'open');
  await expect(card(floor, theirs!)).toHaveAttribute('data-state', 'waiting');
  socket.close();
});

test('a browser without a device is sent away, and so is one that is another screen', async ({
  world,
  restaurant,
  page,
}) => {
  await page.goto(`${world.address}/manager`);
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fmanager$/);
  for (const path of ['/floor', '/kitchen/Grill', '/expo']) {
    await page.goto(`${world.address}${path}`);
    await expect(page, path).toHaveURL(/\/not-paired/);
  }
  await restaurant.pair(page, 'kitchen', 'Grill');
  await expect(root(page)).toHaveAttribute('data-connection', 'live');
  for (const [path, where] of [
    ['/floor', /\/not-paired/],
    ['/kitchen/Bar', /\/not-paired/],
    ['/manager', /\/sign-in/],
    ['/manager/times', /\/sign-in/],
  ] as const) {
    await page.goto(`${world.address}${path}`);
    await expect(page, path).toHaveURL(where);
  }
});

test('a pairing link works once', async ({ world, restaurant, page, browser }) => {
  const { url } = await world.newDevice({ restaurantId: restaurant.id, role: 'floor' });
  await page.goto(url);
  await expect(root(page)).toHaveAttribute('data-screen', 'floor');
  const second = await (await browser.newContext()).newPage();
  await second.goto(url);
  await expect(second).toHaveURL(/\/not-paired/);
});

test('a revoked device goes blank within two seconds, and stays so', async ({ world, restaurant, page, context }) => {
  const [order] = await restaurant.placeAll([{ items: [{ name: 'Burger', category: 'grill' }] }]);
  const deviceId = await restaurant.pair(page, 'kitchen', 'Grill');
  await expect(card(page, order!)).toBeVisible();
  const took = await msUntil(page, '[data-screen]:not(:has([data-order-id]))', () =>
    world.operate('DELETE', `/api/v1/devices/${deviceId}`),
  );
  expect(took).toBeLessThan(2000);
  await expect(root(page)).toContainText('This screen is no longer paired');
  await expect(root(page)).not.toHaveAttribute('data-connection', 'live');
  expect(await page.content()).not.toContain('Burger');
  await button(page, 'Try again').click();
  await expect(page).toHaveURL(/\/not-paired/);
  const { refusal } = await socketOf(world, context, deviceId);
  expect(await refusal).toBe('revoked');
});
