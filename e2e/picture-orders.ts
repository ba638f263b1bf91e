// The orders of pictured screens, and the changes and taps that come to them from elsewhere.
import { anOrder } from '../simulator/guests.ts';
import type { Order } from '../simulator/order.ts';
import { Chance } from '../simulator/prng.ts';
import { saffronYard } from '../simulator/restaurants/saffron-yard.ts';
import { dish } from './full-board.ts';
import type { OrderHere, Restaurant } from './restaurant.ts';
import { Tablet } from './tablet.ts';

export { dish };

/** This many orders, each with a dish for the station Curry, aged up to a quarter of an hour. */
export async function guests(restaurant: Restaurant, count: number): Promise<Order[]> {
  const chance = new Chance(11);
  const curries = saffronYard.menu.filter(({ category }) => category === 'curry');
  const placed = await restaurant.placeTogether(
    Array.from({ length: count }, (_, index) => {
      const { restaurantId: _of, ...order } = anOrder(saffronYard, chance, Date.now());
      const curry = order.items.some(({ category }) => category === 'curry') ? [] : [dish(chance.pick(curries).sku)];
      return { ...order, items: [...curry, ...order.items], number: `A${101 + index}` };
    }),
  );
  await restaurant.ageAll(
    placed.map((order, index) => ({ order, minutes: ((count - index) / count) * Math.min(12, count) })),
  );
  return placed;
}

/** Places orders one after another, then makes each as old as it says. */
export async function aged(restaurant: Restaurant, orders: (OrderHere & { minutes: number })[]): Promise<Order[]> {
  const placed = await restaurant.placeAll(orders.map(({ minutes: _, ...order }) => order));
  await restaurant.ageAll(placed.map((order, index) => ({ order, minutes: orders[index]!.minutes })));
  return placed;
}

export async function changed(
  restaurant: Restaurant,
  order: Order,
  ...changes: Parameters<Restaurant['change']>[1][]
): Promise<void> {
  for (const change of changes) await restaurant.world.has(restaurant.change(order, change));
}

/** Taps on another tablet of the same restaurant meanwhile. */
export async function elsewhere(
  restaurant: Restaurant,
  role: 'expo' | 'floor',
  act: (tablet: Tablet) => Promise<void>,
): Promise<void> {
  const tablet = await Tablet.pair(restaurant, role, { name: role === 'expo' ? 'Pass' : 'Mei’s phone' });
  try {
    await act(tablet);
  } finally {
    tablet.close();
  }
}
