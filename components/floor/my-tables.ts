// The tables that a waiter has chosen on this device. Without a choice all orders count as mine.
import type { OrderView } from '../../server/protocol/views.ts';
import { tableNameOf } from '../order/place.ts';

/** Upstream and a waiter may write the same table in two ways. */
export const tableKey = (table: string): string => table.trim().toLowerCase();

export function isMine(order: OrderView, tables: readonly string[]): boolean {
  if (tables.length === 0) return true;
  const name = tableNameOf(order);
  return name !== null && tables.some((table) => tableKey(table) === tableKey(name));
}

/** The tables with orders now and those already chosen, each once, `2` before `10`. */
export function tablesToChoose(orders: Iterable<OrderView>, chosen: readonly string[]): string[] {
  const found = new Map(chosen.map((table) => [tableKey(table), table]));
  for (const order of orders) {
    const name = order.closedAt === null ? tableNameOf(order) : null;
    if (name !== null && !found.has(tableKey(name))) found.set(tableKey(name), name);
  }
  return [...found.values()].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
}
