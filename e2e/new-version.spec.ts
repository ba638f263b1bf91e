// A page older than its server reloads itself at a quiet moment, whichever message tells it, and loses neither tap nor
// order.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { Restaurant } from './restaurant.ts';
import { button, card, expectLive, onlyWebSockets } from './screens.ts';

const burger = { table: '1', items: [{ name: 'Burger', category: 'grill' }] };
type Message = Record<string, unknown>;

/**
 * Notes each state of the page's root with the cause that is told, over all documents of the page. A state that lasts
 * until the page reloads itself may be over before a test looks.
 * @returns asks for those that the first document was in
 */
async function noteStates(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const noted = () => JSON.parse(sessionStorage.getItem('test:states') ?? '[]') as string[];
    const note = (state: string) => {
      if (noted().at(-1) !== state) sessionStorage.setItem('test:states', JSON.stringify([...noted(), state]));
    };
    note('document');
    new MutationObserver(() => {
      const root = document.querySelector<HTMLElement>('[data-screen]');
      const cause = document.querySelector<HTMLElement>('[data-cause]')?.dataset['cause'];
      if (root) note([root.dataset['connection'], cause].filter(Boolean).join(' '));
    }).observe(document, {
      subtree: true,
      childList: true,
      attributeFilter: ['data-connection', 'data-cause'],
    });
  });
  return async () => {
    const states = await page.evaluate(() => JSON.parse(sessionStorage.getItem('test:states') ?? '[]') as string[]);
    const next = states.indexOf('document', 1);
    return states.slice(1, next < 0 ? undefined : next);
  };
}

/**
 * Opens a kitchen whose server answers as a newer version would, until the page has reloaded itself.
 * @param before done while the server still says that it is no newer: from ten seconds of age on, a page reloads as
 *   soon as it is told. No command that the page sends reaches the server before it has reloaded.
 */
async function openAtNewer(
  page: Page,
  restaurant: Restaurant,
  newer: (message: Message) => Message,
  before?: () => Promise<void>,
) {
  let documents = 0;
  // A navigation is told before the next document opens its socket, its load is not.
  page.on('request', (request) => {
    if (request.isNavigationRequest() && new URL(request.url()).pathname.startsWith('/kitchen/')) documents += 1;
  });
  let isNewer = !before;
  let cut = async () => {};
  await onlyWebSockets(page);
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer();
    const ofFirstDocument = documents === 1;
    cut = async () => {
      await server.close();
      await socket.close();
    };
    socket.onMessage((data) => {
      if (!before || !ofFirstDocument || !String(data).includes('"type":"command"')) server.send(data);
    });
    server.onMessage((data) => {
      const text = String(data);
      if (!isNewer || !ofFirstDocument || !text.startsWith('42[')) {
        socket.send(data);
        return;
      }
      const [event, message] = JSON.parse(text.slice(2)) as [string, Message];
      socket.send(`42${JSON.stringify([event, newer(message)])}`);
    });
  });
  await restaurant.pair(page, 'kitchen', 'Grill');
  if (before) {
    await before();
    isNewer = true;
    await cut();
  }
  return {
    reloaded: async () => {
      await expect.poll(() => documents).toBe(2);
      await expectLive(page);
    },
    reloads: () => documents - 1,
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
    let tappedAt = 0;
    const opened = await openAtNewer(
      older,
      restaurant,
      (message) => (message['type'] === 'welcome' ? { ...message, build: 'a newer one' } : message),
      async () => {
        await expectLive(older);
        await button(card(older, tapped!), 'Bump').click();
        tappedAt = Date.now();
      },
    );
    await opened.reloaded();
    expect(Date.now() - tappedAt, 'not within ten seconds of a tap').toBeGreaterThan(9500);
    await expect.poll(async () => (await orderOf(restaurant, tapped!)).tickets[0]?.state).toBe('bumped');
    expect(await restaurant.world.query('SELECT kind FROM kitchen_actions WHERE order_id = $1', tapped!.id)).toEqual([
      { kind: 'bump' },
    ]);
    expect(opened.reloads()).toBe(1);
  };
  const ofProtocol = async () => {
    const states = await noteStates(foreign);
    const opened = await openAtNewer(foreign, restaurant, (message) =>
      message['type'] === 'welcome' ? { ...message, protocolVersion: 99 } : message,
    );
    await opened.reloaded();
    expect(await states()).toContain('stale outdated');
  };
  const ofWords = async () => {
    const states = await noteStates(wordless);
    const opened = await openAtNewer(wordless, restaurant, (message) =>
      message['type'] === 'delta' ? { ...message, type: 'delta-of-tomorrow' } : message,
    );
    await expectLive(wordless);
    const came = restaurant.place(burger);
    await opened.reloaded();
    const seen = await states();
    expect(seen.slice(seen.indexOf('live')), seen.join()).toContain('stale outdated');
    await expect(card(wordless, came)).toBeVisible();
  };
  await Promise.all([ofBuild(), ofProtocol(), ofWords()]);
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
