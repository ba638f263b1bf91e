// The keys of the dishes that are sold out. The same facts return the same set.
import type { SoldOut } from '../../server/protocol/facts.ts';

const sets = new WeakMap<readonly SoldOut[], ReadonlySet<string>>();

export function soldOutKeys(soldOut: readonly SoldOut[]): ReadonlySet<string> {
  let keys = sets.get(soldOut);
  if (!keys) sets.set(soldOut, (keys = new Set(soldOut.map(({ key }) => key))));
  return keys;
}
