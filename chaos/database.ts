// Reads our database directly, past the proxies, for the checker.
import pg from 'pg';
import { sessionAt, sessionClient } from '../server/db/session.mjs';
import type { Records } from './records.ts';

// Offsets and counts: far below 2^53.
pg.types.setTypeParser(20, Number);

export class Database {
  /** @param url asked for each time, since the database may move */
  constructor(private readonly url: () => string) {}

  /**
   * Runs one statement over a connection of its own, so that nothing is left over from before a restart. @throws the
   * error of PostgreSQL or of the network
   */
  async rows<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
    const client = sessionClient({
      ...sessionAt(this.url()),
      connectionTimeoutMillis: 3000,
      query_timeout: 10_000,
      application_name: 'chaos',
    });
    client.on('error', () => {});
    try {
      await client.connect();
      return (await client.query<T>(sql, values)).rows;
    } finally {
      // Not awaited: a frozen server would never answer it.
      void client.end().catch(() => {});
    }
  }

  /** All records, read at one moment. */
  async records(): Promise<Records> {
    const [row] = await this.rows<{ records: Omit<Records, 'revs'> & { revs: { id: string; rev: number }[] } }>(`
      SELECT json_build_object(
        'incarnations', (SELECT COALESCE(json_agg(id ORDER BY id), '[]') FROM topic_incarnations),
        'ended', (
          SELECT COALESCE(
            json_agg(
              json_build_object(
                'seq', seq, 'orderId', order_id, 'kind', kind, 'version', version, 'incarnationId', incarnation_id,
                'partition', partition, 'offset', "offset"
              )
              ORDER BY seq
            ),
            '[]'
          )
          FROM order_history
        ),
        'parked', (
          SELECT COALESCE(
            json_agg(
              json_build_object(
                'orderId', order_id, 'incarnationId', incarnation_id, 'partition', partition, 'offset', "offset",
                'state', state, 'attempts', attempts
              )
              ORDER BY id
            ),
            '[]'
          )
          FROM parked_messages
        ),
        'rejected', (
          SELECT COALESCE(
            json_agg(json_build_object('incarnationId', incarnation_id, 'partition', partition, 'offset', "offset")),
            '[]'
          )
          FROM rejected_messages
        ),
        'missing', (
          SELECT COALESCE(
            json_agg(
              json_build_object(
                'incarnationId', incarnation_id, 'partition', partition, 'from', from_offset, 'to', to_offset
              )
            ),
            '[]'
          )
          FROM missing_messages
        ),
        'orders', (
          SELECT COALESCE(
            json_agg(
              json_build_object(
                'id', o.id, 'restaurantId', o.restaurant_id, 'status', o.status, 'version', o.version,
                'table', o.table_name, 'closed', o.closed_at IS NOT NULL,
                'lines', (
                  SELECT COALESCE(
                    json_agg(
                      json_build_object(
                        'id', l.id, 'partOf', l.part_of, 'name', l.name, 'quantity', l.quantity, 'voided', l.voided, 'state', l.state,
                        'stationId', l.station_id
                      )
                    ),
                    '[]'
                  )
                  FROM line_items l
                  WHERE l.order_id = o.id
                ),
                'tickets', (
                  SELECT COALESCE(
                    json_agg(json_build_object('id', t.id, 'stationId', t.station_id, 'state', t.state)), '[]'
                  )
                  FROM tickets t
                  WHERE t.order_id = o.id
                )
              )
            ),
            '[]'
          )
          FROM orders o
        ),
        'revs', (SELECT COALESCE(json_agg(json_build_object('id', id, 'rev', rev)), '[]') FROM restaurants),
        'taps', (
          SELECT COALESCE(json_agg(json_build_object('id', id, 'outcome', result->>'outcome')), '[]')
          FROM kitchen_actions
        ),
        'mails', (SELECT COALESCE(json_agg(subject ORDER BY id), '[]') FROM outbox)
      ) AS records
    `);
    const { revs, ...records } = row!.records;
    return { ...records, revs: Object.fromEntries(revs.map(({ id, rev }) => [id, rev])) };
  }

  /**
   * Progress in the newest topic: the offset up to which each partition's messages have ended or are parked without a
   * gap, and the number of messages in the retry table.
   */
  async progress(
    ends: ReadonlyMap<number, number>,
  ): Promise<{ fates: Map<number, number>; waiting: number; incarnations: number; revs: Map<string, number> }> {
    const asked = JSON.stringify([...ends].map(([partition, end]) => ({ partition, end })));
    const [row] = await this.rows<{
      fates: { partition: number; fates: number }[] | null;
      waiting: number;
      incarnations: number;
      revs: { id: string; rev: number }[] | null;
    }>(
      `
        WITH newest AS (SELECT max(id) AS i FROM topic_incarnations),
        asked AS (SELECT partition, "end" FROM jsonb_to_recordset($1::jsonb) AS a(partition int, "end" bigint))
        SELECT
          (SELECT count(*) FROM parked_messages WHERE state = 'PARKED') AS waiting,
          (SELECT count(*) FROM topic_incarnations) AS incarnations,
          (SELECT json_agg(json_build_object('id', id, 'rev', rev)) FROM restaurants) AS revs,
          (
            SELECT json_agg(
              json_build_object(
                'partition', partition,
                'fates', (
                  SELECT count(DISTINCT f."offset")
                  FROM
                    newest,
                    LATERAL (
                      SELECT "offset"
                      FROM order_history h
                      WHERE h.incarnation_id = i AND h.partition = asked.partition AND h."offset" < "end"
                      UNION ALL
                      SELECT "offset"
                      FROM parked_messages p
                      WHERE p.incarnation_id = i AND p.partition = asked.partition AND p."offset" < "end"
                      UNION ALL
                      SELECT "offset"
                      FROM rejected_messages r
                      WHERE r.incarnation_id = i AND r.partition = asked.partition AND r."offset" < "end"
                      UNION ALL
                      SELECT generate_series(m.from_offset, LEAST(m.to_offset, "end") - 1)
                      FROM missing_messages m
                      WHERE m.incarnation_id = i AND m.partition = asked.partition AND m.from_offset < "end"
                    ) f
                )
              )
            )
            FROM asked
          ) AS fates
      `,
      [asked],
    );
    return {
      fates: new Map((row!.fates ?? []).map(({ partition, fates }) => [partition, fates])),
      waiting: row!.waiting,
      incarnations: row!.incarnations,
      revs: new Map((row!.revs ?? []).map(({ id, rev }) => [id, rev])),
    };
  }
}
