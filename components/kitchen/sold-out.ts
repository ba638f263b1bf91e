// Asks whether a dish is sold out. The same facts return the same function, so that no card is drawn anew for it.
import type { SoldOut } from '../../server/protocol/facts.ts';
import { isSoldOut, type NamedDish } from '../../server/protocol/rules/sold-out.ts';

const marks = new WeakMap<readonly SoldOut[], (dish: NamedDish) => boolean>();

export function soldOutMark(soldOut: readonly SoldOut[]): (dish: NamedDish) => boolean {
  let mark = marks.get(soldOut);
  if (!mark) marks.set(soldOut, (mark = soldOut.length ? (dish) => isSoldOut(dish, soldOut) : () => false));
  return mark;
}
