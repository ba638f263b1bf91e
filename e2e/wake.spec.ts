// A page recovers without a person: after sleep, a wrong clock, a frozen page and a page that has stopped drawing it is
// right again by itself.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { card, cards, expectLive, root } from './screens.ts';

const burger = { table: '1', items: [{ name: 'Burger', category: 'grill' }] };
const loadedOnce = (page: Page) =>
  page.evaluate(() => {
    document.documentElement.dataset['loaded'] = 'once';
  });
const mark = (page: Page) => page.locator('html[data-loaded=once]');

test("changing the tablet's time changes nothing on a screen", async ({ restaurant, open }) => {
  const [order] = await restaurant.placeAll([burger]);
  await restaurant.age(order!, 6);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  const age = async () => {
    const [minutes, seconds] = (await card(grill, order!).innerText())
      .match(/(\d+):(\d\d)/)!
      .slice(1)
      .map(Number);
    return minutes! * 60 + seconds!;
  };
  const before = await age();
  expect(before).toBeGreaterThanOrEqual(360);
  expect(before).toBeLessThan(400);
  const clockBefore = await grill.getByRole('banner').locator('time').innerText();
  for (const shift of [3 * 3_600_000, -86_400_000]) {
    await grill.evaluate((ms) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + ms;
    }, shift);
    await grill.waitForTimeout(1500);
    await expect(root(grill)).toHaveAttribute('data-connection', 'live');
    expect(Math.abs((await age()) - before)).toBeLessThan(30);
  }
  const minutesOf = (text: string) => Number(text.split(':')[0]) * 60 + Number(text.split(':')[1]);
  expect(
    minutesOf(await grill.getByRole('banner').locator('time').innerText()) - minutesOf(clockBefore),
  ).toBeLessThanOrEqual(1);
  // A tap works as with the right time, and so does a page that starts with the wrong one.
  await grill.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 7_200_000;
  });
  await grill.reload();
  await expectLive(grill);
  expect(Math.abs((await age()) - before)).toBeLessThan(60);
});

test('a tablet that slept shows the right board at once when it wakes; a page that has stopped drawing loads itself anew', async ({
  restaurant,
  open,
  playwright,
  launchOptions,
}) => {
  const [first] = await restaurant.placeAll([burger]);
  const [other, stuck] = await Promise.all([
    open(restaurant, 'kitchen', 'Grill'),
    open(restaurant, 'kitchen', 'Grill'),
  ]);
  const browser = await playwright.chromium.launch(launchOptions);
  const grill = await browser.newPage();
  await restaurant.pair(grill, 'kitchen', 'Grill');
  await expectLive(grill);
  await loadedOnce(grill);
  // The renderer processes stop, as in a sleep: no event tells the page, and its socket stays open for now.
  const { processInfo } = await (await browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  expect(renderers.length).toBeGreaterThan(0);
  for (const pid of renderers) process.kill(pid, 'SIGSTOP');
  restaurant.change(first!, 'cancel');
  const second = restaurant.place(burger);
  await expect(card(other, second)).toBeVisible();
  // Waits longer than the server keeps a silent socket (18 s), and meanwhile:
  await Promise.all([
    other.waitForTimeout(20_000),
    test.step('a page that has stopped drawing loads itself anew', async () => {
      await loadedOnce(stuck);
      // The graphics process is gone: timers run, but no frame comes.
      await stuck.evaluate(() => {
        globalThis.requestAnimationFrame = () => 0;
      });
      await expect(mark(stuck)).toHaveCount(0);
      await expectLive(stuck);
    }),
  ]);
  for (const pid of renderers) process.kill(pid, 'SIGCONT');
  await expect(card(grill, second)).toBeVisible({ timeout: 5000 });
  await expectLive(grill);
  await expect(card(grill, first!)).toHaveAttribute('data-state', 'canceled');
  await expect(mark(grill)).toHaveCount(1);
  await browser.close();
});

test('a page whose main thread hung for a while is right again by itself', async ({ restaurant, open }) => {
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await loadedOnce(grill);
  const hung = grill.evaluate(() => {
    const until = performance.now() + 7000;
    while (performance.now() < until);
  });
  const order = restaurant.place(burger);
  await hung;
  await expect(card(grill, order)).toBeVisible({ timeout: 5000 });
  await expectLive(grill);
  await expect(mark(grill)).toHaveCount(1);
});

test('a tablet that is slow says so, and stops saying so', async ({ restaurant, open }) => {
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await grill.waitForTimeout(1000);
  await expect(root(grill)).not.toHaveAttribute('data-slow', /./);
  await grill.evaluate(() => {
    const until = performance.now() + 9000;
    const burn = () => {
      const end = performance.now() + 450;
      while (performance.now() < end);
      if (performance.now() < until) setTimeout(burn, 50);
    };
    burn();
  });
  await expect(root(grill)).toHaveAttribute('data-slow', 'true');
  await expect(grill.getByRole('banner').locator('[data-slow-mark]').filter({ visible: true })).toHaveCount(1);
  await expect(root(grill)).not.toHaveAttribute('data-slow', /./);
});

test('what a screen has drawn is confirmed to the server, and what it has not drawn is not', async ({
  ownWorld,
  open,
}) => {
  const world = await ownWorld();
  const restaurant = await world.setUpRestaurant();
  const grill = await open(restaurant, 'kitchen', 'Grill');
  const confirmed = async (id: string) =>
    (
      await world.query<{ confirmed: boolean }>(
        'SELECT confirmed_at IS NOT NULL AS confirmed FROM tickets WHERE order_id = $1',
        id,
      )
    )[0]?.confirmed;
  const [drawn] = await restaurant.placeAll([burger]);
  await expect(card(grill, drawn!)).toBeVisible();
  await expect.poll(() => confirmed(drawn!.id), { timeout: 5000 }).toBe(true);
  // From here on no frame comes, as on a page that is hidden or frozen. The document itself goes on.
  await grill.evaluate(() => {
    const held: FrameRequestCallback[] = [];
    const real = globalThis.requestAnimationFrame;
    globalThis.requestAnimationFrame = (callback) => held.push(callback);
    Object.assign(globalThis, {
      letFramesCome: () => {
        globalThis.requestAnimationFrame = real;
        for (const callback of held) real(callback);
      },
    });
  });
  const [unseen] = await restaurant.placeAll([burger]);
  await expect(cards(grill)).toHaveCount(2);
  await grill.waitForTimeout(3000);
  expect(await confirmed(unseen!.id)).toBe(false);
  await grill.evaluate(() => (globalThis as unknown as { letFramesCome: () => void }).letFramesCome());
  await expect.poll(() => confirmed(unseen!.id), { timeout: 5000 }).toBe(true);
});
