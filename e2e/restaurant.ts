// The restaurant of one browser test: its guests order here, and its screens are opened here.
import type { Page } from '@playwright/test';
import type { Change, NewOrder, Order } from '../simulator/order.ts';
import type { Platform } from '../simulator/platform.ts';

export type OrderHere = Omit<NewOrder, 'restaurantId'>;

export interface StationSetup {
  name: string;
  fallback?: boolean;
  combine?: boolean;
  thresholds?: Record<string, { warnSeconds: number; lateSeconds: number }>;
  start?: { mode: 'off' | 'tap' | 'auto'; first?: number };
  routes?: { category?: string; sku?: string; type?: string }[];
  lead?: Record<string, number>;
}
export interface CoursesSetup {
  mode: 'together' | 'manual' | 'after-previous' | 'timed';
  gapSeconds?: number;
}
export interface RestaurantSetup {
  id?: string;
  name?: string;
  timeZone?: string;
  stations?: StationSetup[];
  courses?: CoursesSetup;
  allergySeen?: boolean;
}
export interface DeviceSetup {
  restaurantId: string;
  role: 'kitchen' | 'expo' | 'floor' | 'manager';
  station?: string;
  name?: string;
}

/** The parts of a world that a restaurant uses. */
export interface Surroundings {
  readonly platform: Platform;
  readonly address: string;
  has(...orders: Order[]): Promise<void>;
  setUpRestaurant(setup?: RestaurantSetup): Promise<Restaurant>;
  newDevice(setup: DeviceSetup): Promise<{ id: string; url: string }>;
  operate(method: string, address: string, body?: object): Promise<any>;
  query<Row extends object>(sql: string, ...values: unknown[]): Promise<Row[]>;
}

export class Restaurant {
  constructor(
    readonly world: Surroundings,
    readonly id: string,
  ) {}

  place(order: OrderHere, options?: { silent: boolean }): Order {
    return this.world.platform.place({ restaurantId: this.id, ...order }, options);
  }

  change(order: Order, change: Change): Order {
    return this.world.platform.change(order.id, change);
  }

  /** Places orders one after another. Returns when the kitchen has all of them. */
  async placeAll(orders: OrderHere[]): Promise<Order[]> {
    const placed: Order[] = [];
    for (const order of orders) {
      placed.push(this.place(order));
      await this.world.has(placed.at(-1)!);
    }
    return placed;
  }

  /** Places orders that may arrive in any order. Returns when the kitchen has all of them. */
  async placeTogether(orders: OrderHere[]): Promise<Order[]> {
    const placed = orders.map((order) => this.place(order));
    await this.world.has(...placed);
    return placed;
  }

  /** Pairs this page as a screen. @returns the device's id */
  async pair(page: Page, role: DeviceSetup['role'], station?: string): Promise<string> {
    const { id, url } = await this.world.newDevice({
      restaurantId: this.id,
      role,
      ...(station !== undefined && { station }),
    });
    await page.goto(url);
    return id;
  }

  /** Makes the order's tickets this old. Screens that are open do not learn of it. */
  age(order: Order, minutes: number): Promise<void> {
    return this.ageAll([{ order, minutes }]);
  }

  async ageAll(ages: { order: Pick<Order, 'id'>; minutes: number }[]): Promise<void> {
    const [ids, seconds] = [ages.map(({ order }) => order.id), ages.map(({ minutes }) => minutes * 60)];
    const each = 'FROM unnest($1::text[], $2::float8[]) AS age (id, secs)';
    await this.world.query(
      `UPDATE tickets SET fired_at = now() - make_interval(secs => age.secs) ${each} WHERE order_id = age.id`,
      ids,
      seconds,
    );
    await this.world.query(
      `UPDATE line_items SET added_at = now() - make_interval(secs => age.secs) ${each} WHERE order_id = age.id`,
      ids,
      seconds,
    );
    await this.world.query(
      `
        UPDATE orders
        SET
          received_at = now() - make_interval(secs => age.secs),
          placed_at = now() - make_interval(secs => age.secs) ${each}
        WHERE orders.id = age.id
      `,
      ids,
      seconds,
    );
  }
}
