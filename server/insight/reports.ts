// Times and usual figures of one restaurant, as percentiles by the hours of its own clock. Percentiles are of single
// dishes and tickets (PostgreSQL's percentile_cont interpolates between two values), never of averages.
import { Prisma, type PrismaClient } from '../db/client.ts';
import { isoTime } from '../db/iso-time.ts';
import type { DishTimesRow, Spread, TimesReport, TimesRow, Usual } from '../protocol/times.ts';

/** The most common dishes, in order of their number. */
const MOST_DISHES = 200;
/** Days to compare with: the same weekday of so many weeks; without any, the last seven days. */
const WEEKS = 4;

/** @param of counts the values, where not every row has one */
const spread = (seconds: Prisma.Sql, of = Prisma.sql`*`) => Prisma.sql`
  'count', count(${of})::int, 'p50', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY ${seconds}))::numeric, 1)::float8,
  'p90', round((percentile_cont(0.9) WITHIN GROUP (ORDER BY ${seconds}))::numeric, 1)::float8
`;
const ticketSeconds = Prisma.sql`EXTRACT(EPOCH FROM t.bumped_at - t.fired_at)`;
const dishSeconds = Prisma.sql`EXTRACT(EPOCH FROM d.ready_at - d.called_at)`;
const fireSeconds = Prisma.sql`EXTRACT(EPOCH FROM d.ready_at - d.started_at)`;

type Hours = (Spread & { hour: number })[];

/**
 * Times of a restaurant's days, `from` and `to` included.
 * @param from YYYY-MM-DD of the restaurant's time zone, as is `to`
 */
export async function readTimes(
  prisma: PrismaClient,
  restaurantId: string,
  from: string,
  to: string,
): Promise<TimesReport> {
  const hoursOf = (condition: Prisma.Sql) => Prisma.sql`
    (
      SELECT json_agg(h.doc ORDER BY h.hour)
      FROM (
        SELECT
          EXTRACT(HOUR FROM t.bumped_at AT TIME ZONE zone.name)::int AS hour,
          json_build_object(
            'hour', EXTRACT(HOUR FROM t.bumped_at AT TIME ZONE zone.name)::int, ${spread(ticketSeconds)}
          ) AS doc
        FROM ticket_times t
        WHERE t.restaurant_id = ${restaurantId} AND ${condition}
        GROUP BY EXTRACT(HOUR FROM t.bumped_at AT TIME ZONE zone.name)::int
      ) h
    )
  `;
  const onDay = (daysAgo: number) =>
    Prisma.sql`
      t.bumped_at >= (zone.today - ${daysAgo}::int)::timestamp AT TIME ZONE zone.name
        AND t.bumped_at < (zone.today - ${daysAgo - 1}::int)::timestamp AT TIME ZONE zone.name
    `;
  const between = (column: string) =>
    Prisma.sql`
      ${Prisma.raw(column)} >= ${from}::date::timestamp AT TIME ZONE zone.name
        AND ${Prisma.raw(column)} < (${to}::date + 1)::timestamp AT TIME ZONE zone.name
    `;
  const [row] = await prisma.$queryRaw<
    {
      all: Spread;
      stations: TimesRow[] | null;
      dishes: DishTimesRow[] | null;
      hours: Hours | null;
      today: Hours | null;
      weekAgo: Hours | null;
    }[]
  >`
    WITH zone AS MATERIALIZED (
      SELECT r.time_zone AS name, (now() AT TIME ZONE r.time_zone)::date AS today
      FROM restaurants r
      WHERE r.id = ${restaurantId}
    )
    SELECT
      (
        SELECT json_build_object(${spread(ticketSeconds)})
        FROM ticket_times t
        WHERE t.restaurant_id = ${restaurantId} AND ${between('t.bumped_at')}
      ) AS "all",
      (
        SELECT json_agg(s.doc ORDER BY s.position, s.name)
        FROM (
          SELECT
            st.position, st.name, json_build_object('key', st.id, 'name', st.name, ${spread(ticketSeconds)}) AS doc
          FROM ticket_times t
          JOIN stations st ON st.id = t.station_id
          WHERE t.restaurant_id = ${restaurantId} AND ${between('t.bumped_at')}
          GROUP BY st.id, st.name, st.position
        ) s
      ) AS stations,
      (
        SELECT json_agg(x.doc ORDER BY x.n DESC, x.name)
        FROM (
          SELECT
            count(*) AS n, max(d.name) AS name,
            json_build_object(
              'key', d.dish_key, 'name', (array_agg(d.name ORDER BY d.ready_at DESC))[1], ${spread(dishSeconds)},
              'onFire', json_build_object(${spread(fireSeconds, Prisma.sql`d.started_at`)})
            ) AS doc
          FROM dish_times d
          WHERE d.restaurant_id = ${restaurantId} AND ${between('d.ready_at')}
          GROUP BY d.dish_key
          ORDER BY count(*) DESC, max(d.name) LIMIT ${MOST_DISHES}::int
        ) x
      ) AS dishes,
      ${hoursOf(between('t.bumped_at'))} AS hours, ${hoursOf(onDay(0))} AS today, ${hoursOf(onDay(7))} AS "weekAgo"
    FROM zone
  `;
  return {
    from,
    to,
    all: row?.all ?? { count: 0, p50: null, p90: null },
    stations: row?.stations ?? [],
    dishes: row?.dishes ?? [],
    hours: row?.hours ?? [],
    today: row?.today ?? [],
    weekAgo: row?.weekAgo ?? [],
  };
}

