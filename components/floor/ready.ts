// The dishes that became ready since the last comparison: the news that a waiter is told once. Pure.
import type { LineView, OrderView } from '../../server/protocol/views.ts';
import { isLive } from '../order/cards.ts';
import { isCanceled } from '../../server/protocol/status.ts';

export type LineStates = ReadonlyMap<string, LineView['state']>;

export interface NewlyReady {
  order: OrderView;
  lines: LineView[];
}

/** A line's key includes its order, because line ids are unique only within one order. */
const keyOf = (order: OrderView, line: LineView): string => `${order.id}\n${line.id}`;

/**
 * @param before the states at the last comparison; null at the first one, which has no news
 * @returns the orders with newly ready dishes, and the states to compare with next time. A serve that was undone is not
 * news.
 */
export function newlyReady(
  before: LineStates | null,
  orders: Iterable<OrderView>,
): { news: NewlyReady[]; seen: LineStates } {
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
