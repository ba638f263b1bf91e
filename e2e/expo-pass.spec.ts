// The expo's screen at the pass: each station's progress, orders ready as a whole, held tickets and courses, rush,
// recall, transfer to another station, sold-out dishes (86), and printed tickets.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { heardNotes, listen, prefer } from './kitchen.ts';
import { expectAccessible, expectLegible, expectTargets } from './legible.ts';
import { elsewhere } from './picture-orders.ts';
import type { Restaurant } from './restaurant.ts';
import { button, card, cards, line, shownIds, untilLive } from './screens.ts';

const burger = { name: 'Burger', category: 'grill' };
const cola = { name: 'Cola', category: 'drinks' };
const soup = { name: 'Soup' };
const action = (within: Page | ReturnType<typeof card>, name: string) => within.locator(`[data-action=${name}]`);

async function openSheet(page: Page, order: { id: string }) {
  await action(card(page, order), 'more').click();
  return page.locator(`[data-sheet-order="${order.id}"]`);
}

/** A restaurant in manual course mode: courses wait until somebody fires them. */
const byHand = ({ world }: Restaurant) => world.setUpRestaurant({ courses: { mode: 'manual' } });

test('an order is ready only when all its stations are, and is handed over as one', async ({ restaurant, open }) => {
  const [expo, grill, bar] = await Promise.all([
    open(restaurant, 'expo'),
    open(restaurant, 'kitchen', 'Grill'),
    open(restaurant, 'kitchen', 'Bar'),
  ]);
  const [older, order] = await restaurant.placeAll([
    { number: 'A1', items: [soup] },
    { number: 'A2', table: '7', items: [burger, cola] },
  ]);
  const chip = (name: string) => card(expo, order!).locator(`[data-station=${name}]`);
  await expect(chip('Grill')).toHaveAttribute('data-done', '0');
  await button(card(grill, order!), 'Bump').click();
  await expect(chip('Grill')).toHaveAttribute('data-done', '1');
  await expect(chip('Bar')).toHaveAttribute('data-done', '0');
  await expect(card(expo, order!)).toHaveAttribute('data-state', 'cooking');
  expect(await shownIds(expo)).toEqual([older!.id, order!.id]);
  await button(card(bar, order!), 'Bump').click();
  await expect(card(expo, order!)).toHaveAttribute('data-complete', 'true');
  await expect(card(expo, order!)).toHaveAttribute('data-state', 'ready');
  await expect.poll(() => shownIds(expo)).toEqual([order!.id, older!.id]);
  await button(card(expo, order!), 'Serve').click();
  await expect(card(expo, order!)).toHaveCount(0);
});

test('what was handed over is recalled from the list, also after its undo is gone', async ({ restaurant, open }) => {
  const [expo, grill] = await Promise.all([open(restaurant, 'expo'), open(restaurant, 'kitchen', 'Grill')]);
  const [order] = await restaurant.placeAll([{ number: 'A3', type: 'TAKEAWAY', items: [burger] }]);
  await button(card(grill, order!), 'Bump').click();
  await button(card(expo, order!), 'Hand over').click();
  await expect(card(expo, order!)).toHaveCount(0);
  await action(expo, 'open-recall').click();
  await expectAccessible(expo);
  await expo.locator(`[data-recall="${order!.id}"]`).getByRole('button').click();
  await expo.keyboard.press('Escape');
  await expect(card(expo, order!)).toHaveAttribute('data-state', 'ready');
});

test('a station’s ticket is bumped and recalled from the pass, and the sheet says who did it', async ({
  restaurant,
  open,
}) => {
  const [expo, grill] = await Promise.all([open(restaurant, 'expo'), open(restaurant, 'kitchen', 'Grill')]);
  const [order] = await restaurant.placeAll([{ number: 'A4', items: [burger, cola] }]);
  const sheet = await openSheet(expo, order!);
  const ticket = sheet.locator('[data-ticket-id]').filter({ hasText: 'Grill' });
  await button(ticket, 'Bump').click();
  await expect(ticket).toHaveAttribute('data-state', 'bumped');
  await expect(ticket).toContainText('by expo');
  await expect(card(grill, order!)).toHaveCount(0);
  await button(ticket, 'Recall').click();
  await expect(card(grill, order!)).toBeVisible();
  await expectAccessible(expo);
});

