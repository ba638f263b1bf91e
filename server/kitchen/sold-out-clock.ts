// Puts sold-out dishes back whose time has come ("until 18:00"). Every process looks twice a second, and so does one that
// has just started. The one that locks the restaurant first does the work, and the others find nothing left of it.
import type { Bus } from '../db/bus.ts';
import type { PrismaClient } from '../db/client.ts';
import { FACTS, recordChanges } from '../feed/changes.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { troublesOf } from '../lib/troubles.ts';
import type { Logger } from '../logger.ts';
import type { NamedDish } from '../protocol/rules/sold-out.ts';
import { recordBySelf } from '../settle/sold-out-by-itself.ts';
import { followCounts } from './sold-out.ts';

export interface SoldOutClockDeps {
  prisma: PrismaClient;
  bus: Pick<Bus, 'publish'>;
  log: Logger;
}

const LOOK_MS = 500;

export class SoldOutClock implements Part {
  readonly #rounds = new Rounds({
    everyMs: LOOK_MS,
    work: () => this.look(),
    watched: () => troublesOf(this.deps.log).watch('sold-out dishes could not be put back'),
  });

  constructor(private readonly deps: SoldOutClockDeps) {}

  start(): void {
    this.#rounds.start();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /**
   * Puts back the dishes that are due.
   * @returns how many
   */
  async look(): Promise<number> {
    if (this.#rounds.stopped) return 0;
    // Without now(), which stays the same for a whole statement, the index on until would be of no use.
    const due = await this.deps.prisma.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT restaurant_id AS id FROM sold_out_dishes WHERE until <= now()
    `;
    let back = 0;
    for (const { id } of due) back += await this.#putBack(id);
    return back;
  }

  /** In a transaction of its own, which locks this restaurant and nothing else: it can wait for the lock. */
  async #putBack(restaurantId: string): Promise<number> {
    const back = await this.deps.prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT FROM restaurants WHERE id = ${restaurantId} FOR UPDATE`;
      const dishes = await tx.$queryRaw<NamedDish[]>`
        DELETE FROM sold_out_dishes
        WHERE restaurant_id = ${restaurantId} AND until <= clock_timestamp()
        RETURNING sku, name
      `;
      if (!dishes.length) return 0;
      await followCounts(tx, restaurantId);
      await recordBySelf(
        tx,
        dishes.map((dish) => ({ restaurantId, dish, on: false })),
      );
      await recordChanges(tx, new Map([[restaurantId, [FACTS]]]));
      return dishes.length;
    });
    if (back) this.deps.bus.publish('feed', [restaurantId]);
    return back;
  }
}
