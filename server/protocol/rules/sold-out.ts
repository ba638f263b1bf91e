// Whether a dish is sold out, and how many of it are left. A waiter types its name and a cook taps it on a ticket, where
// it has a number of the till's: both mean the same dish. Pure.
import { dishKey } from '../domain.ts';
import type { SoldOut } from '../facts.ts';

/** A dish as it is named in an order, or was marked. */
export type NamedDish = Pick<SoldOut, 'sku' | 'name'>;
/** A mark; without `left` nobody counts. */
type Mark = NamedDish & Partial<Pick<SoldOut, 'left'>>;

/** The name as people write it: without its capitals, its wide letters and its spare spaces. */
export const spokenName = (name: string): string => name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** By the till's number, or by the name as people write it. */
export const isSameDish = (a: NamedDish, b: NamedDish): boolean =>
  dishKey(a) === dishKey(b) || spokenName(a.name) === spokenName(b.name);

/** Whether there is none of it. A mark with a count above zero only says how many there are. */
export const isGone = ({ left = null }: Pick<Mark, 'left'>): boolean => left === null || left <= 0;

/** The mark of this dish. Where several match, one by which it is sold out. */
export function markOf<M extends Mark>(dish: NamedDish, marks: readonly M[]): M | null {
  let found: M | null = null;
  for (const mark of marks) if (isSameDish(mark, dish) && (!found || isGone(mark))) found = mark;
  return found;
}

export function isSoldOut(dish: NamedDish, marks: readonly Mark[]): boolean {
  const mark = markOf(dish, marks);
  return mark !== null && isGone(mark);
}
