// Life in the restaurants: guests arrive by the hour, order, change their minds, pay and leave. Each order's steps are
// planned when it is placed. A step that no longer fits at its time (the order was canceled, its only line voided) is
// skipped.
import { aLine, anOrder, laterBy } from './guests.ts';
import { appetite, localHour } from './meal-times.ts';
import type { Change, Order } from './order.ts';
import type { Platform } from './platform.ts';
import type { Chance } from './prng.ts';
import type { Restaurant } from './restaurants/index.ts';

const MINUTE = 60_000;
const TICK_MS = 250;
const FORGET_MS = MINUTE;
/** Orders placed at the start, so that no screen begins empty. */
const FIRST_ORDERS = 9;

export type Step = 'pay' | 'complete' | 'cancel' | 'rush' | 'add' | 'quantity' | 'void' | 'vanish' | 'move';

export class Life {
  /** The planned steps, by the second in which each is due. */
  readonly #agenda = new Map<number, [orderId: string, step: Step][]>();
  readonly #chance: Chance;
  readonly #byId: Map<string, Restaurant>;
  #timer: NodeJS.Timeout | undefined;
  #doneUpTo: number;
  #nextOrderAt: number;
  #forgetAt: number;

  constructor(
    private readonly platform: Platform,
    private readonly restaurants: Restaurant[],
    private readonly now: () => number = Date.now,
  ) {
    this.#chance = platform.chance;
    this.#byId = new Map(restaurants.map((restaurant) => [restaurant.id, restaurant]));
    this.#doneUpTo = Math.floor(now() / 1000) - 1;
    this.#nextOrderAt = now();
    this.#forgetAt = now() + FORGET_MS;
  }

