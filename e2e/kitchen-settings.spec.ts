// A device's settings hold at once, after a reload from the first frame on, and on this device only.
import { expect, test } from './fixtures.ts';
import { prefer } from './kitchen.ts';
import { expectAccessible, expectLegible, expectTargets } from './legible.ts';
import { cards, root } from './screens.ts';

const items = [{ name: 'Burger', category: 'grill', modifiers: [{ name: 'No onion', kind: 'REMOVE' as const }] }];

test('colours, text size and density take effect at once, and are there in the first frame after a reload', async ({
  restaurant,
  open,
}) => {
  await restaurant.placeAll(Array.from({ length: 4 }, () => ({ items })));
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(cards(grill)).toHaveCount(4);
  const background = () => root(grill).evaluate((element) => getComputedStyle(element).backgroundColor);
  const [dark, width] = [await background(), (await cards(grill).first().boundingBox())!.width];
  await grill.locator('[data-action=open-settings]').click();
  await expectAccessible(grill);
  await expectTargets(grill, 64);
  await expectLegible(grill);
  await grill.locator('[data-action=theme-light]').click();
  await grill.locator('[data-action=text-largest]').click();
  await grill.locator('[data-action=density-medium]').click();
  await grill.locator('[data-action=close]').click();
  expect(await background()).not.toBe(dark);
  await expect(grill.locator('main')).toHaveAttribute('data-density', 'medium');
  expect((await cards(grill).first().boundingBox())!.width).not.toBe(width);
  // The server's HTML already has the setting, before any script has run.
  const html = await (await grill.request.get(grill.url())).text();
  expect(html).toMatch(
    /<html[^>]*data-look="light"[^>]*data-text="largest"|<html[^>]*data-text="largest"[^>]*data-look="light"/,
  );
  await grill.reload();
  await expect(cards(grill)).toHaveCount(4);
  await expect(grill.locator('html')).toHaveAttribute('data-look', 'light');
  await expectAccessible(grill);
  await expectLegible(grill, { pages: true });
});

for (const density of ['roomy', 'medium', 'compact']) {
  test(`a ${density} board can be read, tapped and heard with each size of text`, async ({ restaurant, open }) => {
    await restaurant.placeAll([
      { items: [...items, ...items, ...items] },
      ...Array.from({ length: 9 }, () => ({ table: 'Garden terrace', items })),
    ]);
    const grill = await open(restaurant, 'kitchen', 'Grill');
    for (const text of ['normal', 'large', 'largest']) {
      await prefer(grill, { density, text });
      await expect(cards(grill).first()).toBeVisible();
      await expectLegible(grill, { pages: true });
      // The medium board is for hands that need less room.
      await expectTargets(grill, density === 'medium' ? 44 : 64);
    }
    await expectAccessible(grill);
  });
}

test('the display is kept on where the browser allows it, and the settings say where it does not', async ({
  restaurant,
  browser,
}) => {
  for (const allowed of [true, false]) {
    const page = await (await browser.newContext()).newPage();
    await page.addInitScript((allowed) => {
      const request = async () => Object.assign(new EventTarget(), { release: async () => {} });
      Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true });
      if (!allowed) Object.defineProperty(window, 'isSecureContext', { value: false });
    }, allowed);
    await restaurant.pair(page, 'kitchen', 'Grill');
    await expect(root(page)).toHaveAttribute('data-connection', 'live');
    await page.locator('[data-action=open-settings]').click();
    await expect(page.locator('[data-wake-lock]')).toHaveAttribute('data-wake-lock', allowed ? 'on' : 'unavailable');
    if (!allowed) await expect(page.locator('[data-wake-lock]')).toContainText('needs https');
    await page.context().close();
  }
});

test('the board fills the screen by a key, and leaves it by the same', async ({ restaurant, open }) => {
  const grill = await open(restaurant, 'kitchen', 'Grill');
  const full = () => grill.evaluate(() => document.fullscreenElement !== null);
  await grill.keyboard.press('KeyG');
  await expect.poll(full).toBe(true);
  await grill.keyboard.press('KeyG');
  await expect.poll(full).toBe(false);
});

test('where a device asks for less motion, nothing glides', async ({ restaurant, browser }) => {
  await restaurant.placeAll([{ items }]);
  for (const reducedMotion of ['reduce', 'no-preference'] as const) {
    const page = await (await browser.newContext({ reducedMotion })).newPage();
    await restaurant.pair(page, 'kitchen', 'Grill');
    const duration = () =>
      cards(page)
        .first()
        .locator('..')
        .evaluate((element) => getComputedStyle(element).transitionDuration);
    // A page that has just opened may have been slow to draw, and that counts for 10 s.
    await expect.poll(duration).toBe(reducedMotion === 'reduce' ? '0s' : '0.12s');
    await page.context().close();
  }
});
