// Remembers which orders the database refused, and with which code. Bad data is one order's. Where different orders are
// refused alike, the database is at fault, and no order has to pay for it.
import type { Diagnosis } from '../db/faults.ts';

/** How long a refusal speaks for others. Longer than all attempts of an order take. */
export const ALIKE_MS = 5 * 60_000;
const MAX_KINDS = 100;

export class Refusals {
  /** Code and constraint -> order -> when it was last refused so. */
  readonly #kinds = new Map<string, Map<string, number>>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Notes the refusal. @returns whether another order was refused alike not long ago */
  isAlike(orderId: string, { state, constraint }: Pick<Diagnosis, 'state' | 'constraint'>): boolean {
    // An error of ours has no code, and says nothing about others.
    if (state === null) return false;
    const kind = `${state}/${constraint ?? ''}`;
    const orders = this.#kinds.get(kind) ?? new Map<string, number>();
    const now = this.now();
    for (const [id, at] of orders) if (now - at > ALIKE_MS) orders.delete(id);
    orders.delete(orderId);
    const alike = orders.size > 0;
    orders.set(orderId, now);
    // Two are enough to tell, whichever is asked about.
    for (const id of orders.keys()) if (orders.size > 2) orders.delete(id);
    this.#kinds.delete(kind);
    this.#kinds.set(kind, orders);
    for (const old of this.#kinds.keys()) if (this.#kinds.size > MAX_KINDS) this.#kinds.delete(old);
    return alike;
  }
}
