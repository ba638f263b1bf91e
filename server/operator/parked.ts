// The retry table's rows, and an operator's retry or discard of one of them.
import type { Context, Hono } from 'hono';
import { Prisma, type PrismaClient } from '../db/client.ts';
import { cursorAt, readPage } from '../http/paging.ts';
import { Problem } from '../http/problems.ts';
import { addRoute, hasNoRow, OPERATOR } from '../http/requests.ts';
import type { RetryControl, RetryOutcome } from '../retry/control.ts';

const STATES = ['PARKED', 'FAILED', 'DISCARDED', 'SUPERSEDED', 'APPLIED'];

interface ParkedRow {
  id: bigint;
  orderId: string;
  partition: number;
  offset: bigint;
  state: string;
  attempts: number;
  nextAttemptAt: Date | null;
  lastError: string | null;
}

const COLUMNS = Prisma.sql`
  p.id, p.order_id AS "orderId", p.partition, p."offset", p.state, p.attempts, p.next_attempt_at AS "nextAttemptAt",
  p.last_error AS "lastError"
`;
const toJson = (row: ParkedRow) => ({ ...row, id: String(row.id), offset: Number(row.offset) });

export function addParkedRoutes(
  app: Hono,
  { prisma, retry }: { prisma: PrismaClient; retry: Pick<RetryControl, 'retryNow' | 'discard'> },
): void {
  addRoute(app, '/api/v1/parked', { GET: (c) => list(c, prisma) });
  addRoute(app, '/api/v1/parked/:id/retry', {
    POST: (c) => act(c, prisma, 'retried', (id) => retry.retryNow(id, OPERATOR)),
  });
  addRoute(app, '/api/v1/parked/:id/discard', {
    POST: (c) => act(c, prisma, 'discarded', (id) => retry.discard(id, OPERATOR)),
  });
}

async function list(c: Context, prisma: PrismaClient): Promise<Response> {
  const { limit, after } = readPage(c);
  const asked = (c.req.queries('state') ?? []).flatMap((value) => value.split(',')).filter(Boolean);
  const unknown = asked.filter((state) => !STATES.includes(state));
  if (unknown.length)
    throw new Problem(400, `state: there is no ${unknown.join(', ')}; the states are ${STATES.join(', ')}`);
  const orderId = c.req.query('orderId') ?? '';
  if (hasNoRow(orderId)) return c.json({ rows: [], nextCursor: null });
  const ofOrder = orderId ? Prisma.sql`AND p.order_id = ${orderId}` : Prisma.empty;
  // State by state, each from its own place in the index: a few FAILED rows among a million APPLIED ones are found at
  // once.
  const rows = await prisma.$queryRaw<ParkedRow[]>`
    SELECT ${COLUMNS}
    FROM unnest(${asked.length ? [...new Set(asked)] : STATES}::text[]) AS wanted(state)
    CROSS JOIN LATERAL (
      SELECT *
      FROM parked_messages p
      WHERE p.state = wanted.state AND p.id > ${after} ${ofOrder}
      ORDER BY p.id LIMIT ${limit + 1}
    ) AS p
    ORDER BY p.id LIMIT ${limit + 1}
  `;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return c.json({ rows: page.map(toJson), nextCursor: last && rows.length > limit ? cursorAt(last.id) : null });
}

async function act(
  c: Context,
  prisma: PrismaClient,
  done: string,
  work: (id: bigint) => Promise<RetryOutcome>,
): Promise<Response> {
  const text = c.req.param('id') ?? '';
  const notFound = () => new Problem(404, 'There is no such row in the retry table; GET /api/v1/parked lists them.');
  if (!/^\d{1,18}$/.test(text)) throw notFound();
  const id = BigInt(text);
  const outcome = await work(id);
  const [row] =
    outcome === 'not-found'
      ? []
      : await prisma.$queryRaw<ParkedRow[]>`SELECT ${COLUMNS} FROM parked_messages p WHERE p.id = ${id}`;
  if (!row) throw notFound();
  if (outcome === 'wrong-state')
    throw new Problem(409, `The row is ${row.state}, so it cannot be ${done}: only PARKED and FAILED rows can.`, {
      state: row.state,
    });
  return c.json(toJson(row));
}
