// The guests' orders: an order from a restaurant's menu, and another dish for an order that exists.
import type { Dish, Restaurant } from './restaurants/index.ts';
import type { NewLine, NewOrder, OrderType } from './order.ts';
import type { Chance } from './prng.ts';

const MINUTE = 60_000;

export function anOrder(restaurant: Restaurant, chance: Chance, now: number): NewOrder {
  const type = chance.weighted(restaurant.types);
  const seated = type === 'DINE_IN';
  const guests = seated
    ? chance.weighted([
        [1, 1],
        [2, 6],
        [3, 3],
        [4, 4],
        [6, 2],
        [9, 0.4],
      ])
    : null;
  const dishes = new Map<string, NewLine>();
  for (
    let n = Math.max(1, Math.round((guests ?? chance.int(1, 3)) * chance.between(1, 2.2)));
    n > 0 && dishes.size < 14;
    n--
  ) {
    const dish = chance.pick(restaurant.menu);
    const line = aLine(restaurant, chance, type, guests, dish);
    dishes.set(`${dish.sku}${JSON.stringify(line.modifiers)}`, line);
  }
  const order: NewOrder = {
    restaurantId: restaurant.id,
    type,
    guests,
    table: seated ? chance.pick(restaurant.tables) : null,
    priority: chance.happens(0.04) ? 'RUSH' : 'NORMAL',
    dueAt: seated
      ? null
      : new Date(now + (type === 'TAKEAWAY' ? chance.int(13, 24) : chance.int(18, 24)) * MINUTE).toISOString(),
    note: chance.happens(0.12) ? chance.pick(restaurant.orderNotes) : null,
    items: [...dishes.values()].sort((a, b) => (a.course ?? 0) - (b.course ?? 0)),
  };
  return chance.happens(ALLERGIC) ? withAllergy(restaurant, chance, order) : order;
}

/** How many orders are of somebody who must not have something. */
const ALLERGIC = 0.06;

function withAllergy({ allergies }: Restaurant, chance: Chance, order: NewOrder): NewOrder {
  const [line] = order.items;
  const others = order.items.slice(1);
  const one = (change: Partial<NewLine>): NewOrder => ({ ...order, items: [{ ...line!, ...change }, ...others] });
  switch (chance.pick(['entry', 'note', 'line entry', 'line note', 'modifier'])) {
    case 'entry':
      return { ...order, allergies: [chance.pick(allergies.entries)] };
    case 'note':
      return { ...order, note: chance.pick(allergies.orderNotes) };
    case 'line entry':
      return one({ allergies: [chance.pick(allergies.entries)] });
    case 'line note':
      return one({ note: chance.pick(allergies.lineNotes) });
    default:
      return one({ modifiers: [...(line!.modifiers ?? []), { name: chance.pick(allergies.modifiers), kind: 'ADD' }] });
  }
}

/** In how many minutes an order for later is due; 0: it is for now. One in ten of those that leave the house is. */
export const laterBy = ({ type }: Pick<NewOrder, 'type'>, chance: Chance): number =>
  type !== 'DINE_IN' && chance.happens(0.1) ? chance.int(27, 90) : 0;

export function aLine(
  restaurant: Restaurant,
  chance: Chance,
  type: OrderType,
  guests: number | null,
  dish: Dish = chance.pick(restaurant.menu),
): NewLine {
  const modifiers: NewLine['modifiers'] = [];
  if (dish.add.length && chance.happens(0.22)) modifiers.push({ name: chance.pick(dish.add), kind: 'ADD' });
  if (dish.remove.length && chance.happens(0.16)) modifiers.push({ name: chance.pick(dish.remove), kind: 'REMOVE' });
  return {
    sku: dish.sku,
    name: dish.name,
    category: dish.category,
    allergens: dish.allergens,
    modifiers,
    quantity: chance.weighted([
      [1, 10],
      [2, 4],
      [3, 1],
      [4, 0.5],
    ]),
    note: chance.happens(0.05) ? chance.pick(restaurant.lineNotes) : '',
    course: type === 'DINE_IN' ? dish.course : null,
    seat: guests && chance.happens(0.5) ? chance.int(1, guests) : null,
  };
}
