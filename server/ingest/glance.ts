// A look at many orders at once, before anything is fetched: a parked order's messages need no fetch, and neither does
// an old message. It only saves fetches: the settlement decides again under the lock.
import type { PrismaClient } from '../db/client.ts';
import { OPEN_FOR_MS } from '../settle/lives.ts';
import { versionOf } from '../upstream/version.ts';
import type { Glance } from './lanes.ts';

/** One Glance for each id, in their order; all null when the database cannot say. */
export async function glanceAt(prisma: PrismaClient, orderIds: string[]): Promise<Glance[]> {
  const rows = await prisma.$queryRaw<
    {
      order_id: string;
      parked: number;
      version: bigint | null;
      status: string | null;
      closed: boolean;
      ended: Date | null;
    }[]
  >`
    SELECT
      l.order_id, l.parked, o.version, o.status, o.closed_at IS NOT NULL AS closed,
      COALESCE(o.closed_at, o.changed_at + ${OPEN_FOR_MS} * interval '1 ms') AS ended
    FROM jsonb_array_elements_text(${JSON.stringify(orderIds)}::jsonb) AS asked(id)
    CROSS JOIN LATERAL (SELECT * FROM lanes WHERE lanes.order_id = asked.id OFFSET 0) l
    LEFT JOIN LATERAL (SELECT * FROM orders WHERE orders.id = asked.id OFFSET 0) o ON true
  `.catch(() => []);
  const found = new Map(
    rows.map(({ order_id, parked, version, status, closed, ended }) => [
      order_id,
      {
        parked: parked > 0,
        closed,
        ended: ended?.getTime() ?? null,
        stored: status === null ? null : { status, version: versionOf(version) },
      },
    ]),
  );
  return orderIds.map((id) => found.get(id) ?? null);
}
