// Reads the order service's answer. It is an order if its id, restaurantId and status can be read; each line is read by
// itself (item.ts). Another field that is missing or of another type counts as not given, or is told on the lines where
// it matters to the kitchen.
import { z } from 'zod';
import { HeardError } from '../errors.ts';
import type { UpstreamStatus } from '../protocol/status.ts';
import type { Version } from '../protocol/version.ts';
import { versionOf } from './version.ts';
import { readItem, type DetailItem } from './item.ts';
import { filled, integerOf, isEmpty, isFields, noteOf, storable, timeOf, told } from './value.ts';
import { readAllergies } from './word-list.ts';

export type { DetailItem } from './item.ts';

const status: z.ZodType<UpstreamStatus> = z.string().transform(storable);
/** An id is a text. Some platforms send numbers. */
const id = z.preprocess(
  (value) => (typeof value === 'number' || typeof value === 'bigint' ? String(value) : value),
  z.string(),
);
/** Platforms whose numbers have many digits may send them as texts. */
const versionIn = (value: unknown): Version | null =>
  versionOf(typeof value === 'string' && /^\d{1,19}$/.test(value) ? BigInt(value) : value);
/** Anything, and nothing as well. */
const any = z.unknown().optional();
const text = any.transform(filled);

const Detail = z.object({
  id,
  version: any.transform(versionIn),
  restaurantId: id.pipe(z.string().min(1).max(64).transform(storable)),
  number: text,
  status,
  type: text,
  table: text,
  guests: any.transform(integerOf),
  priority: any.transform((value): 'RUSH' | 'NORMAL' =>
    typeof value === 'string' && value.trim().toUpperCase() === 'RUSH' ? 'RUSH' : 'NORMAL',
  ),
  placedAt: any.transform(timeOf),
  dueAt: any.transform(timeOf),
  note: any.transform((value) => noteOf(value)),
  customerName: text,
  channel: text,
  staffName: text,
  pickupCode: text,
  allergies: any.transform(readAllergies),
  items: any,
});

/** An order as upstream had it at one moment. */
export type OrderDetail = Omit<z.output<typeof Detail>, 'items'> & {
  items: DetailItem[];
  /** How long a cache had it; not there where it is the service's own word. */
  ageSeconds?: number;
};

/**
 * @param asked the id that was asked for
 * @throws HeardError ORDER_MALFORMED when no order can be read from it, or it is another order
 */
export function readDetail(body: unknown, asked: string, ageSeconds = 0): OrderDetail {
  const parsed = Detail.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new HeardError(
      'ORDER_MALFORMED',
      `the order service's answer is not an order: ${issue?.path.join('.') || 'it'} ${issue?.message ?? 'is wrong'}`,
    );
  }
  const detail = parsed.data;
  const items = listOf(detail.items);
  if (items === null) throw new HeardError('ORDER_MALFORMED', `the order service's answer has no list of dishes`);
  if (detail.id !== asked) throw new HeardError('ORDER_MALFORMED', 'the order service answered with another order');
  const unread = unreadOf(body as Record<string, unknown>, detail);
  const lines = items.map(readItem);
  if (unread.length) for (const line of lines) line.unread.unshift(...unread);
  // Changed in place: copies of objects with this many fields cost more than reading them.
  const order: OrderDetail = Object.assign(detail, { items: withDistinctIds(lines) });
  if (ageSeconds > 0) order.ageSeconds = ageSeconds;
  return order;
}

/** The lines of an order: a list, one line, or an object that has the lines as its fields. Null if there is no list. */
function listOf(items: unknown): unknown[] | null {
  if (items === null || items === undefined) return [];
  if (Array.isArray(items)) return items;
  if (!isFields(items)) return null;
  return ['id', 'sku', 'name', 'quantity'].some((field) => Object.hasOwn(items, field))
    ? [items]
    : Object.entries(items).map(([key, line]) => (isFields(line) ? { id: key, ...line } : line));
}

/** The time and the place of the order decide on the work: one that cannot be read is told on every line. */
function unreadOf(body: Record<string, unknown>, detail: { dueAt: unknown; table: unknown; type: unknown }): string[] {
  return (['dueAt', 'table', 'type'] as const).flatMap((field) =>
    detail[field] === null && isUnread(body[field]) ? [told(field, body[field])] : [],
  );
}

/** Far years, such as 0001 and 9999, are other systems' words for no time. */
const isUnread = (value: unknown): boolean => !isEmpty(value) && !(typeof value === 'string' && Date.parse(value));

/** The same id twice would hide one dish behind the other: later ones are given an id that none of them has. */
function withDistinctIds(items: DetailItem[]): DetailItem[] {
  const taken = new Set(items.map(({ id }) => id));
  const seen = new Set<string>();
  return items.map((item) => {
    if (!seen.has(item.id)) {
      seen.add(item.id);
      return item;
    }
    let n = 2;
    while (taken.has(`${item.id}#${n}`)) n += 1;
    taken.add(`${item.id}#${n}`);
    return { ...item, id: `${item.id}#${n}` };
  });
}
