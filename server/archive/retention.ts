// Gives every table an end. Change rows serve screens that were away for less than an hour; other screens get the whole
// board. Taps on an order are archived with it. Taps without an order, such as a dish that was sold out, are deleted
// here, and so are the rows of orders that never became one.
import { Prisma, type PrismaClient } from '../db/client.ts';
import type { Logger } from '../logger.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { troublesOf } from '../lib/troubles.ts';
import { lockLanes } from '../settle/settle-read.ts';

const EVERY_MS = 60_000;
/** Rows of one statement, which the database ends after some seconds. */
const BATCH = 5000;
/** Statements of one table in one round. */
const MOST_BATCHES = 50;
const ORPHANS_EVERY_MS = 3600_000;

interface Ends {
  table: string;
  /** The time column by which its rows grow old. */
  column: string;
  /** PostgreSQL's interval. */
  after: string;
  /** Only these rows. */
  where?: string;
}

/** Whole revs of `changes` go together, since all rows of one rev carry one time. */
const ends: readonly Ends[] = [
  { table: 'changes', column: 'at', after: '60 minutes' },
  { table: 'kitchen_actions', column: 'at', after: '7 days', where: 'order_id IS NULL' },
  { table: 'outbox', column: 'sent_at', after: '30 days' },
  { table: 'sessions', column: 'expires_at', after: '30 days' },
  { table: 'sessions', column: 'revoked_at', after: '30 days' },
  { table: 'staff_sign_ins', column: 'ended_at', after: '30 days', where: 'open_on IS NULL' },
  { table: 'rejected_messages', column: 'at', after: '90 days' },
  { table: 'archived_orders', column: 'archived_at', after: '3 years' },
];

export interface RetentionDeps {
  prisma: PrismaClient;
  log: Logger;
}

export class Retention implements Part {
  readonly #rounds = new Rounds({
    everyMs: EVERY_MS,
    work: () => this.trim(),
    watched: () => troublesOf(this.deps.log).watch('old rows could not be removed'),
  });
  #orphansAt = -Infinity;

  constructor(private readonly deps: RetentionDeps) {}

  start(): void {
    this.#rounds.start();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** @returns how many rows were deleted */
  async trim(): Promise<number> {
    let deleted = await this.deps.prisma
      .$executeRaw`DELETE FROM rate_limits WHERE expire < (extract(epoch FROM now()) * 1000)::bigint`;
    for (const one of ends) deleted += await this.#trimTable(one);
    if (performance.now() - this.#orphansAt >= ORPHANS_EVERY_MS) {
      this.#orphansAt = performance.now();
      deleted += await this.#trimOrphans();
    }
    return deleted;
  }

  /** The oldest rows first, some thousands at a time: one statement for a month's rows would run into its time-out. */
  async #trimTable({ table, column, after, where = 'true' }: Ends): Promise<number> {
    const [from, time, only, age] = [table, column, where, `interval '${after}'`].map((text) => Prisma.raw(text));
    let deleted = 0;
    for (let batch = 0; batch < MOST_BATCHES && !this.#rounds.stopped; batch += 1) {
      const rows = await this.deps.prisma.$executeRaw`
        DELETE FROM ${from}
        WHERE ${only}
          AND ${time} <= (
            SELECT max(oldest.t)
            FROM (
              SELECT ${time} AS t
              FROM ${from}
              WHERE ${time} < now() - ${age} AND ${only}
              ORDER BY ${time} LIMIT ${BATCH}
            ) oldest
          )
      `;
      deleted += rows;
      if (rows < BATCH) break;
    }
    return deleted;
  }

  /** Messages of orders that never came to be: all of them FAILED or were discarded, long ago. */
  async #trimOrphans(): Promise<number> {
    const orphans = await this.deps.prisma.$queryRaw<{ id: string }[]>`
      SELECT l.order_id AS id
      FROM lanes l
      WHERE l.touched_at < now() - interval '90 days'
        AND l.parked = 0
        AND NOT EXISTS (SELECT FROM orders o WHERE o.id = l.order_id)
      LIMIT ${BATCH}
    `;
    if (!orphans.length) return 0;
    const ids = orphans.map(({ id }) => id).sort();
    return this.deps.prisma.$transaction(async (tx) => {
      // A message that came meanwhile has touched its lane, and its order may be one now.
      await lockLanes(tx, ids);
      const gone = Prisma.sql`
        SELECT asked.id
        FROM jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) AS asked(id)
        WHERE NOT EXISTS (SELECT FROM orders o WHERE o.id = asked.id)
          AND NOT EXISTS (SELECT FROM parked_messages p WHERE p.order_id = asked.id AND p.state = 'PARKED')
      `;
      let deleted = 0;
      for (const table of ['order_history', 'parked_messages', 'lanes'])
        deleted += await tx.$executeRaw`DELETE FROM ${Prisma.raw(table)} WHERE order_id IN (${gone})`;
      return deleted;
    });
  }
}
