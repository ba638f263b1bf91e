// Orders of former days, which batch jobs touch. They take no memory: each is made from its number whenever it is
// requested.
import { newOrder, type Order } from './order.ts';

const DAY_MS = 86_400_000;
const dishes = ['Chicken Tikka Masala', 'Margherita', 'Pilau Rice', 'Onion Bhaji', 'Garlic Naan', 'Tiramisu'];

export class Archive {
  #made = 0;

  constructor(
    private readonly run: string,
    private readonly now: () => number,
  ) {}

  /** Makes sure that at least n + 1 archived orders exist. @returns the id of the nth */
  id(n: number): string {
    this.#made = Math.max(this.#made, n + 1);
    return `o-${this.run}-old-${n}`;
  }

  get(id: string): Order | undefined {
    const prefix = `o-${this.run}-old-`;
    const n = id.startsWith(prefix) ? Number(id.slice(prefix.length)) : Number.NaN;
    if (!(n >= 0 && n < this.#made)) return undefined;
    return newOrder({
      id,
      restaurantId: `r-${101 + (n % 3)}`,
      number: `Z${100 + (n % 900)}`,
      version: 4,
      status: 'COMPLETED',
      type: 'TAKEAWAY',
      placedAt: new Date(Math.floor(this.now() / DAY_MS) * DAY_MS - 10 * DAY_MS - n).toISOString(),
      items: [{ name: dishes[n % dishes.length] ?? 'Dish', quantity: 1 + (n % 3) }],
    });
  }
}
