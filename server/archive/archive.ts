// Orders that have not changed for a week, and are due on no later day, leave the tables that every message and every screen reads, so that neither
// grows slower with the years. Each of them stays as one row, which operators find by the order's id. A later message
// for such an order brings it back (order/archived.ts). It opens a ticket only for dishes that are new.
import { setTimeout as sleep } from 'node:timers/promises';
import { Prisma, type PrismaClient } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';
import { troublesOf } from '../lib/troubles.ts';
import { moveToArchive, type ArchiveSources } from './move.ts';
import { lockLanes } from '../settle/settle-read.ts';

export interface ArchiveDeps extends ArchiveSources {
  prisma: PrismaClient;
  log: Logger;
}

const EVERY_MS = 60_000;
const HOT_DAYS = 7;
const BATCH = 500;
/** Between two orders, so that archiving slows down no other work. */
const PAUSE_MS = 5;
const PASSED_BY_MS = 24 * 3600_000;
/** So many at once are a fault of the database, and none of the orders'. */
const MOST_PASSED_BY = 20;
/** Any number that nothing else on this database locks: one process at a time archives. */
const LOCK = 0x6172636869;

const old = Prisma.sql`
  o.changed_at < now() - ${HOT_DAYS} * interval '1 day'
    AND (o.due_at IS NULL OR o.due_at < now() - ${HOT_DAYS} * interval '1 day')
    AND NOT EXISTS (SELECT FROM parked_messages p WHERE p.order_id = o.id AND p.state IN ('PARKED', 'FAILED'))
`;

export class Archive implements Part {
  readonly #rounds = new Rounds({
    everyMs: EVERY_MS,
    work: () => this.run(),
    watched: () => troublesOf(this.deps.log).watch('old orders could not be archived'),
  });

  /** Orders that could not be archived, and until when they are left alone, in ms since 1970. */
  readonly #passedBy = new Map<string, number>();

  constructor(private readonly deps: ArchiveDeps) {}

  start(): void {
    this.#rounds.start();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /** Archives old orders, up to some hundreds. @returns how many were archived */
  async run(): Promise<number> {
    const { prisma, log } = this.deps;
    for (const [id, until] of this.#passedBy) if (until < Date.now()) this.#passedBy.delete(id);
    const orders = await prisma.$queryRaw<{ id: string }[]>`
      SELECT o.id
      FROM orders o
      WHERE ${old}
        AND NOT EXISTS (SELECT FROM jsonb_array_elements_text(${JSON.stringify([...this.#passedBy.keys()])}::jsonb) p WHERE p = o.id)
      ORDER BY o.changed_at LIMIT ${BATCH}
    `;
    let archived = 0;
    for (const { id } of orders) {
      if (this.#rounds.stopped) break;
      try {
        archived += await this.#archive(id);
      } catch (error) {
        // The others must not wait behind it: the database's own troubles show in the next round.
        this.#passedBy.set(id, Date.now() + PASSED_BY_MS);
        log.warn(
          { orderId: id, error: messageOf(error) },
          'an order could not be archived; it is tried again in a day',
        );
        if (this.#passedBy.size >= MOST_PASSED_BY) throw error;
      }
      await sleep(PAUSE_MS);
    }
    if (archived) this.deps.log.info({ orders: archived }, 'old orders were archived');
    return archived;
  }

  /**
   * Under the order's own lock, as all changes of an order: a message that comes at this moment finds the whole order or
   * nothing.
   */
  #archive(id: string): Promise<number> {
    return this.deps.prisma.$transaction(async (tx) => {
      const [{ free }] = await tx.$queryRaw<[{ free: boolean }]>`SELECT pg_try_advisory_xact_lock(${LOCK}) AS free`;
      if (!free) return 0;
      await lockLanes(tx, [id]);
      const [still] = await tx.$queryRaw<unknown[]>`SELECT o.id FROM orders o WHERE o.id = ${id} AND ${old}`;
      if (!still) return 0;
      await moveToArchive(tx, id, this.deps);
      await tx.$executeRaw`DELETE FROM lanes WHERE order_id = ${id}`;
      return 1;
    });
  }
}
