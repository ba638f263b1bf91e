// Messages that could not be read, with their bytes. A page is bounded in bytes too: each message may have a megabyte.
import type { Hono } from 'hono';
import type { PrismaClient } from '../db/client.ts';
import { cursorAt, readPage } from '../http/paging.ts';
import { addRoute } from '../http/requests.ts';

/** The limit of keys and values, before base64 adds a third. */
const PAGE_BYTES = 6 * 1024 * 1024;

interface RejectedRow {
  id: bigint;
  partition: number;
  offset: bigint;
  at: Date;
  reason: string;
  key: Uint8Array | null;
  value: Uint8Array | null;
  headers: unknown;
  more: boolean;
}

const base64 = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('base64');

export function addRejectedRoutes(app: Hono, { prisma }: { prisma: PrismaClient }): void {
  addRoute(app, '/api/v1/rejected', {
    GET: async (c) => {
      const { limit, after } = readPage(c);
      // Sizes first, without reading the bytes themselves; then the rows up to the limit, and always one.
      const rows = await prisma.$queryRaw<RejectedRow[]>`
        WITH candidates AS (
          SELECT
            id, row_number() OVER w AS nth,
            sum(
              coalesce(octet_length(key), 0) + coalesce(octet_length(value), 0) + coalesce(pg_column_size(headers), 0)
            ) OVER w AS bytes
          FROM (SELECT * FROM rejected_messages WHERE id > ${after} ORDER BY id LIMIT ${limit + 1}) AS few
          WINDOW w AS (ORDER BY id)
        ),
        page AS (SELECT id FROM candidates WHERE nth = 1 OR (nth <= ${limit} AND bytes <= ${PAGE_BYTES}))
        SELECT
          r.id, r.partition, r."offset", r.at, r.reason, r.key, r.value, r.headers,
          (SELECT count(*) FROM candidates) > (SELECT count(*) FROM page) AS more
        FROM page
        JOIN rejected_messages r USING (id)
        ORDER BY r.id
      `;
      const last = rows.at(-1);
      return c.json({
        rows: rows.map(({ partition, offset, at, reason, key, value, headers }) => ({
          partition,
          offset: Number(offset),
          at,
          reason,
          key: base64(key),
          value: base64(value),
          headers,
        })),
        nextCursor: last?.more ? cursorAt(last.id) : null,
      });
    },
  });
}
