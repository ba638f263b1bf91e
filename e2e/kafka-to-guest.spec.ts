// One order from end to end: from an event in Kafka to the station's screen, to the floor, to the guest.
import { expect, test } from './fixtures.ts';
import { button, card, cards, caughtUp, line, root, shownIds } from './screens.ts';

test('an event in Kafka becomes a ticket at the stations that cook it and at no other, and leaves the floor once it is served', async ({
  world,
  restaurant,
  open,
}) => {
  const [grill, bar, kitchen, floor] = await Promise.all([
    open(restaurant, 'kitchen', 'Grill'),
    open(restaurant, 'kitchen', 'Bar'),
    open(restaurant, 'kitchen', 'Kitchen'),
    open(restaurant, 'floor'),
  ]);
  const order = restaurant.place(
    {
      number: 'A102',
      table: '12',
      status: 'PAID',
      items: [
        { name: 'Sirloin steak', category: 'grill', quantity: 2 },
        { name: 'Lemonade', category: 'drinks' },
      ],
    },
    { silent: true },
  );
  await world.produce(order.id, { id: order.id, status: 'PAID', version: order.version, restaurantId: restaurant.id });

  await expect(grill.getByRole('article', { name: /^Order A102/ })).toContainText('Table 12');
  await expect(card(grill, order).getByRole('listitem')).toHaveText([/2\s*Sirloin steak/]);
  await expect(card(bar, order).getByRole('listitem')).toHaveText([/1\s*Lemonade/]);
  await caughtUp(kitchen, { with: grill });
  await expect(cards(kitchen)).toHaveCount(0);
  await expect(card(floor, order)).toHaveAttribute('data-state', 'waiting');

  await button(card(grill, order), 'Bump').click();
  await expect(card(grill, order)).toHaveCount(0);
  await expect(card(floor, order)).toHaveAttribute('data-state', 'ready');
  await expect(line(card(floor, order), 'l1')).toHaveAttribute('data-state', 'ready');
  await expect(line(card(floor, order), 'l2')).toHaveAttribute('data-state', 'waiting');
  await button(line(card(floor, order), 'l1'), 'Serve').click();
  await expect(line(card(floor, order), 'l1')).toHaveAttribute('data-state', 'served');

  await button(card(bar, order), 'Bump').click();
  await button(line(card(floor, order), 'l2'), 'Serve').click();
  await expect(card(floor, order)).toHaveCount(0);
  await floor.reload();
  await expect(root(floor)).toHaveAttribute('data-connection', 'live');
  await expect(cards(floor)).toHaveCount(0);
});

test('a bump can be undone', async ({ restaurant, open }) => {
  const [grill, floor] = await Promise.all([open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'floor')]);
  const order = restaurant.place({ items: [{ name: 'Lamb chops', category: 'grill' }] });
  await button(card(grill, order), 'Bump').click();
  await expect(card(floor, order)).toHaveAttribute('data-state', 'ready');
  await button(grill, 'Undo').click();
  await expect(card(grill, order)).toHaveAttribute('data-state', 'open');
  await expect(line(card(grill, order), 'l1')).toHaveAttribute('data-state', /waiting|cooking/);
  await expect(card(floor, order)).not.toHaveAttribute('data-state', 'ready');
  await expect(button(grill, 'Undo')).toHaveCount(0);
});

test('a serve can be undone', async ({ restaurant, open }) => {
  const [grill, floor] = await Promise.all([open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'floor')]);
  const order = restaurant.place({
    table: '3',
    items: [
      { name: 'Halloumi', category: 'grill' },
      { name: 'Corn', category: 'grill' },
    ],
  });
  await button(card(grill, order), 'Bump').click();
  await button(card(floor, order), 'Serve 2 ready').click();
  await expect(card(floor, order)).toHaveCount(0);
  await button(floor, 'Undo').click();
  await expect(card(floor, order)).toHaveAttribute('data-state', 'ready');
  await expect(card(floor, order).locator('[data-item-id][data-state=ready]')).toHaveCount(2);
});

test('a ticket that is recalled from the list returns to its place, with its clock', async ({ restaurant, open }) => {
  const orders = await restaurant.placeAll(
    [1, 2, 3].map((n) => ({ number: `C10${n}`, items: [{ name: 'Burger', category: 'grill' }] })),
  );
  const [first, second, third] = orders as [(typeof orders)[0], (typeof orders)[0], (typeof orders)[0]];
  await Promise.all([restaurant.age(first, 7), restaurant.age(second, 6.2), restaurant.age(third, 1)]);
  const grill = await open(restaurant, 'kitchen', 'Grill');
  await expect(card(grill, second)).toContainText(/6:1\d/);

  await button(card(grill, second), 'Bump').click();
  await expect.poll(() => shownIds(grill)).toEqual([first.id, third.id]);
  await button(grill, 'Recall').click();
  const listed = grill.getByRole('dialog', { name: 'Recall' }).locator(`[data-recall-order-id="${second.id}"]`);
  await expect(listed).toContainText('C102');
  await button(listed, 'Recall').click();
  await expect(listed).toContainText('On the board');
  await button(grill.getByRole('dialog'), 'Close').click();

  await expect.poll(() => shownIds(grill)).toEqual([first.id, second.id, third.id]);
  await expect(card(grill, second)).toContainText(/6:[1-5]\d/);
  await expect(card(grill, second)).toHaveAttribute('data-tone', 'warn');
});

test('a tap on a dish makes it ready, and another takes that back', async ({ restaurant, open }) => {
  const [grill, floor] = await Promise.all([open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'floor')]);
  const order = restaurant.place({
    items: [
      { name: 'Ribs', category: 'grill' },
      { name: 'Wings', category: 'grill' },
    ],
  });
  const ribs = line(card(grill, order), 'l1');
  await ribs.getByRole('button').click();
  await expect(ribs).toHaveAttribute('data-state', 'ready');
  await expect(ribs.getByRole('button')).toHaveAttribute('aria-pressed', 'true');
  await expect(line(card(floor, order), 'l1')).toHaveAttribute('data-state', 'ready');
  await expect(line(card(floor, order), 'l2')).toHaveAttribute('data-state', 'waiting');
  await ribs.getByRole('button').click();
  await expect(ribs).not.toHaveAttribute('data-state', 'ready');
  await expect(line(card(floor, order), 'l1')).not.toHaveAttribute('data-state', 'ready');
  await expect(card(grill, order)).toHaveCount(1);
});
