// The columns of an order, its lines and its tickets, one entry each. All SQL about them is made from these tables
// (order-rows.ts): a new column is an entry here, a property of the type, and a migration.
import { Prisma } from '../db/client.ts';
import { versionJsonText } from '../db/exact-version.ts';
import { isoTimeText } from '../db/iso-time.ts';
import type { TicketView } from '../protocol/views.ts';
import type { KitchenLine, KitchenOrder } from './order.ts';

interface Column {
  /** PostgreSQL's type, as in prisma/schema.prisma. */
  type: 'text' | 'int' | 'bigint' | 'double precision' | 'boolean' | 'uuid' | 'jsonb' | 'timestamptz';
  /** The column's name, where it is not the property's in snake case. */
  name?: string;
  /** Never changes after the row was inserted. */
  fixed?: true;
  /** Not sent to screens. */
  unsent?: true;
  /** Where the table has NULL, screens are sent this other column's value. */
  sentInstead?: string;
}

type Columns<T> = Record<Exclude<keyof T, 'lines' | 'tickets'>, Column>;

const order: Columns<KitchenOrder> = {
  id: { type: 'text', fixed: true },
  restaurantId: { type: 'text', fixed: true, unsent: true },
  number: { type: 'text', sentInstead: 'id' },
  status: { type: 'text' },
  version: { type: 'bigint' },
  type: { type: 'text' },
  table: { type: 'text', name: 'table_name' },
  guests: { type: 'int' },
  priority: { type: 'text' },
  placedAt: { type: 'timestamptz' },
  dueAt: { type: 'timestamptz' },
  note: { type: 'text' },
  customerName: { type: 'text' },
  channel: { type: 'text' },
  staffName: { type: 'text' },
  pickupCode: { type: 'text' },
  allergies: { type: 'jsonb' },
  receivedAt: { type: 'timestamptz', fixed: true },
  changedAt: { type: 'timestamptz' },
  closedAt: { type: 'timestamptz' },
  rush: { type: 'jsonb' },
  hold: { type: 'jsonb' },
  delayNote: { type: 'jsonb' },
  allergySeen: { type: 'jsonb' },
};

const line: Columns<KitchenLine> = {
  id: { type: 'text', fixed: true },
  position: { type: 'int', unsent: true },
  sku: { type: 'text' },
  name: { type: 'text' },
  category: { type: 'text' },
  quantity: { type: 'double precision' },
  unit: { type: 'text' },
  modifiers: { type: 'jsonb' },
  allergens: { type: 'jsonb' },
  allergies: { type: 'jsonb' },
  note: { type: 'text' },
  course: { type: 'int' },
  seat: { type: 'text' },
  voided: { type: 'boolean' },
  movedFrom: { type: 'jsonb' },
  unread: { type: 'jsonb' },
  partOf: { type: 'text', fixed: true },
  stationId: { type: 'uuid' },
  ticketId: { type: 'uuid' },
  state: { type: 'text' },
  flag: { type: 'jsonb' },
  addedAt: { type: 'timestamptz' },
  startedAt: { type: 'timestamptz' },
  readyAt: { type: 'timestamptz' },
  servedAt: { type: 'timestamptz' },
};

const ticket: Columns<TicketView> = {
  id: { type: 'uuid', fixed: true },
  stationId: { type: 'uuid', fixed: true },
  firing: { type: 'int', fixed: true },
  state: { type: 'text' },
  notices: { type: 'jsonb' },
  firedAt: { type: 'timestamptz' },
  bumpedAt: { type: 'timestamptz' },
  bumpedBy: { type: 'text' },
  course: { type: 'int' },
  heldFor: { type: 'text' },
  heldUntil: { type: 'timestamptz' },
  allergySeen: { type: 'jsonb' },
};

/** The lists of columns that statements are made of: written from a row `r` in JSON, read from the table `alias`. */
function listsOf<T>(columns: Columns<T>, alias: string) {
  const all = Object.entries<Column>(columns).map(([property, column]) => {
    const name = column.name ?? property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return { property, name, ...column };
  });
  const properties = Object.keys(columns) as (keyof T)[];
  const list = (parts: string[]) => Prisma.raw(parts.join(', '));
  const read = ({ name, type }: (typeof all)[number]) => {
    const column = `${alias}.${name}`;
    return type === 'timestamptz' ? isoTimeText(column) : type === 'bigint' ? versionJsonText(column) : column;
  };
  const sent = (column: (typeof all)[number]) =>
    column.sentInstead === undefined ? read(column) : `COALESCE(${read(column)}, ${alias}.${column.sentInstead})`;
  // A null in JSON comes as a JSON value, which is not NULL.
  const written = ({ type }: (typeof all)[number], n: number) =>
    type === 'jsonb' ? `NULLIF(r->${n}, 'null'::jsonb)` : type === 'text' ? `r->>${n}` : `(r->>${n})::${type}`;
  const pairs = (chosen: typeof all, value: typeof read) =>
    list(chosen.map((column) => `'${column.property}', ${value(column)}`));
  return {
    /** `id, restaurant_id, ...`, to insert into. */
    names: list(all.map(({ name }) => name)),
    /** `r->>0, (r->>1)::int, ...`, in the same order: from a row `r` that `cells` made. */
    values: list(all.map(written)),
    /** A row as a list of its values. Records with names would be twice as long, and take longer at both ends. */
    cells: (row: T): unknown[] => properties.map((property) => row[property]),
    /** `number = EXCLUDED.number, ...`, for an update. */
    updates: list(all.filter(({ fixed }) => !fixed).map(({ name }) => `${name} = EXCLUDED.${name}`)),
    /** `'id', o.id, ...`, the arguments of json_build_object: all columns, and those that screens are sent. */
    json: pairs(all, read),
    sentJson: pairs(
      all.filter(({ unsent }) => !unsent),
      sent,
    ),
  };
}

export const orderLists = listsOf(order, 'o');
export const lineLists = listsOf(line, 'l');
export const ticketLists = listsOf(ticket, 't');
