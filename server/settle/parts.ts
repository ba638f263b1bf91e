// Upstream's line in the kitchen: one line, or several parts of it. A quantity that grows after the kitchen was done
// with the line is cooked as a further part, so that bump, serve and every count treat it as any other line. Pure.
import type { KitchenLine } from '../order/order.ts';
import { itemIdOf } from '../protocol/views.ts';
import type { DetailItem } from '../upstream/detail.ts';
import { exact } from './quantities.ts';

/** The kitchen's lines by upstream's id, the first part of each first. */
export function partsByItem(lines: readonly KitchenLine[]): Map<string, KitchenLine[]> {
  const parts = new Map<string, KitchenLine[]>();
  for (const line of lines) parts.set(itemIdOf(line), [...(parts.get(itemIdOf(line)) ?? []), line]);
  for (const each of parts.values())
    if (each.length > 1) each.sort((a, b) => Number(a.partOf !== null) - Number(b.partOf !== null) || byAge(a, b));
  return parts;
}

const byAge = (a: KitchenLine, b: KitchenLine): number =>
  Date.parse(a.addedAt) - Date.parse(b.addedAt) || a.id.length - b.id.length || (a.id < b.id ? -1 : 1);

/** An id for a further part, which no other line has. */
export function partId(itemId: string, taken: ReadonlySet<string>): string {
  let n = 2;
  while (taken.has(`${itemId}+${n}`)) n += 1;
  return `${itemId}+${n}`;
}

/** The quantity of each part that is left; `more`: a further part is needed for so much. */
export interface Shares {
  of: ReadonlyMap<KitchenLine, number>;
  more: number;
}

/**
 * Divides upstream's quantity among the parts. More of it goes to the part that is not cooked yet, else to one that was
 * taken off, else to a further part. Less of it is taken from what is not cooked, then from what is ready, and last from
 * what is served; of each the newest part first.
 * @param toCook whether the part is still to be cooked, on a ticket that is not done
 */
export function share(
  parts: readonly KitchenLine[],
  { quantity }: Pick<DetailItem, 'quantity'>,
  toCook: (part: KitchenLine) => boolean,
): Shares {
  const live = parts.filter(({ state }) => state !== 'voided');
  const of = new Map(parts.map((part) => [part, part.state === 'voided' ? 0 : part.quantity]));
  const difference = exact(quantity - live.reduce((sum, part) => sum + part.quantity, 0));
  if (difference > 0) {
    const target = live.findLast(toCook) ?? (live.length ? parts.findLast(isVoided) : parts[0]);
    if (!target) return { of, more: difference };
    of.set(target, exact(of.get(target)! + difference));
  }
  let less = -difference;
  for (const part of [
    ...live.filter(toCook).reverse(),
    ...live.filter((one) => !toCook(one) && one.state !== 'served').reverse(),
    ...live.filter(({ state }) => state === 'served').reverse(),
  ]) {
    if (less <= 0) break;
    const taken = Math.min(less, part.quantity);
    of.set(part, exact(part.quantity - taken));
    less = exact(less - taken);
  }
  return { of, more: 0 };
}

const isVoided = ({ state }: KitchenLine): boolean => state === 'voided';
