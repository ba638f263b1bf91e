// "It never reached us": any screen can look up an order number. It answers where the order is, or why it is not here.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { expectAccessible } from './legible.ts';

const look = async (page: Page, text: string) => {
  if (!(await page.getByRole('searchbox').or(page.locator('form[role=search] input')).isVisible()))
    await page.locator('[data-action=open-find]').click();
  await page.locator('form[role=search] input').fill(text);
};
const found = (page: Page, id: string) => page.locator(`[data-found-order-id="${id}"]`);

test('an order is found by its number: at which station, who bumped it and when', async ({ restaurant, open }) => {
  const order = restaurant.place({
    number: 'F77',
    items: [
      { name: 'Chicken Tikka', category: 'grill' },
      { name: 'Korma', category: 'curry' },
    ],
  });
  await restaurant.world.has(order);
  const page = await open(restaurant, 'kitchen', 'Grill');
  await look(page, 'f77');
  await expect(found(page, order.id)).toHaveAttribute('data-where', 'open');
  await expect(found(page, order.id).locator('[data-station=Grill]')).toHaveAttribute('data-state', 'open');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.locator(`article[data-order-id="${order.id}"] [data-action=bump]`).click();
  await look(page, 'F77');
  await expect(found(page, order.id).locator('[data-station=Grill]')).toHaveAttribute('data-state', 'bumped');
  await expect(found(page, order.id).locator('[data-station=Grill]')).toContainText('by');
});

test('an order that cannot be fetched says so, with its tries; one that was never sent says that nothing is on its way', async ({
  restaurant,
  open,
}) => {
  const { platform } = restaurant.world;
  const page = await open(restaurant, 'kitchen', 'Grill');
  const order = restaurant.place({ items: [{ name: 'Vindaloo' }] }, { silent: true });
  platform.answer(order.id, { status: 404, body: {} });
  platform.change(order.id, 'pay');
  await look(page, order.id);
  await expect(async () => {
    await page.locator('form[role=search]').press('Enter');
    await expect(found(page, order.id)).toHaveAttribute('data-where', 'parked', { timeout: 1000 });
  }).toPass({ timeout: 60_000 });
  await page.locator('form[role=search] input').fill('NEVER-SENT');
  await expect(page.locator('[data-find=found] [data-sure]')).toBeVisible();
  platform.heal(order.id);
});

test('another restaurant’s order is not found', async ({ restaurant, world, open }) => {
  const other = await world.setUpRestaurant();
  const theirs = other.place({ number: 'X901', items: [{ name: 'Korma' }] });
  await world.has(theirs);
  const page = await open(restaurant, 'kitchen', 'Grill');
  await look(page, 'X901');
  await expect(page.locator('[data-find=found] [data-sure]')).toBeVisible();
  await expect(found(page, theirs.id)).toHaveCount(0);
});
