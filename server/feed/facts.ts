// The facts that screens get beside their orders, as one JSON document of a restaurant; for `restaurants r`.
import { Prisma } from '../db/client.ts';
import { isoTime } from '../db/iso-time.ts';

/** A station's lead as it counts: its own, or else that of its restaurant; for `restaurants r` and `stations s`. */
const leadJson = Prisma.sql`CASE WHEN s.lead ? 'default' THEN s.lead ELSE r.lead || s.lead END`;

/** The leads of all stations, by id. */
export const leadsJson = Prisma.sql`
  COALESCE((SELECT json_object_agg(s.id, ${leadJson}) FROM stations s WHERE s.restaurant_id = r.id), '{}')
`;

/** A StationView; for `restaurants r` and `stations s`. */
export const stationJson = Prisma.sql`
  json_build_object(
    'id', s.id, 'name', s.name, 'retired', s.retired_at IS NOT NULL, 'combine', s.combine, 'thresholds', s.thresholds,
    'lead', ${leadJson}, 'start', s.start, 'screen', s.screen
  )
`;

/** A Courses. */
export const coursesJson = Prisma.sql`json_build_object('mode', r.course_mode, 'gapSeconds', r.course_gap_seconds)`;

/** A BoardFacts. */
export const factsJson = Prisma.sql`
  json_build_object(
    'stations', COALESCE(
      (SELECT json_agg(${stationJson} ORDER BY s.position, s.name) FROM stations s WHERE s.restaurant_id = r.id), '[]'
    ),
    'courses', ${coursesJson},
    'lead', r.lead,
    'allergySeen', r.allergy_seen,
    'soldOut', COALESCE(
      (
        SELECT json_agg(
          json_build_object(
            'key', d.key, 'sku', d.sku, 'name', d.name,
            'at', ${isoTime('d.at')}, 'by', d.by,
            'until', ${isoTime('d.until')}, 'left', d."left"
          )
          ORDER BY d.at, d.key
        )
        FROM sold_out_dishes d
        WHERE d.restaurant_id = r.id
      ),
      '[]'
    )
  )
`;
