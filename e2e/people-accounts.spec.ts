// People's accounts: the first by a link that the server prints, others by invitation. Also each one's rights, and how
// an account ends.
import { expect, test } from './fixtures.ts';
import { accept, firstLink, invite, PASSWORD, refusal, signIn } from './people.ts';
import { expectLive, root } from './screens.ts';

// A service worker stores pages: none may outlive its person.
test.use({ serviceWorkers: 'allow' });

test('the first account comes by a link that works once, invites a manager, who sees one restaurant and is signed out within a second', async ({
  ownWorld,
  browser,
}) => {
  const world = await ownWorld({ env: { LOG_LEVEL: 'debug' } });
  const [mine, theirs] = [
    await world.setUpRestaurant({ name: 'Saffron Yard' }),
    await world.setUpRestaurant({ name: 'Lucky Jade' }),
  ];
  const operator = await (await browser.newContext()).newPage();
  const link = firstLink(world);
  await accept(operator, link, { name: 'Olga', email: 'Olga@Heard.example' });
  const late = await (await browser.newContext()).newPage();
  await late.goto(link);
  await expect(late.getByRole('heading', { name: /does not work any more/ })).toBeVisible();

  const manager = await (await browser.newContext()).newPage();
  const invitation = await invite(operator, world, mine.id, 'mia@heard.example');
  await accept(manager, invitation, { name: 'Mia' });
  await expect(manager.getByText('Saffron Yard')).not.toHaveCount(0);
  await manager.goto(`${world.address}/manager`);
  await expect(root(manager)).toHaveAttribute('data-screen', 'manager');
  await expectLive(manager);
  expect(await manager.content()).not.toContain('Lucky Jade');
  await manager.goto(`${world.address}/manager/people?restaurant=${theirs.id}`);
  await expect(manager).toHaveURL(/\/account$/);
  await operator.goto(`${world.address}/manager/devices?restaurant=${theirs.id}`);
  await expect(operator.getByRole('heading', { name: 'Devices' })).toBeVisible();

  // Her account page and her live screen are both open when she is removed.
  const live = await manager.context().newPage();
  await live.goto(`${world.address}/manager`);
  await expectLive(live);
  await manager.goto(`${world.address}/manager/people`);
  await expect(manager.locator('[data-person=Mia]')).toBeVisible();
  await operator.goto(`${world.address}/manager/people?restaurant=${mine.id}`);
  await operator.locator('[data-person=Mia] [data-action=remove]').click();
  const removed = operator.waitForResponse((response) => response.request().method() === 'DELETE');
  await operator.locator('[data-action=remove-now]').click();
  await removed;
  const began = Date.now();
  await expect(manager.locator('[data-signed-out]')).toBeVisible({ timeout: 5000 });
  await expect(live.locator('[data-signed-out]')).toBeVisible();
  expect(Date.now() - began).toBeLessThan(2000);
  await signIn(manager, world, 'mia@heard.example');
  await expect(refusal(manager)).toContainText('not right');

  // The server's log contains only one secret, the first link, and that is used up.
  const tokens = [...(await operator.context().cookies()), ...(await manager.context().cookies())]
    .map(({ value }) => value)
    .filter((value) => value.length > 20);
  for (const secret of [PASSWORD, invitation.split('#')[1]!, ...tokens]) expect(world.log).not.toContain(secret);
  expect(world.log.split(link.split('#')[1]!)).toHaveLength(2);
});

test('a changed password ends the other sessions, a wrong one is told, and signing out leaves nothing behind', async ({
  ownWorld,
  browser,
}) => {
  const world = await ownWorld({});
  await world.setUpRestaurant();
  const one = await (await browser.newContext()).newPage();
  await accept(one, firstLink(world), { name: 'Olga', email: 'olga@heard.example' });
  const two = await (await browser.newContext()).newPage();
  await signIn(two, world, 'OLGA@heard.example', 'not the password at all');
  await expect(refusal(two)).toBeVisible();
  await two.goto(`${world.address}/manager/people`);
  await expect(two).toHaveURL(/sign-in\?next=%2Fmanager%2Fpeople/);
  await two.locator('input[name=email]').fill('OLGA@heard.example');
  await two.locator('input[name=password]').fill(PASSWORD);
  await two.locator('[data-action=sign-in]').click();
  await expect(two).toHaveURL(/manager\/people/);
  await one.reload();
  await expect(one.locator('[data-session]')).toHaveCount(2);

  const next = 'nine iron ladles on the wall';
  for (const [name, value] of [
    ['present', PASSWORD],
    ['next', next],
    ['again', next],
  ] as const)
    await one.locator(`input[name=${name}]`).fill(value);
  await one.locator('[data-action=change-password]').click();
  await expect(one.getByRole('status').filter({ hasText: 'changed' })).toBeVisible();
  await expect(two.locator('[data-signed-out]')).toBeVisible({ timeout: 3000 });
  await expect(one.locator('[data-session]')).toHaveCount(1);
  await one.locator('[data-action=sign-out]').click();
  await expect(one).toHaveURL(/\/sign-in$/);
  await one.goto(`${world.address}/account`);
  await expect(one).toHaveURL(/\/sign-in/);
});
