// Every screen in every state that it must bear, one test for each: the required elements are there, nothing is cut or
// covered, and axe finds no fault. With PICTURES=1 (npm run pictures) its picture is saved to docs/screens, for people
// to look at.
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expectLegible } from './legible.ts';
import { expect } from './fixtures.ts';
import { busyEvening, indianRestaurant } from './full-board.ts';
import { lookAt, lookAtAll } from './picture-looks.ts';
import { medianColour, screenNames, sizes, test, writePicture, writing, type ScreenName } from './picture-stage.ts';
import { aged, dish, elsewhere, guests, states, type PictureState } from './picture-states.ts';
import { card, cards, expectLive, line, root } from './screens.ts';

test.describe.configure({ mode: 'parallel' });
test.use({ trace: 'off' });

/**
 * Expects that the median colours of these places, as people with this kind of vision see them, are too far apart to be
 * confused.
 */
async function expectApart(page: Page, vision: string, places: string[]): Promise<void> {
  const boxes = await Promise.all(places.map((place) => page.locator(place).first().boundingBox({ timeout: 5000 })));
  const picture = await page.screenshot();
  const colours = await Promise.all(boxes.map((box) => medianColour(picture, box!)));
  for (const [index, one] of colours.entries()) {
    for (const [other, colour] of colours.entries()) {
      if (other > index)
        expect(
          Math.hypot(...one.map((value, channel) => value - colour[channel]!)),
          `${vision}: ${places[index]} and ${places[other]}`,
        ).toBeGreaterThan(25);
    }
  }
}

async function expectSeen(page: Page, seen: NonNullable<PictureState['seen']['kitchen']> = []): Promise<void> {
  for (const one of seen) {
    const [selector, times] = typeof one === 'string' ? [one, null] : one;
    const found = page.locator(selector);
    if (times === null) await expect(found.first()).toBeVisible();
    else await expect(found).toHaveCount(times);
  }
}

/** The longest test, so it begins first. */
test('behind: 8 s; order-api-down: it refuses; away-3s and away-30s: the server was killed', async ({
  ownWorld,
  stage,
}) => {
  const world = await ownWorld({ env: { ORDER_API_TIMEOUT_MS: '60000' } });
  const restaurant = await indianRestaurant(world);
  await guests(restaurant, 6);
  const screens = await stage.show(restaurant, screenNames);

  world.platform.turn({ latencyMs: { min: 14_000, max: 14_000 } });
  const late = restaurant.place({ number: 'A107', items: [dish('CTM')] });
  await expect(root(screens.kitchen)).toHaveAttribute('data-connection', 'stale');
  await lookAtAll(screens, 'behind', '[data-cause=behind]');
  world.platform.turn({ latencyMs: { min: 0, max: 0 } });
  await expect(card(screens.expo, late)).toBeVisible({ timeout: 20_000 });

  world.platform.turn({ outage: 'refuse' });
  for (let n = 0; n < 8; n++) restaurant.place({ items: [dish('DAL')] });
  await lookAtAll(screens, 'order-api-down', '[data-cause=order-api-down]');
  world.platform.turn({ outage: null });
  await expect(cards(screens.expo)).toHaveCount(15, { timeout: 30_000 });
  await Promise.all(Object.values(screens).map(expectLive));

  await world.endServer('SIGKILL');
  const killed = Date.now();
  await screens.kitchen.waitForTimeout(3000);
  await lookAtAll(screens, 'away-3s', '[data-connection=offline] [data-cause=server-away]');
  // The same screen with another number of seconds: the wait is worth it only for a picture.
  if (!writing) return;
  await screens.kitchen.waitForTimeout(Math.max(0, killed + 30_000 - Date.now()));
  await lookAtAll(screens, 'away-30s', '[data-connection=offline] [data-cause=server-away]');
});

for (const { name, shows, screens: names, setup, made, done, seen, variants = [] } of states) {
  test(`${name}: ${shows}`, async ({ world, stage }) => {
    const restaurant = await indianRestaurant(world, setup);
    await made?.(restaurant);
    const screens = await stage.show(restaurant, names);
    await done?.(screens);
    await Promise.all(
      names.map(async (screen) => {
        await expectSeen(screens[screen], seen[screen]);
        await lookAt(screens[screen], `${screen}-${name}`);
      }),
    );
    for (const { name: variant, screen, preferences, size, seen: there } of variants) {
      await screens[screen].setViewportSize(size);
      await stage.prefer(screens[screen], preferences);
      await expectSeen(screens[screen], there);
      await lookAt(screens[screen], `${screen}-${name}-${variant}`);
    }
  });
}

