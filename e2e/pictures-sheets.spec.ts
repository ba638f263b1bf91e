// The second half of the pictures: sheets over a screen, the guest's page, and all screens in Chinese. As in
// pictures.spec.ts, each is checked, and with PICTURES=1 saved.
import type { Page } from '@playwright/test';
import { GuestTokens } from '../server/guest/tokens.ts';
import { expect } from './fixtures.ts';
import { busyEvening, indianRestaurant } from './full-board.ts';
import { lookAt, lookAtAll } from './picture-looks.ts';
import { screenNames, test, type Stage } from './picture-stage.ts';
import { aged, changed, dish, elsewhere, guests } from './picture-orders.ts';
import type { Restaurant } from './restaurant.ts';
import { untilLive } from './screens.ts';

test.describe.configure({ mode: 'parallel' });
test.use({ trace: 'off' });

/** Looks at each sheet over a screen. A sheet is opened by a tap on an element, or by a key. */
async function lookOver(
  page: Page,
  screen: string,
  sheets: Record<string, { tap: string } | { key: string }>,
): Promise<void> {
  for (const [name, by] of Object.entries(sheets)) {
    if ('tap' in by) await page.locator(by.tap).first().click();
    else await page.keyboard.press(by.key);
    await expect(page.getByRole('dialog')).toBeVisible();
    await lookAt(page, `${screen}-${name}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
}

test('sheets: recall, all day, 86, settings, keys and one ticket in the kitchen; recall, 86, settings, one order and its print view on the pass; 86, settings, one order and who is there on the floor', async ({
  world,
  stage,
}) => {
  const restaurant = await indianRestaurant(world);
  const placed = await guests(restaurant, 9);
  await elsewhere(restaurant, 'expo', async (tablet) => {
    await tablet.bump(...placed.slice(0, 3).map(({ id }) => id));
    const { id, lines } = await tablet.order(placed[0]!.id);
    await tablet.tap({ kind: 'serve', orderId: id, lineIds: lines.map((line) => line.id) });
    await tablet.tap({ kind: 'sold-out', dish: { sku: 'PRM', name: dish('PRM').name }, on: true });
  });
  for (const name of ['Mei', 'Bartholomew Featherstonehaugh-Cholmondeley', '陈伟']) {
    await world.query(
      `
        WITH made AS (INSERT INTO people (id, name) VALUES (gen_random_uuid(), $1) RETURNING id)
        INSERT INTO memberships (person_id, restaurant_id, role, pin_hash)
        SELECT id, $2, 'waiter', 'none that fits'
        FROM made
      `,
      name,
      restaurant.id,
    );
  }
  const { kitchen, expo, floor } = await stage.show(restaurant, ['kitchen', 'expo', 'floor']);
  const tap = (action: string) => ({ tap: `[data-action="${action}"]` });
  await Promise.all([
    lookOver(kitchen, 'kitchen', {
      'recall-sheet': tap('open-recall'),
      'all-day-sheet': tap('open-all-day'),
      'sold-out-sheet': tap('open-sold-out'),
      'settings-sheet': tap('open-settings'),
      'keys-sheet': { key: '?' },
      'ticket-sheet': tap('open-ticket'),
    }),
    lookOver(expo, 'expo', {
      'recall-sheet': tap('open-recall'),
      'sold-out-sheet': tap('sold-out-list'),
      'settings-sheet': tap('settings'),
      'order-sheet': { tap: 'article [data-action=more]' },
    }),
    lookOver(floor, 'floor', {
      'sold-out-sheet': tap('open-sold-out'),
      'settings-sheet': tap('settings'),
      'order-sheet': { tap: 'article [data-action=more]' },
      staff: tap('staff'),
    }),
  ]);
  await expo.locator('article [data-action=more]').last().click();
  await expo.locator('[data-action=print]').click();
  await expect(expo.locator('dialog[data-print]')).toBeVisible();
  await lookAt(expo, 'expo-print');
});

async function find(page: Page, text: string, where: string): Promise<void> {
  await page.locator('form[role=search] input').fill(text);
  await expect(async () => {
    await page.locator('form[role=search]').press('Enter');
    await expect(page.locator(where).first()).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 60_000 });
}

test('find: an order that is here, one whose detail cannot be fetched, and one that nobody has heard of', async ({
  world,
  stage,
}) => {
  const restaurant = await indianRestaurant(world);
  const placed = await guests(restaurant, 6);
  await elsewhere(restaurant, 'expo', (tablet) => tablet.bump(placed[1]!.id));
  const parked = restaurant.place({ number: 'A177', items: [dish('VIN')] }, { silent: true });
  world.platform.answer(parked.id, { status: 404, body: {} });
  world.platform.change(parked.id, 'pay');
  const { kitchen } = await stage.show(restaurant, ['kitchen']);
  await kitchen.locator('[data-action=open-find]').click();
  for (const [state, text, seen] of [
    ['found', 'A102', '[data-found-order-id]'],
    ['parked', parked.id, '[data-where=parked]'],
    ['unknown', 'A999', '[data-sure]'],
  ] as const) {
    await find(kitchen, text, seen);
    await lookAt(kitchen, `find-${state}`);
  }
  world.platform.heal(parked.id);
});

async function guestAt(restaurant: Restaurant, stage: Stage, orderId: string): Promise<Page> {
  const [setting] = await restaurant.world.query<{ value: string }>(
    'SELECT value FROM settings WHERE key = $1',
    'guestKey',
  );
  const page = await stage.page('guest');
  await page.goto(
    `${restaurant.world.address}/guest/${GuestTokens.of(Buffer.from(setting!.value, 'hex')).tokenOf(orderId)}`,
  );
  await expect(page.locator('[data-connection=live]')).toBeVisible();
  return page;
}

test('guest: dishes coming, cooking and carried; a canceled order; a phone without network; a link that is no good', async ({
  world,
  stage,
}) => {
  const restaurant = await indianRestaurant(world);
  const [order, canceled] = await aged(restaurant, [
    {
      minutes: 12,
      number: 'A101',
      table: '4',
      items: [
        dish('OBH', 2),
        dish('TKA'),
        dish('CTM', 2),
        dish('RJO'),
        dish('MLA', 2),
        { name: 'Slow-roasted shoulder of lamb with apricots, almonds & herbs', category: 'tandoor' },
      ],
    },
    { minutes: 3, number: 'A102', table: '5', items: [dish('DAL'), dish('NAN', 2)] },
  ]);
  await elsewhere(restaurant, 'expo', async (tablet) => {
    const { id, tickets, lines } = await tablet.order(order!.id);
    const ticketOf = (lineId: string) =>
      tickets.find((ticket) => ticket.id === lines.find((one) => one.id === lineId)!.ticketId)!.id;
    for (const lineId of ['l1', 'l5']) await tablet.tap({ kind: 'bump', orderId: id, ticketId: ticketOf(lineId) });
    await tablet.tap({ kind: 'serve', orderId: id, lineIds: ['l5'] });
    await tablet.tap({ kind: 'start', orderId: id, lineIds: ['l3', 'l4'] });
  });
  const page = await guestAt(restaurant, stage, order!.id);
  for (const state of ['coming', 'cooking', 'carried'])
    await expect(page.locator(`[data-dish][data-state=${state}]`).first()).toBeVisible();
  await lookAt(page, 'guest-dishes');
  await stage.speak(page, 'zh');
  await lookAt(page, 'guest-dishes-chinese');
  await page.context().setOffline(true);
  await expect(page.locator('[data-connection=stale]')).toBeVisible();
  await expect(page.locator('[role=status]')).toBeVisible();
  await lookAt(page, 'guest-stale-chinese');
  await page.context().setOffline(false);
  await expect(page.locator('[data-connection=live]')).toBeVisible();

  await changed(restaurant, canceled!, 'cancel');
  await lookAt(await guestAt(restaurant, stage, canceled!.id), 'guest-canceled');
  const stranger = await stage.page('guest');
  await stranger.goto(`${world.address}/guest/bm9ib2R5.AAAAAAAAAAAAAAAAAAAAAA`);
  await expect(stranger.locator('[data-connection=gone]')).toBeVisible();
  await lookAt(stranger, 'guest-gone');
});

test('chinese: a busy evening on every screen', async ({ world, stage }) => {
  const restaurant = await indianRestaurant(world);
  await busyEvening(restaurant);
  const screens = await stage.show(restaurant, screenNames);
  await Promise.all(
    Object.values(screens).map(async (page) => {
      await stage.speak(page, 'zh');
      await untilLive(page);
    }),
  );
  await lookAtAll(screens, 'chinese', 'html[lang=zh-Hans] [data-screen]');
});
