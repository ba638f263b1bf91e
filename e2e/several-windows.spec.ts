// The same screen in several windows: a tap in one shows in the others within a second.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { Restaurant } from './restaurant.ts';
import { button, card, expectLive, onlyWebSockets, root } from './screens.ts';

// The windows of a device share one service worker.
test.use({ serviceWorkers: 'allow' });

/** How long after a tap was carried out the server may read the change for a window, by the database's clock. */
const READ_WITHIN_MS = 1000;
/**
 * How long after the tap the change may arrive at a window, by the test's clock. A change that is read in time may still
 * be sent late. The limit has room for stalls of a busy machine.
 */
const ARRIVED_WITHIN_MS = 3000;

interface Delta {
  serverTime: string;
  orders: { id: string }[];
  gone: string[];
}

interface Window {
  page: Page;
  /** The changes that it was sent, oldest first. Each has the time of its arrival. */
  deltas: (Delta & { arrivedAt: number })[];
}

/** Opens a window of a context, in which the caller makes it a screen. */
async function openWindow(context: BrowserContext, show: (page: Page) => Promise<unknown>): Promise<Window> {
  const page = await context.newPage();
  const deltas: Window['deltas'] = [];
  await onlyWebSockets(page);
  await page.addInitScript(() => {
    for (const kind of ['click', 'keydown'])
      addEventListener(kind, () => Object.assign(globalThis, { tappedAt: Date.now() }), { capture: true });
  });
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const text = String(payload);
      if (!text.startsWith('42[')) return;
      const [, message] = JSON.parse(text.slice(2)) as [string, Delta & { type: string }];
      if (message.type === 'delta') deltas.push({ ...message, arrivedAt: Date.now() });
    }),
  );
  await show(page);
  await expectLive(page);
  return { page, deltas };
}

test('three kitchens and three floors of one device each agree within a second', async ({ restaurant, browser }) => {
  const three = async (role: 'kitchen' | 'floor') => {
    const context = await browser.newContext();
    const first = await openWindow(context, (page) =>
      restaurant.pair(page, role, role === 'kitchen' ? 'Grill' : undefined),
    );
    const again = () => openWindow(context, (page) => page.goto(first.page.url()));
    return [first, await again(), await again()];
  };
  const [kitchens, floors] = await Promise.all([three('kitchen'), three('floor')]);
  const windows = [...kitchens, ...floors];

  /**
   * Waits until all of these windows show it. The second is taken from the server's side: when the tap was carried out
   * and when the change was read for each window. Its arrival is bounded by the time of the tap itself. How long six
   * browsers need to draw depends on the machine alone.
   */
  const inAll = async (
    shown: Window[],
    order: { id: string },
    selector: string,
    page: Page,
    tap: () => Promise<void>,
  ) => {
    const before = windows.map(({ deltas }) => deltas.length);
    await tap();
    const tappedAt = await page.evaluate(() => (globalThis as unknown as { tappedAt: number }).tappedAt);
    for (const { page } of shown) await expect(page.locator(selector)).toHaveCount(1);
    const [action] = await restaurant.world.query<{ at: Date }>(
      'SELECT at FROM kitchen_actions WHERE order_id = $1 ORDER BY at DESC LIMIT 1',
      order.id,
    );
    for (const [index, { deltas }] of windows.entries()) {
      const carries = () =>
        deltas
          .slice(before[index])
          .find(({ orders, gone }) => orders.some(({ id }) => id === order.id) || gone.includes(order.id));
      await expect.poll(carries, 'the window is sent the change').toBeTruthy();
      const { serverTime, arrivedAt } = carries()!;
      const readAfter = Date.parse(serverTime) - action!.at.getTime();
      expect(readAfter, `ms until the change was read for window ${index}`).toBeGreaterThanOrEqual(0);
      expect(readAfter, `ms until the change was read for window ${index}`).toBeLessThan(READ_WITHIN_MS);
      expect(arrivedAt - tappedAt, `ms from the tap until window ${index}`).toBeLessThan(ARRIVED_WITHIN_MS);
    }
  };
  const [kitchen, , lastKitchen] = kitchens.map(({ page }) => page) as [Page, Page, Page];
  const otherFloor = floors[1]!.page;
  for (const number of ['one', 'two']) {
    const order = restaurant.place({ number, items: [{ name: 'Burger', category: 'grill' }] });
    for (const { page } of windows) await expect(card(page, order)).toBeVisible();
    const its = (rest: string) => `article[data-order-id="${order.id}"]${rest}`;
    const away = `[data-screen]:not(:has(${its('')}))`;
    await inAll(floors, order, its('[data-state=ready]'), kitchen, () => button(card(kitchen, order), 'Bump').click());
    for (const { page } of kitchens) await expect(card(page, order)).toHaveCount(0);
    // Back by one window, away by another. The key recalls after the five seconds of the undo button, too.
    await inAll(kitchens, order, its(''), kitchen, () => kitchen.keyboard.press('KeyL'));
    await inAll(kitchens, order, away, lastKitchen, () => button(card(lastKitchen, order), 'Bump').click());
    await inAll(floors, order, away, otherFloor, () => button(card(otherFloor, order), 'Serve').click());
  }

  // The last change was waited for on the floors only.
  await expect
    .poll(
      async () => new Set(await Promise.all(windows.map(({ page }) => root(page).getAttribute('data-rev')))).size,
      'all at one change',
    )
    .toBe(1);
});

/** A kitchen's screen that can be made to hear nothing for a while: the server's messages come afterwards. */
async function openCook(browser: Browser, restaurant: Restaurant) {
  const page = await (await browser.newContext()).newPage();
  let deaf = false;
  const unheard: (() => void)[] = [];
  await onlyWebSockets(page);
  await page.routeWebSocket(/socket\.io/, (socket) => {
    socket.connectToServer().onMessage((data) => {
      if (deaf) unheard.push(() => socket.send(data));
      else socket.send(data);
    });
  });
  await restaurant.pair(page, 'kitchen', 'Grill');
  await expectLive(page);
  return {
    page,
    deafen: () => {
      deaf = true;
    },
    hear: () => {
      deaf = false;
      for (const say of unheard.splice(0)) say();
    },
  };
}

test('two cooks who tap the same ticket at once bump it once, and none of it comes back', async ({
  world,
  restaurant,
  open,
  browser,
}) => {
  const [one, two, floor] = await Promise.all([
    openCook(browser, restaurant),
    openCook(browser, restaurant),
    open(restaurant, 'floor'),
  ]);
  const order = restaurant.place({ items: [{ name: 'Burger', category: 'grill' }] });
  for (const { page } of [one, two]) await expect(card(page, order)).toBeVisible();
  // At once is before either screen hears of the other's tap.
  for (const { deafen } of [one, two]) deafen();
  for (const { page } of [one, two]) await button(card(page, order), 'Bump').click();
  for (const { hear } of [one, two]) hear();
  for (const { page } of [one, two]) {
    await expect(card(page, order)).toHaveCount(0);
    await expectLive(page);
    await expect(card(page, order)).toHaveCount(0);
  }
  await expect(card(floor, order)).toHaveAttribute('data-state', 'ready');
  const { tickets } = await world.operate('GET', `/api/v1/orders/${order.id}`);
  expect(tickets).toMatchObject([{ station: 'Grill', state: 'bumped' }]);
});
