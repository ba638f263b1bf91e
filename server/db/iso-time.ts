// Times in SQL that builds JSON: RFC 3339 in UTC with milliseconds, as JavaScript writes it, so that a time read equals
// the time written.
import { Prisma } from './client.ts';

/** As text, for statements that are put together from text. */
export const isoTimeText = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export const isoTime = (column: string): Prisma.Sql => Prisma.raw(isoTimeText(column));