test('nothing of an order that is held is cooked until it is fired', async ({ restaurant, open }) => {
  const [expo, grill] = await Promise.all([open(restaurant, 'expo'), open(restaurant, 'kitchen', 'Grill')]);
  const [order] = await restaurant.placeAll([{ number: 'A5', items: [burger] }]);
  await expect(card(grill, order!)).toBeVisible();
  const sheet = await openSheet(expo, order!);
  await action(sheet, 'hold').click();
  await expect(line(card(grill, order!), 'l1')).toHaveAttribute('data-state', 'held');
  await expo.keyboard.press('Escape');
  await expect(line(card(expo, order!), 'l1')).toHaveAttribute('data-state', 'held');
  await expect(card(expo, order!).locator('[data-tag=hold]')).toBeVisible();
  await action(card(expo, order!), 'fire').click();
  await expect(expo.locator('[data-action=cancel-fire]')).toBeVisible();
  await expect(line(card(grill, order!), 'l1')).toHaveAttribute('data-state', 'waiting');
  await expect(card(expo, order!).locator('[data-tag=hold]')).toHaveCount(0);
});

test('a later course waits at the pass until it is fired; the first one is complete without it', async ({
  restaurant: { world },
  open,
}) => {
  const restaurant = await byHand({ world } as Restaurant);
  const [expo, grill] = await Promise.all([open(restaurant, 'expo'), open(restaurant, 'kitchen', 'Grill')]);
  const [order] = await restaurant.placeAll([
    {
      number: 'A6',
      table: '3',
      items: [
        { ...burger, course: 1 },
        { name: 'Steak', category: 'grill', course: 2 },
      ],
    },
  ]);
  await button(card(grill, order!), 'Bump').click();
  await expect(card(expo, order!)).toHaveAttribute('data-complete', 'true');
  await expect(line(card(expo, order!), 'l2')).toHaveAttribute('data-state', 'held');
  await card(expo, order!).getByRole('button', { name: 'Fire course 2' }).click();
  await expect(line(card(grill, order!), 'l2')).toHaveAttribute('data-state', 'waiting');
});

test('a rush that is thought better of within three seconds reaches nobody; another one reaches the kitchen, and can be ended', async ({
  restaurant,
  open,
}) => {
  const expo = await open(restaurant, 'expo');
  const [order] = await restaurant.placeAll([{ number: 'A7', items: [burger] }]);
  await action(await openSheet(expo, order!), 'rush').click();
  await action(expo, 'cancel-rush').click();
  await expo.waitForTimeout(3500);
  await expect(card(expo, order!).locator('[data-tag=rush]')).toHaveCount(0);
  await action(await openSheet(expo, order!), 'rush').click();
  await expect(card(expo, order!).locator('[data-tag=rush]')).toBeVisible();
  await action(await openSheet(expo, order!), 'unrush').click();
  await expect(card(expo, order!).locator('[data-tag=rush]')).toHaveCount(0);
});

test('a dish goes to another station from the pass', async ({ restaurant, open }) => {
  const [expo, grill, bar] = await Promise.all([
    open(restaurant, 'expo'),
    open(restaurant, 'kitchen', 'Grill'),
    open(restaurant, 'kitchen', 'Bar'),
  ]);
  const [order] = await restaurant.placeAll([{ number: 'A8', items: [burger] }]);
  const row = (await openSheet(expo, order!)).locator('[data-sheet-line=l1]');
  await action(row, 'transfer').click();
  await button(row, 'To Bar').click();
  await expect(card(bar, order!)).toBeVisible();
  await expect(card(grill, order!).locator('[data-item-id=l1]')).toHaveCount(0);
  await expo.keyboard.press('Escape');
  await expect(card(expo, order!)).toContainText('Moved from Grill');
});

test('a dish marked "86" at the pass is told to every waiter, and sold again', async ({ restaurant, open }) => {
  const [expo, floor] = await Promise.all([open(restaurant, 'expo'), open(restaurant, 'floor')]);
  const [order] = await restaurant.placeAll([{ number: 'A9', items: [burger, soup] }]);
  await action(expo, 'sold-out-list').click();
  await expo.getByRole('dialog').getByRole('button', { name: 'Burger: sold out' }).click();
  await expect(expo.locator('[data-sold-out=true]')).toHaveCount(1);
  await expectAccessible(expo);
  await expect(floor.locator('[data-sold-out-count="1"]')).toContainText('Burger');
  await expect(line(card(floor, order!), 'l1')).toContainText('86');
  await expect(line(card(floor, order!), 'l2')).not.toContainText('86');
  await expo.getByRole('dialog').getByRole('searchbox').fill('Lobster');
  await expo.getByRole('dialog').getByRole('button', { name: 'Lobster: sold out' }).click();
  await expect(floor.locator('[data-sold-out-count="2"]')).toContainText('Lobster');
  await action(expo, 'available').first().click();
  await expo.getByRole('dialog').getByRole('searchbox').fill('');
  await action(expo, 'available').first().click();
  await expect(floor.locator('[data-sold-out-count]')).toHaveCount(0);
});

