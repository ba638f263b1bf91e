// The manager's screen: which orders are late and why, and which faults of the pipeline need a person.
import { expect, test } from './fixtures.ts';
import { Restaurant } from './restaurant.ts';
import { cards, root } from './screens.ts';

test('late orders are listed, the longest first, with how late, why and what is missing', async ({
  restaurant,
  open,
}) => {
  // A ticket confirmed by a screen is not late for being on no screen.
  const kitchen = await Promise.all([open(restaurant, 'kitchen', 'Grill'), open(restaurant, 'kitchen', 'Bar')]);
  const [late, later, onTime] = await restaurant.placeAll([
    {
      number: 'A101',
      table: '7',
      items: [
        { name: 'Burger', category: 'grill', quantity: 2 },
        { name: 'Cola', category: 'drinks' },
      ],
    },
    { number: 'A102', table: '8', items: [{ name: 'Steak', category: 'grill' }] },
    { number: 'A103', table: '9', items: [{ name: 'Ribs', category: 'grill' }] },
  ]);
  await expect(cards(kitchen[0])).toHaveCount(3);
  await expect
    .poll(
      async () =>
        (
          await restaurant.world.query(
            `
              SELECT 1
              FROM tickets t
              JOIN orders o ON o.id = t.order_id
              WHERE o.restaurant_id = $1 AND t.confirmed_at IS NULL
            `,
            restaurant.id,
          )
        ).length,
    )
    .toBe(0);
  await restaurant.age(late!, 10);
  await restaurant.age(later!, 15);
  const manager = await open(restaurant, 'manager');
  const rows = manager.locator('tr[data-order-id]');
  await expect(rows).toHaveCount(2);
  expect(await rows.evaluateAll((found) => found.map((row) => row.getAttribute('data-order-id')))).toEqual([
    later!.id,
    late!.id,
  ]);
  await expect(manager.getByRole('row', { name: /^Order A102, Table 8/ })).toContainText('Table 8');
  await expect(rows.first()).toContainText(/7:0\d/);
  await expect(rows.first()).toHaveAttribute('data-why', 'not-ready');
  await expect(rows.nth(1)).toContainText('2 Burger');
  await expect(manager.locator('[data-figure=delayed]')).toHaveAttribute('data-value', '2');
  await expect(manager.locator('[data-figure=open]')).toHaveAttribute('data-value', '3');
  await expect(manager.locator(`[data-order-id="${onTime!.id}"]`)).toHaveCount(0);
});

test('a message that keeps failing is a delayed order with its tries, then one that failed; a manager tries it by hand', async ({
  ownWorld,
  open,
}) => {
  const world = await ownWorld({ env: { RETRY_BASE_MS: '1000', RETRY_MAX_ATTEMPTS: '2', RETRY_MAX_MS: '2000' } });
  const restaurant = await world.setUpRestaurant();
  const other = await world.setUpRestaurant();
  const [manager, theirs] = [await open(restaurant, 'manager'), await open(other, 'manager')];
  const fact = (name: string, page = manager) => page.locator(`[data-fact=${name}]`);
  await expect(fact('waiting')).toHaveAttribute('data-tone', 'good');

  const order = restaurant.place({ items: [{ name: 'Burger', category: 'grill' }] }, { silent: true });
  world.platform.answer(order.id, { status: 500 });
  await world.produce(order.id, { id: order.id, status: 'PLACED', version: 1, restaurantId: restaurant.id });
  const nobodys = restaurant.place({ items: [{ name: 'Soup' }] }, { silent: true });
  world.platform.answer(nobodys.id, { status: 500 });
  await world.produce(nobodys.id, { id: nobodys.id, status: 'PLACED', version: 1 });
  const keepOthers = setInterval(() => {
    other.place({ items: [{ name: 'Rice' }] });
  }, 300);
  const row = manager.locator(`tr[data-order-id="${order.id}"]`);
  try {
    await expect(fact('waiting')).not.toHaveAttribute('data-tone', 'good');
    await expect(row).toHaveAttribute('data-why', 'failed');
  } finally {
    clearInterval(keepOthers);
  }
  await expect(row).toContainText('500');
  await expect(fact('failed')).toHaveAttribute('data-tone', 'bad');
  await expect(manager.locator('[data-unknown]')).toHaveAttribute('data-unknown', '1');
  await expect(theirs.locator('[data-unknown]')).toHaveAttribute('data-unknown', '1');
  await expect(theirs.locator(`tr[data-order-id="${order.id}"]`)).toHaveCount(0);
  await expect(manager.locator(`tr[data-order-id="${nobodys.id}"]`)).toHaveCount(0);

  world.platform.heal();
  await row.locator('[data-action=retry-parked]').click();
  await expect(manager.locator('[data-figure=open]')).toHaveAttribute('data-value', '1');
  await expect(row).toHaveCount(0);

  await world.produce('junk', 'no JSON at all');
  await world.produce('a', { id: 'b', status: 'PAID' });
  await expect(fact('rejected')).toContainText(/Rejected2/);
});

test('a restaurant that nobody set up works with one station, and its manager is told', async ({
  world,
  restaurant,
  open,
}) => {
  const discovered = new Restaurant(world, `new-${restaurant.id}`);
  await discovered.placeAll([{ number: 'A1', items: [{ name: 'Burger', category: 'grill' }] }]);
  const [kitchen, manager] = await Promise.all([open(discovered, 'kitchen', 'Kitchen'), open(discovered, 'manager')]);
  await expect(kitchen.getByRole('article', { name: /^Order A1/ })).toContainText('Burger');
  await expect(manager.getByRole('note')).toContainText('set up its stations');
  const known = await open(restaurant, 'manager');
  await expect(root(known)).toHaveAttribute('data-connection', 'live');
  await expect(known.getByRole('note')).toHaveCount(0);
});
