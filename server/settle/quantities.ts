// The quantities of upstream's lines as a kitchen counts them: nothing is 0 or less times. Pure.
import { dishKey } from '../protocol/domain.ts';
import type { DetailItem } from '../upstream/detail.ts';
import { sameValue } from './same-value.ts';

/** The smallest quantity that counts. Sums of decimals are exact down to it. */
const SMALLEST = 1e-6;

/** A sum or difference of decimals, without the dust of binary fractions: 0.1 + 0.2 is 0.3. */
export const exact = (quantity: number): number => Math.round(quantity / SMALLEST) / Math.round(1 / SMALLEST);

/**
 * The lines with what is taken off taken off. A line with a quantity of 0 counts as voided. A negative line takes its
 * quantity from other lines of the same dish, the nearest one before it first, and is nothing to cook itself.
 */
export function countable(items: readonly DetailItem[]): DetailItem[] {
  if (items.every(({ quantity }) => quantity > 0 && exact(quantity) === quantity)) return [...items];
  const counted = items.map((item) => ({ ...item, quantity: counts(item.quantity) }));
  for (const [place, item] of counted.entries()) {
    if (item.quantity >= 0) continue;
    let left = item.voided ? 0 : -item.quantity;
    for (const other of [...counted.slice(0, place).reverse(), ...counted.slice(place + 1)]) {
      if (left <= 0 || other.voided || other.quantity <= 0 || !sameDish(other, item)) continue;
      const taken = Math.min(left, other.quantity);
      other.quantity = exact(other.quantity - taken);
      left = exact(left - taken);
    }
  }
  return counted.map((item) => (item.quantity > 0 ? item : { ...item, quantity: 0, voided: true }));
}

const counts = (quantity: number): number => (quantity > 0 ? Math.max(SMALLEST, exact(quantity)) : exact(quantity));

const sameDish = (a: DetailItem, b: DetailItem): boolean =>
  dishKey(a) === dishKey(b) && sameValue(a.modifiers, b.modifiers);
