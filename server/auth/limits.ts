// Rate limits on everything that can be guessed. The counts are in the database, so they hold over all processes and
// restarts. A process remembers the keys that are over the limit, so that ten thousand tries cost it next to nothing.
import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { PrismaClient } from '../db/client.ts';
import { Problem } from '../http/problems.ts';

const MINUTE = 60;

/** `points` tries within `seconds`, then none for `block` seconds more. */
const rules = {
  /** Wrong passwords for one e-mail address, from anywhere. */
  'sign-in:account': { points: 10, seconds: 15 * MINUTE, block: 15 * MINUTE },
  /** Wrong passwords from one network address. All browsers behind one proxy share it. */
  'sign-in:address': { points: 60, seconds: 10 * MINUTE, block: 5 * MINUTE },
  'password:person': { points: 10, seconds: 15 * MINUTE, block: 15 * MINUTE },
  /** Opening links that make accounts. */
  'link:address': { points: 30, seconds: 10 * MINUTE, block: 10 * MINUTE },
  /**
   * Asking for a new password: from one network address, and for one e-mail address, since each account gets a mail.
   */
  'forgotten:address': { points: 20, seconds: 60 * MINUTE, block: 10 * MINUTE },
  'forgotten:account': { points: 3, seconds: 60 * MINUTE, block: MINUTE },
  'pin:there': { points: 5, seconds: 5 * MINUTE, block: 5 * MINUTE },
  'pin:device': { points: 30, seconds: 15 * MINUTE, block: 5 * MINUTE },
  'pin:person': { points: 20, seconds: 60 * MINUTE, block: 15 * MINUTE },
  'code:address': { points: 20, seconds: 5 * MINUTE, block: 5 * MINUTE },
  /** All addresses together: with codes of 40 bits, one in a thousand million windows hits. */
  'code:all': { points: 1000, seconds: 5 * MINUTE, block: MINUTE },
  /** Links and e-mails that one person sends out. */
  'invite:person': { points: 60, seconds: 60 * MINUTE, block: 10 * MINUTE },
} as const;
type Limit = keyof typeof rules;

export interface LimitedAttempt {
  limit: Limit;
  key: string;
}

export class AttemptLimits {
  readonly #limiters = new Map<Limit, RateLimiterPostgres>();

  constructor(prisma: Pick<PrismaClient, '$queryRawUnsafe'>) {
    // The part of a pg client that the limiter uses, over the pool that everything else uses.
    const storeClient = {
      query: async ({ text, values }: { text: string; values: unknown[] }) => {
        const rows = await prisma.$queryRawUnsafe<unknown[]>(
          text,
          ...values.map((value) => (typeof value === 'number' ? BigInt(Math.round(value)) : value)),
        );
        return { rows: rows.map((row) => numbers(row as Record<string, unknown>)), rowCount: rows.length };
      },
    };
    for (const [limit, { points, seconds, block }] of Object.entries(rules)) {
      this.#limiters.set(
        limit as Limit,
        new RateLimiterPostgres({
          storeClient,
          storeType: 'client',
          tableName: 'rate_limits',
          tableCreated: true,
          clearExpiredByTimeout: false,
          keyPrefix: limit,
          points,
          duration: seconds,
          blockDuration: block,
          inMemoryBlockOnConsumed: points + 1,
          inMemoryBlockDuration: block,
        }),
      );
    }
  }

  /**
   * Counts one try of each, before it is known to be right or wrong.
   * @throws Problem 429 where one of them is over its limit
   */
  async take(...tries: LimitedAttempt[]): Promise<void> {
    for (const { limit, key } of tries) {
      try {
        await this.#limiter(limit).consume(hidden(key));
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
        throw new Problem(
          429,
          `Too many tries: possible again in ${seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`}.`,
          { retryAfterSeconds: seconds },
          { 'retry-after': String(seconds) },
        );
      }
    }
  }

  /** The try was right: earlier tries count no more. */
  async forget(...tries: LimitedAttempt[]): Promise<void> {
    for (const { limit, key } of tries) await this.#limiter(limit).delete(hidden(key));
  }

  /** The try was right, but others share this count: only this try is taken back. */
  async takeBack(...tries: LimitedAttempt[]): Promise<void> {
    for (const { limit, key } of tries) await this.#limiter(limit).reward(hidden(key));
  }

  #limiter(limit: Limit): RateLimiterPostgres {
    return this.#limiters.get(limit)!;
  }
}

/** Short, and the table does not show the address or the person. */
const hidden = (key: string) => createHash('sha256').update(key).digest('base64url');

const numbers = (row: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  );
