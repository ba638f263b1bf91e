// Real Chromiums that are too old, and one that is just new enough: npm run test:old-browsers. They are fetched, 150 MB in
// all, so that npm test leaves them out.
import { chromium, type Browser, type Page } from '@playwright/test';
import { oldChromium } from '../scripts/local/old-chromium.mjs';
import { OPEN_PAGES, SCREENS } from './every-page.ts';
import { expect, test } from './fixtures.ts';
import { card, expectLive } from './screens.ts';
import type { Restaurant } from './restaurant.ts';

const NEEDED = /Heard needs Chrome or Edge 111, Safari 16\.4 \(iPadOS 16\.4\), Firefox 128/;

/** Skips the test aloud where this browser cannot be had. */
async function withOld(major: 92 | 109 | 112, use: (browser: Browser) => Promise<void>) {
  const file = await oldChromium(major).catch((error: Error) => error);
  if (file instanceof Error) {
    console.log(`SKIPPED: Chromium ${major} cannot be fetched: ${file.message}`);
    test.skip(true, `SKIPPED: Chromium ${major} cannot be fetched`);
    return;
  }
  const browser = await chromium.launch({ executablePath: file, args: ['--no-sandbox'] });
  try {
    expect(browser.version()).toMatch(new RegExp(`^${major}\\.`));
    await use(browser);
  } finally {
    await browser.close();
  }
}

/** Pairs a browser without any help of its pages. One that is refused ends its loading, so there is no `load`. */
async function paired(browser: Browser, restaurant: Restaurant, role: (typeof SCREENS)[number]): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const [name, station] = role;
  const { url } = await restaurant.world.newDevice({
    restaurantId: restaurant.id,
    role: name,
    ...(station !== undefined && { station }),
  });
  await page.goto(url, { waitUntil: 'commit' });
  return page;
}

for (const major of [92, 109] as const)
  test(`Chromium ${major} shows the sentence that names what is needed, on every page, and nothing else`, async ({
    restaurant,
  }) => {
    await restaurant.placeAll([{ number: 'A1', items: [{ name: 'Burger', category: 'grill' }] }]);
    await withOld(major, async (browser) => {
      for (const role of SCREENS) {
        const page = await paired(browser, restaurant, role);
        await expect(page.locator('#old-browser')).toHaveText(NEEDED);
        expect(await page.locator('body').innerText()).toMatch(new RegExp(`^${NEEDED.source}[^.]*\\.\\s*$`));
      }
      const page = await browser.newPage();
      for (const path of OPEN_PAGES) {
        await page.goto(restaurant.world.address + path, { waitUntil: 'commit' });
        await expect(page.locator('#old-browser')).toHaveText(NEEDED);
      }
    });
  });

test('Chromium 112, the oldest supported one that can be had, runs every screen', async ({ restaurant }) => {
  const [order] = await restaurant.placeAll([{ number: 'A1', items: [{ name: 'Burger', category: 'grill' }] }]);
  await withOld(112, async (browser) => {
    const faults: string[] = [];
    for (const role of SCREENS) {
      const page = await paired(browser, restaurant, role);
      page.on('pageerror', ({ message }) => faults.push(`${role[0]}: ${message}`));
      await expectLive(page);
      // A manager reads orders that are late. This one is not.
      const shown = role[0] === 'manager' ? 'one order is open' : 'A1';
      await expect(page.getByText(shown).first()).toBeVisible();
      if (role[0] === 'manager') {
        for (const part of ['orders', 'times', 'changes', 'setup', 'devices', 'people']) {
          await page.goto(page.url().replace(/\/manager.*$/, `/manager/${part}${new URL(page.url()).search}`));
          await expect(page.locator('#old-browser')).toHaveCount(0);
          await expect(page.getByText('This screen had a problem')).toHaveCount(0);
        }
      }
      if (role[0] === 'kitchen') {
        await card(page, order!).locator('[data-action=bump]').click();
        await expect(card(page, order!)).toHaveCount(0);
        await page.locator('[data-action=undo]').click();
        await expect(card(page, order!)).toBeVisible();
      }
    }
    expect(faults).toEqual([]);
  });
});
