// A restaurant of a browser test: its guests order here, and its screens are opened here.
import type { Page } from '@playwright/test';
import type { Change, NewOrder, Order } from '../simulator/order.ts';
import type { DeviceSetup, World } from './world.ts';

export type OrderHere = Omit<NewOrder, 'restaurantId'>;

export class Restaurant {
  constructor(readonly world: World, readonly id: string) {}

  place(order: OrderHere, options?: { silent: boolean }): Order {
    return this.world.platform.place({ restaurantId: this.id, ...order }, options);
  }

  change(order: Order, change: Change): Order {
    return this.world.platform.change(order.id, change);
  }

  /** Places orders that the kitchen has got when this returns, in their order. */
  async placeAll(orders: OrderHere[]): Promise<Order[]> {
    const placed: Order[] = [];
    for (const order of orders) {
      placed.push(this.place(order));
      await this.world.has(placed.at(-1)!);
    }
    return placed;
  }

  /** Places orders that come in any order; the kitchen has got them all when this returns. */
  async placeTogether(orders: OrderHere[]): Promise<Order[]> {
    const placed = orders.map((order) => this.place(order));
    await Promise.all(placed.map((order) => this.world.has(order)));
    return placed;
  }

  /** Makes this page a screen. @returns the device's id */
  async pair(page: Page, role: DeviceSetup['role'], station?: string): Promise<string> {
    const { id, url } = await this.world.newDevice({ restaurantId: this.id, role, ...(station !== undefined && { station }) });
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
    await this.world.query(`UPDATE tickets SET fired_at = now() - make_interval(secs => age.secs) ${each} WHERE order_id = age.id`, ids, seconds);
    await this.world.query(`UPDATE line_items SET added_at = now() - make_interval(secs => age.secs) ${each} WHERE order_id = age.id`, ids, seconds);
    await this.world.query(`UPDATE orders SET received_at = now() - make_interval(secs => age.secs), placed_at = now() - make_interval(secs => age.secs) ${each} WHERE orders.id = age.id`, ids, seconds);
  }
}
