// The guest's view of an order: each dish, its quantity and its progress. No names of people, no notes, no modifiers,
// no numbers. Pure.
import type { LineState } from '../protocol/domain.ts';
import type { GuestDish, GuestOrder } from '../protocol/guest.ts';
import type { LineView, OrderState } from '../protocol/views.ts';
import { isCanceled } from '../protocol/status.ts';

const stateOf: Record<LineState, GuestDish['state']> = {
  held: 'coming',
  waiting: 'coming',
  cooking: 'cooking',
  ready: 'ready',
  served: 'served',
  voided: 'canceled',
};

/** Voided dishes are left out; of a canceled order only the served dishes stay served. @param now RFC 3339 */
export function guestOrder(order: OrderState, now: string): GuestOrder {
  const canceled = isCanceled(order);
  const lines = order.lines.filter(({ state, voided }) => state !== 'voided' && !voided).toSorted(byCourse);
  const dishes = lines.map(({ name, quantity, state }) => ({ name, quantity, state: stateOf[state] }));
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

/** Dishes of one course keep their order. */
const byCourse = (a: LineView, b: LineView) => (a.course ?? 0) - (b.course ?? 0);
