// Pictures of the pages about people, in both languages, at a desk and on a phone. As in pictures.spec.ts, each is
// checked, and with PICTURES=1 saved.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { accept, firstLink } from './people.ts';
import { lookAt } from './picture-looks.ts';

const phone = { width: 390, height: 844 };

test('nothing of these pages is cut, and all of it can be read', async ({ ownWorld, browser }) => {
  const world = await ownWorld({});
  const restaurant = await world.setUpRestaurant({ name: 'Saffron Yard' });
  const page = await (await browser.newContext()).newPage();
  const link = firstLink(world);
  /** Another width changes the layout but not the words, so axe checks one width only. */
  const look = async (name: string) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await lookAt(page, `people-${name}`);
    await page.setViewportSize(phone);
    await lookAt(page, `people-${name}-390x844`, { axe: false });
  };
  await page.goto(`${world.address}/sign-in`);
  await look('sign-in');
  await page.getByRole('link', { name: 'Forgotten the password?' }).click();
  await page.locator('input[name=email]').fill('olga@heard.example');
  await page.locator('[data-action=forgotten]').click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('sends no e-mail');
  await look('forgotten');
  await page.goto(`${world.address}/pair`);
  await look('pair');
  await page.goto(link);
  await expect(page.locator('[data-action=accept]')).toBeVisible();
  await look('first');
  await accept(page, link, { name: 'Olga', email: 'olga@heard.example' });
  await expect(page.locator('[data-session]')).toBeVisible();
  await look('account');
  const at = `?restaurant=${restaurant.id}`;
  await page.goto(`${world.address}/manager/people${at}`);
  for (const [name, role, pin] of [
    ['Ana with a name that is as long as it may be, and a little longer than that', 'chef', '2580'],
    ['陈伟', 'expo', ''],
    ['Bo', 'waiter', '9071'],
  ] as const) {
    await page.locator('[data-form=add-person] input[name=name]').fill(name);
    await page.locator('[data-form=add-person] select[name=role]').selectOption(role);
    await page.locator('[data-form=add-person] input[name=pin]').fill(pin);
    await page.locator('[data-action=add-person]').click();
    await expect(page.locator(`[data-person="${name}"]`)).toBeVisible();
  }
  await page.locator('[data-person=Bo] [data-action=set-pin]').click();
  await page.locator('[data-person="陈伟"] [data-action=remove]').click();
  await page.locator('[data-form=invite] input[name=email]').fill('mia@heard.example');
  await page.locator('[data-action=invite]').click();
  await expect(page.locator('input[data-link]')).toBeVisible();
  await look('people');
  await page.goto(`${world.address}/manager/devices${at}`);
  for (const name of ['Tablet by the grill', 'Wall screen']) {
    await page.locator('[data-form=new-device] input[name=name]').fill(name);
    await page.locator('[data-action=new-device]').click();
    await expect(page.locator(`[data-device="${name}"]`)).toBeVisible();
  }
  await look('devices');
  await chinese(page, world.address);
  for (const [path, name] of [
    [`/manager/people${at}`, 'people'],
    [`/manager/devices${at}`, 'devices'],
    ['/account', 'account'],
    ['/pair', 'pair'],
    ['/sign-in', 'sign-in'],
    ['/forgotten', 'forgotten'],
  ] as const) {
    await page.goto(world.address + path);
    await expect(
      page
        .locator(
          { people: '[data-person]', devices: '[data-device]', account: '[data-session]' }[name as string] ?? 'form',
        )
        .first(),
    ).toBeVisible();
    await lookAt(page, `people-${name}-390x844-chinese`, { axe: false });
  }
});

const chinese = (page: Page, url: string) => page.context().addCookies([{ name: 'heard_locale', value: 'zh', url }]);
