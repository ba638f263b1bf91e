// The front page. In the demo every screen is one tap away. Elsewhere it tells nothing to a browser that is not paired.
import { expect, test } from './fixtures.ts';
import { card, expectLive, root } from './screens.ts';

test('in the demo, one tap on the front page opens any screen of any restaurant', async ({ ownWorld, page }) => {
  const world = await ownWorld({ env: { HEARD_DEMO: '1' } });
  const first = await world.setUpRestaurant({ name: 'Saffron Yard' });
  await world.setUpRestaurant({ name: '福記粥店', stations: [{ name: '厨房', fallback: true }] });
  const [order] = await first.placeAll([
    {
      items: [
        { name: 'Burger', category: 'grill' },
        { name: 'Cola', category: 'drinks' },
      ],
    },
  ]);

  await page.goto(world.address);
  const names = await page
    .getByRole('list', { name: /screens of/i })
    .getByRole('link')
    .allInnerTexts();
  expect(names.map((text) => text.split('\n')[0])).toEqual([
    'Grill',
    'Bar',
    'Kitchen',
    'Expo',
    'Floor',
    'Manager',
    '厨房',
    'Expo',
    'Floor',
    'Manager',
  ]);
  const screens = [
    ['Grill', 'kitchen'],
    ['Bar', 'kitchen'],
    ['Expo', 'expo'],
    ['Floor', 'floor'],
    ['Manager', 'manager'],
    ['厨房', 'kitchen'],
  ] as const;
  for (const [name, role] of screens) {
    await page.goto(world.address);
    await page
      .getByRole('link', { name: new RegExp(`^${name}`) })
      .first()
      .click();
    await expect(root(page)).toHaveAttribute('data-screen', role);
    await expectLive(page);
    await expect(card(page, order!)).toHaveCount(name === '厨房' || role === 'manager' ? 0 : 1);
  }
});

test('outside the demo, the front page names no restaurant, opens nothing, and leads a paired browser to its screens', async ({
  world,
  restaurant,
  page,
}) => {
  await page.goto(world.address);
  await expect(page.getByRole('heading', { name: 'Heard.' })).toBeVisible();
  await expect(page.getByRole('link')).toHaveText(['Sign in', 'Pair this screen']);
  expect(await page.content()).not.toContain('The Test Kitchen');
  const opened = await page.goto(`${world.address}/demo/open?restaurant=${restaurant.id}&role=floor`);
  expect(opened!.status()).toBe(404);
  await restaurant.pair(page, 'floor');
  await page.goto(world.address);
  await page.getByRole('link', { name: /Floor/ }).click();
  await expect(root(page)).toHaveAttribute('data-screen', 'floor');
  await expectLive(page);
});