test('pending: three taps that wait for the network; conflict: one of them came too late', async ({ world, stage }) => {
  const restaurant = await indianRestaurant(world);
  const cooking = ['A101', 'A102', 'A103', 'A104'].map((number, index) => ({
    minutes: 6 - index,
    number,
    table: `${index + 2}`,
    guests: 2,
    items: [dish('RJO'), dish('BAS')],
  }));
  const waiting = ['A105', 'A106', 'A107', 'A108'].map((number, index) => ({
    minutes: 6 - index,
    number,
    table: `${index + 7}`,
    guests: 2,
    items: [dish('NAN', 2)],
  }));
  const [curries, breads] = [await aged(restaurant, cooking), await aged(restaurant, waiting)];
  await elsewhere(restaurant, 'expo', (tablet) => tablet.bump(...breads.map(({ id }) => id)));
  const { kitchen, floor } = await stage.show(restaurant, ['kitchen', 'floor']);
  await Promise.all([kitchen, floor].map((page) => page.context().setOffline(true)));
  await Promise.all([kitchen, floor].map((page) => expect(root(page)).toHaveAttribute('data-connection', 'offline')));
  for (const order of curries.slice(0, 3)) {
    await card(kitchen, order).locator('[data-action=bump]').click();
    await expect(card(kitchen, order)).toHaveCount(0);
  }
  // All in one task of the page: each can be undone for five seconds only.
  await floor.evaluate(
    (ids) => {
      for (const id of ids)
        document.querySelector<HTMLElement>(`article[data-order-id="${id}"] [data-action=serve]`)!.click();
    },
    breads.slice(0, 3).map(({ id }) => id),
  );
  // The message about the outage and the undo buttons leave three quarters of the phone to the dishes.
  const told = await floor.waitForFunction(
    () =>
      [...document.querySelectorAll('section')]
        .find((section) => section.querySelectorAll('[data-action=undo]').length === 3)
        ?.getBoundingClientRect().height,
  );
  expect(await told.jsonValue()).toBeLessThanOrEqual(844 / 4);
  await lookAtAll({ kitchen, floor }, 'pending', '[data-cause=device-offline]:has-text("3 taps")');

  await elsewhere(restaurant, 'expo', async (tablet) => {
    await tablet.bump(curries[0]!.id);
    const bread = await tablet.order(breads[0]!.id);
    await tablet.tap({ kind: 'recall', orderId: bread.id, ticketId: bread.tickets[0]!.id });
  });
  await Promise.all([kitchen, floor].map((page) => page.context().setOffline(false)));
  // What the kitchen sends at last is ready on the floor: the phone has room for the alerts and the message.
  await expect(floor.locator('[data-alert=ready]').first()).toBeVisible();
  await lookAtAll({ kitchen, floor }, 'conflict', '[data-connection=live] [data-message]');
});

test('revoked: a device that is no screen any more; not-paired: a browser that never was one', async ({
  world,
  stage,
}) => {
  const restaurant = await indianRestaurant(world);
  await guests(restaurant, 3);
  const screens = await stage.show(restaurant, screenNames);
  await Promise.all(screenNames.map((name) => world.operate('DELETE', `/api/v1/devices/${stage.devices.get(name)}`)));
  await lookAtAll(screens, 'revoked', '[data-screen] [role=alert]');
  for (const page of Object.values(screens)) await expect(cards(page)).toHaveCount(0);
  const stranger = await stage.page('kitchen');
  await stranger.goto(`${world.address}/kitchen/Curry`);
  await expect(stranger).toHaveURL(/\/not-paired/);
  await lookAt(stranger, 'kitchen-not-paired');
});

/** The buttons that a hand must find in these headers at every text size. */
const heads: Partial<Record<ScreenName, string[]>> = {
  kitchen: ['start-shift', 'staff', 'open-find', 'open-recall', 'open-all-day', 'open-sold-out', 'open-settings'],
  expo: ['staff', 'open-find', 'open-recall', 'sold-out-list', 'settings'],
};

test('every screen at the sizes of the others', async ({ world, stage }) => {
  const restaurant = await indianRestaurant(world);
  await guests(restaurant, 14);
  // A person with a PIN makes the header show all its buttons, since one of them asks for the person at the screen.
  await restaurant.world.query(
    `
      WITH one AS (INSERT INTO people (id, name) VALUES (gen_random_uuid(), 'Ana') RETURNING id)
      INSERT INTO memberships (person_id, restaurant_id, role, pin_hash)
      SELECT id, $1, 'chef', 'none that fits'
      FROM one
    `,
    restaurant.id,
  );
  const screens = await stage.show(restaurant, screenNames);
  await Promise.all(
    [screens.kitchen, screens.expo].map((page) => expect(page.locator('header [data-action=staff]')).toBeVisible()),
  );
  await Promise.all(
    screenNames.map(async (screen) => {
      for (const [width, height] of [
        [1280, 800],
        [390, 844],
        [1440, 900],
        [1920, 1080],
      ] as const) {
        if (width === sizes[screen].width && !heads[screen]) continue;
        await screens[screen].setViewportSize({ width, height });
        await expect(root(screens[screen])).toHaveAttribute('data-connection', 'live');
        for (const action of heads[screen] ?? [])
          await expect(screens[screen].locator(`header [data-action=${action}]`), action).toBeInViewport({ ratio: 1 });
        await lookAt(screens[screen], `${screen}-sizes-${width}x${height}`, { axe: width === 390 });
      }
    }),
  );
});

