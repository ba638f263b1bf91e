// Messages that the topic no longer had when they were to be read: retention removed them while we were away or behind,
// or somebody deleted them. Each is recorded once, durably, before any offset behind it is committed, so that the
// ordering platform can be asked to announce those orders again.
import type { PrismaClient, Sql } from '../db/client.ts';
import { type Mail, writeMail } from '../db/outbox.ts';
import type { Logger } from '../logger.ts';

/** Offsets from `from` up to but without `to`. `nextAt`: when the message behind them was produced, if that is known. */
interface Gap {
  partition: number;
  from: number;
  to: number;
  nextAt?: Date;
}
export interface MissingInPartition {
  partition: number;
  from: number;
  to: number;
  /** May be fewer than the offsets between: some of those messages may have ended. */
  missing: number;
  /** When the last message before them ended here, and the next one was produced. */
  after: Date | null;
  before: Date | null;
}
export interface MissingDeps {
  prisma: PrismaClient;
  log: Logger;
  topic: string;
  /** Null where no e-mail is to be sent. */
  missingEmail: (found: MissingInPartition[]) => Mail | null;
  onNoted?: () => void;
}

export class MissingMessages {
  constructor(private readonly deps: MissingDeps) {}

  /**
   * Records the messages that have no fate and were not recorded before.
   * @returns how many they are
   * @throws when the database does not answer
   */
  async note(incarnationId: number, gaps: readonly Gap[]): Promise<number> {
    if (!gaps.length) return 0;
    const { prisma, log, topic, missingEmail, onNoted } = this.deps;
    const found = await prisma.$transaction(async (tx) => {
      // Processes take turns, so that each sees the rows of the one before.
      await tx.$queryRaw`SELECT 1 FROM topic_incarnations WHERE id = ${incarnationId} FOR UPDATE`;
      const noted: MissingInPartition[] = [];
      for (const gap of gaps) noted.push(...(await this.#noteGap(tx, incarnationId, gap)));
      const email = noted.length ? missingEmail(noted) : null;
      if (email) await writeMail(tx, email);
      return noted;
    });
    for (const { partition, from, to, missing } of found)
      log.error({ topic, partition, from, to, missing }, 'messages are missing: the topic no longer had them');
    if (found.length) onNoted?.();
    return found.reduce((sum, { missing }) => sum + missing, 0);
  }

  /** In one statement: hundreds of thousands of the messages between may have ended. */
  async #noteGap(tx: Sql, incarnationId: number, { partition, from, to, nextAt }: Gap): Promise<MissingInPartition[]> {
    const rows = await tx.$queryRaw<{ from: number; to: number; missing: number; after: Date | null }[]>`
      WITH at AS (
        SELECT ${incarnationId}::int AS i, ${partition}::int AS p, ${from}::bigint AS low, ${to}::bigint AS high
      ),
      places AS (
        SELECT h."offset"
        FROM at
        JOIN order_history h
          ON h.incarnation_id = i AND h.partition = p AND h."offset" >= low AND h."offset" < high
        UNION ALL
        SELECT k."offset"
        FROM at
        JOIN parked_messages k
          ON k.incarnation_id = i AND k.partition = p AND k."offset" >= low AND k."offset" < high
        UNION ALL
        SELECT r."offset"
        FROM at
        JOIN rejected_messages r
          ON r.incarnation_id = i AND r.partition = p AND r."offset" >= low AND r."offset" < high
      ),
      known AS (
        SELECT "offset" AS begins, "offset" + 1 AS ends
        FROM places
        UNION ALL
        SELECT low, GREATEST(low, q.next_offset)
        FROM at
        JOIN partition_progress q ON q.incarnation_id = i AND q.partition = p
        UNION ALL
        SELECT m.from_offset, m.to_offset
        FROM at
        JOIN missing_messages m
          ON m.incarnation_id = i AND m.partition = p AND m.to_offset > low AND m.from_offset < high
        UNION ALL
        SELECT high, high
        FROM at
      ),
      -- A gap lies between the end of all ranges that begin before a known range, and that range's begin.
      gaps AS (
        SELECT
          COALESCE(
            max(ends) OVER (ORDER BY begins, ends ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
            low
          ) AS begins,
          LEAST(begins, high) AS ends
        FROM known
        CROSS JOIN at
      ),
      noted AS (
        INSERT INTO missing_messages (incarnation_id, partition, from_offset, to_offset, at)
        SELECT i, p, begins, ends, now()
        FROM gaps
        CROSS JOIN at
        WHERE begins < ends
        RETURNING from_offset, to_offset
      ),
      sums AS (
        SELECT min(from_offset) AS begins, max(to_offset) AS ends, sum(to_offset - from_offset) AS missing
        FROM noted
      )
      SELECT
        begins::float8 AS "from", ends::float8 AS "to", missing::float8 AS missing,
        (
          SELECT h.at
          FROM order_history h
          WHERE h.incarnation_id = i AND h.partition = p AND h."offset" < begins
          ORDER BY h."offset" DESC
          LIMIT 1
        ) AS after
      FROM sums
      CROSS JOIN at
      WHERE missing > 0
    `;
    return rows.map((row) => ({ partition, ...row, before: nextAt ?? null }));
  }
}
