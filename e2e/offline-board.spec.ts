// A page loaded while the server is unreachable shows the last board, with its age, and marks it as restored.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from './fixtures.ts';
import { keptRev, pageIsKept, reloadWhileAway } from './outage.ts';
import { banner, card, cards, expectLive, root } from './screens.ts';

const burger = { table: '1', items: [{ name: 'Burger', category: 'grill' }] };

test('a reload during an outage gives the last board back, never as live, and the right one after it', async ({
  ownWorld,
  open,
}) => {
  const world = await ownWorld();
  const restaurant = await world.setUpRestaurant();
  const [first, second] = await restaurant.placeAll([burger, burger]);
  const screens = await Promise.all([
    open(restaurant, 'kitchen', 'Grill'),
    open(restaurant, 'floor'),
    open(restaurant, 'expo'),
    open(restaurant, 'manager'),
  ]);
  await Promise.all(screens.map(pageIsKept));
  await world.endServer('SIGKILL');
  await Promise.all(
    screens.map(async (page) => {
      // Records every connection state that the screen's root has, from its first moment.
      await page.addInitScript(() => {
        const seen = new Set<string>();
        Object.assign(globalThis, { heardSeen: seen });
        const look = () => {
          seen.add(document.querySelector('[data-screen]')?.getAttribute('data-connection') ?? '');
          requestAnimationFrame(look);
        };
        look();
      });
      await reloadWhileAway(page);
      await expect(root(page)).toHaveAttribute('data-connection', 'offline');
      await expect(banner(page)).toHaveAttribute('data-cause', 'server-away');
      await expect(banner(page)).toContainText(/This is the board of \d\d:\d\d:\d\d \(\d+ s ago\)/);
      await page.waitForTimeout(1500);
      expect(
        await page.evaluate(() => [...(globalThis as unknown as { heardSeen: Set<string> }).heardSeen]),
      ).not.toContain('live');
    }),
  );
  const [grill, floor] = screens;
  await expect(cards(grill!)).toHaveCount(2);
  await expect(cards(floor!)).toHaveCount(2);
  // A sheet whose script was not loaded before opens as well.
  await grill!.locator('[data-action=open-all-day]').click();
  await expect(grill!.locator('dialog[open], [role=dialog]').first()).toContainText('Burger');
  await grill!.keyboard.press('Escape');

  // A proxy that answers in the server's place, and the portal of a guest network, throw no stored page away.
  for (const status of [404, 429, 302]) {
    const other = createServer((_, answer) => {
      answer.writeHead(status, { location: '/portal' }).end('Not here');
    });
    other.listen(Number(new URL(world.address).port), '127.0.0.1');
    await once(other, 'listening');
    await reloadWhileAway(floor!);
    await expect(cards(floor!)).toHaveCount(2);
    other.closeAllConnections();
    await once(other.close(), 'close');
  }

  restaurant.change(first!, 'cancel');
  const third = restaurant.place(burger);
  await world.startServer();
  for (const page of screens) {
    await expectLive(page);
    await expect(root(page)).not.toHaveAttribute('data-restored', /./);
  }
  await expect(card(grill!, first!)).toHaveAttribute('data-state', 'canceled');
  await expect(card(grill!, second!)).toHaveCount(1);
  await expect(card(grill!, third)).toHaveCount(1);
});

test('the pages of the server come first: what is kept is not shown while it answers, and a revoked screen keeps nothing', async ({
  ownWorld,
  open,
}) => {
  const world = await ownWorld();
  const restaurant = await world.setUpRestaurant();
  await restaurant.placeAll([burger]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await pageIsKept(grill);
  await grill.reload();
  await expectLive(grill);
  await expect(root(grill)).not.toHaveAttribute('data-restored', /./);

  const [device] = await world.query<{ id: string }>('SELECT id FROM devices WHERE restaurant_id = $1', restaurant.id);
  await world.operate('DELETE', `/api/v1/devices/${device!.id}`);
  await expect(root(grill)).toHaveAttribute('data-connection', 'offline');
  await expect(cards(grill)).toHaveCount(0);
  await expect.poll(() => keptRev(grill)).toBe(-1);
  await world.endServer('SIGKILL');
  await grill.reload({ waitUntil: 'domcontentloaded' });
  await expect(grill.getByRole('heading', { name: 'The server cannot be reached' })).toBeVisible();
  await expect(cards(grill)).toHaveCount(0);
});

test('a screen that was taken from its browser while that was off shows nothing, in an outage either', async ({
  ownWorld,
  open,
}) => {
  const world = await ownWorld();
  const restaurant = await world.setUpRestaurant();
  await restaurant.placeAll([burger]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await pageIsKept(grill);
  const address = grill.url();
  await grill.goto('about:blank');
  const [device] = await world.query<{ id: string }>('SELECT id FROM devices WHERE restaurant_id = $1', restaurant.id);
  await world.operate('DELETE', `/api/v1/devices/${device!.id}`);
  await grill.goto(address);
  await expect(grill).toHaveURL(/not-paired/);
  await world.endServer('SIGKILL');
  await grill.goto(address, { waitUntil: 'domcontentloaded' }).catch(() => {});
  await expect(cards(grill)).toHaveCount(0);
  await expect(root(grill)).toHaveCount(0);
});

test('a server that is slow to answer, or whose database is away, keeps nobody from the last board', async ({
  ownWorld,
  open,
}) => {
  const world = await ownWorld();
  const restaurant = await world.setUpRestaurant();
  const [order] = await restaurant.placeAll([burger]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await pageIsKept(grill);
  world.freezeServer();
  try {
    await reloadWhileAway(grill);
    await expect(card(grill, order!)).toHaveCount(1);
  } finally {
    world.thawServer();
  }
  await expectLive(grill);
  const bringBack = await world.takeDatabaseAway();
  await reloadWhileAway(grill);
  await expect(card(grill, order!)).toHaveCount(1);
  await expect(banner(grill)).toHaveAttribute('data-cause', 'database-away');
  await bringBack();
  await expectLive(grill);
});

test('each screen can be installed as an app that opens that screen', async ({ restaurant, open }) => {
  const grill = await open(restaurant, 'kitchen', 'Grill');
  const link = grill.locator('head link[rel=manifest]');
  await expect(link).toHaveCount(1);
  const { manifest, icons } = await grill.evaluate(async () => {
    const address = document.querySelector<HTMLLinkElement>('link[rel=manifest]')!.href;
    const manifest = (await (await fetch(address)).json()) as {
      start_url: string;
      name: string;
      icons: { src: string }[];
    };
    return { manifest, icons: await Promise.all(manifest.icons.map(async ({ src }) => (await fetch(src)).status)) };
  });
  expect(manifest.name).toBe('Grill · Heard');
  // The start URL contains the device, since one browser may be several screens.
  expect(new URL(manifest.start_url, grill.url()).pathname).toBe(new URL(grill.url()).pathname);
  expect(icons).toEqual(icons.map(() => 200));
  // The reasons that the browser itself gives against installing the page.
  const session = await grill.context().newCDPSession(grill);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});
