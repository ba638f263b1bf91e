// The pass and the floor without touch: by the kitchen's keys.
import { expect, test } from './fixtures.ts';
import { expectAccessible } from './legible.ts';
import { card, cards, line } from './screens.ts';

const items = [
  { name: 'Burger', category: 'grill' },
  { name: 'Steak', category: 'grill' },
];

for (const role of ['expo', 'floor'] as const)
  test(`${role}: numbers choose orders, arrows dishes; keys serve and undo`, async ({ restaurant, open }) => {
    const placed = await restaurant.placeAll(['A1', 'A2', 'A3'].map((number) => ({ number, table: '7', items })));
    const grill = await open(restaurant, 'kitchen', 'Grill');
    await expect(cards(grill)).toHaveCount(3);
    for (const order of placed.slice(1)) {
      await card(grill, order).locator('[data-action=bump]').click();
      await expect(card(grill, order)).toHaveCount(0);
    }
    const screen = await open(restaurant, role);
    await expect(screen.locator('article[data-order-id] li[data-state=ready]')).toHaveCount(4);
    // The pass has numbered slots. The floor's cards show numbers only where somebody has keys.
    const number = role === 'expo' ? 'data-slot' : 'data-key-slot';
    await expect(screen.locator(`article[${number}]`)).toHaveCount(role === 'expo' ? 3 : 0);
    await screen.keyboard.press('ArrowRight');
    await expect(screen.locator(`article[${number}]`)).toHaveCount(3);
    await expectAccessible(screen);
    const slotOf = async (order: (typeof placed)[number]) => (await card(screen, order).getAttribute(number))!;

    await screen.keyboard.press(`Digit${await slotOf(placed[1]!)}`);
    await expect(card(screen, placed[1]!)).toHaveAttribute('data-key-chosen', 'true');
    await expect(card(screen, placed[1]!)).toBeFocused();
    await screen.keyboard.press('ArrowDown');
    await screen.keyboard.press('ArrowDown');
    await expect(line(card(screen, placed[1]!), 'l2')).toHaveAttribute('data-key-chosen', 'true');
    await screen.keyboard.press('Space');
    await expect(line(card(screen, placed[1]!), 'l2')).toHaveAttribute('data-state', 'served');
    await screen.keyboard.press('KeyU');
    await expect(line(card(screen, placed[1]!), 'l2')).toHaveAttribute('data-state', 'ready');
    await screen.keyboard.press('Enter');
    await expect(card(screen, placed[1]!)).toHaveCount(0);
    await screen.keyboard.press('KeyU');
    await expect(card(screen, placed[1]!)).toBeVisible();

    // What is not ready is not served; a number that no card has chooses none.
    await screen.keyboard.press(`Digit${await slotOf(placed[0]!)}`);
    await screen.keyboard.press('Enter');
    await expect(card(screen, placed[0]!).locator('li[data-state=waiting]')).toHaveCount(2);
    await screen.keyboard.press(`Digit${await slotOf(placed[2]!)}`);
    await screen.keyboard.press('Digit9');
    await expect(screen.locator('article[data-key-chosen]')).toHaveCount(0);
    await screen.keyboard.press('Enter');
    await expect(card(screen, placed[2]!)).toBeVisible();
  });

test('an order on a page that the pass has turned away from is served by no key', async ({ restaurant, open }) => {
  const placed = await restaurant.placeAll(
    Array.from({ length: 12 }, (_, n) => ({ number: `A${n + 1}`, items: [items[0]!] })),
  );
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(cards(grill).first()).toBeVisible();
  for (const order of placed) {
    await card(grill, order).locator('[data-action=bump]').click();
    await expect(card(grill, order)).toHaveCount(0);
  }
  const pass = await open(restaurant, 'expo', undefined, { viewport: { width: 1024, height: 600 } });
  await pass.locator('[data-action=next-page]').click();
  const away = cards(pass).first();
  const orderId = (await away.getAttribute('data-order-id'))!;
  await pass.keyboard.press(`Digit${(await away.getAttribute('data-slot'))!}`);
  await expect(away).toHaveAttribute('data-key-chosen', 'true');
  await pass.locator('[data-action=previous-page]').click();
  await expect(pass.locator('[data-key-chosen]')).toHaveCount(0);
  await pass.keyboard.press('Enter');
  await pass.locator('[data-action=next-page]').click();
  await expect(pass.locator(`article[data-order-id="${orderId}"] li[data-state=ready]`)).toHaveCount(1);
  await expect(pass.locator('[data-action=undo]')).toHaveCount(0);
});

test('each list of pass and floor opens by its key', async ({ restaurant, open }) => {
  const [order] = await restaurant.placeAll([{ number: 'A1', items }]);
  for (const [role, keys] of [
    [
      'expo',
      {
        KeyR: 'Recently handed over',
        KeyO: /86|Sold out/,
        Comma: /settings/i,
        Slash: 'Keys and bump bar',
        KeyF: 'Find an order',
      },
    ],
    ['floor', { KeyO: /86|Sold out/, Comma: /settings/i, Slash: 'Keys and bump bar', KeyF: 'Find an order' }],
  ] as const) {
    const screen = await open(restaurant, role);
    await expect(card(screen, order!)).toBeVisible();
    const dialog = screen.locator('dialog[open]');
    for (const [key, title] of Object.entries(keys)) {
      await screen.keyboard.press(key);
      await expect(dialog).toHaveAccessibleName(title);
      await screen.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    }
    await screen.keyboard.press('Digit1');
    await screen.keyboard.press('KeyT');
    await expect(dialog).toHaveAccessibleName(/A1/);
    await screen.keyboard.press('Escape');
  }
});
