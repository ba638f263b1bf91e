// A day in the demo's restaurants, with a clock that the test sets.
import type { Order } from './order.ts';
import { expect, test } from 'vitest';
import { Life } from './life.ts';
import { appetite, localHour } from './meal-times.ts';
import { Platform } from './platform.ts';
import { restaurants } from './restaurants/index.ts';

interface Day {
  minutes: number;
  rate?: number;
  seed?: number;
  hot?: { restaurantId: string; share: number } | null;
}

function aDay({ minutes, rate = 12, seed = 3, hot = null }: Day) {
  let now = Date.parse('2026-03-02T12:00:00Z');
  const platform = new Platform({ appEnv: 'dev', seed, now: () => now, dials: { ordersPerMinute: rate, hot } });
  const life = new Life(platform, restaurants, () => now);
  for (let second = 0; second < minutes * 60; second++) {
    now += 1000;
    life.tick();
  }
  return { platform, life, orders: [...platform.book.all()] };
}

const isForLater = ({ dueAt, placedAt }: Pick<Order, 'dueAt' | 'placedAt'>) =>
  dueAt !== null && Date.parse(dueAt) - Date.parse(placedAt) > 25 * 60_000;

test("orders come at the dial's pace, change as guests do, and end", () => {
  const { orders, platform } = aDay({ minutes: 90 });
  expect(orders.length).toBeGreaterThan(90 * 10);
  expect(orders.length).toBeLessThan(90 * 16);
  const ended = orders.slice(0, 400).filter((order) => !isForLater(order));
  expect(ended.every(({ status }) => status === 'COMPLETED' || status === 'CANCELED')).toBe(true);
  expect(ended.some(({ status }) => status === 'CANCELED')).toBe(true);
  expect(ended.some(({ items }) => items.some(({ voided }) => voided))).toBe(true);
  expect(platform.book.openCount).toBeLessThan(16 * 40);
  expect(new Set(orders.map(({ restaurantId }) => restaurantId)).size).toBe(3);
});

test('a few orders that leave the house are for later, and are fetched after they were due', () => {
  const { orders, platform } = aDay({ minutes: 120 });
  const later = orders.filter(isForLater);
  expect(later.length).toBeGreaterThan(orders.length / 100);
  expect(later.length).toBeLessThan(orders.length / 8);
  expect(later.every(({ type }) => type !== 'DINE_IN')).toBe(true);
  const now = Date.parse(orders.at(-1)!.placedAt);
  const early = later.filter(({ status, dueAt }) => status === 'COMPLETED' && Date.parse(dueAt!) > now);
  expect([early, platform.book.openCount > 0]).toEqual([[], true]);
});

test('the same seed gives the same orders', () => {
  const dishes = (seed: number) =>
    aDay({ minutes: 3, seed }).orders.map(({ items, table }) => [
      table,
      items.map(({ name, quantity }) => [name, quantity]),
    ]);
  expect(dishes(5)).toEqual(dishes(5));
  expect(dishes(5)).not.toEqual(dishes(6));
});

test('a hot restaurant gets its share, and a rate of nothing makes nothing', () => {
  const { orders } = aDay({ minutes: 20, hot: { restaurantId: 'r-102', share: 1 } });
  expect(orders.every(({ restaurantId }) => restaurantId === 'r-102')).toBe(true);
  expect(aDay({ minutes: 20, rate: 0 }).orders).toEqual([]);
});

test('a step is done only to an order that it fits', () => {
  const { platform, life } = aDay({ minutes: 1, rate: 0 });
  const { id } = platform.place({ restaurantId: 'r-101', type: 'TAKEAWAY', items: [{ name: 'Roti' }] });
  expect(life.step(id, 'void')).toBeUndefined();
  expect(life.step(id, 'move')).toBeUndefined();
  expect(life.step(id, 'cancel')?.status).toBe('CANCELED');
  expect(life.step(id, 'complete')).toBeUndefined();
  expect(life.stepSomewhere('rush')).toBeUndefined();
});

test('every menu is whole: skus are unique and every category has a station', () => {
  for (const { menu, stations } of restaurants) {
    expect(new Set(menu.map(({ sku }) => sku)).size).toBe(menu.length);
    expect(menu.length).toBeGreaterThanOrEqual(20);
    const cooked = stations.flatMap(({ categories }) => categories);
    expect(menu.filter(({ category }) => !cooked.includes(category))).toEqual([]);
    expect(stations.filter(({ fallback }) => fallback)).toHaveLength(1);
  }
});

test('guests are hungriest at lunch and dinner of their own time zone', () => {
  expect(localHour('Asia/Shanghai', Date.parse('2026-03-02T12:30:00Z'))).toBe(20.5);
  expect(appetite(19.5)).toBeCloseTo(1);
  expect(appetite(12.75)).toBeGreaterThan(appetite(16));
  expect(appetite(4)).toBeGreaterThan(0.19);
});
