// A tablet becomes a screen by a code, staff choose their name on it, and what they tap is theirs.
import { expect, test } from './fixtures.ts';
import { accept, firstLink, refusal } from './people.ts';
import { expectLive, root } from './screens.ts';

test('a code that a manager sees makes a tablet the screen, once; revoking ends it', async ({ ownWorld, browser }) => {
  const world = await ownWorld();
  const restaurant = await world.setUpRestaurant();
  const manager = await (await browser.newContext()).newPage();
  await accept(manager, firstLink(world), { name: 'Olga', email: 'olga@heard.example' });
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
