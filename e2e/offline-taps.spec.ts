// Taps made while the server is unreachable are kept on the device over a reload, and carried out once when it is back.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { banner, button, card, cards, expectLive, line, root } from './screens.ts';
import { pageIsKept, reloadWhileAway } from './outage.ts';

const burger = (number: string) => ({
  number,
  table: '1',
  items: [
    { name: 'Burger', category: 'grill' },
    { name: 'Fries', category: 'grill' },
  ],
});
/** As iOS does to a page that slept: the connection is gone without an event, and each transaction on it throws. */
const endDatabaseConnection = (page: Page) =>
  page.evaluate(() => {
    const { transaction } = IDBDatabase.prototype;
    const ended = new WeakSet<IDBDatabase>();
    let first = true;
    IDBDatabase.prototype.transaction = function (...asked) {
      if (first) ended.add(this);
      first = false;
      if (ended.has(this)) throw new DOMException('The connection is gone.', 'InvalidStateError');
      return transaction.apply(this, asked);
    };
  });
const pending = (page: Page) => page.locator('[data-pending]');

test('taps made offline are kept over a reload of the page and carried out once, in their order', async ({
  ownWorld,
  open,
}) => {
  const world = await ownWorld();
  const restaurant = await world.setUpRestaurant();
  const [bumped, undone, marked] = await restaurant.placeAll(['bumped', 'undone', 'marked'].map(burger));
  const [grill, floor] = await Promise.all([open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'floor')]);
  await pageIsKept(grill);
  await world.endServer('SIGKILL');
  await expect(root(grill)).toHaveAttribute('data-connection', 'offline');
  await endDatabaseConnection(grill);

  await button(card(grill, bumped!), 'Bump').click();
  await expect(card(grill, bumped!)).toHaveCount(0);
  await button(card(grill, undone!), 'Bump').click();
  await button(grill, 'Undo').click();
  await line(card(grill, marked!), 'l1').getByRole('button').click();
  await expect(card(grill, marked!)).toHaveAttribute('data-pending', 'true');

  await reloadWhileAway(grill);
  // The board and the pending taps are the same as before the reload.
  await expect(cards(grill)).toHaveCount(2);
  await expect(card(grill, undone!)).toHaveAttribute('data-pending', 'true');
  await expect(line(card(grill, marked!), 'l1')).toHaveAttribute('data-state', 'ready');
  await expect(banner(grill)).toContainText('4 taps wait');

  await world.startServer();
  await expectLive(grill);
  await expect(pending(grill)).toHaveCount(0);
  await expect(cards(grill)).toHaveCount(2);
  await expectLive(floor);
  await expect(card(floor, bumped!)).toHaveAttribute('data-state', 'ready');
  await expect(line(card(floor, marked!), 'l1')).toHaveAttribute('data-state', 'ready');
  await expect(line(card(floor, undone!), 'l1')).toHaveAttribute('data-state', 'waiting');
  const done = await world.query<{ kind: string; times: number }>(
    'SELECT kind, count(*)::int AS times FROM kitchen_actions WHERE restaurant_id = $1 GROUP BY kind ORDER BY kind',
    restaurant.id,
  );
  expect(done).toEqual([
    { kind: 'bump', times: 3 },
    { kind: 'recall', times: 1 },
  ]);
  // Nothing is left on the device that would be sent again.
  await grill.reload();
  await expectLive(grill);
  await expect(pending(grill)).toHaveCount(0);
});

test('a waiter serves offline, reloads, and the dish is served once the network is back', async ({
  restaurant,
  open,
}) => {
  const [order] = await restaurant.placeAll([burger('7')]);
  const [grill, floor] = await Promise.all([open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'floor')]);
  await button(card(grill, order!), 'Bump').click();
  await expect(card(floor, order!)).toHaveAttribute('data-state', 'ready');
  await pageIsKept(floor);
  await floor.context().setOffline(true);
  await expect(root(floor)).toHaveAttribute('data-connection', 'offline');
  const serve = button(card(floor, order!), 'Serve');
  for (let left = await serve.count(); left > 0; left = await serve.count()) await serve.first().click();
  await expect(cards(floor)).toHaveCount(0);
  await reloadWhileAway(floor);
  await expect(banner(floor)).toContainText('wait');
  await expect(cards(floor)).toHaveCount(0);
  await floor.context().setOffline(false);
  await expectLive(floor);
  await expect
    .poll(async () =>
      (await restaurant.world.operate('GET', `/api/v1/orders/${order!.id}`)).items.every(
        (item: { state: string }) => item.state === 'served',
      ),
    )
    .toBe(true);
});

test('a tap that came too late says what happened and who was first, until it is read; a dish that came meanwhile is not bumped unseen', async ({
  ownWorld,
  open,
  browser,
}) => {
  const world = await ownWorld();
  const restaurant = await world.setUpRestaurant();
  const [order, growing] = await restaurant.placeAll([burger('41'), burger('42')]);
  const late = await open(restaurant, 'kitchen', 'Grill');
  const first = await (await browser.newContext()).newPage();
  await first.goto(
    (
      await world.newDevice({
        restaurantId: restaurant.id,
        role: 'kitchen',
        station: 'Grill',
        name: 'The other tablet',
      })
    ).url,
  );
  await late.context().setOffline(true);
  await expect(root(late)).toHaveAttribute('data-connection', 'offline');
  for (const one of [order, growing]) await button(card(late, one!), 'Bump').click();
  await button(card(first, order!), 'Bump').click();
  await world.has(restaurant.change(growing!, { kind: 'add', items: [{ name: 'Onion rings', category: 'grill' }] }));
  await expect
    .poll(async () => (await world.operate('GET', `/api/v1/orders/${order!.id}`)).tickets[0].state)
    .toBe('bumped');
  await late.waitForTimeout(10_500);
  await late.context().setOffline(false);
  await expectLive(late);
  const message = late.locator('[data-message]');
  await expect(message).toContainText('41');
  await expect(message).toContainText('The other tablet');
  await expect(line(card(late, growing!), 'l3')).toHaveAttribute('data-state', 'waiting');
  await expect(line(card(late, growing!), 'l1')).toHaveAttribute('data-state', 'ready');
  await late.waitForTimeout(7000);
  await expect(message).toHaveCount(1);
  await message.getByRole('button').click();
  await expect(message).toHaveCount(0);
});

test('another screen that is paired in the same browser neither sees nor sends what waits', async ({
  ownWorld,
  open,
}) => {
  const world = await ownWorld();
  const restaurant = await world.setUpRestaurant();
  const [order] = await restaurant.placeAll([burger('1')]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await grill.context().setOffline(true);
  await button(card(grill, order!), 'Bump').click();
  await expect(banner(grill)).toContainText('1 tap waits');
  await grill.close();
  const other = await grill.context().newPage();
  await other.context().setOffline(false);
  await restaurant.pair(other, 'kitchen', 'Grill');
  await expectLive(other);
  await expect(card(other, order!)).toHaveCount(1);
  await expect(pending(other)).toHaveCount(0);
  await other.waitForTimeout(1500);
  expect((await world.operate('GET', `/api/v1/orders/${order!.id}`)).tickets[0].state).toBe('open');
});
