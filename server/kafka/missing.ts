// Messages that the topic no longer had when they were to be read: retention took them while we were away or behind, or somebody deleted
// them. Said once for each, durably, before anything behind them is committed: whoever is told can announce those orders again.
import { Prisma, type PrismaClient, type Sql } from '../db/client.ts';
import type { Logger } from '../logger.ts';

/** Offsets from `from` up to but without `to`. */
export interface Range { from: number; to: number }
export interface Gap extends Range { partition: number; /** When the message behind the gap was produced, where that is known. */ nextAt?: Date }
/** `missing` may be less than what lies between: messages of other orders in between had ended. */
export interface MissingInPartition { partition: number; from: number; to: number; missing: number; /** When the last message before them ended here, and the next one was produced. */ after: Date | null; before: Date | null }
export interface MissingDeps { prisma: PrismaClient; log: Logger; topic: string; /** Null where nobody is to be told by e-mail. */ missingEmail: (found: MissingInPartition[]) => { subject: string; body: string } | null; onNoted?: () => void }

export class MissingMessages {
  constructor(private readonly deps: MissingDeps) {}

  /** Counts what has no fate, and was not counted before. @returns how many are missing. @throws when the database does not answer */
  async note(incarnationId: number, gaps: readonly Gap[]): Promise<number> {
    if (!gaps.length) return 0;
    const { prisma, log, topic, missingEmail, onNoted } = this.deps;
    const found = await prisma.$transaction(async (tx) => {
      // One process after another: what one has written is then seen by the next.
      await tx.$queryRaw`SELECT 1 FROM topic_incarnations WHERE id = ${incarnationId} FOR UPDATE`;
      const noted: MissingInPartition[] = [];
      for (const gap of gaps) noted.push(...await this.#noteGap(tx, incarnationId, gap));
      const email = noted.length ? missingEmail(noted) : null;
      if (email) await tx.$executeRaw`INSERT INTO outbox (subject, body, created_at, next_attempt_at) VALUES (${email.subject}, ${email.body}, now(), now())`;
      return noted;
    });
    for (const { partition, from, to, missing } of found) log.error({ topic, partition, from, to, missing }, 'messages are missing: the topic no longer had them');
    if (found.length) onNoted?.();
    return found.reduce((sum, { missing }) => sum + missing, 0);
  }

  async #noteGap(tx: Sql, incarnationId: number, { partition, from, to, nextAt }: Gap): Promise<MissingInPartition[]> {
    const ended = await tx.$queryRaw<Range[]>`
      WITH at AS (SELECT ${incarnationId}::int AS i, ${partition}::int AS p, ${from}::bigint AS low, ${to}::bigint AS high)
      SELECT 0::float8 AS "from", q.next_offset::float8 AS "to" FROM at JOIN partition_progress q ON q.incarnation_id = i AND q.partition = p
      UNION ALL SELECT m.from_offset::float8, m.to_offset::float8 FROM at JOIN missing_messages m ON m.incarnation_id = i AND m.partition = p AND m.to_offset > low AND m.from_offset < high
      UNION ALL SELECT h."offset"::float8, (h."offset" + 1)::float8 FROM at JOIN order_history h ON h.incarnation_id = i AND h.partition = p AND h."offset" >= low AND h."offset" < high
      UNION ALL SELECT k."offset"::float8, (k."offset" + 1)::float8 FROM at JOIN parked_messages k ON k.incarnation_id = i AND k.partition = p AND k."offset" >= low AND k."offset" < high
      UNION ALL SELECT r."offset"::float8, (r."offset" + 1)::float8 FROM at JOIN rejected_messages r ON r.incarnation_id = i AND r.partition = p AND r."offset" >= low AND r."offset" < high`;
    const ranges = without({ from, to }, ended);
    const [first, last] = [ranges[0], ranges.at(-1)];
    if (!first || !last) return [];
    const rows = JSON.stringify(ranges);
    await tx.$executeRaw`
      INSERT INTO missing_messages (incarnation_id, partition, from_offset, to_offset, at)
      SELECT ${incarnationId}, ${partition}, r."from", r."to", now() FROM jsonb_to_recordset(${rows}::jsonb) AS r("from" bigint, "to" bigint)`;
    const [before] = await tx.$queryRaw<{ at: Date }[]>(Prisma.sql`
      SELECT at FROM order_history WHERE incarnation_id = ${incarnationId} AND partition = ${partition} AND "offset" < ${first.from} ORDER BY "offset" DESC LIMIT 1`);
    return [{ partition, from: first.from, to: last.to, missing: ranges.reduce((sum, range) => sum + range.to - range.from, 0), after: before?.at ?? null, before: nextAt ?? null }];
  }
}

/** What is left of a range without others, which may overlap and come in any order. */
export function without(whole: Range, others: readonly Range[]): Range[] {
  const left: Range[] = [];
  let { from } = whole;
  for (const other of [...others].sort((a, b) => a.from - b.from)) {
    if (other.from >= whole.to) break;
    if (other.from > from) left.push({ from, to: other.from });
    from = Math.max(from, other.to);
  }
  if (from < whole.to) left.push({ from, to: whole.to });
  return left;
}