  start(): void {
    for (const order of this.platform.book.open()) this.#planRest(order);
    if (this.platform.dials.ordersPerMinute > 0)
      for (let n = this.platform.book.openCount; n < FIRST_ORDERS; n++)
        this.order(this.restaurants[n % this.restaurants.length]);
    this.#timer = setInterval(() => this.tick(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Runs the steps that have become due. */
  tick(): void {
    const now = this.now();
    for (const second = Math.floor(now / 1000); this.#doneUpTo < second;) {
      const due = this.#agenda.get(++this.#doneUpTo) ?? [];
      this.#agenda.delete(this.#doneUpTo);
      for (const [orderId, step] of due) this.step(orderId, step);
    }
    const pace = this.#ordersPerMinute(now);
    if (!pace) this.#nextOrderAt = now;
    else this.#nextOrderAt = Math.min(this.#nextOrderAt, now + 1.5 * (MINUTE / pace));
    while (pace && this.#nextOrderAt <= now) {
      this.order();
      this.#nextOrderAt += (MINUTE / pace) * this.#chance.between(0.5, 1.5);
    }
    if (now >= this.#forgetAt) {
      this.platform.book.forget();
      this.#forgetAt = now + FORGET_MS;
    }
  }

  /** Places an order and plans all its steps. */
  order(restaurant: Restaurant = this.#busyRestaurant()): Order {
    const ordered = anOrder(restaurant, this.#chance, this.now());
    const later = laterBy(ordered, this.#chance);
    const dueAt = later ? new Date(this.now() + later * MINUTE).toISOString() : ordered.dueAt;
    const order = this.platform.place({ ...ordered, dueAt: dueAt ?? null });
    this.#plan(order, later);
    return order;
  }

  /** @returns the changed order, or undefined if the step no longer fits it */
  step(orderId: string, step: Step): Order | undefined {
    const order = this.platform.book.get(orderId);
    const change =
      order && order.status !== 'COMPLETED' && order.status !== 'CANCELED' ? this.#changeFor(order, step) : undefined;
    return change && this.platform.change(orderId, change);
  }

  /** Applies the step to a random open order that it fits, if there is one. */
  stepSomewhere(step: Step): Order | undefined {
    const open = [...this.platform.book.open()].slice(-60);
    for (let tries = 0; open.length && tries < 20; tries++) {
      const order = this.step(this.#chance.pick(open).id, step);
      if (order) return order;
    }
    return undefined;
  }

  #changeFor(order: Order, step: Step): Change | undefined {
    const restaurant = this.#byId.get(order.restaurantId);
    const lines = order.items.filter(({ voided }) => !voided);
    switch (step) {
      case 'pay':
        return order.status === 'PLACED' ? 'pay' : undefined;
      case 'complete':
      case 'cancel':
        return step;
      case 'rush':
        return order.priority === 'RUSH' ? undefined : 'rush';
      case 'add':
        return (
          restaurant && {
            kind: 'add',
            items: Array.from({ length: this.#chance.int(1, 2) }, () =>
              aLine(restaurant, this.#chance, order.type, order.guests),
            ),
          }
        );
      case 'quantity': {
        const line = lines.length ? this.#chance.pick(lines) : undefined;
        return line && { kind: 'quantity', line: line.id, quantity: line.quantity > 1 ? line.quantity - 1 : 2 };
      }
      // The last dish is never removed: that would be a cancellation.
      case 'void':
      case 'vanish':
        return lines.length > 1 ? { kind: step, line: this.#chance.pick(lines).id } : undefined;
      case 'move': {
        const free = restaurant?.tables.filter((table) => table !== order.table);
        return order.table !== null && free?.length ? { kind: 'move', table: this.#chance.pick(free) } : undefined;
      }
    }
  }

  /** @param later in how many minutes it is due, where it is for later: nobody fetches it before. */
  #plan({ id, type }: Order, later: number): void {
    const stay = later ? later + this.#chance.between(5, 15) : this.#chance.between(20, 40);
    const perhaps = (probability: number, step: Step, from: number, to: number) => {
      if (this.#chance.happens(probability)) this.#at(id, step, this.#chance.between(from, to));
    };
    if (type === 'DINE_IN') {
      perhaps(0.28, 'add', 1.5, 12);
      perhaps(0.06, 'move', 1, 8);
      this.#at(id, 'pay', stay - this.#chance.between(1, 4));
    } else {
      this.#at(id, 'pay', this.#chance.between(0.1, 1.5));
      perhaps(0.06, 'add', 0.5, 3);
    }
    perhaps(0.08, 'quantity', 0.5, 5);
    perhaps(0.07, 'void', 0.5, 7);
    perhaps(0.03, 'vanish', 0.5, 5);
    perhaps(0.03, 'rush', 2, 8);
    perhaps(0.04, 'cancel', 0.7, 8);
    this.#at(id, 'complete', stay);
  }

  /** Plans the end of an order from an earlier run. */
  #planRest({ id, placedAt, dueAt }: Order): void {
    const age = (this.now() - Date.parse(placedAt)) / MINUTE;
    const due = dueAt === null ? 0 : (Date.parse(dueAt) - this.now()) / MINUTE;
    const stay = Math.max(this.#chance.between(20, 40) - age, due + 5, this.#chance.between(0.5, 2));
    this.#at(id, 'pay', stay * 0.9);
    this.#at(id, 'complete', stay);
  }

  #at(orderId: string, step: Step, minutes: number): void {
    const second = Math.max(Math.floor((this.now() + minutes * MINUTE) / 1000), this.#doneUpTo + 1);
    const due = this.#agenda.get(second);
    if (due) due.push([orderId, step]);
    else this.#agenda.set(second, [[orderId, step]]);
  }

  /** The dial sets an ordinary hour. Meal times bring a quarter more, the night a sixth less. */
  #ordersPerMinute(now: number): number {
    const hunger = this.restaurants.map(({ timeZone }) => appetite(localHour(timeZone, now)));
    return this.platform.dials.ordersPerMinute * (0.75 + 0.5 * Math.max(...hunger));
  }

  #busyRestaurant(): Restaurant {
    const { hot } = this.platform.dials;
    const favourite = hot && this.#byId.get(hot.restaurantId);
    if (favourite && this.#chance.happens(hot.share)) return favourite;
    return this.#chance.weighted(
      this.restaurants.map((restaurant) => [restaurant, appetite(localHour(restaurant.timeZone, this.now()))] as const),
    );
  }
}
