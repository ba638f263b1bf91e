// A page older than its server reloads itself at a quiet moment, whichever message tells it, and loses neither tap nor
// order.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { Restaurant } from './restaurant.ts';
import { banner, button, card, expectLive, root } from './screens.ts';

const burger = { table: '1', items: [{ name: 'Burger', category: 'grill' }] };
type Message = Record<string, unknown>;

/** Opens a kitchen whose server answers as a newer version would, until the page has reloaded itself. */
async function openAtNewer(
  page: Page,
  restaurant: Restaurant,
  newer: (message: Message) => Message,
  { deaf = false } = {},
) {
  let change: ((message: Message) => Message) | null = newer;
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((data) => {
      if (!deaf || change === null || !String(data).includes('"type":"command"')) server.send(data);
    });
    server.onMessage((data) => {
      const text = String(data);
      if (!change || !text.startsWith('42[')) {
        socket.send(data);
        return;
      }
      const [event, message] = JSON.parse(text.slice(2)) as [string, Message];
      socket.send(`42${JSON.stringify([event, change(message)])}`);
    });
  });
  await restaurant.pair(page, 'kitchen', 'Grill');
  await page.locator('[data-screen]').waitFor();
  const began = Date.now();
  let loads = 0;
  page.on('load', () => {
    loads += 1;
    change = null;
  });
  return {
    reloaded: async () => {
      await expect.poll(() => loads, { timeout: 25_000 }).toBe(1);
      await expectLive(page);
      return Date.now() - began;
    },
    loads: () => loads,
  };
}

const orderOf = (restaurant: Restaurant, { id }: { id: string }) =>
  restaurant.world.operate('GET', `/api/v1/orders/${id}`) as Promise<{ tickets: { state: string }[] }>;

test('a page of an older build, of an older protocol, or that does not know a word, loads itself anew, with the taps that wait and the orders that came', async ({
  restaurant,
  browser,
}) => {
  const [tapped] = await restaurant.placeAll([burger]);
  const pages = await Promise.all([1, 2, 3].map(async () => (await browser.newContext()).newPage()));
  const [older, foreign, wordless] = pages as [Page, Page, Page];

  const ofBuild = async () => {
    const opened = await openAtNewer(
      older,
      restaurant,
      (message) => (message['type'] === 'welcome' ? { ...message, build: 'a newer one' } : message),
      { deaf: true },
    );
    await expectLive(older);
    // The server learns of this tap only after the page has reloaded.
    await button(card(older, tapped!), 'Bump').click();
    const tappedAt = Date.now();
    await opened.reloaded();
    expect(Date.now() - tappedAt, 'not within ten seconds of a tap').toBeGreaterThan(9500);
    await expect.poll(async () => (await orderOf(restaurant, tapped!)).tickets[0]?.state).toBe('bumped');
    expect(await restaurant.world.query('SELECT kind FROM kitchen_actions WHERE order_id = $1', tapped!.id)).toEqual([
      { kind: 'bump' },
    ]);
    expect(opened.loads()).toBe(1);
  };
  const ofProtocol = async () => {
    const opened = await openAtNewer(foreign, restaurant, (message) =>
      message['type'] === 'welcome' ? { ...message, protocolVersion: 99 } : message,
    );
    await expect(banner(foreign)).toHaveAttribute('data-cause', 'outdated');
    await expect(root(foreign)).toHaveAttribute('data-connection', 'stale');
    await opened.reloaded();
  };
  const ofWords = async () => {
    const opened = await openAtNewer(wordless, restaurant, (message) =>
      message['type'] === 'delta' ? { ...message, type: 'delta-of-tomorrow' } : message,
    );
    await expectLive(wordless);
    const came = restaurant.place(burger);
    await expect(root(wordless)).not.toHaveAttribute('data-connection', 'live', { timeout: 6000 });
    await opened.reloaded();
    await expect(card(wordless, came)).toBeVisible();
  };
  await Promise.all([ofBuild(), ofProtocol(), ofWords()]);
  await Promise.all(pages.map((page) => page.context().close()));
});

test('a screen that broke says so, in place of itself, and starts again by itself', async ({ restaurant, page }) => {
  const order = restaurant.place(burger);
  // In the first document every measurement of text fails.
  await page.addInitScript(() => {
    if (!sessionStorage.getItem('heard:error-retries'))
      HTMLCanvasElement.prototype.getContext = () => {
        throw new Error('broken by the test');
      };
  });
  await restaurant.pair(page, 'kitchen', 'Grill');
  await expect(page.getByRole('heading', { name: 'This screen had a problem' })).toBeVisible();
  await expect(page.getByRole('status')).toContainText('It starts again by itself');
  await expect(card(page, order)).toBeVisible();
});
