// The guest's view of an order: each dish, its quantity and its progress. No names of people, no notes, no modifiers,
// no numbers. Pure.
import type { GuestDish, GuestOrder } from '../protocol/guest.ts';
import type { LineView, OrderState } from '../protocol/views.ts';
import { isCanceled } from '../protocol/status.ts';

/** A tap can be taken back for five seconds. A guest is told nothing that may go back. */
const SURE_MS = 6000;
/** A dish that was carried out is at the table by then. */
const CARRIED_MS = 90_000;

/** Voided dishes are left out; of a canceled order only the served dishes stay served. @param now RFC 3339 */
export function guestOrder(order: OrderState, now: string): GuestOrder {
  const canceled = isCanceled(order);
  const lines = order.lines.filter(({ state, voided }) => state !== 'voided' && !voided).toSorted(byCourse);
  const collected = order.type === 'TAKEAWAY' || order.type === 'DELIVERY';
  const complete = lines.every(({ state }) => state === 'ready' || state === 'served');
  const dishes = lines.map((line) => ({
    name: line.name,
    quantity: line.quantity,
    ...(line.unit !== null && { unit: line.unit }),
    state: stateOf(line, Date.parse(now), collected, complete),
  }));
  return {
    at: now,
    state: canceled
      ? 'canceled'
      : dishes.length > 0 && dishes.every(({ state }) => state === 'served')
        ? 'served'
        : 'open',
    dishes,
  };
}

/**
 * A dish that is ready in the kitchen is still being cooked as far as a table can see: it is on its way once somebody
 * carries it. An order that the guest collects is ready as a whole.
 */
function stateOf(line: LineView, now: number, collected: boolean, complete: boolean): GuestDish['state'] {
  const isSure = (at: string | null) => at !== null && now - Date.parse(at) >= SURE_MS;
  if (line.state === 'served' && isSure(line.servedAt))
    return collected || now - Date.parse(line.servedAt!) >= CARRIED_MS ? 'served' : 'carried';
  if (line.state === 'ready' || line.state === 'served') return collected && complete ? 'ready' : 'cooking';
  return line.state === 'cooking' && isSure(line.startedAt) ? 'cooking' : 'coming';
}

/** Dishes of one course keep their order. */
const byCourse = (a: LineView, b: LineView) => (a.course ?? 0) - (b.course ?? 0);
