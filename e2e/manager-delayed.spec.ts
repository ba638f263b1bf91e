// A manager's list of delayed orders: filtered, sorted, acknowledged with a note that everybody sees, and worked by
// keyboard.
import { expect, test } from './fixtures.ts';
import { expectLegible } from './legible.ts';
import { signedInManager } from './manager-session.ts';
import { button, card, line } from './screens.ts';

const ids = (page: import('@playwright/test').Page) =>
  page
    .locator('tr[data-order-id]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')?.split(/[ ,]/)[1]));

test('a delay is acknowledged with a note, seen by other managers with who and when, and taken away again', async ({
  restaurant,
  open,
  browser,
}) => {
  const [first, second] = await restaurant.placeAll([
    { number: 'A10', table: '3', items: [{ name: 'Burger', category: 'grill' }] },
    { number: 'A9', table: '4', items: [{ name: 'Cola', category: 'drinks' }] },
  ]);
  await restaurant.age(first!, 12);
  await restaurant.age(second!, 20);
  const [mine, other] = [
    await signedInManager(browser, [restaurant], { name: 'Ada' }),
    await open(restaurant, 'manager'),
  ];
  const row = mine.getByRole('row', { name: /^Order A10/ });
  await expect(mine.locator('[data-headline=late]')).toContainText('2 orders are late, the longest, A9');
  await row.locator('[data-action=note-delay]').focus();
  await mine.keyboard.press('Enter');
  await mine.getByRole('dialog').getByRole('textbox').fill('The grill is broken =1+1');
  await mine.locator('[data-action=save-note]').click();
  await expect(row.locator('[data-note]')).toContainText('Ada');
  const there = other.getByRole('row', { name: /^Order A10/ });
  await expect(there.locator('[data-note]')).toContainText('The grill is broken =1+1');
  await expect(there.locator('[data-note]')).toContainText(/Ada, \d\d:\d\d/);
  await expect(other.locator('[data-figure=delayed]')).toContainText('1 acknowledged');

  await other.locator('[data-field=by-note]').selectOption('without');
  await expect.poll(() => ids(other)).toEqual(['A9']);
  await other.locator('[data-field=by-note]').selectOption('all');
  await other.locator('[data-field=sort-by]').selectOption('number');
  await expect.poll(() => ids(other)).toEqual(['A9', 'A10']);
  await other.locator('[data-field=sort-by]').selectOption('late');
  await other.locator('[data-field=by-station]').selectOption({ label: 'Bar' });
  await expect.poll(() => ids(other)).toEqual(['A9']);

  await row.locator('[data-action=note-delay]').click();
  await mine.keyboard.press('Escape');
  await expect(row.locator('[data-note]')).toHaveCount(1);
  await row.locator('[data-action=note-delay]').click();
  await mine.locator('[data-action=remove-note]').click();
  await expect(row.locator('[data-note]')).toHaveCount(0);
});

test('a course that was held too long is fired from the list of delays', async ({ restaurant: { world }, open }) => {
  const restaurant = await world.setUpRestaurant({ courses: { mode: 'manual' } });
  const grill = await open(restaurant, 'kitchen', 'Grill');
  const [order] = await restaurant.placeAll([
    {
      number: 'A7',
      table: '3',
      items: [
        { name: 'Soup', category: 'grill', course: 1 },
        { name: 'Steak', category: 'grill', course: 2 },
      ],
    },
  ]);
  await button(card(grill, order!), 'Bump').click();
  await expect(line(card(grill, order!), 'l2')).toHaveAttribute('data-state', 'held');
  // The screen shows a bump at once. The server may have it later, and would then write its own times.
  await expect
    .poll(() => world.query(`SELECT id FROM line_items WHERE order_id = $1 AND state = 'ready'`, order!.id))
    .toHaveLength(1);
  await restaurant.age(order!, 25);
  await world.query(
    `UPDATE line_items SET ready_at = now() - interval '20 minutes' WHERE order_id = $1 AND id = 'l1'`,
    order!.id,
  );
  const manager = await open(restaurant, 'manager');
  const row = manager.locator(`tr[data-order-id="${order!.id}"]`);
  await expect(row).toHaveAttribute('data-why', 'held');
  await row.locator('[data-action=fire]').click();
  await expect(line(card(grill, order!), 'l2')).toHaveAttribute('data-state', 'waiting');
  // The reason names the step that is missing: the soup has stood ready for twenty minutes.
  await expect(row).toHaveAttribute('data-why', 'not-picked-up');
});

test('a ticket that no screen shows makes its order late within seconds, is told to the pass, and is well once a screen shows it', async ({
  restaurant,
  open,
}) => {
  const [order] = await restaurant.placeAll([
    {
      number: 'TAKEAWAY-2026-0000123',
      type: 'TAKEAWAY',
      items: [{ name: 'Donaudampfschifffahrtsgesellschaftskapitänsplatte', category: 'grill' }],
    },
  ]);
  const [manager, expo] = await Promise.all([open(restaurant, 'manager'), open(restaurant, 'expo')]);
  const row = manager.locator(`tr[data-order-id="${order!.id}"]`);
  await expect(row).toHaveAttribute('data-why', 'not-on-screen');
  await expect(expo.locator('[data-unconfirmed="1"]')).toContainText('Grill');
  // The longest reason beside the longest word: the table and its button stay in their box.
  for (const width of [1440, 800]) {
    await manager.setViewportSize({ width, height: 900 });
    await expectLegible(manager);
    await expect(row.locator('[data-action=note-delay]')).toBeInViewport({ ratio: 1 });
  }
  await expect(manager.locator('[data-fact=screens]')).toContainText('0 of 1 confirmed');
  await open(restaurant, 'kitchen', 'Grill');
  await expect(row).toHaveCount(0);
  await expect(manager.locator('[data-fact=screens]')).toContainText('1 of 1 confirmed');
  await expect(manager.locator('[data-headline=calm]')).toContainText('All is on time');
});
