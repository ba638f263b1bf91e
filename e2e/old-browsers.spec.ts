// Browsers that are too old, one just new enough, and none of JavaScript: nobody sees an empty board that never fills,
// or a figure that nobody has read.
import { chromium, type Browser, type Page } from '@playwright/test';
import { GuestTokens } from '../server/guest/tokens.ts';
import { oldChromium } from '../scripts/local/old-chromium.mjs';
import { expect, test } from './fixtures.ts';
import { card, expectLive } from './screens.ts';
import type { DeviceSetup, Restaurant } from './restaurant.ts';

const NEEDED = /Heard needs Chrome or Edge 111, Safari 16\.4 \(iPadOS 16\.4\), Firefox 128/;
const SCREENS: readonly (readonly [DeviceSetup['role'], station?: string])[] = [
  ['kitchen', 'Grill'],
  ['expo'],
  ['floor'],
  ['manager'],
];
const OPEN_PAGES = ['/', '/not-paired', '/there-is-none', '/sign-in', '/forgotten', '/invite', '/pair'];

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
      await expect(page.getByText('A1').first()).toBeVisible();
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

test('the check of the browser runs before every other script, and the sentence for none is there, on every page', async ({
  restaurant,
  page,
}) => {
  await restaurant.placeAll([{ number: 'A1', items: [{ name: 'Burger', category: 'grill' }] }]);
  const htmls = new Map<string, string>();
  for (const role of SCREENS) {
    await restaurant.pair(page, ...role);
    const path = new URL(page.url()).pathname + new URL(page.url()).search;
    htmls.set(path, await (await page.request.get(page.url())).text());
  }
  for (const path of [...OPEN_PAGES, '/guest/AAAAAAAAAAAAAAAAAAAAAA'])
    htmls.set(path, await (await page.request.get(restaurant.world.address + path)).text());
  expect(htmls.size).toBe(SCREENS.length + OPEN_PAGES.length + 1);
  for (const [path, html] of htmls) {
    // Async files only register their modules: the page is started by an inline script behind.
    const [first] = [...html.matchAll(/<script([^>]*)>([^<]{0,400})/g)].filter(([, marks]) => !/ async/.test(marks!));
    expect([path, first?.[2]]).toEqual([path, expect.stringContaining('toSorted')]);
    expect([path, html]).toEqual([
      path,
      expect.stringMatching(/<noscript>(?:(?!<\/noscript>).)*Heard needs JavaScript/),
    ]);
  }
});

test('the HTML alone shows no figure that nobody has read, and says that it is opening', async ({
  restaurant,
  browser,
  page,
}) => {
  const [order] = await restaurant.placeAll([{ number: 'A1', items: [{ name: 'Burger', category: 'grill' }] }]);
  const [key] = await restaurant.world.query<{ value: string }>(
    'SELECT value FROM settings WHERE key = $1',
    'guestKey',
  );
  const token = GuestTokens.of(Buffer.from(key!.value, 'hex')).tokenOf(order!.id);
  const still = await browser.newContext({ javaScriptEnabled: false });
  const reader = await still.newPage();
  for (const role of SCREENS) {
    await restaurant.pair(page, ...role);
    const urls = [page.url(), ...(role[0] === 'manager' ? [page.url().replace(/\/manager/, '/manager/orders')] : [])];
    await still.addCookies(await page.context().cookies());
    for (const url of urls) {
      await reader.goto(url);
      await expectNoFigure(reader);
    }
  }
  await reader.goto(`${restaurant.world.address}/guest/${token}`);
  await expectNoFigure(reader);
  await still.close();
});

/** The page's own words, without the sentence for those who have no JavaScript. */
async function expectNoFigure(page: Page): Promise<void> {
  const words = await page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (texts.nextNode()) {
      const { parentElement, textContent } = texts.currentNode;
      if (parentElement && !parentElement.closest('script, style, noscript, option')) found.push(textContent ?? '');
    }
    return found.join(' ');
  });
  expect(words).toMatch(/Opening|Looking how far/);
  // The one figure on these pages that is a word: "86".
  expect(words.replace(/\b86\b/g, '')).not.toMatch(/\d|on time|Nobody|No (?:open|delayed|dish)/i);
}
