// How many portions of its dishes a change of an order takes, or gives back: by what is to be cooked. A dish that nobody
// has begun gives its portion back when it is taken off; one that is on the fire does not. An order that opens no ticket
// takes none. Taps change none of this, and so only a settlement asks. Pure.
import type { KitchenLine, KitchenOrder } from '../order/order.ts';
import { isSameDish, type NamedDish } from '../protocol/rules/sold-out.ts';
import { isCanceled } from '../protocol/status.ts';

/** @param quantity below zero where portions are given back */
export type Portions = NamedDish & { quantity: number };

/** The portions of all dishes whose number has changed. A dish may be named several times. */
export function portionsTaken(before: KitchenOrder | null, after: KitchenOrder): Portions[] {
  const former = new Map(before?.lines.map((line) => [line.id, line]));
  const taken = after.lines.flatMap((line): Portions[] => {
    const was = former.get(line.id);
    former.delete(line.id);
    if (was === line) return [];
    if (was && !isSameDish(was, line)) return [back(before!, was), first(after, line)];
    if (!was || !isOn(before!, was)) return [first(after, line)];
    if (!isOn(after, line)) return [back(before!, was)];
    const more = line.quantity - was.quantity;
    return [{ ...dishOf(line), quantity: more > 0 || isUntouched(before!, was) ? more : 0 }];
  });
  return [...taken, ...[...former.values()].map((line) => back(before!, line))].filter(
    ({ quantity }) => quantity !== 0,
  );
}

const dishOf = ({ sku, name }: KitchenLine): NamedDish => ({ sku, name });

/** A line that is on the order from now on. */
const first = (order: KitchenOrder, line: KitchenLine): Portions => ({
  ...dishOf(line),
  quantity: isUntouched(order, line) ? line.quantity : 0,
});

/** A line that was on the order until now. */
const back = (order: KitchenOrder, line: KitchenLine): Portions => ({
  ...dishOf(line),
  // Without a minus before zero, which is another number.
  quantity: isUntouched(order, line) ? -line.quantity : 0,
});

const isOn = (order: KitchenOrder, { voided, state }: KitchenLine): boolean =>
  !voided && state !== 'voided' && !isCanceled(order);

/** The line is to be cooked, and nobody has begun with it. */
function isUntouched(order: KitchenOrder, line: KitchenLine): boolean {
  if (!isOn(order, line) || (line.state !== 'waiting' && line.state !== 'held')) return false;
  return order.tickets.some(({ id, state }) => id === line.ticketId && (state === 'open' || state === 'held'));
}
