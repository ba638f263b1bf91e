// Records how far the messages of each partition have ended, so that an end of the topic below it reveals a new one, and
// reading never begins beyond it. The process remembers more than the database may have: after a failover or a restore the
// last settlements can be gone. So the record moves on only in the database that the process has read from, from a record
// that is still there, and while the message that ended last is still known to have ended.
import { Prisma, type PrismaClient } from '../db/client.ts';
import type { Identity, Lineage } from '../db/lineage.ts';
import type { Position } from '../upstream/message.ts';

/** A partition's record as this process last saw it, and as it is to be. */
export interface RecordStep {
  partition: number;
  before: number;
  next: number;
}
export interface Progress {
  incarnationId: number;
  steps: readonly RecordStep[];
  /** The message that ended last, by the clock; null where none has yet. */
  last: Position | null;
  /** The database that this assignment began with. */
  lineage: string | null;
}

interface Answer extends Identity {
  known: boolean;
  witnessed: boolean;
}

/**
 * Moves the records on.
 * @returns why they were not moved: the database lacks something that it had; else null
 */
export async function recordProgress(
  prisma: PrismaClient,
  lineage: Pick<Lineage, 'columns' | 'observe'>,
  { incarnationId, steps, last, lineage: expected }: Progress,
): Promise<string | null> {
  const rows = JSON.stringify(steps.toSorted((one, other) => one.partition - other.partition));
  const place = last ?? { incarnationId: -1, partition: -1, offset: -1 };
  const beganAt = performance.now();
  // One statement, so that another database cannot come in between the look and the write.
  const [answer] = await prisma.$queryRaw<[Answer]>`
    WITH steps AS (
      SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS s(partition int, before bigint, next bigint)
    ),
    here AS MATERIALIZED (SELECT ${Prisma.raw(lineage.columns)}),
    found AS MATERIALIZED (
      SELECT
        (
          SELECT count(*)
          FROM steps s
          JOIN partition_progress p ON p.incarnation_id = ${incarnationId} AND p.partition = s.partition
          WHERE p.next_offset >= s.before
        ) = (SELECT count(*) FROM steps) AS known,
        ${last === null} OR EXISTS (
          SELECT FROM order_history
          WHERE incarnation_id = ${place.incarnationId} AND partition = ${place.partition} AND "offset" = ${place.offset}
          UNION ALL
          SELECT FROM parked_messages
          WHERE incarnation_id = ${place.incarnationId} AND partition = ${place.partition} AND "offset" = ${place.offset}
          UNION ALL
          SELECT FROM rejected_messages
          WHERE incarnation_id = ${place.incarnationId} AND partition = ${place.partition} AND "offset" = ${place.offset}
        ) AS witnessed
    ),
    moved AS (
      UPDATE partition_progress p
      SET next_offset = s.next
      FROM steps s, here, found
      WHERE p.incarnation_id = ${incarnationId}
        AND p.partition = s.partition
        AND p.next_offset < s.next
        AND found.known
        AND found.witnessed
        AND here.lineage IS NOT DISTINCT FROM ${expected}
    )
    SELECT here.*, found.*
    FROM here, found
  `;
  lineage.observe(answer, beganAt);
  if (answer.lineage !== expected) return `the database is another one: ${expected} became ${answer.lineage}`;
  if (!answer.known) return 'the record of the topic was put back';
  return answer.witnessed ? null : 'a message that had ended is not known any more';
}
