// The place that an order goes to, in the words that staff use.
import { ORDER_TYPES } from '../../server/protocol/domain.ts';
import type { OrderView } from '../../server/protocol/views.ts';
import type { Words } from '../i18n/index.ts';
import { isolated } from '../../server/protocol/rules/isolate.ts';

/** `Takeaway` and the like. An unknown type is shown as upstream wrote it. */
export function wayOf(t: Words<'floor'>, { type }: Pick<OrderView, 'type'>): string | null {
  const way = ORDER_TYPES.find((way) => way === type);
  return way === undefined ? (type === null ? null : isolated(type)) : t(`ways.${way}`);
}

/** The table's own name. Null for an order without a table. */
export function tableNameOf(order: OrderView): string | null {
  const table = order.table?.trim();
  return !table || order.type === 'TAKEAWAY' || order.type === 'DELIVERY' ? null : table;
}

/** `Table 12`. A table with a name of its own is called by that name. Null for an order without a table. */
export function tableOf(t: Words<'floor'>, order: OrderView): string | null {
  const table = tableNameOf(order);
  return table === null ? null : callTable(t, table);
}

/**
 * A table number has at most two letters before it and one after it, as restaurants count tables: `12`, `T4`, `7b`. Any
 * other table has a name of its own, and the word table before it would be wrong.
 */
export const isTableNumber = (table: string): boolean => /^[a-z]{0,2}-?\d{1,4}[a-z]?$/i.test(table);

export const callTable = (t: Words<'floor'>, table: string): string =>
  isTableNumber(table) ? t('table', { table }) : isolated(table);

/** The order's place: its table, else the way it leaves the house. */
export const placeOf = (t: Words<'floor'>, order: OrderView): string =>
  tableOf(t, order) ?? wayOf(t, order) ?? t('noTable');

/** The short name of an order in a list of several: its table, else its number. */
export const callOf = (t: Words<'floor'>, order: OrderView): string => tableOf(t, order) ?? isolated(order.number);
