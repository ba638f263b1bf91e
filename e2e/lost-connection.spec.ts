// A screen that lost its network says so, and shows the right board afterwards, whichever changes happened meanwhile.
import { expect, test } from './fixtures.ts';
import { banner, button, card, cards, expectLive, line, msUntil, root, shownIds } from './screens.ts';

test('a kitchen screen that lost its network for a minute shows the right board after it', async ({
  restaurant,
  open,
}) => {
  const [stays, served, canceled, changed, bumpedOffline] = await restaurant.placeAll(
    ['stays', 'is served', 'is canceled', 'changes', 'is bumped offline'].map((number) => ({
      number,
      table: '1',
      items: [{ name: 'Burger', category: 'grill' }],
    })),
  );
  const [grill, other, floor] = await Promise.all([
    open(restaurant, 'kitchen', 'Grill'),
    open(restaurant, 'kitchen', 'Grill'),
    open(restaurant, 'floor'),
  ]);
  await expect(cards(grill)).toHaveCount(5);
  await grill.evaluate(() => {
    document.documentElement.dataset['loaded'] = 'once';
  });

  expect(await msUntil(grill, '[data-cause]', () => grill.context().setOffline(true))).toBeLessThan(3000);
  await expect(banner(grill)).toHaveAttribute('data-cause', 'device-offline');
  await expect(banner(grill)).toContainText('This screen has no network');
  await expect(root(grill)).toHaveAttribute('data-connection', 'offline');
  // A tap is kept until the network is back.
  await button(card(grill, bumpedOffline!), 'Bump').click();
  await expect(banner(grill)).toContainText('1 tap waits to be sent');

  await button(card(other, served!), 'Bump').click();
  await button(card(floor, served!), 'Serve').click();
  restaurant.change(canceled!, 'cancel');
  restaurant.change(changed!, { kind: 'quantity', line: 'l1', quantity: 4 });
  const cameAndWent = restaurant.place({ items: [{ name: 'Steak', category: 'grill' }] });
  await button(card(other, cameAndWent), 'Bump').click();
  const came = restaurant.place({ items: [{ name: 'Ribs', category: 'grill' }] });
  await expect(card(other, came)).toBeVisible();
  await expect(card(other, changed!)).toHaveAttribute('data-state', 'changed');
  expect(await shownIds(grill)).toEqual([stays, served, canceled, changed].map((order) => order!.id));
  await expect(card(floor, bumpedOffline!)).toHaveAttribute('data-state', 'waiting');
  await expect(grill.getByRole('banner')).toContainText('Offline · 1:0', { timeout: 70_000 });

  await grill.context().setOffline(false);
  await expectLive(grill);
  await expect(banner(grill)).toHaveCount(0);
  await expect.poll(() => shownIds(grill)).toEqual([stays, canceled, changed, came].map((order) => order!.id));
  await expect(card(grill, canceled!)).toHaveAttribute('data-state', 'canceled');
  await expect(line(card(grill, changed!), 'l1')).toHaveAttribute('data-quantity', '4');
  await expect(card(floor, bumpedOffline!)).toHaveAttribute('data-state', 'ready');
  await expect.poll(() => shownIds(other)).toEqual(await shownIds(grill));
  // The page was not reloaded in all that time.
  await expect(grill.locator('html[data-loaded=once]')).toHaveCount(1);
});

test('a server that freezes is noticed although its sockets stay open, and the board is right once it goes on', async ({
  ownWorld,
  open,
}) => {
  const world = await ownWorld();
  const restaurant = await world.setUpRestaurant();
  const [grill, floor] = await Promise.all([open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'floor')]);
  const [before] = await restaurant.placeAll([{ items: [{ name: 'Burger', category: 'grill' }] }]);
  await expect(card(grill, before!)).toBeVisible();
  try {
    const delays = [
      msUntil(floor, '[data-cause=silent]', () => {}),
      msUntil(grill, '[data-cause=silent]', () => world.freezeServer()),
    ];
    for (const delay of await Promise.all(delays)) expect(delay).toBeLessThan(3000);
    await expect(root(grill)).not.toHaveAttribute('data-connection', 'live');
    await expect(banner(grill)).toContainText(/right as of/i);
    restaurant.change(before!, 'cancel');
  } finally {
    world.thawServer();
  }
  const after = restaurant.place({ items: [{ name: 'Steak', category: 'grill' }] });
  await expectLive(grill);
  await expect(card(grill, after)).toHaveCount(1);
  await expect(card(grill, before!)).toHaveAttribute('data-state', 'canceled');
  await expectLive(floor);
  await expect(cards(floor)).toHaveCount(2);
});
