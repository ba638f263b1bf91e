// The words of an order's card at the pass, and the lines that it shows.
import type { LineView, OrderView } from '../../server/protocol/views.ts';
import { isolated, type Words } from '../i18n/index.ts';
import { isDish, type FloorCard } from '../order/cards.ts';
import { tableOf, wayOf } from '../order/place.ts';

/** The order's table, else its number: the words by which it is called out. */
export const callWords = (t: Words<'floor'>, order: OrderView): string => tableOf(t, order) ?? isolated(order.number);

/** The words below: number and guests of a table; the way of all others, with the time at which it is fetched. */
export function aboutWords(t: Words<'floor'>, order: OrderView, time: (at: string) => string): string {
  const table = tableOf(t, order);
  return [
    table === null ? wayOf(t, order) : isolated(order.number),
    table !== null && order.guests !== null && t('guests', { count: order.guests }),
    order.dueAt !== null && t(order.type === 'DELIVERY' ? 'riderAt' : 'dueAt', { time: time(order.dueAt) }),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Each inner list is a row of the card. The dishes of a canceled order are one row: nobody cooks or carries them. */
export function rowsOf({ order, state }: Pick<FloorCard, 'order' | 'state'>): (readonly LineView[])[] {
  const lines = order.lines.filter(isDish);
  return state === 'canceled' ? [lines] : lines.map((line) => [line]);
}
