// Orders that look like a Friday evening, for pictures of the screens.
import type { Order } from '../simulator/order.ts';
import { anOrder } from '../simulator/guests.ts';
import { Chance } from '../simulator/prng.ts';
import { saffronYard } from '../simulator/restaurants/saffron-yard.ts';
import type { OrderHere, Restaurant, RestaurantSetup } from './restaurant.ts';
import type { E2eWorld } from './world.ts';

const setup: RestaurantSetup = {
  name: saffronYard.name,
  timeZone: saffronYard.timeZone,
  stations: saffronYard.stations.map(({ name, categories, fallback }) => ({
    name,
    routes: categories.map((category) => ({ category })),
    ...(fallback && { fallback }),
  })),
};

/** @param more more of the set-up, for example courses */
export const indianRestaurant = (world: E2eWorld, more: Partial<RestaurantSetup> = {}): Promise<Restaurant> =>
  world.setUpRestaurant({ ...setup, ...more });

export const dish = (sku: string, quantity = 1, rest: Partial<OrderHere['items'][number]> = {}) => {
  const { name, category, allergens } = saffronYard.menu.find((one) => one.sku === sku)!;
  return { sku, name, category, allergens, quantity, ...rest };
};
export const without = (name: string) => ({ name, kind: 'REMOVE' as const });
export const extra = (name: string) => ({ name, kind: 'ADD' as const });

/**
 * The orders of the evening with their age in minutes. Eight of them fit on one page of a 1280 x 800 screen, and one
 * waits on the next page.
 */
const evening: (OrderHere & { minutes: number })[] = [
  { minutes: 9.6, number: 'A112', table: '4', guests: 2, items: [dish('RJO'), dish('BAS', 2)] },
  {
    minutes: 8.3,
    number: 'A114',
    type: 'DELIVERY',
    dueAt: 'past',
    items: [dish('CTM', 2, { modifiers: [without('No cream')] })],
  },
  {
    minutes: 6.4,
    number: 'A115',
    table: '12',
    guests: 4,
    note: 'Guest has a nut allergy',
    items: [dish('JAL', 1, { modifiers: [extra('Extra hot')] }), dish('CHA')],
  },
  {
    minutes: 5.2,
    number: 'A116',
    table: '7',
    guests: 2,
    items: [dish('RJO', 1, { modifiers: [without('No onion')] })],
  },
  {
    minutes: 4.1,
    number: 'A117',
    type: 'TAKEAWAY',
    priority: 'RUSH',
    dueAt: 'soon',
    items: [dish('KOR', 1, { note: 'For the child' })],
  },
  { minutes: 3.3, number: 'A118', table: '2', guests: 3, items: [dish('JAL', 2), dish('BAS')] },
  { minutes: 2.5, number: 'A119', table: '9', guests: 2, items: [dish('RJO', 2)] },
  { minutes: 1.4, number: 'A120', table: '15', guests: 2, items: [dish('CHA')] },
  {
    minutes: 0.7,
    number: 'A121',
    type: 'TAKEAWAY',
    dueAt: 'soon',
    items: [dish('BUT', 2, { modifiers: [extra('Extra sauce')] }), dish('BAS', 2)],
  },
];

/**
 * A station's board on a busy evening: late, nearly late and fresh tickets, an added dish and a voided one, a moved
 * table, a canceled order.
 */
export async function busyEvening(restaurant: Restaurant): Promise<void> {
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  const due: Record<string, string> = { soon: inSeconds(12 * 60), past: inSeconds(-30) };
  const placed = await restaurant.placeAll(
    evening.map(({ minutes: _, ...order }) => ({ ...order, ...(order.dueAt && { dueAt: due[order.dueAt]! }) })),
  );
  for (const [index, order] of placed.entries()) await restaurant.age(order, evening[index]!.minutes);
  const [, , , fourth, , sixth, seventh, eighth] = placed as Order[];
  await restaurant.world.has(restaurant.change(fourth!, { kind: 'add', items: [dish('NAN'), dish('BAS')] }));
  await restaurant.world.has(restaurant.change(sixth!, { kind: 'void', line: 'l2' }));
  await restaurant.world.has(restaurant.change(seventh!, { kind: 'move', table: '11' }));
  await restaurant.world.has(restaurant.change(eighth!, 'cancel'));
}

/** This many orders as the simulator's guests make them; the first is the oldest. */
export async function orders(restaurant: Restaurant, count: number): Promise<void> {
  const chance = new Chance(7);
  const placed = await restaurant.placeTogether(
    Array.from({ length: count }, (_, index) => {
      const { restaurantId: _of, ...order } = anOrder(saffronYard, chance, Date.now());
      return { ...order, number: `A${101 + index}` };
    }),
  );
  const minutes = (index: number) => ((count - index) / count) * Math.min(14, count * 3);
  await restaurant.ageAll(placed.map((order, index) => ({ order, minutes: minutes(index) })));
}
