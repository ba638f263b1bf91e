// The dishes that can be marked before anybody orders them: those that were cooked lately, of one restaurant, and no
// more than a screen can list.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScreenIdentity } from '../protocol/views.ts';
import { TimesCollector } from '../insight/times-collector.ts';
import { startKitchen, type TestKitchen } from '../../test/kitchen.ts';
import { item } from '../../test/made.ts';
import { log } from '../../test/pipeline.ts';
import { until } from '../../test/until.ts';
import { recentDishes } from './dishes.ts';

let kitchen: TestKitchen;
let expo: ScreenIdentity;
beforeAll(async () => {
  kitchen = await startKitchen();
  expo = await kitchen.screen('expo');
});
afterAll(() => kitchen?.stop());

const dishes = (restaurantId = 'r-1') => recentDishes({ prisma: kitchen.prisma, log }, restaurantId);

test('they are those that the kitchen has made ready, most often first, by their newest names', async () => {
  expect(await dishes()).toEqual({ outcome: 'dishes', dishes: [] });
  const cook = async (id: string, items: Parameters<typeof item>[]) => {
    const order = await kitchen.arrive(id, 1, { items: items.map((one) => item(...one)) });
    for (const ticket of order.tickets) await kitchen.tap(expo, { kind: 'bump', orderId: id, ticketId: ticket.id });
  };
  await cook('one', [
    ['l1', { sku: 'BUR', name: 'Old Burger' }],
    ['l2', { name: 'Garlic Naan' }],
  ]);
  await cook('two', [['l1', { sku: 'BUR', name: 'Burger' }]]);
  await kitchen.arrive('not cooked', 1, { items: [item('l1', { name: 'Lobster' })] });
  const collector = new TimesCollector({ prisma: kitchen.prisma, log });
  collector.start();
  await until('their times are there', async () => (await kitchen.prisma.dishTime.count()) === 3);
  await collector.stop();
  expect(await dishes()).toEqual({
    outcome: 'dishes',
    dishes: [
      { sku: 'BUR', name: 'Burger' },
      { sku: null, name: 'Garlic Naan' },
    ],
  });
  expect(await dishes('r-2')).toEqual({ outcome: 'dishes', dishes: [] });
});

test('of a long month only the newest are read, by the index, and 300 are told', async () => {
  await kitchen.prisma.$executeRaw`
    INSERT INTO dish_times (
      order_id, received_at, line_id, restaurant_id, number, station_id, ticket_id, dish_key, name, quantity, called_at,
      ready_at
    )
    SELECT
      'busy-' || n, now(), 'l1', 'r-2', 'A1', ${randomUUID()}::uuid, ${randomUUID()}::uuid, 'name:dish ' || n % 6000,
      'Dish ' || n % 6000, 1, now(), now() - n * interval '1 minute'
    FROM generate_series(1, 20000) n
  `;
  const result = await dishes('r-2');
  expect(result.outcome === 'dishes' && result.dishes.length).toBe(300);
});

test('a database that cannot be asked is said, and nothing is thrown', async () => {
  const broken = { $queryRaw: () => Promise.reject(new Error('away')) } as unknown as TestKitchen['prisma'];
  expect(await recentDishes({ prisma: broken, log }, 'r-1')).toEqual({ outcome: 'unavailable' });
});
