// What became ready since the last look: what a waiter is to be told, once. Pure.
import type { LineView, OrderView } from '../../server/protocol/views.ts';
import { isCanceled, isLive } from '../order/cards.ts';

export type Seen = ReadonlyMap<string, LineView['state']>;

export interface NewlyReady {
  order: OrderView;
  lines: LineView[];
}

/** A line by its order: ids of lines are unique within one only. */
const keyOf = (order: OrderView, line: LineView): string => `${order.id}\n${line.id}`;

/**
 * @param before what was seen last; null at the first look, when nothing is news
 * @returns the orders with newly ready dishes, and what to look back at next time. A serve that was undone is no news.
 */
export function newlyReady(before: Seen | null, orders: Iterable<OrderView>): { news: NewlyReady[]; seen: Seen } {
  const seen = new Map<string, LineView['state']>();
  const news: NewlyReady[] = [];
  for (const order of orders) {
    const canceled = isCanceled(order);
    const fresh = order.lines.filter((line) => {
      seen.set(keyOf(order, line), line.state);
      const last = before?.get(keyOf(order, line));
      return (
        before !== null && !canceled && isLive(line) && line.state === 'ready' && last !== 'ready' && last !== 'served'
      );
    });
    if (fresh.length > 0) news.push({ order, lines: fresh });
  }
  return { news, seen };
}
