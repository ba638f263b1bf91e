// Whether a dish is sold out. A waiter types its name and a cook taps it on a ticket, where it has a number of the
// till's: both mean the same dish. Pure.
import { dishKey } from '../domain.ts';
import type { SoldOut } from '../facts.ts';

/** A dish as it is named in an order, or was marked. */
export type NamedDish = Pick<SoldOut, 'sku' | 'name'>;

const spoken = ({ name }: NamedDish): string => name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** By the till's number, or by the name as people write it. */
export const isSameDish = (a: NamedDish, b: NamedDish): boolean => dishKey(a) === dishKey(b) || spoken(a) === spoken(b);

export const isSoldOut = (dish: NamedDish, soldOut: readonly NamedDish[]): boolean =>
  soldOut.some((one) => isSameDish(one, dish));
