// The kitchen's screen without touch: by keyboard or bump bar.
import { expect, test } from './fixtures.ts';
import { prefer } from './kitchen.ts';
import { expectAccessible } from './legible.ts';
import { card, cards, line, root } from './screens.ts';

const items = [
  { name: 'Burger', category: 'grill' },
  { name: 'Steak', category: 'grill' },
];

test('digits choose tickets, arrows dishes; keys mark, bump, undo and recall', async ({ restaurant, open }) => {
  const placed = await restaurant.placeAll(['A1', 'A2', 'A3'].map((number) => ({ number, items })));
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(cards(grill)).toHaveCount(3);
  await grill.keyboard.press('Digit2');
  await expect(card(grill, placed[1]!)).toHaveAttribute('data-chosen', 'true');
  await expect(card(grill, placed[1]!)).toBeFocused();
  await grill.keyboard.press('ArrowDown');
  await grill.keyboard.press('ArrowDown');
  await expect(line(card(grill, placed[1]!), 'l2')).toHaveAttribute('data-chosen', 'true');
  await grill.keyboard.press('Space');
  await expect(line(card(grill, placed[1]!), 'l2')).toHaveAttribute('data-state', 'ready');
  await grill.keyboard.press('Enter');
  await expect(card(grill, placed[1]!)).toHaveCount(0);
  await grill.keyboard.press('KeyU');
  await expect(card(grill, placed[1]!)).toBeVisible();
  await grill.keyboard.press('ArrowRight');
  await expect(card(grill, placed[0]!)).toHaveAttribute('data-chosen', 'true');
  await grill.keyboard.press('NumpadEnter');
  await expect(card(grill, placed[0]!)).toHaveCount(0);
  await grill.keyboard.press('KeyL');
  await expect(card(grill, placed[0]!)).toBeVisible();
  await grill.keyboard.press('Numpad3');
  await grill.keyboard.press('Escape');
  await expect(grill.locator('[data-chosen]')).toHaveCount(0);
});

test('each list opens by its key, arrows lead through it and Escape closes it', async ({ restaurant, open }) => {
  const [order] = await restaurant.placeAll([{ number: 'A1', items }]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(cards(grill)).toHaveCount(1);
  const dialog = grill.locator('dialog[open]');
  for (const [key, title] of [
    ['KeyR', 'Recall'],
    ['KeyA', 'All day'],
    ['KeyO', '86: sold out'],
    ['Comma', 'Settings of this device'],
    ['?', 'Keys and bump bar'],
    ['KeyF', 'Find an order'],
  ] as const) {
    await grill.keyboard.press(key);
    await expect(dialog).toHaveAccessibleName(title);
    await grill.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  await grill.keyboard.press('1');
  await grill.keyboard.press('KeyT');
  await expect(dialog).toHaveAccessibleName(/^A1/);
  for (
    let step = 0;
    step < 8 && !(await dialog.locator('[data-action=bump]').evaluate((element) => element === document.activeElement));
    step++
  )
    await grill.keyboard.press('ArrowDown');
  await grill.keyboard.press('Enter');
  await expect(card(grill, order!)).toHaveCount(0);
});

test('a key can be another one, by where it is; the list on ? says which', async ({ restaurant, open }) => {
  const [order] = await restaurant.placeAll([{ items }]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(cards(grill)).toHaveCount(1);
  await grill.keyboard.press('?');
  const row = grill.locator('[data-key-action=bump]');
  await expect(row).toContainText('Enter');
  await expectAccessible(grill);
  await row.locator('[data-action=change-key]').click();
  await grill.keyboard.press('F8');
  await expect(row.locator('kbd')).toHaveText(['F8']);
  await grill.keyboard.press('Escape');
  await grill.reload();
  await expect(cards(grill)).toHaveCount(1);
  await grill.keyboard.press('Digit1');
  await grill.keyboard.press('Enter');
  await expect(card(grill, order!)).toBeVisible();
  // The key's position counts (`code`), not the character printed on it (`key`).
  await grill.evaluate(() =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { code: 'F8', key: 'я', bubbles: true })),
  );
  await expect(card(grill, order!)).toHaveCount(0);
});

test('a key that is pressed the moment its ticket appears is heard', async ({ restaurant, open }) => {
  const [order] = await restaurant.placeAll([{ items }]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await grill.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector('article[data-slot="1"]')) return;
      watch.disconnect();
      document.body.dispatchEvent(new KeyboardEvent('keydown', { code: 'Digit1', bubbles: true }));
    });
    watch.observe(document, { childList: true, subtree: true });
  });
  await grill.reload();
  await expect(card(grill, order!)).toHaveAttribute('data-chosen', 'true');
});

test('a bump can be taken back in the same moment', async ({ restaurant, open }) => {
  const [order] = await restaurant.placeAll([{ items }]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await grill.keyboard.press('Digit1');
  await expect(card(grill, order!)).toHaveAttribute('data-chosen', 'true');
  const before = Number(await root(grill).getAttribute('data-rev'));
  await grill.evaluate(() => {
    for (const code of ['Enter', 'KeyU'])
      document.body.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true }));
  });
  // Both commands were carried out: the ticket did not merely stay as it was.
  await expect.poll(async () => Number(await root(grill).getAttribute('data-rev'))).toBe(before + 2);
  await expect(card(grill, order!)).toBeVisible();
  await expect(card(grill, order!)).not.toHaveAttribute('data-pending');
});

test('two digits choose one of many on the compact board', async ({ restaurant, open }) => {
  const placed = await restaurant.placeAll(
    Array.from({ length: 14 }, (_, n) => ({ number: `A${n + 1}`, items: [items[0]!] })),
  );
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await prefer(grill, { density: 'compact' });
  await expect(cards(grill)).toHaveCount(14);
  // The keys follow one another as fast as fingers press them, however busy the machine is.
  await grill.evaluate(() => {
    for (const code of ['Digit1', 'Digit3'])
      document.body.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true }));
  });
  await expect(card(grill, placed[12]!)).toHaveAttribute('data-chosen', 'true');
  await grill.keyboard.press('Enter');
  await expect(card(grill, placed[12]!)).toHaveCount(0);
  await expect(cards(grill)).toHaveCount(13);
});

test('everything can be reached by Tab, and what has the focus shows it', async ({ restaurant, open }) => {
  await restaurant.placeAll([{ items }]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(cards(grill)).toHaveCount(1);
  const reached: string[] = [];
  for (let step = 0; step < 14; step++) {
    await grill.keyboard.press('Tab');
    const at = await grill.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      return { action: element.dataset['action'] ?? element.tagName, outline: getComputedStyle(element).outlineStyle };
    });
    if (at.action === 'BODY') break;
    expect(at.outline, at.action).not.toBe('none');
    reached.push(at.action);
  }
  expect(reached).toEqual(
    expect.arrayContaining([
      'start-shift',
      'open-find',
      'open-recall',
      'open-all-day',
      'open-sold-out',
      'open-settings',
      'open-ticket',
      'mark',
      'bump',
    ]),
  );
});
