// Pictures of every screen in the sizes and fillings that it must bear, into test-results/screens, for people to look at; and the README's.
// UPDATE_SCREENSHOTS=1 replaces docs/screenshot.png, which is made only when it is missing otherwise: its clocks differ in every run.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { busyEvening, indianRestaurant, orders } from './full-board.ts';
import { button, cards, expectLive, line, root } from './screens.ts';

const file = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const sizes = { phone: [390, 844], tablet: [1024, 768], kitchen: [1280, 800], desktop: [1920, 1080] } as const;

/** Without cards that are on their way to another place. */
test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** Nothing may stick out to the side: people would not find it, and the board would move under the finger. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
}

for (const count of [0, 3, 60]) {
  test(`every screen with ${count} orders fits a phone, a tablet and a desktop`, async ({ world, open }) => {
    const restaurant = await indianRestaurant(world);
    await orders(restaurant, count);
    const screens = { kitchen: await open(restaurant, 'kitchen', 'Curry'), expo: await open(restaurant, 'expo'), floor: await open(restaurant, 'floor'), manager: await open(restaurant, 'manager') };
    if (count) {
      for (const page of [screens.kitchen, screens.floor]) await expect(cards(page).first()).toBeVisible();
      await button(cards(screens.kitchen).nth(1), 'Bump').click();
      await cards(screens.kitchen).first().locator('[data-item-id]').first().getByRole('button').click();
      await expect(screens.floor.locator('article[data-state=ready]').first()).toBeVisible();
    }
    for (const [name, page] of Object.entries(screens)) {
      for (const [size, [width, height]] of Object.entries(sizes)) {
        await page.setViewportSize({ width, height });
        await expect(root(page)).toHaveAttribute('data-connection', 'live');
        await expectNoSidewaysScroll(page);
        await page.screenshot({ path: file(`test-results/screens/${name}-${size}-${count}.png`) });
      }
    }
  });
}

test('the kitchen of a busy evening, as the README shows it', async ({ world, open }) => {
  const restaurant = await indianRestaurant(world);
  await busyEvening(restaurant);
  const curry = await open(restaurant, 'kitchen', 'Curry');
  await expect(curry.getByRole('banner')).toContainText('9 open');
  await expect(cards(curry)).toHaveCount(8);
  await expect(curry.locator('[data-tone=late]')).toHaveCount(2);
  await expect(curry.locator('[data-tone=due]')).toHaveCount(2);
  await expect(curry.locator('article[data-state=canceled]')).toHaveCount(1);
  await expect(curry.locator('article[data-state=changed]')).toHaveCount(3);
  const third = curry.getByRole('article', { name: /^Order A115/ });
  await line(third, 'l2').getByRole('button').click();
  await expect(line(third, 'l2')).toHaveAttribute('data-state', 'ready');
  await expectNoSidewaysScroll(curry);
  await curry.screenshot({ path: file('test-results/screens/readme.png') });
  const published = file('docs/screenshot.png');
  if (process.env['UPDATE_SCREENSHOTS'] === '1' || !existsSync(published)) await curry.screenshot({ path: published });
  const floor = await open(restaurant, 'floor');
  const expo = await open(restaurant, 'expo');
  await expect(floor.locator('article[data-state=ready]')).toHaveCount(1);
  await floor.setViewportSize({ width: 390, height: 844 });
  await floor.screenshot({ path: file('test-results/screens/evening-floor.png') });
  await expo.screenshot({ path: file('test-results/screens/evening-expo.png') });
  await curry.context().setOffline(true);
  await expect(curry.locator('[data-cause]')).toBeVisible();
  await curry.screenshot({ path: file('test-results/screens/evening-offline.png') });
  await button(curry, 'Recall').click();
  await curry.screenshot({ path: file('test-results/screens/evening-recall.png') });
});

test('the front page, and names that are long or Chinese', async ({ ownWorld, page, open }) => {
  const world = await ownWorld({ env: { HEARD_DEMO: '1' } });
  await indianRestaurant(world);
  const jade = await world.setUpRestaurant({ name: 'Lucky Jade 翡翠軒', timeZone: 'Asia/Hong_Kong', stations: [{ name: '燒味', routes: [{ category: 'roast' }] }, { name: 'Wok', fallback: true }] });
  await page.goto(world.address);
  await expect(page.getByRole('link')).toHaveCount(12);
  for (const [size, [width, height]] of Object.entries(sizes)) {
    await page.setViewportSize({ width, height });
    await expectNoSidewaysScroll(page);
    await page.screenshot({ path: file(`test-results/screens/front-${size}.png`) });
  }
  await jade.placeAll([
    { number: '101', table: '八號', items: [{ name: '蜜汁叉燒飯', category: 'roast', quantity: 2, modifiers: [{ name: '走蔥', kind: 'REMOVE' }], allergens: ['大豆', 'gluten'] }] },
    { number: 'TAKEAWAY-2026-11-0000123', table: 'Garden terrace by the fountain', items: [{ name: 'Donaudampfschifffahrtsgesellschaftskapitänsplatte with everything', category: 'roast', quantity: 120, note: 'x'.repeat(120) }] },
  ]);
  const roast = await open(jade, 'kitchen', '燒味');
  const floor = await open(jade, 'floor');
  await expect(cards(roast)).toHaveCount(2);
  await roast.setViewportSize({ width: 390, height: 844 });
  await floor.setViewportSize({ width: 390, height: 844 });
  for (const screen of [roast, floor]) { await expectLive(screen); await expectNoSidewaysScroll(screen); }
  await expect(cards(floor)).toHaveCount(2);
  await roast.screenshot({ path: file('test-results/screens/long-names-kitchen.png') });
  await floor.screenshot({ path: file('test-results/screens/long-names-floor.png') });
});
