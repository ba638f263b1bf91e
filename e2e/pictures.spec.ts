// Every screen in every state that it must bear, one test for each: the required elements are there, nothing is cut or
// covered, and axe finds no fault. With PICTURES=1 (npm run pictures) its picture is saved to docs/screens, for people
// to look at.
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { indianRestaurant } from './full-board.ts';
import { lookAt, lookAtAll } from './picture-looks.ts';
import { writing } from './picture-files.ts';
import { screenNames, test } from './picture-stage.ts';
import { aged, dish, elsewhere, guests } from './picture-orders.ts';
import type { PictureState } from './picture-state.ts';
import { states } from './picture-states.ts';
import { card, cards, expectLive, root } from './screens.ts';

test.describe.configure({ mode: 'parallel' });
test.use({ trace: 'off' });

async function expectSeen(page: Page, seen: NonNullable<PictureState['seen']['kitchen']> = []): Promise<void> {
  for (const one of seen) {
    const [selector, times] = typeof one === 'string' ? [one, null] : one;
    const found = page.locator(selector);
    if (times === null) await expect(found.first()).toBeVisible();
    else await expect(found).toHaveCount(times);
  }
}

/** The longest test, so it begins first. */
test('behind: 8 s; order-api-down: it refuses; away-3s and away-30s: the server was killed', async ({
  ownWorld,
  stage,
}) => {
  const world = await ownWorld({ env: { ORDER_API_TIMEOUT_MS: '60000' } });
  const restaurant = await indianRestaurant(world);
  await guests(restaurant, 6);
  const screens = await stage.show(restaurant, screenNames);

  world.platform.turn({ latencyMs: { min: 14_000, max: 14_000 } });
  const late = restaurant.place({ number: 'A107', items: [dish('CTM')] });
  await expect(root(screens.kitchen)).toHaveAttribute('data-connection', 'stale');
  await lookAtAll(screens, 'behind', '[data-cause=behind]');
  world.platform.turn({ latencyMs: { min: 0, max: 0 } });
  await expect(card(screens.expo, late)).toBeVisible();

  world.platform.turn({ outage: 'refuse' });
  for (let n = 0; n < 8; n++) restaurant.place({ items: [dish('DAL')] });
  await lookAtAll(screens, 'order-api-down', '[data-cause=order-api-down]');
  world.platform.turn({ outage: null });
  await expect(screens.expo.getByRole('banner')).toContainText('15 open');
  await Promise.all(Object.values(screens).map(expectLive));

  await world.endServer('SIGKILL');
  const killed = Date.now();
  await screens.kitchen.waitForTimeout(3000);
  await lookAtAll(screens, 'away-3s', '[data-connection=offline] [data-cause=server-away]');
  // The same screen with another number of seconds: the wait is worth it only for a picture.
  if (!writing) return;
  await screens.kitchen.waitForTimeout(Math.max(0, killed + 30_000 - Date.now()));
  await lookAtAll(screens, 'away-30s', '[data-connection=offline] [data-cause=server-away]');
});

for (const { name, shows, screens: names, setup, made, done, seen, variants = [] } of states) {
  test(`${name}: ${shows}`, async ({ world, stage }) => {
    const restaurant = await indianRestaurant(world, setup);
    await made?.(restaurant);
    const screens = await stage.show(restaurant, names);
    await done?.(screens);
    await Promise.all(
      names.map(async (screen) => {
        await expectSeen(screens[screen], seen[screen]);
        await lookAt(screens[screen], `${screen}-${name}`);
      }),
    );
    for (const { name: variant, screen, preferences, size, seen: there } of variants) {
      await screens[screen].setViewportSize(size);
      await stage.prefer(screens[screen], preferences);
      await expectSeen(screens[screen], there);
      await lookAt(screens[screen], `${screen}-${name}-${variant}`);
    }
  });
}

test('pending: three taps that wait for the network; conflict: one of them came too late', async ({ world, stage }) => {
  const restaurant = await indianRestaurant(world);
  const cooking = ['A101', 'A102', 'A103', 'A104'].map((number, index) => ({
    minutes: 6 - index,
    number,
    table: `${index + 2}`,
    guests: 2,
    items: [dish('RJO'), dish('BAS')],
  }));
  const waiting = ['A105', 'A106', 'A107', 'A108'].map((number, index) => ({
    minutes: 6 - index,
    number,
    table: `${index + 7}`,
    guests: 2,
    items: [dish('NAN', 2)],
  }));
  const [curries, breads] = [await aged(restaurant, cooking), await aged(restaurant, waiting)];
  await elsewhere(restaurant, 'expo', (tablet) => tablet.bump(...breads.map(({ id }) => id)));
  const { kitchen, floor } = await stage.show(restaurant, ['kitchen', 'floor']);
  await Promise.all([kitchen, floor].map((page) => page.context().setOffline(true)));
  await Promise.all([kitchen, floor].map((page) => expect(root(page)).toHaveAttribute('data-connection', 'offline')));
  for (const order of curries.slice(0, 3)) {
    await card(kitchen, order).locator('[data-action=bump]').click();
    await expect(card(kitchen, order)).toHaveCount(0);
  }
  // All in one task of the page: each can be undone for five seconds only.
  await floor.evaluate(
    (ids) => {
      for (const id of ids)
        document.querySelector<HTMLElement>(`article[data-order-id="${id}"] [data-action=serve]`)!.click();
    },
    breads.slice(0, 3).map(({ id }) => id),
  );
  // The message about the outage and the undo buttons leave three quarters of the phone to the dishes.
  const told = await floor.waitForFunction(
    () =>
      [...document.querySelectorAll('section')]
        .find((section) => section.querySelectorAll('[data-action=undo]').length === 3)
        ?.getBoundingClientRect().height,
  );
  expect(await told.jsonValue()).toBeLessThanOrEqual(844 / 4);
  await lookAtAll({ kitchen, floor }, 'pending', '[data-cause=device-offline]:has-text("3 taps")');

  await elsewhere(restaurant, 'expo', async (tablet) => {
    await tablet.bump(curries[0]!.id);
    const bread = await tablet.order(breads[0]!.id);
    await tablet.tap({ kind: 'recall', orderId: bread.id, ticketId: bread.tickets[0]!.id });
  });
  await Promise.all([kitchen, floor].map((page) => page.context().setOffline(false)));
  // The last dish that the kitchen sends is ready on the floor: the phone has room for the alerts and the message.
  await expect(floor.locator('[data-alert=ready]').first()).toBeVisible();
  await lookAtAll({ kitchen, floor }, 'conflict', '[data-connection=live] [data-message]');
});

test('revoked: a device that is no screen any more; not-paired: a browser that never was one', async ({
  world,
  stage,
}) => {
  const restaurant = await indianRestaurant(world);
  await guests(restaurant, 3);
  const screens = await stage.show(restaurant, screenNames);
  await Promise.all(screenNames.map((name) => world.operate('DELETE', `/api/v1/devices/${stage.devices.get(name)}`)));
  await lookAtAll(screens, 'revoked', '[data-screen] [role=alert]');
  for (const page of Object.values(screens)) await expect(cards(page)).toHaveCount(0);
  const stranger = await stage.page('kitchen');
  await stranger.goto(`${world.address}/kitchen/Curry`);
  await expect(stranger).toHaveURL(/\/not-paired/);
  await lookAt(stranger, 'kitchen-not-paired');
});