const looks = {
  light: { theme: 'light' },
  dark: { theme: 'dark' },
  large: { text: 'largest' },
} as const;

for (const [variant, preferences] of Object.entries(looks)) {
  test(`${variant}, as a device may be set`, async ({ world, stage }) => {
    const restaurant = await indianRestaurant(world);
    await busyEvening(restaurant);
    // A screen's own default look is pictured among the states above.
    const names = screenNames.filter((name) =>
      variant === 'light' ? name !== 'manager' : variant === 'dark' ? name === 'manager' : true,
    );
    const screens = await stage.show(restaurant, names);
    await Promise.all(names.map((name) => stage.prefer(screens[name], preferences)));
    await lookAtAll(
      Object.fromEntries(names.map((name) => [name, screens[name]])),
      variant,
      variant === 'large' ? '[data-text=largest] [data-screen]' : `[data-look=${variant}] [data-screen]`,
    );
  });
}

const visions = {
  greyscale: 'achromatopsia',
  protanopia: 'protanopia',
  deuteranopia: 'deuteranopia',
  tritanopia: 'tritanopia',
} as const;

test('greyscale and three kinds of colour blindness: ages can still be told apart by colour alone', async ({
  world,
  stage,
}) => {
  const restaurant = await indianRestaurant(world);
  await busyEvening(restaurant);
  // Only the kitchen's screens are tested here; the others are pictured for people to look at.
  const names = writing ? screenNames : (['kitchen'] as const);
  const screens = await stage.show(restaurant, names);
  await Promise.all(
    names.map(async (screen) => {
      const page = screens[screen];
      const session = await page.context().newCDPSession(page);
      for (const [variant, type] of Object.entries(visions)) {
        await session.send('Emulation.setEmulatedVisionDeficiency', { type });
        if (screen === 'kitchen')
          await expectApart(
            page,
            variant,
            ['fresh', 'warn', 'late'].map(
              (tone) => `article[data-tone=${tone}]:not([data-state=canceled]) [data-action=open-ticket]`,
            ),
          );
        if (writing) await writePicture(page, `${screen}-${variant}`);
      }
      await session.send('Emulation.setEmulatedVisionDeficiency', { type: 'none' });
      await session.detach();
    }),
  );
});

test('the kitchen of a busy evening, as the README shows it', async ({ world, stage }) => {
  const restaurant = await indianRestaurant(world);
  await busyEvening(restaurant);
  const { kitchen: curry } = await stage.show(restaurant, ['kitchen']);
  await expect(curry.getByRole('banner')).toContainText('9 open');
  await expect(cards(curry)).toHaveCount(8);
  await expect(curry.locator('[data-tone=late]')).toHaveCount(2);
  await expect(curry.locator('[data-tone=warn]')).toHaveCount(2);
  await expect(curry.locator('article[data-state=canceled]')).toHaveCount(1);
  await expect(curry.locator('article[data-state=changed]')).toHaveCount(3);
  const third = curry.getByRole('article', { name: /^Order A115/ });
  await line(third, 'l2').getByRole('button').click();
  await expect(line(third, 'l2')).toHaveAttribute('data-state', 'ready');
  await expectLegible(curry, { pages: true });
  if (writing)
    await writePicture(curry, 'screenshot', fileURLToPath(new URL('../docs/screenshot.png', import.meta.url)));
});

test('the front page of a demo', async ({ ownWorld, page }) => {
  const world = await ownWorld({ env: { HEARD_DEMO: '1' } });
  await indianRestaurant(world);
  await world.setUpRestaurant({
    name: 'Lucky Jade 翡翠軒',
    timeZone: 'Asia/Hong_Kong',
    stations: [
      { name: '燒味', routes: [{ category: 'roast' }] },
      { name: 'Wok', fallback: true },
    ],
  });
  await page.goto(world.address);
  await expect(page.getByRole('link')).toHaveCount(16);
  for (const [width, height] of [
    [1280, 800],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await lookAt(page, width === 390 ? 'front-demo-390x844' : 'front-demo');
  }
});
