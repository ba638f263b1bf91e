// All changes that people made in a restaurant, with person and time: its set-up, devices and people from the audit,
// and the commands that somebody gave the kitchen by hand. Starting, bumping and serving dishes are not among them: an
// order's story tells those.
import { Prisma, type PrismaClient } from '../db/client.ts';
import { Problem } from '../http/problems.ts';
import type { CommandKind } from '../protocol/commands.ts';
import type { ChangeDetail, ChangeEntry, ChangeKind, ChangePage } from '../protocol/changes.ts';

/**
 * The commands that are listed as changes: those that somebody decided, not the steps of cooking and serving.
 * A listed command has words under `changes.did.kitchen` in components/i18n/messages/<language>/manager.json.
 */
const isChange: Record<CommandKind, boolean> = {
  start: false,
  unstart: false,
  'see-allergy': false,
  bump: false,
  acknowledge: false,
  serve: false,
  unserve: false,
  recall: true,
  fire: true,
  hold: true,
  rush: true,
  transfer: true,
  'sold-out': true,
  'note-delay': true,
  'retry-parked': true,
};
const told = Object.keys(isChange).filter((kind) => isChange[kind as CommandKind]);

/** The first words of the audit's actions, by the kind that a manager chooses. */
const areas: Record<Exclude<ChangeKind, 'kitchen'>, readonly string[]> = {
  setup: ['restaurant'],
  devices: ['device'],
  people: ['person', 'invitation', 'password', 'staff', 'session'],
};

export interface ChangesQuery {
  restaurantId: string;
  kind: ChangeKind | null;
  /** The name of the person or device, as it was then. */
  by: string | null;
  limit: number;
  cursor: string | undefined;
}

/**
 * The position in each of the two tables. Both only grow at their newer end, so no page repeats or leaves out a row.
 */
interface Cursor {
  audit: string;
  tap: string;
  at: string;
}

/** Newest first. @throws Problem 400 where the cursor is not one of ours */
export async function readChangePage(
  prisma: PrismaClient,
  { restaurantId, kind, by, limit, cursor }: ChangesQuery,
): Promise<ChangePage> {
  const from = readCursor(cursor);
  const [audited, tapped] = await Promise.all([
    kind === 'kitchen' ? [] : readAudit(prisma, restaurantId, kind, by, limit + 1, from),
    kind === null || kind === 'kitchen' ? readTaps(prisma, restaurantId, by, limit + 1, from) : [],
  ]);
  const all = merged(audited, tapped);
  const page = all.slice(0, limit);
  const last = (source: 'audit' | 'tap') => page.findLast((row) => row.source === source);
  const [lastAudit, lastTap] = [last('audit'), last('tap')];
  const next: Cursor = {
    audit: lastAudit?.id ?? from?.audit ?? '',
    tap: lastTap?.id ?? from?.tap ?? '',
    at: lastTap?.at.toISOString() ?? from?.at ?? '',
  };
  return {
    entries: page.map(({ source, id, at, actor, action, about, detail }): ChangeEntry => ({
      id: `${source}-${id}`,
      at: at.toISOString(),
      actor,
      action,
      about,
      detail: shown(detail),
    })),
    nextCursor: all.length > limit ? Buffer.from(JSON.stringify(next)).toString('base64url') : null,
  };
}

/**
 * Newest first, each list in its own order, which its cursor follows: the audit's ids and times need not grow alike.
 */
function merged(audited: readonly Row[], tapped: readonly Row[]): Row[] {
  const [a, b] = [[...audited], [...tapped]];
  const rows: Row[] = [];
  while (a.length && b.length) rows.push((a[0]!.at >= b[0]!.at ? a : b).shift()!);
  return [...rows, ...a, ...b];
}

interface Row {
  source: 'audit' | 'tap';
  id: string;
  at: Date;
  actor: string | null;
  action: string;
  about: string | null;
  detail: Record<string, unknown>;
}

