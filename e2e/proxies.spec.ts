// A proxy that lets no WebSocket through must not make a screen dead: it talks by polling, and says the same as ever.
import { startProxy, type Upgrades } from '../test/proxy.ts';
import { expect, test } from './fixtures.ts';
import { banner, button, card, cards, expectLive, root } from './screens.ts';

const burger = (number: string) => ({ number, table: '1', items: [{ name: 'Burger', category: 'grill' }] });

for (const [upgrades, how] of [
  ['strips', 'takes the Upgrade header away'],
  ['swallows', 'never answers a request for a WebSocket'],
] as [Upgrades, string][])
  test(`a kitchen behind a proxy that ${how} is live, hears, taps, and survives the server's restart`, async ({
    ownWorld,
    browser,
    open,
  }) => {
    const world = await ownWorld();
    const restaurant = await world.setUpRestaurant();
    const floor = await open(restaurant, 'floor');
    const [first] = await restaurant.placeAll([burger('1')]);
    const context = await browser.newContext();
    const proxy = await startProxy(world.port, upgrades);
    try {
      const grill = await context.newPage();
      await restaurant.pair(grill, 'kitchen', 'Grill');
      await grill.goto(proxy.url + new URL(grill.url()).pathname);
      await expectLive(grill);
      await expect(grill.getByRole('banner')).toContainText('Live');
      await expect(banner(grill)).toHaveCount(0);
      expect(proxy.asked[0]).toBe('upgrade');
      expect(proxy.asked).toContain('polling');
      await grill.evaluate(() => {
        document.documentElement.dataset['loaded'] = 'once';
      });

      const second = restaurant.place(burger('2'));
      await expect(card(grill, second)).toBeVisible();
      await button(card(grill, first!), 'Bump').click();
      await expect(card(floor, first!)).toHaveAttribute('data-state', 'ready');
      await expect(cards(grill)).toHaveCount(1);

      await world.endServer('SIGKILL');
      await expect(root(grill)).toHaveAttribute('data-connection', 'offline');
      await expect(banner(grill)).toContainText('The server cannot be reached');
      // A tap waits, and so does an order.
      await button(card(grill, second), 'Bump').click();
      const third = restaurant.place(burger('3'));
      await world.startServer();
      await expectLive(grill);
      await expect(banner(grill)).toHaveCount(0);
      await expect(card(floor, second)).toHaveAttribute('data-state', 'ready');
      await expect(card(grill, third)).toBeVisible();
      await expect(cards(grill)).toHaveCount(1);
      await expect(grill.locator('html[data-loaded=once]')).toHaveCount(1);
    } finally {
      await context.close();
      await proxy.close();
    }
  });
