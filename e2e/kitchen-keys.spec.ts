// The kitchen's screen without touch: by keyboard or bump bar.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { prefer } from './kitchen.ts';
import { expectAccessible } from './legible.ts';
import { card, cards, line, root } from './screens.ts';

const items = [
  { name: 'Burger', category: 'grill' },
  { name: 'Steak', category: 'grill' },
];

/** The keys follow one another as fast as fingers press them, however busy the machine is. */
const press = (page: Page, ...codes: string[]) =>
  page.evaluate((codes) => {
    for (const code of codes)
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true }),
      );
  }, codes);

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
  await press(grill, 'Digit1', 'Digit3');
  await expect(card(grill, placed[12]!)).toHaveAttribute('data-chosen', 'true');
  await grill.keyboard.press('Enter');
  await expect(card(grill, placed[12]!)).toHaveCount(0);
  await expect(cards(grill)).toHaveCount(13);
});

test('1 Bump 1 Bump clears the first ticket twice, however many there are', async ({ restaurant, open }) => {
  const placed = await restaurant.placeAll(
    Array.from({ length: 14 }, (_, n) => ({ number: `A${n + 1}`, items: [items[0]!] })),
  );
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await prefer(grill, { density: 'compact' });
  await expect(cards(grill)).toHaveCount(14);
  for (const left of [13, 12]) {
    await grill.keyboard.press('Digit1');
    await grill.keyboard.press('Enter');
    await expect(cards(grill)).toHaveCount(left);
  }
  await expect(card(grill, placed[0]!)).toHaveCount(0);
  await expect(card(grill, placed[1]!)).toHaveCount(0);
  await press(grill, 'Digit1', 'Digit2');
  await expect(card(grill, placed[13]!)).toHaveAttribute('data-chosen', 'true');
  // Slot 13 is gone: the number chooses nothing, and Enter has nothing to bump.
  await press(grill, 'Digit1', 'Digit3');
  await expect(grill.locator('article[data-chosen]')).toHaveCount(0);
});

/** Holds back the code that the page's own HTML does not name, which is that of its lists. */
async function holdLists(page: Page): Promise<{ asked: () => number; let: (how: 'fail' | 'go') => void }> {
  const html = await (await page.request.get(page.url())).text();
  let [asked, how] = [0, 'wait'];
  const waiting = new Set<() => void>();
  await page.route('**/_next/static/chunks/**', async (route) => {
    if (html.includes(new URL(route.request().url()).pathname.split('/').at(-1)!)) return route.continue();
    asked++;
    while (how === 'wait') await new Promise<void>((resolve) => waiting.add(resolve));
    return (how === 'fail' ? route.abort() : route.continue()).catch(() => {});
  });
  return {
    asked: () => asked,
    let: (next) => {
      how = next;
      for (const go of waiting) go();
      waiting.clear();
    },
  };
}

test('a list that was asked for has the keys from then on, while its code is on its way', async ({
  restaurant,
  open,
}) => {
  await restaurant.placeAll(['A1', 'A2', 'A3'].map((number) => ({ number, items })));
  const grill = await open(restaurant, 'kitchen', 'Grill', { serviceWorkers: 'block' });
  const dialog = grill.locator('dialog[open]');
  const held = await holdLists(grill);
  await grill.reload();
  await expect(cards(grill)).toHaveCount(3);
  for (const [key, title] of [
    ['KeyF', 'Find an order'],
    ['KeyR', 'Opening…'],
    ['KeyO', 'Opening…'],
    ['Comma', 'Opening…'],
    ['Slash', 'Opening…'],
  ] as const) {
    await grill.keyboard.press('Digit1');
    for (const each of [key, '3', 'Enter', 'Digit2', 'NumpadEnter', 's']) await grill.keyboard.press(each);
    await expect(dialog).toHaveAccessibleName(title);
    if (key === 'KeyF') await expect(dialog.locator('input')).toHaveValue('32s');
    await grill.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  await grill.keyboard.press('KeyR');
  held.let('go');
  // Its code comes, and only the list that was asked for last is there.
  await expect(dialog).toHaveAccessibleName('Recall');
  await grill.keyboard.press('Enter');
  await expect(dialog).toHaveAccessibleName('Recall');
  await grill.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(cards(grill)).toHaveCount(3);
  await expect(grill.locator('[data-pending], [data-chosen]')).toHaveCount(0);
});

test('a list whose code cannot be loaded says so, and leaves the board as it is', async ({ restaurant, open }) => {
  await restaurant.placeAll([{ items }]);
  const grill = await open(restaurant, 'kitchen', 'Grill', { serviceWorkers: 'block' });
  const held = await holdLists(grill);
  held.let('fail');
  await grill.reload();
  await expect(cards(grill)).toHaveCount(1);
  const dialog = grill.locator('dialog[open]');
  await grill.keyboard.press('KeyR');
  await expect(dialog.getByRole('alert')).toContainText('cannot be opened');
  await grill.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(cards(grill)).toHaveCount(1);
});

test('Find opens in its field, by key and by button, and Enter searches', async ({ restaurant, open }) => {
  const [order] = await restaurant.placeAll([{ number: 'F42', items }]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(cards(grill)).toHaveCount(1);
  const field = grill.locator('dialog[open] input');
  for (const ask of [() => grill.keyboard.press('KeyF'), () => grill.locator('[data-action=open-find]').click()]) {
    await ask();
    await expect(field).toBeFocused();
    await grill.keyboard.type('f42');
    await grill.keyboard.press('Enter');
    await expect(grill.locator(`[data-found-order-id="${order!.id}"]`)).toBeVisible();
    await expect(field).toBeFocused();
    // A bump bar has no Tab: the arrows lead out of the field.
    await grill.keyboard.press('ArrowUp');
    await expect(grill.locator('dialog[open] [data-action=close]')).toBeFocused();
    await grill.keyboard.press('Enter');
    await expect(grill.locator('dialog[open]')).toHaveCount(0);
  }
});

test('a bump from the opened ticket can be taken back, and heeds two taps', async ({ restaurant, open }) => {
  const [order] = await restaurant.placeAll([{ items }]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await prefer(grill, { bump: 'double' });
  const bump = grill.locator('dialog[open] [data-action=bump]');
  await expect(cards(grill)).toHaveCount(1);
  await grill.keyboard.press('Digit1');
  await grill.keyboard.press('KeyT');
  await bump.click();
  await expect(bump).toContainText('Tap again');
  await bump.click();
  await expect(card(grill, order!)).toHaveCount(0);
  await grill.locator('[data-action=undo]').click();
  await expect(card(grill, order!)).toBeVisible();
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
