// The same screen in several windows: what is tapped in one is seen in the others within a second.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { button, card, expectLive, msUntil, root } from './screens.ts';

const WITHIN_MS = 1000;

test('three kitchens and three floors of one device each agree within a second', async ({ restaurant, open }) => {
  const [kitchen, floor] = await Promise.all([open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'floor')]);
  const again = async (page: Page) => {
    const copy = await page.context().newPage();
    await copy.goto(page.url());
    await expectLive(copy);
    return copy;
  };
  const kitchens = [kitchen, await again(kitchen), await again(kitchen)];
  const floors = [floor, await again(floor), await again(floor)];
  const order = restaurant.place({ items: [{ name: 'Burger', category: 'grill' }] });
  for (const page of [...kitchens, ...floors]) await expect(card(page, order)).toBeVisible();

  const inAll = async (pages: Page[], selector: string, tap: () => Promise<unknown>) => {
    const [first, ...rest] = pages as [Page, ...Page[]];
    const times = await Promise.all([...rest.map((page) => msUntil(page, selector, () => {})), msUntil(first, selector, tap)]);
    for (const took of times) expect(took, selector).toBeLessThan(WITHIN_MS);
  };
  const its = (rest: string) => `article[data-order-id="${order.id}"]${rest}`;
  const away = `[data-screen]:not(:has(${its('')}))`;
  await inAll(floors, its('[data-state=ready]'), () => button(card(kitchen, order), 'Bump').click());
  for (const page of kitchens) await expect(card(page, order)).toHaveCount(0);
  // Back by one window, away by another.
  await inAll(kitchens.toReversed(), its(''), () => button(kitchen, 'Undo').click());
  await inAll(kitchens, away, () => button(card(kitchens[2]!, order), 'Bump').click());
  await inAll(floors, away, () => button(card(floors[1]!, order), 'Serve').click());

  const revs = await Promise.all([...kitchens, ...floors].map((page) => root(page).getAttribute('data-rev')));
  expect(new Set(revs).size).toBe(1);
});

test('two cooks who tap the same ticket at once bump it once, and none of it comes back', async ({ world, restaurant, open }) => {
  const [one, two, floor] = await Promise.all([open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'floor')]);
  const order = restaurant.place({ items: [{ name: 'Burger', category: 'grill' }] });
  await expect(card(one, order)).toBeVisible();
  await expect(card(two, order)).toBeVisible();
  await Promise.all([one, two].map((page) => button(card(page, order), 'Bump').click()));
  for (const page of [one, two]) await expect(card(page, order)).toHaveCount(0);
  await expect(card(floor, order)).toHaveAttribute('data-state', 'ready');
  const { tickets } = await world.operate('GET', `/api/v1/orders/${order.id}`);
  expect(tickets).toMatchObject([{ station: 'Grill', state: 'bumped' }]);
});
