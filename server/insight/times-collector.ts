// Follows the kitchen's taps, and records the time that each finished dish and ticket took. Reading messages gets no
// slower: only taps make dishes ready, and they are few. One process at a time does it, from the place where the last
// one stopped. Each step commits the records together with its position. An order's times are recorded once more when
// it is archived.
import type { PrismaClient, Sql } from '../db/client.ts';
import type { Logger } from '../logger.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { troublesOf } from '../lib/troubles.ts';
import { recordTimes } from './times.ts';

export interface TimesCollectorDeps {
  prisma: PrismaClient;
  log: Logger;
}

const NAME = 'times';
const EVERY_MS = 5000;
/** The key of an advisory lock: any number that nothing else on this database locks. */
const LOCK = 0x74696d6573;
/**
 * A tap carries the time of its decision, and becomes visible when its transaction ends. No transaction takes as long
 * as this.
 */
const OVERLAP_SECONDS = 30;
/** The taps of one step: those of a busy evening fit into a transaction. */
const STEP_MINUTES = 10;
const KEPT_DAYS = 30;
const TRIM_EVERY_MS = 60 * 60_000;

export class TimesCollector implements Part {
  readonly #rounds = new Rounds({
    everyMs: EVERY_MS,
    work: () => this.run(),
    watched: () => troublesOf(this.deps.log).watch('times could not be collected'),
  });
  #trimmedAt = -Infinity;

  constructor(private readonly deps: TimesCollectorDeps) {}

  start(): void {
    this.#rounds.start();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** Reads on to now, and removes records that are too old. */
  async run(): Promise<void> {
    while (
      !this.#rounds.stopped &&
      (await this.deps.prisma.$transaction((tx) => this.#step(tx), { maxWait: 2000, timeout: 5000 }))
    ) {
      /* there is more */
    }
    if (this.#rounds.stopped || performance.now() - this.#trimmedAt < TRIM_EVERY_MS) return;
    await this.trim();
    this.#trimmedAt = performance.now();
  }

  /** @returns how many rows went */
  async trim(): Promise<number> {
    const { prisma } = this.deps;
    return (
      (await prisma.$executeRaw`DELETE FROM dish_times WHERE ready_at < now() - ${KEPT_DAYS} * interval '1 day'`) +
      (await prisma.$executeRaw`DELETE FROM ticket_times WHERE bumped_at < now() - ${KEPT_DAYS} * interval '1 day'`)
    );
  }

  /** @returns whether there is more to read */
  async #step(tx: Sql): Promise<boolean> {
    const [{ free }] = await tx.$queryRaw<[{ free: boolean }]>`SELECT pg_try_advisory_xact_lock(${LOCK}) AS free`;
    if (!free) return false;
    // Quiet hours are skipped: a step begins where there is a tap.
    const [window] = await tx.$queryRaw<[{ from: Date; to: Date; now: Date }]>`
      WITH known AS (
        SELECT COALESCE(
          (SELECT up_to FROM collector_progress WHERE name = ${NAME}), now() - ${KEPT_DAYS} * interval '1 day'
        ) AS up_to
      ),
      next AS (
        SELECT up_to, COALESCE((SELECT min(a.at) FROM kitchen_actions a WHERE a.at > up_to), now()) AS tap FROM known
      )
      SELECT
        LEAST(up_to, now()) - ${OVERLAP_SECONDS} * interval '1 second' AS "from",
        LEAST(tap + ${STEP_MINUTES} * interval '1 minute', now()) AS "to", now() AS now
      FROM next
    `;
    const orders = await tx.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT a.order_id AS id
      FROM kitchen_actions a
      WHERE a.at > ${window.from} AND a.at <= ${window.to} AND a.order_id IS NOT NULL
      ORDER BY 1
    `;
    await recordTimes(
      tx,
      orders.map(({ id }) => id),
    );
    await tx.$executeRaw`
      INSERT INTO collector_progress (name, up_to)
      VALUES (${NAME}, ${window.to})
      ON CONFLICT (name) DO UPDATE SET up_to = EXCLUDED.up_to
    `;
    return window.to < window.now;
  }
}
