// An order as the platform knows it, and its possible changes. Pure: a change returns the next version and leaves the
// old one as it was.

export type OrderStatus = 'PLACED' | 'PAID' | 'COMPLETED' | 'CANCELED';
export type OrderType = 'DINE_IN' | 'TAKEAWAY' | 'DELIVERY';

export interface Modifier {
  name: string;
  kind: 'ADD' | 'REMOVE';
}

export interface Line {
  id: string;
  sku: string | null;
  name: string;
  category: string | null;
  quantity: number;
  modifiers: Modifier[];
  /** What the dish contains. */
  allergens: string[];
  /** What its guest must not have. */
  allergies: string[];
  note: string;
  course: number | null;
  seat: number | null;
  voided: boolean;
}

export interface Order {
  id: string;
  version: number;
  restaurantId: string;
  number: string;
  status: OrderStatus;
  type: OrderType;
  table: string | null;
  guests: number | null;
  priority: 'NORMAL' | 'RUSH';
  placedAt: string;
  dueAt: string | null;
  note: string | null;
  /** What the order's guests must not have. */
  allergies: string[];
  items: Line[];
}

/** A dish as it is ordered. Only its name is required. */
export type NewLine = Partial<Line> & { name: string };
export type NewOrder = Partial<Omit<Order, 'items' | 'restaurantId'>> & { restaurantId: string; items: NewLine[] };

/**
 * `vanish`: the line disappears from the order as if it had never been ordered. `touch`: a new version without any
 * difference.
 */
export type Change =
  | 'pay'
  | 'complete'
  | 'cancel'
  | 'touch'
  | 'rush'
  | { kind: 'add'; items: NewLine[] }
  | { kind: 'quantity'; line: string; quantity: number }
  | { kind: 'void'; line: string }
  | { kind: 'vanish'; line: string }
  | { kind: 'move'; table: string }
  | { kind: 'note'; note: string }
  | { kind: 'patch'; patch: Partial<Omit<Order, 'id' | 'version'>> };

export function newLine(line: NewLine, fallbackId: string): Line {
  return {
    id: fallbackId,
    sku: null,
    category: null,
    quantity: 1,
    modifiers: [],
    allergens: [],
    allergies: [],
    note: '',
    course: null,
    seat: null,
    voided: false,
    ...line,
  };
}

export function newOrder(order: NewOrder & { id: string; number: string; placedAt: string }): Order {
  return {
    version: 1,
    status: 'PLACED',
    type: 'DINE_IN',
    table: null,
    guests: null,
    priority: 'NORMAL',
    dueAt: null,
    note: null,
    allergies: [],
    ...order,
    items: order.items.map((line, i) => newLine(line, `l${i + 1}`)),
  };
}

export function changed(order: Order, change: Change): Order {
  return { ...order, ...effectOf(order, change), version: order.version + 1 };
}

function effectOf(order: Order, change: Change): Partial<Order> {
  if (change === 'pay') return { status: 'PAID' };
  if (change === 'complete') return { status: 'COMPLETED' };
  if (change === 'cancel') return { status: 'CANCELED' };
  if (change === 'rush') return { priority: 'RUSH' };
  if (change === 'touch') return {};
  switch (change.kind) {
    case 'add':
      return {
        items: [...order.items, ...change.items.map((line, i) => newLine(line, `l${highestLine(order) + i + 1}`))],
      };
    case 'quantity':
      return { items: withLine(order, change.line, { quantity: change.quantity }) };
    case 'void':
      return { items: withLine(order, change.line, { voided: true }) };
    case 'vanish':
      return { items: order.items.filter(({ id }) => id !== change.line) };
    case 'move':
      return { table: change.table };
    case 'note':
      return { note: change.note };
    case 'patch':
      return change.patch;
  }
}

const withLine = (order: Order, id: string, patch: Partial<Line>) =>
  order.items.map((line) => (line.id === id ? { ...line, ...patch } : line));

/** The next id follows the highest id ever given, not the count, so the id of a vanished line is not used again. */
const highestLine = (order: Order) =>
  order.items.reduce((highest, { id }) => Math.max(highest, Number(/^l(\d+)$/.exec(id)?.[1] ?? 0)), order.items.length);
