// A screen never looks right when it may be wrong. Within three seconds it says that something may be missing, and why.
// It becomes live again by itself.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startKafka } from '../scripts/local/kafka.mjs';
import { freePort } from '../scripts/local/process.mjs';
import { expect, test } from './fixtures.ts';
import { banner, button, card, cards, expectLive, msUntil, root } from './screens.ts';

test('a server that is killed is told within three seconds, and screens are live again once it is back, without a reload', async ({
  ownWorld,
  open,
}) => {
  const world = await ownWorld();
  const restaurant = await world.setUpRestaurant();
  const [order] = await restaurant.placeAll([{ items: [{ name: 'Burger', category: 'grill' }] }]);
  const [grill, floor] = await Promise.all([open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'floor')]);
  const pages = [grill, floor, await open(restaurant, 'expo'), await open(restaurant, 'manager')];
  for (const page of pages)
    await page.evaluate(() => {
      document.documentElement.dataset['loaded'] = 'once';
    });

  const kill = world.endServer.bind(world, 'SIGKILL');
  const delays = await Promise.all(
    pages.map((page, index) =>
      msUntil(page, '[data-screen]:not([data-connection=live]) [data-cause]', index === 0 ? kill : () => {}),
    ),
  );
  for (const delay of delays) expect(delay).toBeLessThan(3000);
  await expect(banner(grill)).toContainText('The server cannot be reached');
  await expect(root(grill)).toHaveAttribute('data-connection', 'offline');
  // The board stays readable, and a tap waits.
  await button(card(grill, order!), 'Bump').click();
  const placedMeanwhile = restaurant.place({ items: [{ name: 'Steak', category: 'grill' }] });

  await world.startServer();
  for (const page of pages) {
    await expectLive(page);
    await expect(banner(page)).toHaveCount(0);
    await expect(page.locator('html[data-loaded=once]')).toHaveCount(1);
  }
  await expect(card(floor, order!)).toHaveAttribute('data-state', 'ready');
  await expect(card(grill, placedMeanwhile)).toHaveCount(1);
  await expect(cards(grill)).toHaveCount(1);
});

test('an order service that is down is named, and what waited comes when it is back', async ({ ownWorld, open }) => {
  const world = await ownWorld();
  const restaurant = await world.setUpRestaurant();
  const grill = await open(restaurant, 'kitchen', 'Grill');
  world.platform.turn({ outage: 'refuse' });
  // A single failure is no outage: it takes the orders of a busy minute to tell.
  for (let n = 0; n < 8; n++) restaurant.place({ items: [{ name: 'Burger', category: 'grill' }] });
  await expect(banner(grill)).toHaveAttribute('data-cause', 'order-api-down', { timeout: 3000 });
  await expect(banner(grill)).toContainText('The order service does not answer');
  await expect(root(grill)).toHaveAttribute('data-connection', 'stale');
  world.platform.turn({ outage: null });
  await expectLive(grill);
  await expect(cards(grill)).toHaveCount(8);
});

test('a database that is away is named', async ({ ownWorld, open }) => {
  const world = await ownWorld();
  const restaurant = await world.setUpRestaurant();
  const grill = await open(restaurant, 'kitchen', 'Grill');
  let bringBack: () => Promise<void> = async () => {};
  const delay = await msUntil(grill, '[data-screen]:not([data-connection=live]) [data-cause]', async () => {
    bringBack = await world.takeDatabaseAway();
  });
  expect(delay).toBeLessThan(3000);
  await expect(banner(grill)).toHaveAttribute('data-cause', 'database-away');
  await expect(banner(grill)).toContainText('cannot reach its database');
  const order = restaurant.place({ items: [{ name: 'Burger', category: 'grill' }] });
  await bringBack();
  await expectLive(grill);
  await expect(card(grill, order)).toBeVisible();
});

test('a server that is behind its topic says by how much', async ({ ownWorld, open }) => {
  const world = await ownWorld({ env: { ORDER_API_TIMEOUT_MS: '60000' } });
  const restaurant = await world.setUpRestaurant();
  const grill = await open(restaurant, 'kitchen', 'Grill');
  world.platform.turn({ latencyMs: { min: 8000, max: 8000 } });
  const order = restaurant.place({ items: [{ name: 'Burger', category: 'grill' }] });
  await expect(banner(grill)).toHaveAttribute('data-cause', 'behind');
  await expect(banner(grill)).toContainText(/server is \d+ s behind \(1 message\)/);
  await expect(card(grill, order)).toBeVisible();
  await expectLive(grill);
});

test('a Kafka that is away is named', async ({ ownWorld, open }) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'heard-e2e-kafka-'));
  const [port, logFile] = [await freePort(), path.join(dataDir, 'kafka.log')];
  let kafka = await startKafka({ dataDir, port, logFile });
  try {
    const world = await ownWorld({ brokers: kafka.brokers });
    const restaurant = await world.setUpRestaurant();
    const [order] = await restaurant.placeAll([{ items: [{ name: 'Burger', category: 'grill' }] }]);
    const grill = await open(restaurant, 'kitchen', 'Grill');
    expect(await msUntil(grill, '[data-cause=kafka-away]', () => kafka.kill())).toBeLessThan(3000);
    await expect(banner(grill)).toContainText('cannot reach the order stream');
    // The kitchen goes on with the orders that it has.
    await button(card(grill, order!), 'Bump').click();
    await expect(cards(grill)).toHaveCount(0);
    kafka = await startKafka({ dataDir, port, logFile });
    const next = restaurant.place({ items: [{ name: 'Steak', category: 'grill' }] });
    await expect(card(grill, next)).toBeVisible({ timeout: 60_000 });
    await expectLive(grill);
  } finally {
    await kafka.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