interface Day {
  days_ago: number;
  open: number;
  late: number;
}

/** The usual figures for this moment, and the times of the last hour. */
export async function readUsual(prisma: PrismaClient, restaurantId: string): Promise<Usual> {
  const inHour = (daysAgo: number) => Prisma.sql`
    (
      SELECT json_build_object(${spread(ticketSeconds)})
      FROM ticket_times t
      WHERE t.restaurant_id = ${restaurantId}
        AND t.bumped_at > now() - ${daysAgo} * interval '1 day' - interval '1 hour'
        AND t.bumped_at <= now() - ${daysAgo} * interval '1 day'
    )
  `;
  const [row] = await prisma.$queryRaw<
    { days: Day[] | null; lastHour: Spread; weekAgo: Spread; toScreen: Spread; slowest: Usual['toScreen']['slowest'] }[]
  >`
    WITH zone AS MATERIALIZED (
      SELECT r.time_zone AS name, (now() AT TIME ZONE r.time_zone)::date AS today
      FROM restaurants r
      WHERE r.id = ${restaurantId}
    ),
    -- The same time of that day by the restaurant's clock, whatever its offset was then.
    days AS MATERIALIZED (
      SELECT
        n AS days_ago,
        ((now() AT TIME ZONE zone.name) - n * interval '1 day') AT TIME ZONE zone.name AS at,
        (zone.today - n)::timestamp AT TIME ZONE zone.name AS begins,
        (zone.today - n + 1)::timestamp AT TIME ZONE zone.name AS ends
      FROM zone, generate_series(1, ${WEEKS * 7}::int) AS n
    ),
    -- A day on which the kitchen bumped nothing says nothing.
    worked AS (
      SELECT *
      FROM days
      WHERE EXISTS (
        SELECT
        FROM ticket_times t
        WHERE t.restaurant_id = ${restaurantId} AND t.bumped_at >= days.begins AND t.bumped_at < days.ends
      )
    ),
    counted AS (
      SELECT
        w.days_ago,
        count(DISTINCT t.order_id)::int AS open,
        count(DISTINCT t.order_id) FILTER (
          WHERE t.fired_at + t.late_seconds * interval '1 second' <= w.at
        )::int AS late
      FROM worked w
      LEFT JOIN ticket_times t
        ON t.restaurant_id = ${restaurantId}
        AND t.bumped_at > w.at
        AND t.bumped_at < w.at + interval '6 hours'
        AND t.fired_at <= w.at
      GROUP BY w.days_ago
    ),
    shown AS (
      SELECT EXTRACT(EPOCH FROM t.confirmed_at - t.fired_at) AS seconds, t.confirmed_at AS at
      FROM ticket_times t, zone
      WHERE t.restaurant_id = ${restaurantId}
        AND t.confirmed_at IS NOT NULL
        AND t.confirmed_at >= t.fired_at
        AND t.bumped_at >= zone.today::timestamp AT TIME ZONE zone.name
    )
    SELECT
      (SELECT json_agg(counted) FROM counted) AS days,
      ${inHour(0)} AS "lastHour",
      ${inHour(7)} AS "weekAgo",
      (
        SELECT json_build_object(
          'count', count(*)::int,
          'p50', round((percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds))::numeric, 2)::float8,
          'p90', round((percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds))::numeric, 2)::float8
        )
        FROM shown
      ) AS "toScreen",
      (
        SELECT json_build_object('seconds', round(s.seconds::numeric, 2)::float8, 'at', ${isoTime('s.at')})
        FROM shown s
        ORDER BY s.seconds DESC LIMIT 1
      ) AS slowest
  `;
  const { days, lastHour, weekAgo, toScreen, slowest } = row!;
  return { ...usualOf(days ?? []), lastHour, weekAgo, toScreen: { ...toScreen, slowest } };
}

/** The median of the same weekday; without any, of the last seven days. */
export function usualOf(days: readonly Day[]): Pick<Usual, 'open' | 'late' | 'days' | 'sameWeekday'> {
  const same = days.filter(({ days_ago }) => days_ago % 7 === 0);
  const chosen = same.length ? same : days.filter(({ days_ago }) => days_ago <= 7);
  return {
    open: median(chosen.map(({ open }) => open)),
    late: median(chosen.map(({ late }) => late)),
    days: chosen.length,
    sameWeekday: same.length > 0,
  };
}

function median(values: readonly number[]): number | null {
  if (!values.length) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : Math.round((sorted[middle - 1]! + sorted[middle]!) / 2);
}
