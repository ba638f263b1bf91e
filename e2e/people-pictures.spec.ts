// Pictures of the pages for people, in both languages, at a desk and on a phone; and what axe says of them.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { accept, firstLink } from './people.ts';

const sizes = [['desk', 1440, 900], ['phone', 390, 844]] as const;

test('nothing of these pages is cut, and all of it can be read', async ({ ownWorld, browser }) => {
  test.slow(); // twenty pages, each at two sizes, with axe
  const world = await ownWorld();
  const restaurant = await world.setUpRestaurant({ name: 'Saffron Yard' });
  const page = await (await browser.newContext()).newPage();
  const link = firstLink(world);
  const look = async (name: string) => {
    for (const [size, width, height] of sizes) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `test-results/people/${name}-${size}.png` });
      expect(await page.evaluate(tooWide), `what is wider than the page: ${name} at ${size}`).toEqual([]);
    }
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
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
  for (const [name, role, pin] of [['Ana with a name that is as long as it may be, and a little longer than that', 'chef', '2580'], ['陈伟', 'expo', ''], ['Bo', 'waiter', '9071']] as const) {
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
  for (const [path, name] of [[`/manager/people${at}`, 'people'], [`/manager/devices${at}`, 'devices'], ['/account', 'account'], ['/pair', 'pair'], ['/sign-in', 'sign-in'], ['/forgotten', 'forgotten']] as const) {
    await page.goto(world.address + path);
    await page.waitForLoadState('networkidle').catch(() => {});
    await look(`${name}-zh`);
  }
});

/** Elements that stick out of the page. */
const tooWide = () => (document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 120)).slice(0, 8));

const chinese = (page: Page, url: string) => page.context().addCookies([{ name: 'heard_locale', value: 'zh', url }]);
