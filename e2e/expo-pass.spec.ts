// The expo's screen at the pass: each station's progress, orders ready as a whole, held tickets and courses, rush,
// recall, transfer to another station, sold-out dishes (86), and printed tickets.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { expectAccessible, expectLegible, expectTargets } from './legible.ts';
import type { Restaurant } from './restaurant.ts';
import { button, card, cards, line, shownIds } from './screens.ts';

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
  await expo.getByRole('dialog').getByRole('button', { name: 'Burger' }).click();
  await expect(expo.locator('[data-sold-out]')).toHaveCount(1);
  await expectAccessible(expo);
  await expect(floor.locator('[data-sold-out-count="1"]')).toContainText('Burger');
  await expect(line(card(floor, order!), 'l1')).toContainText('86');
  await expect(line(card(floor, order!), 'l2')).not.toContainText('86');
  await expo.getByRole('dialog').getByRole('searchbox').fill('Lobster');
  await expo.getByRole('dialog').getByRole('button', { name: 'Lobster' }).click();
  await expect(floor.locator('[data-sold-out-count="2"]')).toContainText('Lobster');
  await action(expo, 'sell-again').first().click();
  await action(expo, 'sell-again').first().click();
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
        { ...burger, quantity: 2, modifiers: [{ name: 'No onion', kind: 'REMOVE' }], allergens: ['sesame'] },
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
    'Allergy: sesame',
    'Bar',
    'Cola',
    '/guest/',
  ])
    await expect(paper).toContainText(words);
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

test('what the pass has no room for is counted with the age of its oldest, and a tap shows it; nothing with the focus is behind the edges', async ({
  restaurant,
  open,
}) => {
  const expo = await open(restaurant, 'expo');
  const orders = await restaurant.placeAll(
    Array.from({ length: 18 }, (_, i) => ({ number: `B${i + 1}`, items: [burger, cola, soup].slice(0, 1 + (i % 3)) })),
  );
  const last = orders.at(-1)!;
  await expect(cards(expo)).toHaveCount(18);
  /** Each order's card head as a person finds it (above, seen or below), once the page's own counts agree. */
  const counted = async () => {
    let sides: string[] = [];
    await expect
      .poll(async () => {
        const [seen, told] = await expo.evaluate(() => {
          const top = document.querySelector('header')!.getBoundingClientRect().bottom;
          const buttons = [...document.querySelectorAll<HTMLElement>('[data-action^=show-]')];
          const bottom = Math.min(innerHeight, ...buttons.map((one) => one.getBoundingClientRect().top));
          const heads = [...document.querySelectorAll('article[data-order-id] > header')].map((one) =>
            one.getBoundingClientRect(),
          );
          return [
            heads.map((head) => (head.top < top - 1 ? 'above' : head.bottom > bottom ? 'below' : 'seen')),
            Object.fromEntries(
              buttons.map(({ dataset: { action, count } }) => [action!.slice('show-'.length), Number(count)]),
            ),
          ] as const;
        });
        sides = seen;
        return ['above', 'below'].map((side) => seen.filter((one) => one === side).length - (told[side] ?? 0));
      })
      .toEqual([0, 0]);
    return sides;
  };
  expect((await counted()).slice(0, 4)).toEqual(['seen', 'seen', 'seen', 'seen']);
  await expect(action(expo, 'show-above')).toHaveCount(0);
  await expect(action(expo, 'show-below')).toHaveText(/^\d+ belowoldest 0:\d\d/);
  await expectTargets(expo, 52);
  // The page's header grows and moves all cards, although no order has changed.
  await expect(expo.locator('[data-unconfirmed]')).toBeVisible();
  await counted();
  const shown = new Set<number>();
  for (let taps = 0; taps < 8; taps += 1) {
    const sides = await counted();
    for (const [i, side] of sides.entries()) if (side === 'seen') shown.add(i);
    if (!sides.includes('below')) break;
    await action(expo, 'show-below').click();
  }
  expect(shown.size).toBe(18);
  await expect(card(expo, last)).toBeInViewport({ ratio: 1 });
  await expect(action(expo, 'show-above')).toHaveText(/^\d+ aboveoldest 0:\d\d/);
  await expectAccessible(expo);
  for (let taps = 0; taps < 8 && (await counted()).includes('above'); taps += 1)
    await action(expo, 'show-above').click();
  await expect(card(expo, orders[0]!)).toBeInViewport({ ratio: 1 });
  // A canceled order moves to the top and moves all others, without any scrolling.
  restaurant.change(last, { kind: 'patch', patch: { status: 'CANCELED' } });
  await expect(card(expo, last)).toHaveAttribute('data-state', 'canceled');
  await expect(expo.locator('[data-cover]')).toBeHidden();
  await counted();
  for (let presses = 0; presses < 30; presses += 1) {
    await expo.keyboard.press('Tab');
    const hidden = await expo.evaluate(() => {
      const focused = document.activeElement;
      const box = focused?.closest('article') ? focused.getBoundingClientRect() : null;
      return focused &&
        box &&
        !focused.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2))
        ? focused.closest('article')!.getAttribute('aria-label')
        : null;
    });
    expect(hidden).toBeNull();
  }
});
