// A cook's taps on the kitchen's screen.
import { expect, test } from './fixtures.ts';
import { prefer } from './kitchen.ts';
import { expectAccessible, expectTargets } from './legible.ts';
import { elsewhere } from './picture-orders.ts';
import { button, card, cards, line, root, settled, shownIds } from './screens.ts';

const burger = { name: 'Burger', category: 'grill' };
const steak = { name: 'Steak', category: 'grill' };

test('a tap on a line marks it, another takes that back', async ({ restaurant, open }) => {
  const [order] = await restaurant.placeAll([{ items: [burger, steak] }]);
  const [grill, floor] = await Promise.all([open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'floor')]);
  const first = line(card(grill, order!), 'l1');
  await first.getByRole('button').click();
  await expect(first).toHaveAttribute('data-state', 'ready');
  await expect(line(card(floor, order!), 'l1')).toHaveAttribute('data-state', 'ready');
  await first.getByRole('button').click();
  await expect(first).toHaveAttribute('data-state', 'waiting');
  await expect(line(card(floor, order!), 'l1')).toHaveAttribute('data-state', 'waiting');
});

test('a finger’s tap counts once, as it leaves the glass, and no mouse is told of it; one that slips, or has a second beside it, is none', async ({
  restaurant,
  open,
}) => {
  const [order] = await restaurant.placeAll([{ items: [burger, steak] }]);
  const grill = await open(restaurant, 'kitchen', 'Grill', { hasTouch: true });
  const first = line(card(grill, order!), 'l1');
  const box = (await first.getByRole('button').boundingBox())!;
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const fingers = await grill.context().newCDPSession(grill);
  const touch = (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    ...touchPoints: { x: number; y: number; id?: number }[]
  ) => fingers.send('Input.dispatchTouchEvent', { type, touchPoints });
  await settled(grill);
  await grill.evaluate(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    for (const name of ['mousedown', 'mouseup', 'click'])
      addEventListener(
        name,
        ({ target }) => {
          if (target instanceof Element && target.closest('[data-item-id]')) heard.push(name);
        },
        true,
      );
  });
  const heard = () => grill.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);

  await touch('touchStart', at);
  await touch('touchMove', { x: at.x, y: at.y + 40 });
  await touch('touchEnd');
  await touch('touchStart', { ...at, id: 1 });
  await touch('touchStart', { ...at, id: 1 }, { x: at.x, y: at.y + 90, id: 2 });
  await touch('touchEnd');
  await expect(first).toHaveAttribute('data-state', 'waiting');
  expect((await heard()).filter((name) => name === 'click')).toEqual([]);
  await grill.evaluate(() => {
    (globalThis as unknown as { heard: string[] }).heard.length = 0;
  });

  await touch('touchStart', at);
  await expect(first).toHaveAttribute('data-state', 'waiting');
  await touch('touchEnd');
  await expect(first).toHaveAttribute('data-state', 'ready');
  // A second click would undo the first.
  await grill.waitForTimeout(400);
  await expect(first).toHaveAttribute('data-state', 'ready');
  expect(await heard()).toEqual(['click']);
});

