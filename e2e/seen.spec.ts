// Confirmed means seen: tickets on another page or behind a sheet are not confirmed. Sheets and pages that somebody left
// go away by themselves.
import { expect, test } from './fixtures.ts';
import type { Restaurant } from './restaurant.ts';
import { button, cards, shownIds } from './screens.ts';

const orders = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    number: `A${from + index}`,
    items: ['Burger', 'Steak', 'Ribs', 'Wings'].map((name) => ({ name, category: 'grill' })),
  }));

const confirmedIds = async (restaurant: Restaurant): Promise<string[]> =>
  (
    await restaurant.world.query<{ id: string }>(
      `
        SELECT o.id
        FROM tickets t
        JOIN orders o ON o.id = t.order_id
        WHERE o.restaurant_id = $1 AND t.confirmed_at IS NOT NULL
        ORDER BY o.id
      `,
      restaurant.id,
    )
  ).map(({ id }) => id);

test('tickets on another page are not confirmed before it is turned to; the pass and the foot count them', async ({
  restaurant,
  open,
}) => {
  const placed = await restaurant.placeAll(orders(101, 12));
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(grill.locator('[data-hidden]')).not.toHaveAttribute('data-hidden', '0');
  const first = [...new Set(await shownIds(grill))].map(String).sort();
  expect(first.length).toBeGreaterThan(0);
  expect(first.length).toBeLessThan(placed.length);
  await expect.poll(() => confirmedIds(restaurant)).toEqual(first);
  const expo = await open(restaurant, 'expo');
  await expect(expo.locator('[data-unconfirmed]')).toHaveAttribute(
    'data-unconfirmed',
    String(placed.length - first.length),
  );
  expect(await confirmedIds(restaurant)).toEqual(first);
  const next = grill.locator('[data-action=next-page]');
  let seen = first.length;
  while (await next.isEnabled()) {
    await next.click();
    await expect.poll(async () => (await confirmedIds(restaurant)).length).toBeGreaterThan(seen);
    seen = (await confirmedIds(restaurant)).length;
  }
  expect(seen).toBe(placed.length);
  await expect(expo.locator('[data-unconfirmed]')).toHaveCount(0);
});

test('a ticket behind a sheet is not confirmed; the sheet closes after a minute without a touch, and it is', async ({
  restaurant,
  open,
}) => {
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await grill.locator('[data-action=open-settings]').click();
  const sheet = grill.locator('dialog[open]');
  await expect(sheet).toBeVisible();
  const [order] = await restaurant.placeAll(orders(201, 1));
  await expect(cards(grill)).toHaveCount(1);
  const expo = await open(restaurant, 'expo');
  await expect(expo.locator('[data-unconfirmed="1"]')).toBeVisible();
  expect(await confirmedIds(restaurant)).toEqual([]);
  await expect(sheet).toHaveCount(0, { timeout: 100_000 });
  await expect.poll(() => confirmedIds(restaurant)).toEqual([order!.id]);
});

test('the sheet of sold-out dishes closes as well, with a dish opened and a count typed', async ({
  restaurant,
  open,
}) => {
  await restaurant.placeAll(orders(401, 1));
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await grill.locator('[data-action=open-sold-out]').click();
  const sheet = grill.getByRole('dialog');
  await sheet.locator('[data-action=sold-out-details]').first().click();
  await sheet.getByRole('spinbutton').fill('7');
  await expect(sheet).toHaveCount(0, { timeout: 100_000 });
});

test('a board goes back to its first page after half a minute; a finger on it starts the time anew', async ({
  restaurant,
  open,
}) => {
  await restaurant.placeAll(orders(301, 14));
  for (const [role, station] of [['kitchen', 'Grill'], ['expo']] as const) {
    const page = await open(restaurant, role, station, { viewport: { width: 1024, height: 600 } });
    const previous = page.locator('[data-action=previous-page]');
    await page.locator('[data-action=next-page]').click();
    await expect(previous).toBeEnabled();
    // Longer than the time altogether, with a touch in between.
    const began = await page.evaluate(() => performance.now());
    while ((await page.evaluate(() => performance.now())) - began < 36_000) {
      await page.evaluate(() => dispatchEvent(new Event('touchmove')));
      await page.waitForTimeout(2000);
    }
    await expect(previous).toBeEnabled();
    await expect(previous).toBeDisabled({ timeout: 100_000 });
    await expect(button(page, 'Next page')).toBeEnabled();
  }
});

test('a sheet with typed text stays open', async ({ restaurant, open }) => {
  const floor = await open(restaurant, 'floor');
  await floor.locator('[data-action=settings]').click();
  const field = floor.getByRole('dialog').getByRole('textbox').first();
  await field.fill('Terrace 3');
  await floor.waitForTimeout(70_000);
  await expect(field).toHaveValue('Terrace 3');
});
