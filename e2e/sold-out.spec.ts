// Sold-out dishes ("86"): marked before anybody orders them, until a time, and counted down by the orders that come.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { expectAccessible, expectTargets } from './legible.ts';
import { elsewhere } from './picture-orders.ts';
import { card, line } from './screens.ts';

const burger = { name: 'Burger', sku: 'BUR', category: 'grill' };
const sheet = (page: Page) => page.getByRole('dialog');
const row = (page: Page, dish: string) => sheet(page).locator(`li[data-dish="${dish}"]`);
const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`);

test('before service a cook types a dish that is on no ticket; an order with it shows so on every screen', async ({
  restaurant,
  open,
}) => {
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await action(grill, 'open-sold-out').click();
  await sheet(grill).getByRole('searchbox').fill('  burger');
  await sheet(grill).getByRole('searchbox').press('Enter');
  await expect(row(grill, 'burger')).toHaveAttribute('data-sold-out', 'true');
  await expectAccessible(grill);
  await action(grill, 'close').click();
  const [order] = await restaurant.placeAll([{ items: [burger] }]);
  const [expo, floor] = await Promise.all([open(restaurant, 'expo'), open(restaurant, 'floor')]);
  for (const page of [grill, expo, floor]) await expect(line(card(page, order!), 'l1')).toContainText('86');
  await expect(action(grill, 'open-sold-out')).toContainText('86 (1)');
});

test('the keys of a bump bar reach the whole list: it opens, marks and closes without a finger', async ({
  restaurant,
  open,
}) => {
  await restaurant.placeAll([{ items: [burger] }]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await grill.keyboard.press('KeyO');
  await expect(row(grill, 'Burger')).toBeVisible();
  // The field, the button for how many and how long, and the one that marks.
  for (let i = 0; i < 3; i += 1) await grill.keyboard.press('ArrowDown');
  await grill.keyboard.press('Enter');
  await expect(row(grill, 'Burger')).toHaveAttribute('data-sold-out', 'true');
  await grill.keyboard.press('Escape');
  await expect(sheet(grill)).toHaveCount(0);
});

test('"until": the end of the day or a time is shown, and at its time the dish is back by itself', async ({
  restaurant,
  open,
}) => {
  const [order] = await restaurant.placeAll([{ items: [burger] }]);
  const [grill, expo, floor] = await Promise.all([
    open(restaurant, 'kitchen', 'Grill'),
    open(restaurant, 'expo'),
    open(restaurant, 'floor'),
  ]);
  await action(expo, 'sold-out-list').click();
  await row(expo, 'Burger').locator('[data-action=sold-out-details]').click();
  await expectTargets(expo, 52);
  await expectAccessible(expo);
  await row(expo, 'Burger')
    .getByRole('button', { name: /^End of day/ })
    .click();
  for (const page of [grill, expo, floor]) await expect(line(card(page, order!), 'l1')).toContainText('86 until 04:00');
  await row(expo, 'Burger').getByLabel('Time', { exact: true }).fill('18:00');
  await row(expo, 'Burger').getByRole('button', { name: 'Until 18:00' }).click();
  await expect(row(expo, 'Burger')).toContainText('until 18:00');
  await expect(floor.locator('[data-sold-out-count="1"]')).toContainText('Burger, until 18:00');
  await elsewhere(restaurant, 'expo', (tablet) =>
    tablet.tap({
      kind: 'sold-out',
      dish: burger,
      on: true,
      until: new Date(Date.now() + 1500).toISOString(),
    }),
  );
  await expect(line(card(grill, order!), 'l1')).not.toContainText('86');
  await expect(line(card(floor, order!), 'l1')).not.toContainText('86');
  await expect(row(expo, 'Burger')).toHaveAttribute('data-sold-out', 'false');
});

test('"3 left" goes down as orders come, and after the last the dish is sold out by itself', async ({
  restaurant,
  open,
}) => {
  const [first] = await restaurant.placeAll([{ items: [burger] }]);
  const [grill, floor] = await Promise.all([open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'floor')]);
  await action(grill, 'open-sold-out').click();
  await row(grill, 'Burger').locator('[data-action=sold-out-details]').click();
  await expectTargets(grill, 64);
  for (let i = 0; i < 2; i += 1) await row(grill, 'Burger').locator('[data-action=fewer]').click();
  await row(grill, 'Burger').locator('[data-action=set-left]').click();
  await expect(row(grill, 'Burger')).toHaveAttribute('data-left', '3');
  for (const page of [grill, floor]) await expect(line(card(page, first!), 'l1')).toContainText('3 left');
  await expect(action(grill, 'open-sold-out')).not.toContainText('(1)');
  const [second] = await restaurant.placeAll([{ items: [{ ...burger, quantity: 2 }] }]);
  await expect(row(grill, 'Burger')).toHaveAttribute('data-left', '1');
  await expect(line(card(floor, first!), 'l1')).toContainText('1 left');
  const [third] = await restaurant.placeAll([{ items: [{ ...burger, quantity: 2 }] }]);
  await expect(row(grill, 'Burger')).toContainText('1 more ordered than there are');
  await expect(row(grill, 'Burger')).toHaveAttribute('data-sold-out', 'true');
  for (const order of [first!, second!, third!]) await expect(line(card(floor, order), 'l1')).toContainText('86');
  restaurant.change(third!, { kind: 'void', line: 'l1' });
  await expect(row(grill, 'Burger')).toHaveAttribute('data-left', '1');
});
