// The promises that every screen makes to assistive technology and to other people's tests.
import { expect, test } from './fixtures.ts';
import { button, card, expectLive, line, root } from './screens.ts';

const items = [
  { name: 'Burger', category: 'grill', quantity: 2 },
  { name: 'Steak', category: 'grill' },
  { name: 'Fries', category: 'grill' },
];

test('the root says which screen it is, how far it is to be trusted, and up to which change', async ({
  restaurant,
  open,
}) => {
  const roles = [['kitchen', 'Grill'], ['expo'], ['floor'], ['manager']] as const;
  for (const [role, station] of roles) {
    const page = await open(restaurant, role, station);
    await expect(root(page)).toHaveCount(1);
    await expect(root(page)).toHaveAttribute('data-screen', role);
    await expect(root(page)).toHaveAttribute('data-connection', 'live');
    await expect(root(page)).toHaveAttribute('data-rev', /^\d+$/);
    const before = Number(await root(page).getAttribute('data-rev'));
    restaurant.place({ items });
    await expect.poll(async () => Number(await root(page).getAttribute('data-rev'))).toBeGreaterThan(before);
  }
});

test('cards, lines and buttons carry their ids, states and names on the kitchen, the floor and the expo screen', async ({
  restaurant,
  open,
}) => {
  const [grill, floor, expo] = await Promise.all([
    open(restaurant, 'kitchen', 'Grill'),
    open(restaurant, 'floor'),
    open(restaurant, 'expo'),
  ]);
  const order = restaurant.place({ number: 'A102', table: '12', items });
  for (const page of [grill, floor, expo]) {
    const article = page.getByRole('article', { name: /^Order A102/ });
    await expect(article).toHaveAttribute('data-order-id', order.id);
    await expect(article).toHaveAttribute('data-state', /.+/);
    await expect(line(article, 'l1')).toHaveAttribute('data-quantity', '2');
    for (const id of ['l1', 'l2', 'l3']) await expect(line(article, id)).toHaveAttribute('data-state', 'waiting');
  }
  await expect(button(card(grill, order), 'Bump')).toHaveAttribute('data-action', 'bump');
  await line(card(grill, order), 'l1').getByRole('button').click();
  restaurant.change(order, { kind: 'void', line: 'l3' });
  for (const page of [grill, floor, expo]) {
    await expect(line(card(page, order), 'l1')).toHaveAttribute('data-state', 'ready');
    await expect(line(card(page, order), 'l3')).toHaveAttribute('data-state', 'voided');
  }
  for (const page of [floor, expo])
    await expect(button(card(page, order), 'Serve')).toHaveAttribute('data-action', 'serve');
  await button(card(floor, order), 'Serve').click();
  await expect(button(floor, 'Undo')).toHaveAttribute('data-action', 'undo');
  for (const page of [floor, expo]) await expect(line(card(page, order), 'l1')).toHaveAttribute('data-state', 'served');

  await button(card(grill, order), 'Bump').click();
  await expect(button(grill, 'Undo')).toHaveAttribute('data-action', 'undo');
  await button(grill, 'Recall').click();
  await expect(button(grill.getByRole('dialog'), 'Recall')).toHaveAttribute('data-action', 'recall');
});

test('every screen is set in the font that comes with it', async ({ restaurant, open }) => {
  for (const [role, station] of [['kitchen', 'Grill'], ['expo'], ['floor'], ['manager']] as const) {
    const page = await open(restaurant, role, station);
    await expect
      .poll(
        () =>
          page.evaluate(() => {
            const family = getComputedStyle(document.querySelector('h1') ?? document.body).fontFamily.split(',')[0];
            return [...document.fonts].filter((face) => face.family === family).map(({ status }) => status);
          }),
        role,
      )
      .toContain('loaded');
  }
});

test('the manager sees an order that is late by its number, and its id', async ({ restaurant, open }) => {
  const [order] = await restaurant.placeAll([{ number: 'B204', items }]);
  await restaurant.age(order!, 12);
  const manager = await open(restaurant, 'manager');
  const row = manager.getByRole('row', { name: /^Order B204/ });
  await expect(row).toHaveAttribute('data-order-id', order!.id);
  await expect(row).toHaveAttribute('data-state', 'waiting');
});

test('what a screen reader is told of a dish is enough to cook it', async ({ restaurant, open }) => {
  const grill = await open(restaurant, 'kitchen', 'Grill');
  restaurant.place({
    number: 'A7',
    table: '2',
    priority: 'RUSH',
    items: [
      {
        name: 'Burger',
        category: 'grill',
        quantity: 2,
        allergens: ['sesame'],
        allergies: ['sesame'],
        modifiers: [
          { name: 'No onion', kind: 'REMOVE' },
          { name: 'Extra bacon', kind: 'ADD' },
        ],
        note: 'well done',
      },
    ],
  });
  const ticket = grill.getByRole('article', { name: 'Order A7, Table 2, rush' });
  await expect(ticket).toHaveAccessibleDescription(/ALLERGY: sesame/);
  await expect(grill.getByRole('button', { name: /2\s*Burger.*NO onion.*Extra bacon.*well done/s })).toBeVisible();
});

test('what the server draws of a screen is what the browser draws of it first: every word is there, and nothing is drawn anew', async ({
  restaurant,
  page,
}) => {
  const broken: string[] = [];
  page.on('pageerror', (error) => broken.push(error.message));
  for (const [role, station] of [['kitchen', 'Grill'], ['expo'], ['floor'], ['manager']] as const) {
    await restaurant.pair(page, role, station);
    await expectLive(page);
    const html = await (await page.request.get(page.url())).text();
    // A message that cannot be formatted is drawn as its key.
    expect(
      html.replace(/<script.*?<\/script>/gs, '').match(/(?:board|common|find|staff|expo|floor|manager)\.[a-zA-Z.]+/g),
      role,
    ).toBeNull();
    expect(html, role).toMatch(/<h1/);
  }
  expect(broken).toEqual([]);
});
