// A hint for platforms that do not say where a line came from (`movedFrom`): a dish that is new at a table, while the same
// dish was just taken off another order of that table, may have moved, and may be made already. It is kept in memory, so
// it is told where one process settled both orders. A line has one entry, as it was noted last: after a failover its
// order is read again, perhaps with the line back on it, or with its dish not made as far as the database knows.
import type { KitchenLine, KitchenOrder } from '../order/order.ts';
import { dishKey } from '../protocol/domain.ts';
import { mergeNotices } from '../protocol/rules/order.ts';
import type { TicketNotice, TicketView } from '../protocol/views.ts';
import { stateBefore } from './moved.ts';

const FOR_MS = 10 * 60_000;
const MOST = 1000;

/** A dish that was taken off an order. */
export interface Dish {
  key: string;
  /** The number of the order. */
  number: string;
  /** It was ready or served. */
  made: boolean;
}

export class TakenOff {
  #dishes: (Dish & { orderId: string; lineId: string; restaurantId: string; table: string; at: number })[] = [];

  /** Notes the dishes that were taken off between these two states of an order. */
  note(before: KitchenOrder | null, after: KitchenOrder): void {
    if (!before || before.table === null) return;
    const { id, restaurantId, table, number } = before;
    const at = Date.parse(after.changedAt);
    const isOn = new Set(after.lines.filter(({ state }) => state !== 'voided').map((line) => line.id));
    this.#dishes = this.#dishes.filter(({ orderId, lineId }) => orderId !== id || !isOn.has(lineId));
    // What becomes of an order that is long over says nothing of the table's guests of now.
    if (before.closedAt !== null && at - Date.parse(before.closedAt) > FOR_MS) return;
    for (const line of before.lines) {
      if (line.state === 'voided' || after.lines.find((other) => other.id === line.id)?.state !== 'voided') continue;
      this.#dishes = this.#dishes.filter(({ orderId, lineId }) => orderId !== id || lineId !== line.id);
      const made = ['ready', 'served'].includes(stateBefore(line));
      this.#dishes.push({
        key: dishKey(line),
        number: number ?? id,
        made,
        orderId: id,
        lineId: line.id,
        restaurantId,
        table,
        at,
      });
    }
    if (this.#dishes.length > MOST) this.#dishes = this.#dishes.slice(-MOST);
  }

  /** The dishes that were just taken off other orders of the table. */
  at(order: { id: string; restaurantId: string; table: string | null }, now: string): Dish[] {
    if (!this.#dishes.length) return [];
    const since = Date.parse(now) - FOR_MS;
    this.#dishes = this.#dishes.filter(({ at }) => at >= since);
    return this.#dishes.filter(
      ({ orderId, restaurantId, table }) =>
        table === order.table && restaurantId === order.restaurantId && orderId !== order.id,
    );
  }
}

/** The tickets, told of their new lines that were just taken off another order of the table. */
export function toldOfTakenOff(
  tickets: TicketView[],
  fresh: readonly KitchenLine[],
  dishes: readonly Dish[],
  now: string,
): TicketView[] {
  if (!dishes.length) return tickets;
  return tickets.map((ticket) => {
    const keys = new Set(
      fresh
        .filter((line) => line.ticketId === ticket.id && line.state !== 'voided' && line.movedFrom === null)
        .map(dishKey),
    );
    const found = dishes.filter(({ key }) => keys.has(key));
    const notices = [true, false].flatMap((made): TicketNotice[] => {
      const numbers = [...new Set(found.filter((dish) => dish.made === made).map(({ number }) => number))];
      return numbers.length ? [{ kind: made ? 'made-before' : 'taken-off', at: now, from: numbers.join(', ') }] : [];
    });
    return notices.length && ticket.state !== 'closed'
      ? { ...ticket, notices: mergeNotices(ticket.notices, notices) }
      : ticket;
  });
}
