// Keeps tables small: change rows serve screens that were away for less than an hour; later ones are given the whole
// board. Taps about an order leave with it; those about none, such as a dish that was sold out, go by themselves.
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
   * Whole revs only, since all rows of one carry one time: what is left of a rev is all of it. @returns how many rows
   * went
   */
  async trim(): Promise<number> {
    const { prisma } = this.deps;
    // Of people only what is over: counts of tries whose time has passed, and sessions, turns at a device and e-mails
    // that ended a month ago.
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
