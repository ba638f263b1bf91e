// Courses on the kitchen's screen, and the settings of a station.
import { expect, test } from './fixtures.ts';
import { expectLegible } from './legible.ts';
import { elsewhere } from './picture-orders.ts';
import { button, card, cards, line, shownIds } from './screens.ts';

const first = { name: 'Soup', category: 'grill', course: 1 };
const second = { name: 'Steak', category: 'grill', course: 2 };

test('a held course stands greyed below the one that is fired, says what it waits for, and is fired when that is done', async ({
  world,
  open,
}) => {
  const restaurant = await world.setUpRestaurant({ courses: { mode: 'after-previous' } });
  const [order] = await restaurant.placeAll([{ number: 'A1', items: [first, second] }]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  const ticket = card(grill, order!);
  await expect(ticket).toHaveCount(1);
  await expect(line(ticket, 'l2')).toHaveAttribute('data-state', 'held');
  await expect(line(ticket, 'l2')).toContainText('COURSE 2 · HELD · waits for course 1');
  await expect(line(ticket, 'l2').getByRole('button')).toBeDisabled();
  await button(ticket, 'Bump').click();
  await expect(line(card(grill, order!), 'l2')).toHaveAttribute('data-state', 'waiting');
  await expect(line(card(grill, order!), 'l1')).toHaveCount(0);
});

test('what is held stands behind all that is to be cooked, and counts as held, not open', async ({ world, open }) => {
  const restaurant = await world.setUpRestaurant({ courses: { mode: 'manual' } });
  const [held, next] = await restaurant.placeAll([{ items: [first, second] }, { items: [first] }]);
  await elsewhere(restaurant, 'expo', (tablet) => tablet.tap({ kind: 'hold', orderId: held!.id }));
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect.poll(async () => new Set(await shownIds(grill)).size).toBe(2);
  expect((await shownIds(grill))[0]).toBe(next!.id);
  await expect(grill.getByRole('banner')).toContainText('1 open');
  await expect(card(grill, held!).first()).toHaveAttribute('data-state', 'held');
  await expect(card(grill, held!).locator('[data-action=bump]')).toHaveCount(0);
  await elsewhere(restaurant, 'expo', (tablet) => tablet.tap({ kind: 'fire', orderId: held!.id }));
  await expect(card(grill, held!).first()).toHaveAttribute('data-state', 'open');
});

test('held tickets are small, and out of view they are counted apart from what is to be cooked', async ({
  restaurant,
  open,
}) => {
  const dishes = ['Soup', 'Bread'].map((name) => ({ name, category: 'grill' }));
  const placed = await restaurant.placeAll(
    Array.from({ length: 17 }, (_, index) => ({ number: `A${101 + index}`, items: dishes })),
  );
  const held = placed.slice(0, 16);
  for (const { id } of held) await elsewhere(restaurant, 'expo', (tablet) => tablet.tap({ kind: 'hold', orderId: id }));
  const grill = await open(restaurant, 'kitchen', 'Grill', { viewport: { width: 1024, height: 600 } });
  await expect(grill.getByRole('banner')).toContainText('1 open');
  await expect(card(grill, placed[16]!)).toHaveAttribute('data-slot', '1');
  const height = async (index: number) => (await card(grill, placed[index]!).first().boundingBox())!.height;
  expect(await height(0)).toBeLessThan((await height(16)) * 0.8);
  const hidden = grill.locator('[data-hidden]');
  await expect(hidden).toHaveAttribute('data-hidden', '0');
  await expect(hidden).toHaveAttribute('data-hidden-held', String(17 - new Set(await shownIds(grill)).size));
  await expect(hidden).toHaveText(/^\d+ held$/);
  await expectLegible(grill, { pages: true });
});

test('a station has its own thresholds, for each type of order', async ({ world, open }) => {
  const thresholds = {
    default: { warnSeconds: 60, lateSeconds: 120 },
    DELIVERY: { warnSeconds: 600, lateSeconds: 900 },
  };
  const restaurant = await world.setUpRestaurant({ stations: [{ name: 'Grill', fallback: true, thresholds }] });
  const [here, away] = await restaurant.placeAll([
    { type: 'DINE_IN', items: [first] },
    { type: 'DELIVERY', items: [first] },
  ]);
  for (const order of [here, away]) await restaurant.age(order!, 3);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(card(grill, here!)).toHaveAttribute('data-tone', 'late');
  await expect(card(grill, away!)).toHaveAttribute('data-tone', 'fresh');
});

test('a station that wants it has the same dishes of a ticket combined, and one tap marks them all', async ({
  world,
  open,
}) => {
  const restaurant = await world.setUpRestaurant({ stations: [{ name: 'Grill', fallback: true, combine: true }] });
  const burger = { name: 'Burger', category: 'grill' };
  const [order] = await restaurant.placeAll([
    { items: [{ ...burger, quantity: 2 }, burger, { ...burger, modifiers: [{ name: 'No onion', kind: 'REMOVE' }] }] },
  ]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(cards(grill)).toHaveCount(1);
  const rows = card(grill, order!).locator('[data-lines] > li');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('3');
  await expect(rows.first().locator('[data-item-id=l2]')).toHaveAttribute('data-quantity', '1');
  await rows.first().getByRole('button').click();
  for (const id of ['l1', 'l2']) await expect(line(card(grill, order!), id)).toHaveAttribute('data-state', 'ready');
  await expect(line(card(grill, order!), 'l3')).toHaveAttribute('data-state', 'waiting');
});
