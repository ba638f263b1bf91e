// The waiter's phone: dishes to carry now, alerts of dishes that became ready, my tables, courses, rush, changes,
// sold-out dishes, and the guest's link.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { expectAccessible, expectLegible, expectTargets } from './legible.ts';
import { button, card, cards, expectLive, line, root, settled, shownIds } from './screens.ts';
import { Tablet } from './tablet.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
const burger = { name: 'Burger', category: 'grill' };
const cola = { name: 'Cola', category: 'drinks' };
const action = (within: Page | ReturnType<typeof card>, name: string) => within.locator(`[data-action=${name}]`);

/** Counts tones and vibrations, because a test cannot hear them. */
async function listen(page: Page): Promise<() => Promise<{ tones: number; shakes: number }>> {
  await page.evaluate(() => {
    const counted = { tones: 0, shakes: 0 };
    Object.assign(window, { counted });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function count(this: OscillatorNode, ...when: number[]) {
      counted.tones += 1;
      start.apply(this, when as [number]);
    };
    navigator.vibrate = () => {
      counted.shakes += 1;
      return true;
    };
  });
  return () => page.evaluate(() => (window as unknown as { counted: { tones: number; shakes: number } }).counted);
}

test('a dish that becomes ready is heard, felt, counted and told with its station, once', async ({
  restaurant,
  open,
}) => {
  const [floor, grill] = await Promise.all([
    open(restaurant, 'floor', undefined, phone),
    open(restaurant, 'kitchen', 'Grill'),
  ]);
  const heard = await listen(floor);
  const [order] = await restaurant.placeAll([{ number: 'B1', table: '12', items: [burger, cola] }]);
  await expect(card(floor, order!)).toBeVisible();
  await action(floor, 'sound').click();
  await expect(action(floor, 'sound')).toHaveCount(0);
  // Turning the sound on plays a sample of two tones.
  await expect.poll(async () => (await heard()).tones).toBe(2);
  const before = await heard();
  await button(card(grill, order!), 'Bump').click();
  const alert = floor.locator('[data-alert=ready]');
  await expect(alert).toContainText('Table 12');
  await expect(alert).toContainText('Grill');
  expect(await heard()).toEqual({ tones: before.tones + 3, shakes: before.shakes + 1 });
  await expect(action(floor, 'tab-ready')).toHaveText('Ready 1');
  await expect(floor).toHaveTitle(/^\(1\) /);
  await expectAccessible(floor);
  await button(line(card(floor, order!), 'l1'), 'Serve').click();
  await button(floor, 'Undo').click();
  await expect(line(card(floor, order!), 'l1')).toHaveAttribute('data-state', 'ready');
  expect((await heard()).shakes).toBe(before.shakes + 1);
  await expect(alert).toHaveCount(0, { timeout: 12_000 });
});

test('messages about taps are heard from the first, and a tap beside them reaches the card below', async ({
  restaurant,
  open,
}) => {
  const placed = await restaurant.placeAll(Array.from({ length: 8 }, () => ({ items: [burger] })));
  const late = placed.slice(0, 2);
  const [floor, tablet] = await Promise.all([
    open(restaurant, 'floor', undefined, phone),
    Tablet.pair(restaurant, 'expo'),
  ]);
  const regions = floor.getByRole('region', { name: 'Just done' }).locator('[aria-live]');
  await expect(regions).toHaveCount(2);
  await expect(regions.filter({ hasText: /./ })).toHaveCount(0);
  expect(await ignoredByReaders(floor, '[aria-live]:empty')).toEqual([false, false]);
  await tablet.bump(...late.map(({ id }) => id));
  for (const order of late) await expect(card(floor, order)).toHaveAttribute('data-state', 'ready');
  await floor.context().setOffline(true);
  await expect(root(floor)).toHaveAttribute('data-connection', 'offline');
  for (const order of late) await button(card(floor, order), 'Serve').first().click();
  for (const { id } of late) {
    const { tickets } = await tablet.order(id);
    await tablet.tap({ kind: 'recall', orderId: id, ticketId: tickets[0]!.id });
  }
  tablet.close();
  // After ten seconds the messages stay until they are dismissed.
  await floor.waitForTimeout(10_500);
  await floor.context().setOffline(false);
  await expectLive(floor);
  const messages = floor.locator('[data-message]');
  await expect(messages).toHaveCount(2);
  await expect(floor.locator('[data-undo] > *')).toHaveCount(0);
  await settled(floor);

  // They have their room below the cards, which scroll above them.
  const [cardsEnd, told] = await floor.evaluate(() => [
    document.querySelector('main')!.getBoundingClientRect().bottom,
    Array.from(document.querySelectorAll('[data-message]'), (one) => one.getBoundingClientRect().top),
  ]);
  for (const top of told) expect(top).toBeGreaterThanOrEqual(cardsEnd);
  expect(told[1]! - told[0]!, 'one message below the other').toBeGreaterThan(40);
  for (const left of [1, 0]) {
    await messages.first().getByRole('button').click();
    await expect(messages).toHaveCount(left);
  }
});