/** The subject goes by its present name, or by its name when it was removed. */
function readAudit(
  prisma: PrismaClient,
  restaurantId: string,
  kind: Exclude<ChangeKind, 'kitchen'> | null,
  by: string | null,
  limit: number,
  from: Cursor | null,
): Promise<Row[]> {
  return prisma.$queryRaw<Row[]>`
    SELECT
      'audit' AS source, a.id::text AS id, a.at, a.actor, a.action, a.detail,
      CASE split_part(a.subject, ' ', 1)
        WHEN 'device' THEN COALESCE(
          (SELECT d.name FROM devices d WHERE d.id::text = split_part(a.subject, ' ', 2)), a.detail->>'name'
        )
        WHEN 'person' THEN COALESCE(
          (SELECT p.name FROM people p WHERE p.id::text = split_part(a.subject, ' ', 2)), a.detail->>'name'
        )
        WHEN 'invitation' THEN (
          SELECT COALESCE(i.name, i.email) FROM invitations i WHERE i.id::text = split_part(a.subject, ' ', 2)
        )
      END AS about
    FROM audit a
    WHERE a.restaurant_id = ${restaurantId}
      ${from?.audit ? Prisma.sql`AND a.id < ${BigInt(from.audit)}` : Prisma.empty}
      ${by === null ? Prisma.empty : Prisma.sql`AND a.actor = ${by}`}
      ${kind === null ? Prisma.empty : Prisma.sql`AND split_part(a.action, '.', 1) = ANY(${areas[kind]})`}
    ORDER BY a.id DESC LIMIT ${limit}
  `;
}

function readTaps(
  prisma: PrismaClient,
  restaurantId: string,
  by: string | null,
  limit: number,
  from: Cursor | null,
): Promise<Row[]> {
  return prisma.$queryRaw<Row[]>`
    SELECT
      'tap' AS source, k.id::text AS id, k.at, k.by AS actor, 'kitchen.' || k.kind AS action,
      COALESCE(o.number, k.order_id, k.command->'dish'->>'name') AS about,
      jsonb_strip_nulls(
        jsonb_build_object(
          'orderId', k.order_id, 'on', k.command->'on', 'note', k.command->'note', 'course', k.command->'course',
          'left', k.command->'left', 'until', k.command->'until', 'device', d.name, 'late', NULLIF(k.result->>'outcome', 'done'),
          'station', (
            SELECT s.name
            FROM stations s
            WHERE s.id::text = COALESCE(
                k.command->>'stationId',
                (SELECT t.station_id::text FROM tickets t WHERE t.id::text = k.command->>'ticketId')
              )
          )
        )
      ) AS detail
    FROM kitchen_actions k
    LEFT JOIN orders o ON o.id = k.order_id
    LEFT JOIN devices d ON d.id = k.device_id
    WHERE k.restaurant_id = ${restaurantId}
      AND k.kind = ANY(${told})
      ${by === null ? Prisma.empty : Prisma.sql`AND k.by = ${by}`}
      ${from?.tap ? Prisma.sql`AND (k.at, k.id) < (${from.at}::timestamptz, ${from.tap}::uuid)` : Prisma.empty}
    ORDER BY k.at DESC, k.id DESC LIMIT ${limit}
  `;
}

/** Only the fields that have words: the rest of the audit's detail is not the browser's. */
function shown(detail: Record<string, unknown>): ChangeDetail {
  const was = detail['was'] as Record<string, unknown> | undefined;
  return {
    ...(Array.isArray(detail['changes']) && { changes: detail['changes'] as NonNullable<ChangeDetail['changes']> }),
    ...Object.fromEntries(
      ['role', 'note', 'station', 'device', 'orderId', 'name', 'until'].flatMap((key) =>
        typeof detail[key] === 'string' ? [[key, detail[key]]] : [],
      ),
    ),
    ...(typeof detail['on'] === 'boolean' && { on: detail['on'] }),
    ...(typeof detail['left'] === 'number' && { left: detail['left'] }),
    ...(typeof detail['course'] === 'number' && { course: detail['course'] }),
    ...(detail['late'] !== undefined && { late: true }),
    ...(was && { was: { name: String(was['name']), role: String(was['role']) } }),
  };
}

/** The people and devices that changed something lately, for the choice of one. */
export async function readChangers(prisma: PrismaClient, restaurantId: string): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT name
    FROM (
      (SELECT actor AS name FROM audit WHERE restaurant_id = ${restaurantId} ORDER BY id DESC LIMIT 1000)
      UNION (
        SELECT by
        FROM kitchen_actions
        WHERE restaurant_id = ${restaurantId} AND kind = ANY(${told}) AND by IS NOT NULL
        ORDER BY at DESC LIMIT 1000
      )
    ) AS who
    ORDER BY name LIMIT 200
  `;
  return rows.map(({ name }) => name);
}

function readCursor(cursor: string | undefined): Cursor | null {
  if (cursor === undefined || cursor === '') return null;
  try {
    const { audit, tap, at } = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Cursor;
    if (/^\d{0,18}$/.test(audit) && /^([0-9a-f-]{36})?$/.test(tap) && (at === '' || !Number.isNaN(Date.parse(at))))
      return { audit, tap, at };
  } catch {
    /* said below */
  }
  throw new Problem(400, 'cursor: must be a nextCursor that this list answered before');
}
