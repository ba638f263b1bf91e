// A guest's page never goes back from "being cooked" to "coming", as when a cook takes back the mark of a dish that nobody
// had begun: the kitchen has had it in hand. Other corrections are shown, for they tell where the dish is. Pure.
import type { GuestOrder } from '../../server/protocol/guest.ts';

/** @param before the order as the page shows it; null where it shows none yet */
export function onward(before: GuestOrder | null, next: GuestOrder): GuestOrder {
  if (!before || before.state === 'canceled' || next.state === 'canceled') return next;
  const begun = new Map<string, number>();
  for (const { name, state } of before.dishes) if (state !== 'coming') begun.set(name, (begun.get(name) ?? 0) + 1);
  // Dishes of one name cannot be told apart: as many of them as before are in hand.
  for (const { name, state } of next.dishes) if (state !== 'coming') begun.set(name, (begun.get(name) ?? 0) - 1);
  return {
    ...next,
    dishes: next.dishes.map((dish) => {
      const left = begun.get(dish.name) ?? 0;
      if (dish.state !== 'coming' || left <= 0) return dish;
      begun.set(dish.name, left - 1);
      return { ...dish, state: 'cooking' };
    }),
  };
}
