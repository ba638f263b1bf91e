// A guest's phone shows the progress of each dish and nothing else, and says so when its link is not valid. It also
// says when it has lost the server: that takes half a minute and is tested in pictures-sheets.spec.ts.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { expectAccessible } from './legible.ts';
import { GuestTokens } from '../server/guest/tokens.ts';
import type { Restaurant } from './restaurant.ts';

const phone = { viewport: { width: 390, height: 844 } };
const dishes = (page: Page) =>
  page.locator('[data-dish]').evaluateAll((found) => found.map((one) => one.getAttribute('data-state')));
const linkOf = async ({ world }: Restaurant, orderId: string) => {
  const [setting] = await world.query<{ value: string }>('SELECT value FROM settings WHERE key = $1', 'guestKey');
  return `${world.address}/guest/${GuestTokens.of(Buffer.from(setting!.value, 'hex')).tokenOf(orderId)}`;
};

test('dishes are coming, cooked and on their way while the kitchen works, and nothing else of the order is told', async ({
  restaurant,
  open,
  browser,
}) => {
  const order = restaurant.place({
    number: 'G501',
    table: '77',
    note: 'secret-note',
    items: [
      { name: 'Garlic Naan', category: 'grill', note: 'secret-line' },
      { name: 'Rice', category: 'grill', quantity: 2 },
    ],
  });
  await restaurant.world.has(order);
  const guest = await (await browser.newContext(phone)).newPage();
  await guest.goto(await linkOf(restaurant, order.id));
  await expect.poll(() => dishes(guest)).toEqual(['coming', 'coming']);
  const kitchen = await open(restaurant, 'kitchen', 'Grill');
  await kitchen.locator(`article[data-order-id="${order.id}"] [data-action=bump]`).click();
  // They are ready at the pass, and on their way once somebody carries them.
  await expect.poll(() => dishes(guest)).toEqual(['cooking', 'cooking']);
  const floor = await open(restaurant, 'floor', undefined, phone);
  await floor.locator(`[data-order-id="${order.id}"] [data-action=serve]`).first().click();
  await expect.poll(async () => (await dishes(guest)).includes('carried')).toBe(true);
  const text = await guest.locator('body').innerText();
  for (const word of ['secret', 'G501', '77', 'Grill']) expect(text).not.toContain(word);
  await expectAccessible(guest);
});

test('a link that was tampered with shows nothing, and says that it is no good', async ({ restaurant, browser }) => {
  const order = restaurant.place({ items: [{ name: 'Korma' }] });
  await restaurant.world.has(order);
  const guest = await (await browser.newContext(phone)).newPage();
  const link = await linkOf(restaurant, order.id);
  await guest.goto(`${link.slice(0, -2)}${link.endsWith('AA') ? 'BB' : 'AA'}`);
  await expect(guest.locator('[data-connection=gone]')).toBeVisible();
  expect(await dishes(guest)).toEqual([]);
});
