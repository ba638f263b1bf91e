// The sequence in which waiting orders are fetched. A backlog must not hide an order that was placed just now:
//
//   - orders that are new to the kitchen come first, then those on its screens, then those that are over;
//   - restaurants take turns: one with few orders does not wait for one with many;
//   - in a restaurant the oldest comes first. Once it has waited for long the newest does: the orders that are late
//     anyway get no better by making the next one late as well (adaptive LIFO: Maurer, Fail at Scale, ACM Queue 13(8),
//     2015);
//   - every fourth turn is the oldest order's of all restaurants: none starves, and the offsets to commit move on.

import { Queue } from '../lib/queue.ts';

/** `new`: the kitchen does not have the order; `open`: it is on screens; `over`: all of it is done. */
export type Urgency = 'new' | 'open' | 'over';

/** In ms. */
const LONG_MS = 5000;
const OLDEST_EVERY = 4;

export class Turns {
  /** By urgency: restaurant -> its orders. */
  readonly #lines: Record<Urgency, Map<string, Queue<string>>> = { new: new Map(), open: new Map(), over: new Map() };
  readonly #all = new Queue<string>();
  #turn = 0;

  /**
   * @param since when an order began to wait, in ms by `now`; undefined when it does not wait any more: its place is
   * then passed over
   */
  constructor(
    private readonly since: (orderId: string) => number | undefined,
    private readonly now: () => number = () => performance.now(),
  ) {}

  add(orderId: string, restaurantId: string, urgency: Urgency): void {
    const lines = this.#lines[urgency];
    const line = lines.get(restaurantId) ?? new Queue<string>();
    lines.set(restaurantId, line);
    line.push(orderId);
    this.#all.push(orderId);
  }

  /** The order whose turn it is; undefined when none waits. */
  take(): string | undefined {
    const { new: fresh, open, over } = this.#lines;
    const next =
      (this.#turn + 1) % OLDEST_EVERY === 0
        ? this.#oldest()
        : (this.#next(fresh) ?? this.#next(open) ?? this.#next(over));
    if (next !== undefined) this.#turn += 1;
    return next;
  }

  #oldest(): string | undefined {
    this.#passOver(this.#all);
    return this.#all.shift();
  }

  /** A map keeps the order in which keys were set: the first restaurant has its turn, and goes to the end. */
  #next(lines: Map<string, Queue<string>>): string | undefined {
    for (const [restaurantId, line] of lines) {
      lines.delete(restaurantId);
      this.#passOver(line);
      if (line.first === undefined) continue;
      lines.set(restaurantId, line);
      return this.now() - this.since(line.first)! > LONG_MS ? this.#newest(line) : line.shift();
    }
    return undefined;
  }

  #newest(line: Queue<string>): string | undefined {
    for (let last = line.pop(); last !== undefined; last = line.pop()) if (this.since(last) !== undefined) return last;
    return undefined;
  }

  #passOver(line: Queue<string>): void {
    while (line.first !== undefined && this.since(line.first) === undefined) line.shift();
  }
}
