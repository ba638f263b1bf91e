// A tablet becomes a screen by a pairing code. Staff choose their name on it, and their taps are recorded under that
// name.
import { expect, test } from './fixtures.ts';
import { signedInManager } from './manager-session.ts';
import { refusal } from './people.ts';
import { card, expectLive, root } from './screens.ts';

// A service worker stores pages: none may outlive its person.
test.use({ serviceWorkers: 'allow' });

test('a code that a manager sees makes a tablet the screen, once; revoking ends it', async ({
  world,
  restaurant,
  browser,
}) => {
  const manager = await signedInManager(browser, [restaurant], { name: 'Olga', operator: true });
  await manager.goto(`${world.address}/manager/devices?restaurant=${restaurant.id}`);
  await manager.locator('[data-form=new-device] input[name=name]').fill('Tablet by the grill');
  await manager.locator('[data-form=new-device] select[name=station]').selectOption('Grill');
  await manager.locator('[data-action=new-device]').click();
  const code = await manager.locator('[data-code]').innerText();

  const tablet = await (await browser.newContext()).newPage();
  const pair = async (typed: string) => {
    await tablet.goto(`${world.address}/pair`);
    await tablet.locator('input[name=code]').fill(typed);
    await tablet.locator('[data-action=pair]').click();
  };
  await pair('0000-0000');
  await expect(refusal(tablet)).toContainText('no such code');
  await pair(code.toLowerCase().replace('-', ' '));
  await expect(root(tablet)).toHaveAttribute('data-screen', 'kitchen');
  await expectLive(tablet);
  await expect(manager.locator('[data-device="Tablet by the grill"]')).toHaveAttribute('data-state', 'paired');
  await expect(manager.locator('[data-code]')).toHaveCount(0);
  const other = await (await browser.newContext()).newPage();
  await other.goto(`${world.address}/pair`);
  await other.locator('input[name=code]').fill(code);
  await other.locator('[data-action=pair]').click();
  await expect(refusal(other)).toBeVisible();

  await manager.locator('[data-device="Tablet by the grill"] [data-action=revoke]').click();
  await manager.locator('[data-action=revoke-now]').click();
  await expect(tablet.locator('[data-screen][data-connection=live]')).toHaveCount(0, { timeout: 2000 });
  await expect(manager.locator('[data-device="Tablet by the grill"]')).toHaveCount(0);
});

test('staff choose their name and PIN, their taps are theirs, and the next one takes over', async ({
  world,
  restaurant,
  browser,
}) => {
  const [first, second, third] = await restaurant.placeAll(
    ['Burger', 'Steak', 'Fries'].map((name) => ({ items: [{ name, category: 'grill' }] })),
  );
  const manager = await signedInManager(browser, [restaurant], { name: 'Olga', operator: true });
  const tablet = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await restaurant.pair(tablet, 'kitchen', 'Grill');
  await expectLive(tablet);
  await expect(tablet.locator('[data-action=staff]')).toHaveCount(0);
  await manager.goto(`${world.address}/manager/people?restaurant=${restaurant.id}`);
  for (const [name, pin, role] of [
    ['Ana', '2580', 'chef'],
    ['Bo', '9071', 'chef'],
    ['陈伟', '8024', 'waiter'],
    ['Eva', '7913', 'expo'],
    ['Ana with a name as long as it may be', '6420', 'expo'],
  ] as const) {
    await manager.locator('[data-form=add-person] input[name=name]').fill(name);
    await manager.locator('[data-form=add-person] select[name=role]').selectOption(role);
    await manager.locator('[data-form=add-person] input[name=pin]').fill(pin);
    await manager.locator('[data-action=add-person]').click();
    await expect(manager.locator(`[data-person="${name}"]`)).toBeVisible();
  }
  const type = async (pin: string, page = tablet) => {
    for (const digit of pin) await page.locator(`[data-digit="${digit}"]`).click();
    await page.locator('[data-action=enter-pin]').click();
  };
  const choose = async (name: string, pin: string, page = tablet) => {
    await page.locator('[data-action=staff]').click();
    await page.locator(`dialog [data-person="${name}"]`).click();
    await type(pin, page);
  };
  const bumpedBy = async (order: { id: string }) =>
    (await world.query<{ by: string }>('SELECT by FROM kitchen_actions WHERE order_id = $1', order.id)).at(-1)?.by;
  await choose('Ana', '0000');
  const said = tablet.locator('dialog [role=alert]');
  for (const next of ['0000', '0000', '0000', '0000', '2580']) {
    await expect(said).toContainText('not right');
    // The pad is empty again for the next try.
    await expect(tablet.locator('[data-digits="0"]')).toBeVisible();
    await type(next);
  }
  await expect(said).toContainText('Too many tries');
  for (const button of await tablet.locator('dialog button').all())
    expect((await button.boundingBox())!.height, await button.innerText()).toBeGreaterThanOrEqual(64);
  await tablet.locator('dialog [data-action=close]').click();
  await choose('Eva', '7913');
  await expect(tablet.locator('[data-action=staff]')).toHaveAttribute('data-staff', 'Eva');
  await card(tablet, first!).getByRole('button', { name: 'Bump', exact: true }).click();
  await expect.poll(() => bumpedBy(first!)).toBe('Eva');
  await choose('Bo', '9071');
  await expect(tablet.locator('[data-action=staff]')).toHaveAttribute('data-staff', 'Bo');
  await card(tablet, second!).getByRole('button', { name: 'Bump', exact: true }).click();
  await expect.poll(() => bumpedBy(second!)).toBe('Bo');
  await tablet.locator('[data-action=staff]').click();
  await tablet.locator('[data-action=leave]').click();
  await expect(tablet.locator('[data-action=staff]')).toHaveAttribute('data-staff', '');
  await expect(tablet.locator('[data-staff-ended]')).toHaveCount(0);

  // They are removed while they are signed in at the screen: the screen says so, and later taps have no name.
  await choose('Bo', '9071');
  await expect(tablet.locator('[data-action=staff]')).toHaveAttribute('data-staff', 'Bo');
  await manager.locator('[data-person=Bo] [data-action=remove]').click();
  await manager.locator('[data-action=remove-now]').click();
  await expect(tablet.locator('[data-staff-ended=Bo]')).toBeVisible();
  await expect(tablet.locator('[data-action=staff]')).toHaveAttribute('data-staff', '');
  await card(tablet, third!).getByRole('button', { name: 'Bump', exact: true }).click();
  await expect.poll(() => bumpedBy(third!)).toBeTruthy();
  expect(await bumpedBy(third!)).not.toBe('Bo');

  for (const [role, name, pin, viewport, locale] of [
    ['expo', 'Eva', '7913', { width: 1280, height: 800 }, 'en-GB'],
    ['floor', '陈伟', '8024', { width: 390, height: 844 }, 'zh-CN'],
  ] as const) {
    const page = await (await browser.newContext({ viewport, locale })).newPage();
    await restaurant.pair(page, role);
    await expectLive(page);
    await page.locator('[data-action=staff]').click();
    await expect(page.locator(`dialog [data-person="${name}"]`)).toBeVisible();
    await page.locator(`dialog [data-person="${name}"]`).click();
    await page.locator('[data-digit="7"]').click();
    await page.locator('[data-action=clear]').click();
    await type(pin, page);
    await expect(page.locator('[data-action=staff]')).toHaveAttribute('data-staff', name);
  }
});
