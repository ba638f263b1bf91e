// Where an order goes, in the words that staff use.
import type { OrderView } from '../../server/protocol/views.ts';

const ways: Record<string, string> = { DINE_IN: 'Dine in', TAKEAWAY: 'Takeaway', DELIVERY: 'Delivery' };

/** `Takeaway` and the like; a type that we do not know is shown as it came. */
export const wayOf = (order: OrderView): string | null => (order.type === null ? null : (ways[order.type] ?? order.type));

/** `Table 12`, for an order that goes to a table. */
export function tableOf(order: OrderView): string | null {
  const table = order.table?.trim();
  if (!table || order.type === 'TAKEAWAY' || order.type === 'DELIVERY') return null;
  return /^(table|bar|terrace|room)\b/i.test(table) ? table : `Table ${table}`;
}

/** Where it goes, in one expression: its table, else the way it leaves the house. */
export const placeOf = (order: OrderView): string => tableOf(order) ?? wayOf(order) ?? 'No table';