/** Of each element, whether the browser leaves it out of the tree that screen readers read. */
async function ignoredByReaders(page: Page, selector: string): Promise<boolean[]> {
  const session = await page.context().newCDPSession(page);
  const { root: document } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: document.nodeId, selector });
  const ignored: boolean[] = [];
  for (const nodeId of nodeIds) {
    const { nodes } = await session.send('Accessibility.getPartialAXTree', { nodeId, fetchRelatives: false });
    ignored.push(nodes[0]!.ignored);
  }
  await session.detach();
  return ignored;
}

test('a muted phone makes no sound, and says so by a badge', async ({ restaurant, open }) => {
  const [floor, grill] = await Promise.all([
    open(restaurant, 'floor', undefined, phone),
    open(restaurant, 'kitchen', 'Grill'),
  ]);
  const heard = await listen(floor);
  const [order] = await restaurant.placeAll([{ items: [burger] }]);
  await action(floor, 'settings').click();
  await action(floor, 'sounds-off').click();
  await floor.keyboard.press('Escape');
  await expect(action(floor, 'sound')).toBeVisible();
  const { tones } = await heard();
  await button(card(grill, order!), 'Bump').click();
  await expect(floor.locator('[data-alert=ready]')).toBeVisible();
  expect(await heard()).toEqual({ tones, shakes: 1 });
});

test('my tables are shown and alerted for, others wait one tab away, also after a reload', async ({
  restaurant,
  open,
}) => {
  const [floor, grill] = await Promise.all([
    open(restaurant, 'floor', undefined, phone),
    open(restaurant, 'kitchen', 'Grill'),
  ]);
  const [mine, theirs] = await restaurant.placeAll([
    { table: '7', items: [burger] },
    { table: '8', items: [burger] },
  ]);
  await expect(cards(floor)).toHaveCount(2);
  await action(floor, 'tab-mine').click();
  await floor.locator('[data-action=my-table]', { hasText: 'Table 7' }).click();
  await expectAccessible(floor);
  await floor.keyboard.press('Escape');
  await expect(cards(floor)).toHaveCount(1);
  await floor.reload();
  await expect(card(floor, mine!)).toBeVisible();
  await expect(card(floor, theirs!)).toHaveCount(0);
  await button(card(grill, theirs!), 'Bump').click();
  await button(card(grill, mine!), 'Bump').click();
  await expect(floor.locator('[data-alert=ready]')).toHaveCount(1);
  await expect(floor.locator('[data-alert=ready]')).toContainText('Table 7');
  await expect(action(floor, 'tab-ready')).toHaveText('Ready 1');
  await action(floor, 'tab-all').click();
  await expect(cards(floor)).toHaveCount(2);
});

test('what can be carried stands first, longest ready first, and goes one by one or all at once', async ({
  restaurant,
  open,
}) => {
  const [floor, grill, bar] = await Promise.all([
    open(restaurant, 'floor', undefined, phone),
    open(restaurant, 'kitchen', 'Grill'),
    open(restaurant, 'kitchen', 'Bar'),
  ]);
  const [first, second, third] = await restaurant.placeAll([
    { items: [cola] },
    { items: [burger, cola] },
    { items: [burger] },
  ]);
  await button(card(grill, third!), 'Bump').click();
  await expect(card(floor, third!)).toHaveAttribute('data-state', 'ready');
  await button(card(grill, second!), 'Bump').click();
  await expect.poll(() => shownIds(floor)).toEqual([third!.id, second!.id, first!.id]);
  await button(card(bar, second!), 'Bump').click();
  await expect(button(card(floor, second!), 'Serve 2 ready')).toBeVisible();
  await settled(floor);
  // A second tap, as fast as any finger, lands where the next order has come up. It does nothing.
  const box = (await button(line(card(floor, third!), 'l1'), 'Serve').boundingBox())!;
  const tapped = await floor.evaluate(
    async ([x, y]) => {
      const tap = () => {
        const target = document.elementFromPoint(x!, y!)?.closest('button');
        target?.click();
        return target?.closest('[data-order-id]')?.getAttribute('data-order-id') ?? null;
      };
      const cover = document.querySelector<HTMLElement>('[data-cover]')!;
      const covered = new Promise<void>((resolve) => {
        new MutationObserver(() => {
          if (!cover.hidden) resolve();
        }).observe(cover, { attributes: true });
      });
      const first = tap();
      await covered;
      return [first, tap()];
    },
    [box.x + box.width / 2, box.y + box.height / 2],
  );
  expect(tapped).toEqual([third!.id, null]);
  await expect.poll(() => shownIds(floor)).toEqual([second!.id, first!.id]);
  await action(floor, 'tab-ready').click();
  await button(card(floor, second!), 'Serve 2 ready').click();
  await expect(cards(floor)).toHaveCount(0);
});

