// Values that tests are about: messages, fetched orders, orders as the kitchen has them. Whole, and different only
// where a test says so.
import { createHash } from 'node:crypto';
import { allergyReader } from '../server/allergies/reader.ts';
import type { OrderEvent, Position } from '../server/upstream/message.ts';
import type { KitchenOrder } from '../server/order/order.ts';
import type { PerformContext } from '../server/protocol/rules/performed.ts';
import type { DetailItem, OrderDetail } from '../server/upstream/detail.ts';
import { mergeDetail } from '../server/settle/merge.ts';
import type { MergeContext } from '../server/settle/ticket-rack.ts';
import { TOGETHER } from '../server/protocol/facts.ts';
import type { RoutedStation } from '../server/settle/routing.ts';

/** RFC 3339, so many seconds after the noon at which these tests happen. */
export const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 23, 12) + seconds * 1000).toISOString();

export const position = (offset: number, more: Partial<Position> = {}): Position => ({
  incarnationId: 1,
  partition: 0,
  offset,
  ...more,
});

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** A message at this offset; its version is the offset, unless it is said. */
export function event(
  offset: number,
  { at: place, ...more }: Partial<OrderEvent> & { at?: Partial<Position> } = {},
): OrderEvent {
  return {
    orderId: 'o-1',
    status: 'PLACED',
    version: offset,
    restaurantId: 'r-1',
    sentAt: null,
    position: position(offset, place),
    digest: digestOf(`message ${offset}`),
    ...more,
  };
}

export const item = (id: string, more: Partial<DetailItem> = {}): DetailItem => ({
  id,
  sku: null,
  name: `Dish ${id}`,
  category: null,
  quantity: 1,
  unit: null,
  modifiers: [],
  allergens: [],
  allergies: [],
  note: null,
  course: null,
  seat: null,
  voided: false,
  movedFrom: null,
  unread: [],
  ...more,
});

/** Placed when it is merged: tests with a database have its clock, and those here have theirs. */
export function detail(version: number | null, more: Partial<OrderDetail> = {}): OrderDetail {
  return {
    id: 'o-1',
    version,
    restaurantId: 'r-1',
    number: 'A100',
    status: 'PLACED',
    type: 'DINE_IN',
    table: '12',
    guests: 2,
    priority: 'NORMAL',
    placedAt: null,
    dueAt: null,
    note: null,
    customerName: null,
    channel: null,
    staffName: null,
    pickupCode: null,
    allergies: [],
    items: [item('l1'), item('l2')],
    ...more,
  };
}

export const station = (id: string, more: Partial<RoutedStation> = {}): RoutedStation => ({
  id,
  name: id,
  fallback: false,
  routes: [],
  ...more,
});

/** A bar that takes drinks, and a kitchen that takes the rest; ids that count up. */
export function mergeContext(more: Partial<MergeContext> = {}): MergeContext {
  let ids = 0;
  return {
    stations: [
      station('bar', { routes: [{ category: 'drinks', sku: null, type: null }] }),
      station('kitchen', { fallback: true }),
    ],
    courses: TOGETHER,
    leads: {},
    now: at(10),
    sentAt: null,
    newId: () => `t${(ids += 1)}`,
    ...more,
  };
}

/** A tap at noon and so many seconds, on a screen of no station; ids that nobody else gives. */
export function performContext(seconds: number, more: Partial<PerformContext> = {}): PerformContext {
  let ids = 0;
  return {
    now: at(seconds),
    by: 'Tablet',
    stationId: null,
    courses: TOGETHER,
    leads: {},
    stations: ['bar', 'kitchen'],
    newId: () => `p${seconds}-${(ids += 1)}`,
    allergySeen: false,
    reader: allergyReader,
    ...more,
  };
}

/** An order as the kitchen has it after this detail came. */
export const kitchenOrder = (from: OrderDetail = detail(1), context = mergeContext()): KitchenOrder =>
  mergeDetail(null, from, context);

/** `ms` milliseconds after `time`. */
export const later = (time: string, ms: number): string => new Date(Date.parse(time) + ms).toISOString();

/** Resolves once every callback that is ready now has run, and every one that these make ready. */
export async function turns(count = 5): Promise<void> {
  for (let i = 0; i < count; i += 1)
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
}

export interface Deferred<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
}
export function deferred<T>(): Deferred<T> {
  let [resolve, reject]: [(value: T) => void, (error: unknown) => void] = [() => {}, () => {}];
  const promise = new Promise<T>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  return { promise, resolve, reject };
}
