// Keeps tables small. Change rows serve screens that were away for less than an hour; other screens get the whole board.
// Taps on an order are archived with it. Taps without an order, such as a dish that was sold out, are deleted here.
import type { PrismaClient } from '../db/client.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Part } from '../lib/part.ts';
import { Rounds } from '../lib/rounds.ts';

const EVERY_MS = 60_000;
const CHANGES_FOR_MINUTES = 60;
const TAPS_FOR_DAYS = 7;

export interface RetentionDeps {
  prisma: PrismaClient;
  log: Logger;
}

export class Retention implements Part {
  readonly #rounds = new Rounds({
    everyMs: EVERY_MS,
    work: () => this.trim(),
    onError: (error) => this.deps.log.debug({ error: messageOf(error) }, 'old rows could not be removed'),
  });

  constructor(private readonly deps: RetentionDeps) {}

  start(): void {
    this.#rounds.start();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  /**
   * Deletes whole revs only, since all rows of one rev carry one time.
   * @returns how many change rows and taps were deleted
   */
  async trim(): Promise<number> {
    const { prisma } = this.deps;
    // Of people, expired counts of tries, and sessions, turns at a device and e-mails that ended a month ago.
    await prisma.$executeRaw`DELETE FROM rate_limits WHERE expire < (extract(epoch FROM now()) * 1000)::bigint`;
    await prisma.$executeRaw`
        DELETE FROM sessions WHERE expires_at < now() - interval '30 days' OR revoked_at < now() - interval '30 days'
      `;
    await prisma.$executeRaw`DELETE FROM staff_sign_ins WHERE open_on IS NULL AND ended_at < now() - interval '30 days'`;
    await prisma.$executeRaw`DELETE FROM outbox WHERE sent_at < now() - interval '30 days'`;
    const changes =
      await prisma.$executeRaw`DELETE FROM changes WHERE at < now() - ${CHANGES_FOR_MINUTES} * interval '1 minute'`;
    const taps = await prisma.$executeRaw`
        DELETE FROM kitchen_actions WHERE order_id IS NULL AND at < now() - ${TAPS_FOR_DAYS} * interval '1 day'
      `;
    return changes + taps;
  }
}