test('a ticket on paper holds all that the cook and the guest need, and nothing of the screen', async ({
  restaurant,
  open,
}) => {
  const expo = await open(restaurant, 'expo');
  const [order] = await restaurant.placeAll([
    {
      number: 'A10',
      table: '12',
      note: 'birthday',
      items: [
        { ...burger, quantity: 2, modifiers: [{ name: 'No onion', kind: 'REMOVE' }], allergies: ['sesame'] },
        cola,
      ],
    },
  ]);
  await expo.evaluate(() => {
    window.print = () => {
      document.body.dataset['printed'] = 'yes';
    };
  });
  await action(await openSheet(expo, order!), 'print').click();
  await action(expo, 'print-now').click();
  await expect(expo.locator('body')).toHaveAttribute('data-printed', 'yes');
  await expectAccessible(expo);
  await expo.emulateMedia({ media: 'print' });
  const paper = expo.locator('dialog[data-print]');
  for (const words of [
    'A10',
    'Table 12',
    'birthday',
    'Grill',
    'Burger',
    'NO onion',
    'ALLERGY: sesame',
    'Bar',
    'Cola',
    '/guest/',
  ])
    await expect(paper).toContainText(words);
  await expect(paper.locator('[data-qr]')).toHaveAttribute(
    'data-qr',
    new RegExp(`^${restaurant.world.address}/guest/`),
  );
  await expect(action(expo, 'print-now')).toBeHidden();
  await expect(expo.locator('[data-screen]')).toBeHidden();
  await expo.emulateMedia({ media: 'screen' });
  await action(expo, 'close-print').click();
  await expect(expo.locator('[data-screen]')).toBeVisible();
});

