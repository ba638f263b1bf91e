// Changes by upstream to an order that is being cooked: the kitchen is told, and the notice stays until "Seen".
import { expect, test } from './fixtures.ts';
import { button, card, cards, line } from './screens.ts';

const struckThrough = /line-through/;

test('a canceled order is flagged in the kitchen, bumped or not, and leaves only after Seen', async ({
  restaurant,
  open,
}) => {
  const [grill, floor] = await Promise.all([open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'floor')]);
  const order = restaurant.place({ number: 'A110', items: [{ name: 'Burger', category: 'grill' }] });
  await expect(card(grill, order)).toHaveAttribute('data-state', 'open');
  restaurant.change(order, 'cancel');

  await expect(card(grill, order)).toHaveAttribute('data-state', 'canceled');
  await expect(grill.getByRole('article', { name: /^Order A110.*canceled/ })).toContainText('CANCELLED');
  await expect(line(card(grill, order), 'l1')).toHaveAttribute('data-state', 'voided');
  await expect(button(card(grill, order), 'Bump')).toHaveCount(0);
  await expect(card(floor, order)).toContainText('Cancelled: do not serve');
  await expect(button(card(floor, order), 'Serve')).toHaveCount(0);

  // Neither another order nor a reload removes the notice.
  const next = restaurant.place({ items: [{ name: 'Burger', category: 'grill' }] });
  await expect(card(grill, next)).toBeVisible();
  await grill.reload();
  await expect(card(grill, order)).toHaveAttribute('data-state', 'canceled');

  await button(card(grill, order), 'Seen').click();
  await expect(card(grill, order)).toHaveCount(0);
  await expect(card(floor, order)).toHaveCount(0);
  await expect(cards(grill)).toHaveCount(1);

  // A dish that is cooked already must not be carried either.
  await button(card(grill, next), 'Bump').click();
  await expect(card(floor, next)).toHaveAttribute('data-state', 'ready');
  restaurant.change(next, 'cancel');
  await expect(card(floor, next)).toContainText('Cancelled: do not serve');
  await button(card(grill, next), 'Seen').click();
  await expect(card(floor, next)).toHaveCount(0);
  await expect(cards(grill)).toHaveCount(0);
});

test('an order that is canceled without its dishes still shows what is not to be cooked', async ({
  restaurant,
  open,
}) => {
  const grill = await open(restaurant, 'kitchen', 'Grill');
  const order = restaurant.place({ items: [{ name: 'Mixed grill', category: 'grill', quantity: 3 }] });
  await expect(card(grill, order)).toBeVisible();
  restaurant.change(order, { kind: 'patch', patch: { status: 'CANCELED', items: [] } });
  await expect(card(grill, order)).toHaveAttribute('data-state', 'canceled');
  await expect(line(card(grill, order), 'l1')).toContainText('Mixed grill');
});

for (const kind of ['void', 'vanish'] as const) {
  test(`a line that upstream ${kind === 'void' ? 'voids' : 'leaves out'} is struck through until Seen`, async ({
    restaurant,
    open,
  }) => {
    const [grill, floor] = await Promise.all([open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'floor')]);
    const order = restaurant.place({
      items: [
        { name: 'Burger', category: 'grill' },
        { name: 'Steak', category: 'grill' },
      ],
    });
    const burger = line(card(grill, order), 'l1');
    await expect(burger).toHaveAttribute('data-state', 'waiting');
    restaurant.change(order, { kind, line: 'l1' });

    await expect(burger).toHaveAttribute('data-state', 'voided');
    await expect(burger.getByText('Burger', { exact: true }).locator('..')).toHaveCSS('text-decoration', struckThrough);
    await expect(burger).toContainText('VOID');
    await expect(card(grill, order)).toHaveAttribute('data-state', 'changed');
    await expect(line(card(grill, order), 'l2')).toHaveAttribute('data-state', 'waiting');
    await expect(line(card(floor, order), 'l1')).toHaveAttribute('data-state', 'voided');

    await button(card(grill, order), 'Seen').click();
    await expect(burger).toHaveCount(0);
    await expect(card(grill, order)).toHaveAttribute('data-state', 'open');
    await expect(line(card(grill, order), 'l2').getByText('Steak')).not.toHaveCSS('text-decoration', struckThrough);
  });
}

test('a dish that is added joins the open ticket, flagged; after the bump it makes a ticket of its own', async ({
  restaurant,
  open,
}) => {
  const grill = await open(restaurant, 'kitchen', 'Grill');
  const order = restaurant.place({ items: [{ name: 'Burger', category: 'grill' }] });
  await expect(card(grill, order)).toHaveAttribute('data-state', 'open');

  restaurant.change(order, { kind: 'add', items: [{ name: 'Onion rings', category: 'grill' }] });
  await expect(line(card(grill, order), 'l2')).toContainText(/Onion rings.*added/s);
  await expect(card(grill, order)).toHaveCount(1);
  await expect(card(grill, order)).toHaveAttribute('data-state', 'changed');
  await button(card(grill, order), 'Seen').click();
  await expect(card(grill, order)).toHaveAttribute('data-state', 'open');
  await expect(line(card(grill, order), 'l2')).not.toContainText('added');

  await button(card(grill, order), 'Bump').click();
  await expect(card(grill, order)).toHaveCount(0);
  restaurant.change(order, { kind: 'add', items: [{ name: 'Coleslaw', category: 'grill' }] });
  await expect(card(grill, order)).toHaveCount(1);
  await expect(card(grill, order).locator('[data-item-id]')).toHaveCount(1);
  await expect(line(card(grill, order), 'l3')).toContainText('Coleslaw');
});

test('another quantity is flagged with what it was', async ({ restaurant, open }) => {
  const grill = await open(restaurant, 'kitchen', 'Grill');
  const order = restaurant.place({ items: [{ name: 'Burger', category: 'grill', quantity: 1 }] });
  await expect(line(card(grill, order), 'l1')).toHaveAttribute('data-quantity', '1');
  restaurant.change(order, { kind: 'quantity', line: 'l1', quantity: 3 });
  await expect(line(card(grill, order), 'l1')).toHaveAttribute('data-quantity', '3');
  await expect(line(card(grill, order), 'l1')).toContainText(/changed \d\d:\d\d, was 1$/);
  await button(card(grill, order), 'Seen').click();
  await expect(line(card(grill, order), 'l1')).not.toContainText('was');
});

test('a table that moved is told to the kitchen, and the floor carries it to the new one', async ({
  restaurant,
  open,
}) => {
  const [grill, floor] = await Promise.all([open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'floor')]);
  const order = restaurant.place({ table: '4', items: [{ name: 'Burger', category: 'grill' }] });
  await expect(card(floor, order)).toContainText('Table 4');
  restaurant.change(order, { kind: 'move', table: '9' });
  await expect(card(grill, order)).toContainText('Moved: table 4 → table 9');
  await expect(card(floor, order).getByRole('heading')).toHaveText('Table 9');
  await button(card(grill, order), 'Seen').click();
  await expect(card(grill, order)).not.toContainText('Moved');
  await expect(card(grill, order)).toContainText('Table 9');
});
