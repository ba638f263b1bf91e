// Every screen as a device may show it: at other sizes, with other colours and letters, and as seen with
// a colour blindness. As in pictures.spec.ts, each is checked, and with PICTURES=1 kept.
import { fileURLToPath } from 'node:url';
import { expectApart } from './colours.ts';
import { expect } from './fixtures.ts';
import { busyEvening, indianRestaurant } from './full-board.ts';
import { expectLegible } from './legible.ts';
import { writePicture, writing } from './picture-files.ts';
import { lookAt, lookAtAll } from './picture-looks.ts';
import { guests } from './picture-orders.ts';
import { screenNames, sizes, test, type ScreenName } from './picture-stage.ts';
import { cards, line, root } from './screens.ts';

test.describe.configure({ mode: 'parallel' });
test.use({ trace: 'off' });

/** The buttons that a hand must find in these headers at every text size. */
const heads: Partial<Record<ScreenName, string[]>> = {
  kitchen: ['start-shift', 'staff', 'open-find', 'open-recall', 'open-all-day', 'open-sold-out', 'open-settings'],
  expo: ['start-shift', 'staff', 'open-find', 'open-recall', 'sold-out-list', 'settings'],
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
