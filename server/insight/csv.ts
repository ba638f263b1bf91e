// Times as CSV (RFC 4180), one row for each dish, read page by page so that a month of a large restaurant is never in
// memory at once.
import { Prisma, type PrismaClient } from '../db/client.ts';

const PAGE = 2000;
const HEADER = [
  'date',
  'time',
  'order',
  'type',
  'station',
  'dish',
  'quantity',
  'called',
  'ready',
  'seconds',
  'started',
  'secondsOnFire',
];

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection); our own
 * numbers do not.
 */
export function csvField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /["\r\n,;]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvRow = (fields: readonly (string | number | null)[]): string => `${fields.map(csvField).join(',')}\r\n`;

interface Row {
  orderId: string;
  lineId: string;
  readyAt: Date;
  date: string;
  time: string;
  number: string;
  type: string | null;
  station: string;
  name: string;
  quantity: number;
  called: string;
  ready: string;
  seconds: number;
  started: string | null;
  secondsOnFire: number | null;
}

/** Days as for readTimes. Times are in the restaurant's time zone, but `called`, `ready` and `started` are in UTC. */
export function timesCsv(
  prisma: PrismaClient,
  restaurantId: string,
  from: string,
  to: string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let last: Row | undefined;
  let began = false;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!began) {
        began = true;
        // Without the byte order mark a spreadsheet misreads Chinese dish names.
        controller.enqueue(encoder.encode(`\uFEFF${csvRow(HEADER)}`));
      }
      const rows = await readPage(prisma, restaurantId, from, to, last);
      last = rows.at(-1);
      if (rows.length)
        controller.enqueue(
          encoder.encode(
            rows
              .map((row) =>
                csvRow([
                  row.date,
                  row.time,
                  row.number,
                  row.type,
                  row.station,
                  row.name,
                  row.quantity,
                  row.called,
                  row.ready,
                  row.seconds,
                  row.started,
                  row.secondsOnFire,
                ]),
              )
              .join(''),
          ),
        );
      if (rows.length < PAGE) controller.close();
    },
  });
}

function readPage(
  prisma: PrismaClient,
  restaurantId: string,
  from: string,
  to: string,
  after: Row | undefined,
): Promise<Row[]> {
  const beyond = after
    ? Prisma.sql`AND (d.ready_at, d.order_id, d.line_id) > (${after.readyAt}, ${after.orderId}, ${after.lineId})`
    : Prisma.empty;
  const clock = (column: string) =>
    Prisma.sql`to_char(${Prisma.raw(column)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  return prisma.$queryRaw<Row[]>`
    SELECT
      d.order_id AS "orderId", d.line_id AS "lineId", d.ready_at AS "readyAt",
      to_char(d.ready_at AT TIME ZONE r.time_zone, 'YYYY-MM-DD') AS date,
      to_char(d.ready_at AT TIME ZONE r.time_zone, 'HH24:MI:SS') AS time, d.number, d.type, s.name AS station, d.name,
      d.quantity, ${clock('d.called_at')} AS called, ${clock('d.ready_at')} AS ready,
      round(EXTRACT(EPOCH FROM d.ready_at - d.called_at)::numeric, 1)::float8 AS seconds,
      ${clock('d.started_at')} AS started,
      round(EXTRACT(EPOCH FROM d.ready_at - d.started_at)::numeric, 1)::float8 AS "secondsOnFire"
    FROM restaurants r
    JOIN dish_times d ON d.restaurant_id = r.id
    JOIN stations s ON s.id = d.station_id
    WHERE r.id = ${restaurantId}
      AND d.ready_at >= ${from}::date::timestamp AT TIME ZONE r.time_zone
      AND d.ready_at < (${to}::date + 1)::timestamp AT TIME ZONE r.time_zone ${beyond}
    ORDER BY d.ready_at, d.order_id, d.line_id LIMIT ${PAGE}::int
  `;
}
