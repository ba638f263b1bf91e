// The truth: every order with all versions that it went through, so that a lagging replica can answer with an old one.
// Memory is bounded: versions older than any replica's lag are dropped, then whole orders, the ended and oldest ones
// first.
import { changed, newOrder, type Change, type NewOrder, type Order } from './order.ts';

interface Version {
  at: number;
  order: Order;
}

/** More than the largest lag that the dials allow. */
const HISTORY_MS = 120_000;
const KEEP_MS = 6 * 3_600_000;
const CURRENT_MS = 3_600_000;
const MAX_ORDERS = 100_000;
/** A batch job touches the same order again and again. */
const MAX_VERSIONS = 200;

export class Book {
  readonly #orders = new Map<string, Version[]>();
  readonly #open = new Set<string>();
  readonly #numbers = new Map<string, number>();
  #count = 0;

  /** @param run sets this run's order ids apart from those of every other run: an id must never name two orders */
  constructor(
    private readonly run: string,
    private readonly now: () => number,
  ) {}

  get size(): number {
    return this.#orders.size;
  }
  get openCount(): number {
    return this.#open.size;
  }

  place(order: NewOrder): Order {
    const sequence = this.#numbers.get(order.restaurantId) ?? 0;
    this.#numbers.set(order.restaurantId, sequence + 1);
    const now = this.now();
    const id = order.id ?? `o-${this.run}-${(this.#count++).toString(36)}`;
    const placed = newOrder({ number: numberOf(sequence), placedAt: new Date(now).toISOString(), ...order, id });
    if (this.#orders.has(id)) throw new Error(`order ${id} exists`);
    this.#write(id, [{ at: now, order: placed }]);
    return placed;
  }

  /** @throws Error for an unknown order */
  change(id: string, change: Change): Order {
    const versions = this.#orders.get(id);
    const newest = versions?.at(-1);
    if (!versions || !newest) throw new Error(`there is no order ${id}`);
    const now = this.now();
    const order = changed(newest.order, change);
    const stillSeen = versions.findLastIndex(({ at }) => at <= now - HISTORY_MS);
    this.#write(id, [...versions.slice(Math.max(stillSeen, 0)).slice(-MAX_VERSIONS), { at: now, order }]);
    return order;
  }

  /** The order as it was `lagMs` ago. */
  get(id: string, lagMs = 0): Order | undefined {
    const versions = this.#orders.get(id);
    if (!lagMs) return versions?.at(-1)?.order;
    const seen = this.now() - lagMs;
    return versions?.findLast(({ at }) => at <= seen)?.order;
  }

  /** The newest versions of the orders that are neither completed nor canceled, oldest first. */
  *open(): Generator<Order> {
    for (const id of this.#open) {
      const order = this.get(id);
      if (order) yield order;
    }
  }

  *all(): Generator<Order> {
    for (const versions of this.#orders.values()) {
      const newest = versions.at(-1);
      if (newest) yield newest.order;
    }
  }

  /** The orders that the kitchen may still show or request: open ones, and those that ended a short while ago. */
  *current(): Generator<Order> {
    const since = this.now() - CURRENT_MS;
    for (const [id, versions] of this.#orders) {
      const newest = versions.at(-1);
      if (newest && (newest.at >= since || this.#open.has(id))) yield newest.order;
    }
  }

  /** Restores orders that an earlier run saved. */
  restore(orders: Iterable<Order>): void {
    for (const order of orders)
      this.#write(order.id, [{ at: Math.min(Date.parse(order.placedAt) || this.now(), this.now()), order }]);
  }

  /** Drops versions and orders that nobody can request any more. */
  forget(): void {
    const now = this.now();
    for (const [id, versions] of this.#orders) {
      const last = versions.at(-1)?.at ?? 0;
      if (now - last > KEEP_MS) {
        this.#orders.delete(id);
        this.#open.delete(id);
      }
    }
    for (const id of this.#orders.keys()) {
      if (this.#orders.size <= MAX_ORDERS) break;
      if (!this.#open.has(id)) this.#orders.delete(id);
    }
  }

  #write(id: string, versions: Version[]): void {
    this.#orders.set(id, versions);
    const status = versions.at(-1)?.order.status;
    if (status === 'COMPLETED' || status === 'CANCELED') this.#open.delete(id);
    else this.#open.add(id);
  }
}

/** A100 to A999, then B100, as a till prints them. */
function numberOf(sequence: number): string {
  return `${String.fromCharCode(65 + (Math.floor(sequence / 900) % 26))}${100 + (sequence % 900)}`;
}
