// Every screen in every state that it must bear, one walk for each: what must be there is there, nothing is cut or lies over something
// else, axe has nothing to say; and with PICTURES=1 (npm run pictures) its picture goes to docs/screens, for people to look at.
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expectLegible } from './legible.ts';
import { expect } from './fixtures.ts';
import { busyEvening, indianRestaurant } from './full-board.ts';
import { look, test, writePicture, writing } from './picture-stage.ts';
import { states, type PictureState } from './picture-states.ts';
import { cards, line } from './screens.ts';

test.describe.configure({ mode: 'parallel' });
test.use({ trace: 'off' });

/** Known to be cut there, with their owners: to be emptied. */
const yetToRead = new Set([
  'kitchen-long', 'kitchen-names', 'expo-names', 'expo-sixty', 'expo-ready', 'floor-names', 'floor-sixty', 'floor-ready', 'manager-names',
]);

async function expectSeen(page: Page, seen: NonNullable<PictureState['seen']['kitchen']> = []): Promise<void> {
  for (const one of seen) {
    const [selector, times] = typeof one === 'string' ? [one, null] : one;
    const found = page.locator(selector);
    if (times === null) await expect(found.first()).toBeVisible();
    else await expect(found).toHaveCount(times);
  }
}

for (const { name, shows, screens: names, setup, made, done, seen } of states) {
  test(`${name}: ${shows}`, async ({ world, stage }) => {
    const restaurant = await indianRestaurant(world, setup);
    await made?.(restaurant);
    const screens = await stage.show(restaurant, names);
    await done?.(screens);
    await Promise.all(names.map(async (screen) => {
      await expectSeen(screens[screen], seen[screen]);
      await look(screens[screen], `${screen}-${name}`, { legible: !yetToRead.has(`${screen}-${name}`) });
    }));
  });
}

test('the kitchen of a busy evening, as the README shows it', async ({ world, stage }) => {
  const restaurant = await indianRestaurant(world);
  await busyEvening(restaurant);
  const { kitchen: curry } = await stage.show(restaurant, ['kitchen']);
  await expect(curry.getByRole('banner')).toContainText('9 open');
  await expect(cards(curry)).toHaveCount(8);
  await expect(curry.locator('[data-tone=late]')).toHaveCount(2);
  await expect(curry.locator('[data-tone=due]')).toHaveCount(2);
  await expect(curry.locator('article[data-state=canceled]')).toHaveCount(1);
  await expect(curry.locator('article[data-state=changed]')).toHaveCount(3);
  const third = curry.getByRole('article', { name: /^Order A115/ });
  await line(third, 'l2').getByRole('button').click();
  await expect(line(third, 'l2')).toHaveAttribute('data-state', 'ready');
  await expectLegible(curry, { pages: true });
  if (writing) await writePicture(curry, 'screenshot', fileURLToPath(new URL('../docs/screenshot.png', import.meta.url)));
});

test('the front page of a demo', async ({ ownWorld, page }) => {
  const world = await ownWorld({ env: { HEARD_DEMO: '1' } });
  await indianRestaurant(world);
  await world.setUpRestaurant({ name: 'Lucky Jade 翡翠軒', timeZone: 'Asia/Hong_Kong', stations: [{ name: '燒味', routes: [{ category: 'roast' }] }, { name: 'Wok', fallback: true }] });
  await page.goto(world.address);
  await expect(page.getByRole('link')).toHaveCount(12);
  for (const [width, height] of [[1280, 800], [390, 844]] as const) {
    await page.setViewportSize({ width, height });
    await look(page, width === 390 ? 'front-demo-390x844' : 'front-demo');
  }
});
