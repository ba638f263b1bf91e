// Orders for later: they take no place among what is to be cooked, are counted by quarters of an hour with their date,
// and start in one tap, which can be taken back.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { expectAccessible, expectLegible, expectTargets } from './legible.ts';
import { button, card, cards, shownIds } from './screens.ts';

const MINUTE = 60_000;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString();
const burger = { name: 'Burger', category: 'grill' };
const cola = { name: 'Cola', category: 'drinks' };
const action = (page: Page, name: string) => page.locator(`[data-action=${name}]`);
const row = (page: Page, order: { id: string }) => page.locator(`[data-upcoming-order-id="${order.id}"]`);
const quarterOf = (at: string) => new Date(Math.floor(Date.parse(at) / (15 * MINUTE)) * 15 * MINUTE).toISOString();

test('the kitchen sees what is to come apart from what is to be cooked, with counts and date, and starts it in one tap', async ({
  restaurant,
  open,
}) => {
  const [soon, later] = [inMinutes(90), inMinutes(5 * 24 * 60)];
  const grill = await open(restaurant, 'kitchen', 'Grill');
  const [now, tonight, party] = await restaurant.placeAll([
    { number: 'A1', items: [burger] },
    { number: 'A2', type: 'TAKEAWAY', dueAt: soon, note: 'Nut allergy', items: [{ ...burger, quantity: 3 }, cola] },
    { number: 'A3', type: 'DELIVERY', dueAt: later, items: [{ ...burger, quantity: 40 }] },
  ]);
  await expect(action(grill, 'open-upcoming')).toHaveAttribute('data-upcoming-count', '2');
  await expect(grill.getByRole('banner')).toContainText('1 open');
  expect(await shownIds(grill)).toEqual([now!.id]);

  await action(grill, 'open-upcoming').click();
  await expect(grill.locator(`[data-quarter="${quarterOf(soon)}"]`)).toContainText('1 order, 3 dishes');
  await expect(grill.locator(`[data-quarter="${quarterOf(later)}"]`)).toContainText('1 order, 40 dishes');
  await expect(row(grill, tonight!)).toHaveAttribute('data-allergy', 'true');
  await expect(row(grill, tonight!)).toContainText('Nut allergy');
  const date = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', day: 'numeric', month: 'short' });
  await expect(row(grill, party!)).toContainText(`${date.format(new Date(later))} `);
  await expect(row(grill, party!)).toContainText('40 Burger');
  await expectAccessible(grill);
  await expectLegible(grill);
  await expectTargets(grill, 64);

  // One tap starts it at this station; another takes that back; a third lets it be cooked.
  const start = row(grill, tonight!).locator('[data-action=fire]');
  await start.click();
  await expect(row(grill, tonight!)).toHaveAttribute('data-started', 'true');
  await row(grill, tonight!).locator('[data-action=undo]').click();
  await expect(row(grill, tonight!)).not.toHaveAttribute('data-started');
  await start.click();
  await button(grill.getByRole('dialog'), 'Close').click();
  await expect(card(grill, tonight!)).toHaveAttribute('data-state', 'open');
  await expect(card(grill, tonight!)).toHaveAttribute('data-tone', 'fresh');
  await expect(action(grill, 'open-upcoming')).toHaveAttribute('data-upcoming-count', '1');
  const bar = await open(restaurant, 'kitchen', 'Bar');
  await expect(cards(bar)).toHaveCount(0);
  await expect(action(bar, 'open-upcoming')).toHaveAttribute('data-upcoming-count', '1');
});

test('pass and floor list what is to come, and start all of an order', async ({ restaurant, open }) => {
  const [order] = await restaurant.placeAll([
    { number: 'B1', table: '7', dueAt: inMinutes(120), items: [burger, cola] },
  ]);
  const [expo, floor, grill] = await Promise.all([
    open(restaurant, 'expo'),
    open(restaurant, 'floor'),
    open(restaurant, 'kitchen', 'Grill'),
  ]);
  for (const screen of [expo, floor]) {
    await expect(action(screen, 'open-upcoming')).toHaveAttribute('data-upcoming-count', '1');
    await expect(cards(screen)).toHaveCount(0);
  }
  await action(floor, 'open-upcoming').click();
  await expect(row(floor, order!)).toContainText('Table\u00A07');
  await expectAccessible(floor);
  await action(expo, 'open-upcoming').click();
  await row(expo, order!).locator('[data-action=fire]').click();
  await expect(card(grill, order!)).toHaveAttribute('data-state', 'open');
  await expect(card(expo, order!)).toContainText(/Due \d\d:\d\d|Due .+ \d\d:\d\d/);
  await expect(card(floor, order!).locator('[data-due]')).toBeAttached();
});

test('its time fires it on an open screen; one that is due too soon is late at once', async ({ world, open }) => {
  const restaurant = await world.setUpRestaurant({
    stations: [{ name: 'Grill', fallback: true, lead: { default: 60 } }],
  });
  const grill = await open(restaurant, 'kitchen', 'Grill');
  const [order, late] = await restaurant.placeAll([
    { number: 'C1', type: 'TAKEAWAY', dueAt: new Date(Date.now() + 75_000).toISOString(), items: [burger] },
    { number: 'C2', type: 'TAKEAWAY', dueAt: inMinutes(-8), items: [burger] },
  ]);
  await expect(card(grill, late!)).toHaveAttribute('data-tone', 'late');
  await expect(card(grill, order!)).toHaveCount(0);
  await expect(card(grill, order!)).toHaveAttribute('data-state', 'open', { timeout: 30_000 });
});
