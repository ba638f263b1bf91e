// Lines that upstream gives one id. Each has an id of its own here, made of its place (upstream/detail.ts), and lines come
// in any order: so a line that was here is known by its dish, and its state stays with that. Pure.
import type { KitchenOrder } from '../order/order.ts';
import { dishKey } from '../protocol/domain.ts';
import { itemIdOf, type Modifier } from '../protocol/views.ts';
import type { DetailItem } from '../upstream/detail.ts';

const DOUBLE = /#\d+$/;
const sharedId = (id: string): string => id.replace(DOUBLE, '');

interface Dish {
  sku: string | null;
  name: string;
  modifiers: Modifier[];
  note: string | null;
}

/** From the strictest to the loosest: the same words, the same make, the same dish. */
const SAME: ((dish: Dish) => string)[] = [
  (dish) => `${make(dish)} ${dish.note}`,
  (dish) => make(dish),
  (dish) => dishKey(dish),
];
const make = (dish: Dish): string =>
  `${dishKey(dish)} ${dish.modifiers
    .map((modifier) => JSON.stringify([modifier.kind, modifier.name, modifier.quantity ?? 1]))
    .sort()
    .join()}`;

/** The items with the ids under which their dishes are here already. */
export function knownByDish(before: KitchenOrder | null, items: DetailItem[]): DetailItem[] {
  if (!before) return items;
  const here = new Map(before.lines.filter(({ partOf }) => partOf === null).map((line) => [itemIdOf(line), line]));
  const shared = new Set([...here.keys(), ...items.map(({ id }) => id)].filter((id) => DOUBLE.test(id)).map(sharedId));
  if (!shared.size) return items;
  const ids = new Map<DetailItem, string>();
  const taken = new Set<string>();
  const give = (item: DetailItem, id: string) => {
    ids.set(item, id);
    taken.add(id);
  };
  const doubled = items.filter(({ id }) => shared.has(sharedId(id)));
  for (const same of SAME)
    for (const item of doubled) {
      if (ids.has(item)) continue;
      const matches = [...here].filter(
        ([id, line]) => !taken.has(id) && sharedId(id) === sharedId(item.id) && same(line) === same(item),
      );
      const match = matches.find(([id]) => id === item.id) ?? matches[0];
      if (match) give(item, match[0]);
    }
  for (const item of doubled) {
    if (ids.has(item)) continue;
    const group = sharedId(item.id);
    const left = [...here.keys()].filter((id) => sharedId(id) === group && !taken.has(id));
    const others = doubled.filter((other) => sharedId(other.id) === group && !ids.has(other));
    // One that became another dish is a change. Else a dish that is new takes the id of none that was here.
    if (left.length === 1 && others.length === 1) {
      give(item, left[0]!);
      continue;
    }
    let [id, n] = [item.id, 2];
    while (taken.has(id) || here.has(id)) id = `${group}#${n++}`;
    give(item, id);
  }
  return items.map((item) => (ids.has(item) ? { ...item, id: ids.get(item)! } : item));
}
