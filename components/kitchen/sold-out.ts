// Which dishes are sold out, by key; the same set for as long as the facts are the same.
import type { SoldOut } from '../../server/protocol/facts.ts';

const sets = new WeakMap<readonly SoldOut[], ReadonlySet<string>>();

export function soldOutKeys(soldOut: readonly SoldOut[]): ReadonlySet<string> {
  let keys = sets.get(soldOut);
  if (!keys) sets.set(soldOut, (keys = new Set(soldOut.map(({ key }) => key))));
  return keys;
}
