// Dishes that are begun: by a tap, by a key, with the whole ticket, or by themselves; and what other screens say of them.
import { expect, test } from './fixtures.ts';
import { prefer } from './kitchen.ts';
import { expectAccessible } from './legible.ts';
import { card, cards, line } from './screens.ts';

const items = [
  { name: 'Burger', category: 'grill' },
  { name: 'Steak', category: 'grill' },
];
const grillThat = (mode: 'tap' | 'auto', first = 1) => ({
  stations: [
    { name: 'Grill', routes: [{ category: 'grill' }], start: { mode, first } },
    { name: 'Curry', fallback: true },
  ],
});

test('a first tap begins a dish and a second ends it; a start can be taken back; all screens say so', async ({
  world,
  open,
}) => {
  const restaurant = await world.setUpRestaurant(grillThat('tap'));
  const [order] = await restaurant.placeAll([{ number: 'A1', items }]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  const expo = await open(restaurant, 'expo');
  const ticket = card(grill, order!);
  const dish = line(ticket, 'l1');
  await dish.locator('[data-action=mark]').click();
  await expect(dish).toHaveAttribute('data-state', 'cooking');
  await expect(dish.getByRole('img', { name: 'on the fire' })).toBeVisible();
  await expect(line(card(expo, order!), 'l1')).toHaveAttribute('data-state', 'cooking');
  await expectAccessible(grill);
  await grill.locator('[data-action=undo]').click();
  await expect(dish).toHaveAttribute('data-state', 'waiting');
  await expect(line(card(expo, order!), 'l1')).toHaveAttribute('data-state', 'waiting');
  await dish.locator('[data-action=mark]').click();
  await expect(dish).toHaveAttribute('data-state', 'cooking');
  await dish.locator('[data-action=mark]').click();
  await expect(dish).toHaveAttribute('data-state', 'ready');
  // A third tap takes the mark back: the dish is on the fire again.
  await dish.locator('[data-action=mark]').click();
  await expect(dish).toHaveAttribute('data-state', 'cooking');
});

test('the whole ticket is begun by its button and by its key, and a bump ends it', async ({ world, open }) => {
  const restaurant = await world.setUpRestaurant(grillThat('tap'));
  const [first, second] = await restaurant.placeAll(['A1', 'A2'].map((number) => ({ number, items })));
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(cards(grill)).toHaveCount(2);
  const begin = card(grill, first!).locator('[data-action=start]');
  await expect(begin).toHaveAccessibleName('Start A1');
  await begin.click();
  await expect(card(grill, first!).locator('li[data-state=cooking]')).toHaveCount(2);
  await expect(card(grill, first!).locator('[data-begun=true]')).toBeVisible();
  await expect(begin).toHaveCount(0);
  await grill.keyboard.press('Digit2');
  await grill.keyboard.press('KeyC');
  await expect(card(grill, second!).locator('li[data-state=cooking]')).toHaveCount(2);
  await expectAccessible(grill);
  await grill.keyboard.press('Enter');
  await expect(card(grill, second!)).toHaveCount(0);
  // Where cards have no foot, the opened ticket has the button.
  const [third] = await restaurant.placeAll([{ number: 'A3', items }]);
  await prefer(grill, { density: 'compact' });
  await card(grill, third!).getByRole('button', { name: 'Details of A3' }).click();
  await grill.locator('dialog[open] [data-action=start]').click();
  await expect(grill.locator('dialog[open] [data-cooking]')).toHaveCount(2);
});

test('the first ticket begins by itself, and the next when it has left', async ({ world, open }) => {
  const restaurant = await world.setUpRestaurant(grillThat('auto'));
  const grill = await open(restaurant, 'kitchen', 'Grill');
  const [first, second] = await restaurant.placeAll(['A1', 'A2'].map((number) => ({ number, items })));
  await expect(card(grill, first!).locator('li[data-state=cooking]')).toHaveCount(2);
  await expect(card(grill, second!).locator('li[data-state=waiting]')).toHaveCount(2);
  await card(grill, first!).locator('[data-action=bump]').click();
  await expect(card(grill, second!).locator('li[data-state=cooking]')).toHaveCount(2);
  // One tap makes it ready.
  await line(card(grill, second!), 'l1').locator('[data-action=mark]').click();
  await expect(line(card(grill, second!), 'l1')).toHaveAttribute('data-state', 'ready');
});
