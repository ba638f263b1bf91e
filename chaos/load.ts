// The load during faults: orders arrive, change in every way that the contract knows, and end. Seeded.
import type { Platform } from '../simulator/platform.ts';
import type { Chance } from '../simulator/prng.ts';
import type { Order } from '../simulator/order.ts';

const dishes = [
  ['Bhuna', 'curry'],
  ['Korma', 'curry'],
  ['Naan', 'bread'],
  ['Roti', 'bread'],
  ['Lassi', 'drinks'],
  ['Chai', 'drinks'],
  ['Kulfi', 'dessert'],
] as const;
/** The number of open orders that are changed. With more of them none would change often enough to overtake itself. */
const IN_HAND = 45;

export class Load {
  placed = 0;
  changes = 0;
  readonly #open: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #due = 0;

  /** @param perSecond changes and new orders together */
  constructor(
    private readonly platform: Platform,
    private readonly chance: Chance,
    private readonly restaurants: readonly string[],
    private readonly perSecond: number,
  ) {}

  start(): void {
    let last = performance.now();
    this.#timer ??= setInterval(() => {
      const now = performance.now();
      // Caps the backlog after a pause of this very process: there is no need to catch up on all of it.
      this.#due = Math.min(this.#due + ((now - last) / 1000) * this.perSecond, this.perSecond);
      last = now;
      for (; this.#due >= 1; this.#due -= 1) this.step();
    }, 20);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  step(): void {
    const { chance, platform } = this;
    if (this.#open.length < IN_HAND / 3 || (this.#open.length < IN_HAND && chance.happens(0.3))) {
      const { id } = platform.place({
        restaurantId: chance.pick(this.restaurants),
        table: String(chance.int(1, 20)),
        items: Array.from({ length: chance.int(1, 4) }, () => this.#dish()),
      });
      this.#open.push(id);
      this.placed += 1;
      return;
    }
    const index = chance.int(0, this.#open.length - 1);
    const order = platform.book.get(this.#open[index]!)!;
    this.#change(order);
    this.changes += 1;
    const { status } = platform.book.get(order.id)!;
    if (status === 'COMPLETED' || status === 'CANCELED') this.#open.splice(index, 1);
  }

  #dish() {
    const [name, category] = this.chance.pick(dishes);
    return { name, category, quantity: this.chance.int(1, 3) };
  }

  #change({ id, status, items }: Order): void {
    const { chance, platform } = this;
    const line = items.length ? chance.pick(items).id : undefined;
    // A tenth of the changes end one stage of an order's life, so that statuses race each other too.
    if (chance.happens(0.1))
      platform.change(id, chance.happens(0.15) ? 'cancel' : status === 'PLACED' ? 'pay' : 'complete');
    else if (line === undefined || chance.happens(0.25)) platform.change(id, { kind: 'add', items: [this.#dish()] });
    else if (chance.happens(0.4)) platform.change(id, { kind: 'quantity', line, quantity: chance.int(1, 9) });
    else if (chance.happens(0.3)) platform.change(id, { kind: 'void', line });
    else if (chance.happens(0.15)) platform.change(id, 'rush');
    else platform.change(id, { kind: 'move', table: String(chance.int(1, 20)) });
  }
}