test('a course is fired, and a rush asked, from the floor; both can be canceled for three seconds', async ({
  restaurant: { world },
  open,
}) => {
  const restaurant = await world.setUpRestaurant({ courses: { mode: 'manual' } });
  const [floor, expo] = await Promise.all([open(restaurant, 'floor', undefined, phone), open(restaurant, 'expo')]);
  const [order] = await restaurant.placeAll([
    {
      number: 'B5',
      table: '3',
      items: [
        { ...burger, course: 1 },
        { name: 'Steak', category: 'grill', course: 2 },
      ],
    },
  ]);
  await button(card(floor, order!), 'Fire course 2').click();
  await action(floor, 'cancel-fire').click();
  // No thumb slips onto a rush: it is asked for in the order's sheet.
  await expect(action(card(floor, order!), 'rush')).toHaveCount(0);
  await action(card(floor, order!), 'more').click();
  await action(floor, 'rush').click();
  await expectTargets(floor, 52);
  await expect(card(expo, order!).locator('[data-tag=rush]')).toBeVisible();
  await expect(line(card(floor, order!), 'l2')).toHaveAttribute('data-state', 'held');
  await button(card(floor, order!), 'Fire course 2').click();
  await expect(line(card(expo, order!), 'l2')).toHaveAttribute('data-state', 'waiting');
});

test('a rush is sent at once by a phone that is put away', async ({ restaurant, open }) => {
  const [floor, expo] = await Promise.all([open(restaurant, 'floor', undefined, phone), open(restaurant, 'expo')]);
  const [order] = await restaurant.placeAll([{ items: [burger] }]);
  await action(card(floor, order!), 'more').click();
  await action(floor, 'rush').click();
  await floor.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect(action(floor, 'cancel-rush')).toHaveCount(0);
  await expect(card(expo, order!).locator('[data-tag=rush]')).toBeVisible();
});

test('what changed is marked until the kitchen has seen it: a new dish, another quantity, a void, another table', async ({
  restaurant,
  open,
}) => {
  const [floor, grill] = await Promise.all([
    open(restaurant, 'floor', undefined, phone),
    open(restaurant, 'kitchen', 'Grill'),
  ]);
  const [order] = await restaurant.placeAll([{ table: '7', items: [burger, { name: 'Steak', category: 'grill' }] }]);
  restaurant.change(order!, { kind: 'quantity', line: 'l1', quantity: 3 });
  restaurant.change(order!, { kind: 'void', line: 'l2' });
  restaurant.change(order!, { kind: 'add', items: [{ name: 'Ribs', category: 'grill' }] });
  await restaurant.world.has(restaurant.change(order!, { kind: 'move', table: '9' }));
  await expect(line(card(floor, order!), 'l1')).toContainText('Changed, was 1');
  await expect(line(card(floor, order!), 'l2')).toHaveAttribute('data-state', 'voided');
  await expect(line(card(floor, order!), 'l3')).toContainText('New');
  await expect(card(floor, order!).locator('[data-notice]')).toHaveText('Table changed, was 7');
  await action(card(grill, order!), 'acknowledge').first().click();
  await expect(card(floor, order!).locator('[data-notice]')).toHaveCount(0);
  await expect(line(card(floor, order!), 'l3')).not.toContainText('New');
});

test('the guest’s link is given away from the floor, and opens the guest’s page', async ({ restaurant, open }) => {
  const floor = await open(restaurant, 'floor', undefined, {
    ...phone,
    hasTouch: false,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const [order] = await restaurant.placeAll([{ items: [burger] }]);
  await action(card(floor, order!), 'more').click();
  await action(floor, 'guest-link').click();
  await expect(action(floor, 'guest-link')).toContainText('copied');
  await expectAccessible(floor);
  await expect(action(floor, 'hold')).toHaveCount(0);
  const link = await floor.evaluate(() => navigator.clipboard.readText());
  const guest = await floor.context().newPage();
  await guest.goto(link);
  await expect(guest.locator('[data-dish]')).toHaveCount(1);
});

test('the phone is legible and within reach, in both languages, by day and by night', async ({ restaurant, open }) => {
  await restaurant.placeAll([
    {
      number: 'B9',
      table: 'Garden terrace by the pond',
      guests: 4,
      note: 'nut allergy',
      items: [
        { ...burger, allergens: ['sesame'] },
        cola,
        { name: 'Slow-braised lamb shoulder with preserved lemon and couscous 🍋' },
      ],
    },
    {
      number: 'TAKEAWAY-2026-00000012',
      type: 'TAKEAWAY',
      priority: 'RUSH',
      items: [{ name: '宫保鸡丁', quantity: 12 }],
    },
  ]);
  for (const locale of ['en-GB', 'zh-CN']) {
    const floor = await open(restaurant, 'floor', undefined, { ...phone, locale });
    await expect(cards(floor)).toHaveCount(2);
    for (const look of ['dark', 'light']) {
      await floor.evaluate((theme) => {
        document.documentElement.dataset['look'] = theme;
      }, look);
      await expectLegible(floor);
      await expectTargets(floor, 52);
    }
  }
});