test('where a device wants two taps, one bumps nothing', async ({ restaurant, open }) => {
  const [order] = await restaurant.placeAll([{ items: [burger] }]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await prefer(grill, { bump: 'double' });
  const bump = card(grill, order!).locator('[data-action=bump]');
  await bump.click();
  await expect(bump).toContainText('Tap again');
  await expect(bump).not.toHaveAttribute('data-again', { timeout: 4000 });
  await expect(card(grill, order!)).toBeVisible();
  await bump.click();
  await bump.click();
  await expect(card(grill, order!)).toHaveCount(0);
});

test('a bump can be undone for five seconds, several one after another, each back in its place', async ({
  restaurant,
  open,
}) => {
  const placed = await restaurant.placeAll([{ items: [burger] }, { items: [burger] }, { items: [burger] }]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(cards(grill)).toHaveCount(3);
  for (const order of placed.slice(0, 2)) await button(card(grill, order), 'Bump').click();
  await expect(cards(grill)).toHaveCount(1);
  await button(grill, 'Undo').click();
  await button(grill, 'Undo').click();
  await expect.poll(() => shownIds(grill)).toEqual(placed.map(({ id }) => id));
  await expect(button(grill, 'Undo')).toHaveCount(0);
  await button(card(grill, placed[0]!), 'Bump').click();
  await expect(button(grill, 'Undo')).toBeVisible();
  await expect(button(grill, 'Undo')).toHaveCount(0, { timeout: 7000 });
});

test('undo takes back the bump that its button names, also where another one is not drawn yet', async ({
  restaurant,
  open,
}) => {
  const [first, second] = await restaurant.placeAll([
    { number: 'A1', items: [burger] },
    { number: 'A2', items: [burger] },
  ]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await button(card(grill, first!), 'Bump').click();
  await expect(grill.locator('[data-action=undo]')).toBeVisible();
  await grill.evaluate((selector) => {
    document.querySelector<HTMLElement>(selector)!.click();
    document.querySelector<HTMLElement>('[data-action=undo]')!.click();
  }, `article[data-order-id="${second!.id}"] [data-action=bump]`);
  await expect.poll(() => shownIds(grill)).toEqual([first!.id]);
});

test('one or many are recalled from a list, back in their places with their clocks, on every screen of the station', async ({
  restaurant,
  open,
}) => {
  const placed = await restaurant.placeAll(['A1', 'A2', 'A3', 'A4'].map((number) => ({ number, items: [burger] })));
  await restaurant.age(placed[0]!, 6);
  const [grill, other] = [await open(restaurant, 'kitchen', 'Grill'), await open(restaurant, 'kitchen', 'Grill')];
  for (const order of placed.slice(0, 3)) await button(card(grill, order), 'Bump').click();
  await expect(cards(other)).toHaveCount(1);
  await button(grill, 'Recall').click();
  const list = grill.getByRole('dialog');
  await expect(list.locator('li')).toHaveCount(3);
  await expectAccessible(grill);
  await expectTargets(grill, 64);
  for (const number of ['A1', 'A3']) await list.getByRole('button', { name: `Mark ${number}` }).click();
  await list.locator('[data-action=recall-marked]').click();
  await expect(list.getByText('On the board')).toHaveCount(2);
  await list.locator('[data-action=close]').click();
  for (const page of [grill, other]) {
    await expect.poll(() => shownIds(page)).toEqual([placed[0], placed[2], placed[3]].map((order) => order!.id));
    await expect(card(page, placed[0]!)).toContainText(/6:\d\d/);
  }
});

test('a line is moved to another station, and both are told', async ({ restaurant, open }) => {
  const [order] = await restaurant.placeAll([{ number: 'A7', items: [burger, steak] }]);
  const [grill, bar] = [await open(restaurant, 'kitchen', 'Grill'), await open(restaurant, 'kitchen', 'Bar')];
  await card(grill, order!).locator('[data-action=open-ticket]').first().click();
  const sheet = grill.getByRole('dialog');
  await expectAccessible(grill);
  await expectTargets(grill, 64);
  await sheet.getByRole('button', { name: 'Choose Steak' }).click();
  await sheet.locator('[data-action=transfer][data-station=Bar]').click();
  await expect(line(card(bar, order!), 'l2')).toBeVisible();
  await expect(card(bar, order!)).toHaveAttribute('data-state', 'changed');
  await sheet.locator('[data-action=close]').click();
  await expect(card(grill, order!).locator('[data-item-id]')).toHaveCount(1);
  await expect(card(grill, order!)).toContainText('also at: Bar');
});

test('a dish that is sold out is marked on every screen, and is not when it is there again', async ({
  restaurant,
  open,
}) => {
  const [order] = await restaurant.placeAll([{ items: [burger, { name: 'Cola', category: 'drinks' }] }]);
  const [grill, bar] = [await open(restaurant, 'kitchen', 'Grill'), await open(restaurant, 'kitchen', 'Bar')];
  await grill.locator('[data-action=open-sold-out]').click();
  await grill.getByRole('button', { name: 'Burger: sold out' }).click();
  await expect(grill.getByRole('dialog').locator('li[data-sold-out=true]')).toContainText('sold out since');
  await expectAccessible(grill);
  await grill.locator('[data-action=close]').click();
  await expect(line(card(grill, order!), 'l1')).toHaveAttribute('data-sold-out', 'true');
  await expect(line(card(grill, order!), 'l1')).toContainText('86');
  await expect(bar.locator('[data-action=open-sold-out]')).toContainText('86 (1)');
  await bar.locator('[data-action=open-sold-out]').click();
  await bar.getByRole('button', { name: 'Burger: there again' }).click();
  await expect(line(card(grill, order!), 'l1')).not.toHaveAttribute('data-sold-out', 'true');
});

test('a rush that the expo asks for is shown on the ticket, and flagged until Seen', async ({ restaurant, open }) => {
  const [order] = await restaurant.placeAll([{ items: [burger] }]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await elsewhere(restaurant, 'expo', (tablet) => tablet.tap({ kind: 'rush', orderId: order!.id, on: true }));
  await expect(card(grill, order!)).toContainText('RUSH');
  await expect(card(grill, order!)).toHaveAttribute('aria-label', /rush/);
  await button(card(grill, order!), 'Seen').click();
  await expect(card(grill, order!)).toHaveAttribute('data-state', 'open');
  await expect(card(grill, order!)).toContainText('RUSH');
});

test('what is left out reads NO, an allergy stands above the lines over the full width, and the age has a colour, a border, an icon and stripes', async ({
  restaurant,
  open,
}) => {
  const [order] = await restaurant.placeAll([
    {
      number: 'A9',
      note: 'guest is allergic to sesame',
      items: [{ ...burger, allergens: ['milk'], modifiers: [{ name: 'No cream', kind: 'REMOVE' }] }],
    },
  ]);
  await restaurant.age(order!, 9);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  const ticket = card(grill, order!);
  await expect(line(ticket, 'l1')).toContainText('NO cream');
  const band = ticket.locator('[data-allergy-band]');
  await expect(band).toContainText('ALLERGY: sesame');
  await expect(ticket).not.toContainText('milk');
  await expect(ticket.getByText('guest is allergic to sesame')).toBeVisible();
  const [outer, inner, first] = await Promise.all([
    ticket.boundingBox(),
    band.boundingBox(),
    line(ticket, 'l1').boundingBox(),
  ]);
  expect(inner!.width).toBeGreaterThan(outer!.width - 6);
  expect(inner!.y + inner!.height).toBeLessThanOrEqual(first!.y + 1);
  await expect(ticket).toHaveAttribute('data-tone', 'late');
  await expect(ticket).toHaveClass(/border-late-fill/);
  await expect(ticket.locator('.stripes')).toBeVisible();
  await expect(ticket.getByRole('button').first().locator('svg').first()).toBeVisible(); // The icon of the alarm clock.
});

test('the all-day list counts what is open by dish, with what is different split out, and counts down as it is cooked', async ({
  restaurant,
  open,
}) => {
  const hot = { modifiers: [{ name: 'Well done', kind: 'ADD' as const }] };
  const [first] = await restaurant.placeAll([
    { items: [{ ...burger, quantity: 2 }, steak] },
    { items: [{ ...burger, ...hot, quantity: 3 }] },
  ]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await grill.locator('[data-action=open-all-day]').first().click();
  const dish = grill.getByRole('dialog').locator('[data-dish=Burger]');
  await expect(dish).toHaveAttribute('data-count', '5');
  await expect(dish).toContainText('3× Well done');
  await expectAccessible(grill);
  await grill.keyboard.press('Escape');
  await button(card(grill, first!), 'Bump').click();
  await grill.locator('[data-action=open-all-day]').first().click();
  await expect(dish).toHaveAttribute('data-count', '3');
  await expect(root(grill)).toBeVisible();
});
