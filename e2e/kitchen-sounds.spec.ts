// The kitchen's five sounds: each differs from the others, and they play once the shift is started, unless the device
// is muted.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { heardNotes, listen } from './kitchen.ts';
import { elsewhere } from './picture-orders.ts';
import { card, cards, drawn, root } from './screens.ts';

const items = [
  { name: 'Burger', category: 'grill' },
  { name: 'Cola', category: 'drinks' },
];

async function hears(page: Page): Promise<string> {
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { heard: number[] }).heard.length))
    .toBeGreaterThan(0);
  return (await heardNotes(page)).join(' ');
}

test('new, changed, voided, rushed and ready sound differently, after the shift was started', async ({
  restaurant,
  browser,
}) => {
  const page = await (await browser.newContext()).newPage();
  await listen(page);
  await restaurant.pair(page, 'kitchen', 'Grill');
  await expect(root(page)).toHaveAttribute('data-connection', 'live');
  const silent = restaurant.place({ items });
  await expect(card(page, silent)).toBeVisible();
  expect(await heardNotes(page)).toEqual([]);

  await expect(page.locator('[data-action=start-shift]')).toBeVisible();
  await page.locator('[data-action=start-shift]').click();
  await expect(page.locator('[data-action=start-shift]')).toHaveCount(0);
  await hears(page);

  const sounds = new Map<string, string>();
  const order = restaurant.place({ items });
  sounds.set('new', await hears(page));
  restaurant.change(order, { kind: 'quantity', line: 'l1', quantity: 4 });
  sounds.set('changed', await hears(page));
  await elsewhere(restaurant, 'expo', (tablet) => tablet.tap({ kind: 'rush', orderId: order.id, on: true }));
  sounds.set('rushed', await hears(page));
  await elsewhere(restaurant, 'expo', (tablet) => tablet.bump(order.id));
  sounds.set('ready', await hears(page));
  restaurant.change(silent, 'cancel');
  sounds.set('voided', await hears(page));
  expect(new Set(sounds.values()).size, JSON.stringify([...sounds])).toBe(5);
});

test('a muted screen is silent and says so', async ({ restaurant, browser }) => {
  const page = await (await browser.newContext()).newPage();
  await listen(page);
  await restaurant.pair(page, 'kitchen', 'Grill');
  await page.locator('[data-action=start-shift]').click();
  await hears(page);
  await page.keyboard.press('KeyM');
  await expect(page.locator('[data-action=unmute]')).toHaveText('Muted');
  restaurant.place({ items });
  await expect(cards(page)).toHaveCount(1);
  await drawn(page);
  expect(await heardNotes(page)).toEqual([]);
  await page.locator('[data-action=unmute]').click();
  restaurant.place({ items });
  await hears(page);
});
