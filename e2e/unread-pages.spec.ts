// Pages before their scripts, or without any: the browser is checked first, and nobody sees a figure that nobody has read.
import type { Page } from '@playwright/test';
import { GuestTokens } from '../server/guest/tokens.ts';
import { OPEN_PAGES, SCREENS } from './every-page.ts';
import { expect, test } from './fixtures.ts';

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
