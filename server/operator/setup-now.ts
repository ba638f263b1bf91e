// A restaurant's set-up as it is now, the effects that a change would have on the orders in the kitchen, and a trial of
// a dish.
import { dishWords } from '../protocol/rules/quantity.ts';
import { createHash } from 'node:crypto';
import type { PrismaClient, Sql } from '../db/client.ts';
import { coursesJson } from '../feed/facts.ts';
import { routeFor, type RoutedStation } from '../settle/routing.ts';
import type { Setup, SetupEffects, SetupNow, SetupRoute, DishRouted } from '../protocol/setup.ts';
import { nameKey } from '../protocol/setup.ts';
import type { RestaurantSetup } from './restaurant-setup.ts';
import { isCanceled } from '../protocol/status.ts';

const MOST_ELSEWHERE = 50;

/** Null where there is no such restaurant. */
export async function readSetup(sql: Sql, restaurantId: string): Promise<SetupNow | null> {
  const [row] = await sql.$queryRaw<{ setup: Setup; discovered: boolean }[]>`
    SELECT
      r.discovered,
      json_build_object(
        'name', r.name, 'timeZone', r.time_zone, 'courses', ${coursesJson}, 'lead', r.lead,
        'allergySeen', r.allergy_seen,
        'stations', COALESCE(
          (
            SELECT json_agg(
              json_build_object(
                'name', s.name, 'fallback', s.fallback, 'combine', s.combine, 'thresholds', s.thresholds,
                'lead', s.lead, 'start', s.start, 'screen', s.screen,
                'routes', COALESCE(
                  (
                    SELECT json_agg(
                      json_strip_nulls(json_build_object('category', u.category, 'sku', u.sku, 'type', u.type))
                      ORDER BY u.position
                    )
                    FROM routing_rules u
                    WHERE u.station_id = s.id
                  ),
                  '[]'
                )
              )
              ORDER BY s.position, s.name
            )
            FROM stations s
            WHERE s.restaurant_id = r.id AND s.retired_at IS NULL
          ),
          '[]'
        )
      ) AS setup
    FROM restaurants r
    WHERE r.id = ${restaurantId}
  `;
  return row
    ? {
        setup: row.setup,
        discovered: row.discovered,
        version: createHash('sha256').update(JSON.stringify(row.setup)).digest('hex').slice(0, 16),
      }
    : null;
}

/** Stations for the routing of orders. Their names stand for ids, since the stations of a trial have none. */
const routedStations = (stations: RestaurantSetup['stations']): RoutedStation[] =>
  stations.map(({ name, fallback, routes }) => ({
    id: nameKey(name),
    name,
    fallback,
    routes: routes.map(({ category = null, sku = null, type = null }) => ({ category, sku, type })),
  }));

/** Where a dish would go. */
export function tryDish(
  setup: RestaurantSetup,
  dish: { category: string | null; sku: string | null },
  type: string | null,
): DishRouted {
  const { station, route } = routeFor(routedStations(setup.stations), dish, type);
  return {
    station: station.name,
    route: route && (Object.fromEntries(Object.entries(route).filter(([, value]) => value !== null)) as SetupRoute),
  };
}

/**
 * The effects of a set-up now. Open lines stay where they are: the answer names those that would go elsewhere if they
 * came anew.
 */
export async function effectsOf(
  prisma: PrismaClient,
  restaurantId: string,
  setup: RestaurantSetup,
): Promise<SetupEffects> {
  const lines = await prisma.$queryRaw<
    {
      orderId: string;
      number: string;
      name: string;
      quantity: number;
      unit: string | null;
      category: string | null;
      sku: string | null;
      type: string | null;
      station: string;
      status: string;
    }[]
  >`
    SELECT
      o.id AS "orderId", COALESCE(o.number, o.id) AS number, l.name, l.quantity, l.unit, l.category, l.sku, o.type,
      o.status, s.name AS station
    FROM (SELECT * FROM orders WHERE orders.restaurant_id = ${restaurantId} AND orders.closed_at IS NULL OFFSET 0) o
    CROSS JOIN LATERAL (SELECT * FROM line_items WHERE line_items.order_id = o.id OFFSET 0) l
    JOIN stations s ON s.id = l.station_id
    WHERE NOT l.voided AND l.state IN ('held', 'waiting', 'cooking')
    ORDER BY o.received_at, o.id, l.position
  `;
  const stations = routedStations(setup.stations);
  const elsewhere = lines
    .filter((line) => !isCanceled(line))
    .flatMap(({ orderId, number, name, quantity, unit, category, sku, type, station }) => {
      const to = routeFor(stations, { category, sku }, type).station;
      return to.id === nameKey(station)
        ? []
        : [{ orderId, number, dish: dishWords({ name, quantity, unit }), from: station, to: to.name }];
    });
  const kept = new Set(setup.stations.map(({ name }) => nameKey(name)));
  const existing = await prisma.$queryRaw<{ station: string; tickets: number; screens: number }[]>`
    SELECT
      s.name AS station,
      (
        SELECT count(*)::int
        FROM tickets t
        JOIN orders o ON o.id = t.order_id
        WHERE t.station_id = s.id AND t.state IN ('open', 'held') AND o.closed_at IS NULL
      ) AS tickets,
      (
        SELECT count(*)::int
        FROM devices d
        WHERE d.station_id = s.id AND d.revoked_at IS NULL AND d.paired_at IS NOT NULL
      ) AS screens
    FROM stations s
    WHERE s.restaurant_id = ${restaurantId} AND s.retired_at IS NULL
    ORDER BY s.position
  `;
  return {
    elsewhere: elsewhere.slice(0, MOST_ELSEWHERE),
    count: elsewhere.length,
    retired: existing.filter(({ station }) => !kept.has(nameKey(station))),
  };
}