test('the pass is legible and within reach on a tablet, a desk and in Chinese, by day too', async ({
  restaurant,
  open,
}) => {
  const expo = await open(restaurant, 'expo', undefined, { locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  await restaurant.placeAll([
    { number: 'A11', table: '12', guests: 4, items: [burger, cola, soup] },
    {
      number: 'DELIVERY-2026-000012',
      type: 'DELIVERY',
      items: [{ name: 'Slow-braised lamb shoulder with preserved lemon and couscous 🍋', quantity: 12 }],
    },
  ]);
  await expect(cards(expo)).toHaveCount(2);
  for (const look of ['dark', 'light']) {
    await expo.evaluate((theme) => {
      document.documentElement.dataset['look'] = theme;
    }, look);
    await expectLegible(expo);
    await expectAccessible(expo);
    await expectTargets(expo, 52);
  }
});

test('of forty orders twelve and more are in view, a rush first; none is cut, and the pages hold them all, counted with the oldest and the rushes out of view', async ({
  restaurant,
  open,
}) => {
  const expo = await open(restaurant, 'expo');
  await prefer(expo, { density: 'medium' });
  const orders = await restaurant.placeAll(
    Array.from({ length: 40 }, (_, i) => ({
      number: `B${i + 1}`,
      ...(i === 39 && { priority: 'RUSH' as const }),
      items: [burger, cola, soup, { name: 'Fries', category: 'grill' }].slice(0, 2 + (i % 3)),
    })),
  );
  await expect(expo.getByRole('banner')).toContainText('40 open');
  await expect(card(expo, orders[39]!)).toHaveAttribute('data-slot', '1');
  const turner = expo.getByRole('navigation');
  const pages = Number(/\/ (\d+)/.exec(await turner.innerText())![1]);
  const seen = new Set<string | null>();
  for (let page = 1; page <= pages; page += 1) {
    await expect(turner).toContainText(`${page} / ${pages}`);
    const here = await shownIds(expo);
    if (page === 1) expect(new Set(here).size, 'orders in view').toBeGreaterThanOrEqual(12);
    for (const id of here) seen.add(id);
    const hidden = expo.locator('[data-hidden]');
    await expect(hidden).toHaveAttribute('data-hidden', String(40 - new Set(here).size));
    await expect(hidden).toContainText(/oldest 0:\d\d/);
    if (page > 1) await expect(hidden).toHaveAttribute('data-hidden-rush', '1');
    else await expect(hidden).not.toHaveAttribute('data-hidden-rush');
    await expectLegible(expo, { pages: true });
    if (page < pages) await action(expo, 'next-page').click();
  }
  expect(seen.size).toBe(40);
  await expectTargets(expo, 52);
  await expectAccessible(expo);
});

test('a half-ready order serves its part quietly; its sheet serves one dish, and its card says what is missing once', async ({
  restaurant,
  open,
}) => {
  const [expo, grill] = await Promise.all([open(restaurant, 'expo'), open(restaurant, 'kitchen', 'Grill')]);
  const [order] = await restaurant.placeAll([{ number: 'B1', table: '4', items: [burger, cola] }]);
  await button(card(grill, order!), 'Bump').click();
  await expect(line(card(expo, order!), 'l1')).toHaveAttribute('data-state', 'ready');
  await expect(action(card(expo, order!), 'serve')).toHaveAttribute('data-partial', 'true');
  await expect(card(expo, order!).locator('[data-station]')).toHaveText(['Grill 1/1', 'Bar 0/1']);
  await expect(line(card(expo, order!), 'l1')).not.toContainText('Grill');
  const sheet = await openSheet(expo, order!);
  await action(sheet.locator('[data-sheet-line=l1]'), 'serve').click();
  await expo.keyboard.press('Escape');
  await expect(line(card(expo, order!), 'l1')).toHaveAttribute('data-state', 'served');
});

test('the pass says when a takeaway is fetched and a rider comes', async ({ restaurant, open }) => {
  const expo = await open(restaurant, 'expo');
  const dueAt = new Date(Date.now() + 20 * 60_000).toISOString();
  const [takeaway, delivery] = await restaurant.placeAll([
    { type: 'TAKEAWAY', dueAt, items: [burger] },
    { type: 'DELIVERY', dueAt, items: [burger] },
  ]);
  await expect(card(expo, takeaway!)).toContainText(/Takeaway · Due \d\d:\d\d/);
  await expect(card(expo, delivery!)).toContainText(/Delivery · Rider \d\d:\d\d/);
});

test('a canceled order is put away at the pass, also after a reload, and stays in the kitchen until it is seen there', async ({
  restaurant,
  open,
}) => {
  const [expo, grill] = await Promise.all([open(restaurant, 'expo'), open(restaurant, 'kitchen', 'Grill')]);
  const [order, other] = await restaurant.placeAll([{ items: [burger, cola] }, { items: [burger] }]);
  await expect(card(grill, order!)).toBeVisible();
  await restaurant.world.has(restaurant.change(order!, 'cancel'));
  await expect(card(expo, order!)).toHaveAttribute('data-state', 'canceled');
  await button(card(expo, order!), 'Seen').click();
  await expect(card(expo, order!)).toHaveCount(0);
  await expo.reload();
  await expect(card(expo, other!)).toBeVisible();
  await expect(card(expo, order!)).toHaveCount(0);
  await expect(card(grill, order!)).toHaveAttribute('data-state', 'canceled');
});

test('the pass hears new, complete and late orders, and keeps its display on', async ({ restaurant, browser }) => {
  const expo = await (await browser.newContext()).newPage();
  await listen(expo);
  await restaurant.pair(expo, 'expo');
  await untilLive(expo);
  await action(expo, 'start-shift').click();
  await expect(action(expo, 'start-shift')).toHaveCount(0);
  await heardNotes(expo);
  const [order] = await restaurant.placeAll([{ items: [burger] }]);
  await expect(card(expo, order!)).toBeVisible();
  await expect.poll(() => heardNotes(expo)).toContain(1397);
  await restaurant.age(order!, 30);
  // A screen learns of the age with the next change.
  restaurant.change(order!, { kind: 'move', table: '9' });
  await expect(card(expo, order!)).toHaveAttribute('data-tone', 'late');
  await expect.poll(() => heardNotes(expo)).toContain(370);
  await elsewhere(restaurant, 'expo', (tablet) => tablet.bump(order!.id));
  await expect(card(expo, order!)).toHaveAttribute('data-complete', 'true');
  await expect.poll(() => heardNotes(expo)).toContain(1319);
  await action(expo, 'settings').click();
  await expect(expo.locator('[data-wake-lock]')).toBeVisible();
  await expectAccessible(expo);
  await action(expo, 'density-compact').click();
  await action(expo, 'close').click();
  await expect(expo.locator('main')).toHaveAttribute('data-density', 'compact');
  await expo.context().close();
});
