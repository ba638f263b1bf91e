// Where an order goes, in the words that staff use.
import { ORDER_TYPES } from '../../server/protocol/setup.ts';
import type { OrderView } from '../../server/protocol/views.ts';
import type { Words } from '../i18n/index.ts';

/** `Takeaway` and the like; a type that we do not know is shown as it came. */
export function wayOf(t: Words<'floor'>, { type }: OrderView): string | null {
  const way = ORDER_TYPES.find((one) => one === type);
  return way === undefined ? type : t(`ways.${way}`);
}

/** The table's own name; null for an order that goes to none. */
export function tableNameOf(order: OrderView): string | null {
  const table = order.table?.trim();
  return !table || order.type === 'TAKEAWAY' || order.type === 'DELIVERY' ? null : table;
}

/** `Table 12`, for an order that goes to a table; one that has a name of its own is called by it. */
export function tableOf(t: Words<'floor'>, order: OrderView): string | null {
  const table = tableNameOf(order);
  return table === null ? null : callTable(t, table);
}

/** A number with a letter or two, as restaurants count their tables: `12`, `T4`, `7b`. */
export const callTable = (t: Words<'floor'>, table: string): string =>
  /^[a-z]{0,2}-?\d{1,4}[a-z]?$/i.test(table) ? t('table', { table }) : table;

/** Where it goes, in one expression: its table, else the way it leaves the house. */
export const placeOf = (t: Words<'floor'>, order: OrderView): string =>
  tableOf(t, order) ?? wayOf(t, order) ?? t('noTable');

/** What to call an order in a list of several: its table, else its number. */
export const callOf = (t: Words<'floor'>, order: OrderView): string => tableOf(t, order) ?? order.number;
