// Sets a restaurant up, in one transaction under its row's lock: of two operators at once, one wins as a whole.
// Stations keep their ids by name, since tickets, lines and devices point at them. A station that is no longer named is
// retired, not deleted.
import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import type { Bus } from '../db/bus.ts';
import type { PrismaClient, Sql } from '../db/client.ts';
import { FACTS, recordChanges } from '../feed/changes.ts';
import { coursesJson } from '../feed/facts.ts';
import { NO_START, TOGETHER, type StationView } from '../protocol/facts.ts';
import { audit, type Actor } from '../db/audit.ts';
import { Problem } from '../http/problems.ts';
import { addRoute, check, OPERATOR, readJson, upstreamId } from '../http/requests.ts';
import { nameKey, type Setup } from '../protocol/setup.ts';
import { RestaurantSetup } from './restaurant-setup.ts';
import { setupChanges } from './setup-changes.ts';
import { readSetup } from './setup-now.ts';

interface Deps {
  prisma: PrismaClient;
  bus: Pick<Bus, 'publish'>;
}

export function addRestaurantRoutes(app: Hono, deps: Deps): void {
  addRoute(app, '/api/v1/restaurants/:id', {
    PUT: async (c) => {
      const id = check(upstreamId, c.req.param('id'), 'id');
      return c.json(await setUpRestaurant(deps, id, await readJson(c, RestaurantSetup), OPERATOR));
    },
  });
}

/**
 * Makes or changes a restaurant.
 * @param version of the set-up to change; with another one in the database nothing changes (Problem 409)
 * @returns the set-up as it now is, without retired stations
 */
export async function setUpRestaurant(
  { prisma, bus }: Deps,
  id: string,
  setup: RestaurantSetup,
  actor: Actor,
  version?: string,
) {
  const courses = { ...TOGETHER, ...setup.courses };
  const answer = await prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT FROM restaurants WHERE id = ${id} FOR UPDATE`;
    const before = await readSetup(tx, id);
    if (version !== undefined && before?.version !== version)
      throw new Problem(409, 'Somebody else has changed the set-up meanwhile: look at it again.');
    await tx.$executeRaw`
      INSERT INTO restaurants (id, name, time_zone, discovered, course_mode, course_gap_seconds, lead, allergy_seen)
      VALUES (
        ${id}, ${setup.name}, coalesce(${setup.timeZone ?? null}, 'UTC'), false, ${courses.mode},
        ${courses.gapSeconds}, ${JSON.stringify(setup.lead ?? {})}::jsonb, ${setup.allergySeen ?? false}
      )
      ON CONFLICT (id) DO UPDATE SET
        name = EXCLUDED.name, time_zone = coalesce(${setup.timeZone ?? null}, restaurants.time_zone),
        discovered = false, course_mode = coalesce(${setup.courses?.mode ?? null}, restaurants.course_mode),
        course_gap_seconds = coalesce(${setup.courses?.gapSeconds ?? null}, restaurants.course_gap_seconds),
        lead = coalesce(${setup.lead ? JSON.stringify(setup.lead) : null}::jsonb, restaurants.lead),
        allergy_seen = coalesce(${setup.allergySeen ?? null}, restaurants.allergy_seen)
    `;
    const stations = await writeStations(tx, id, setup.stations);
    await writeRules(tx, id, stations);
    const after = await readSetup(tx, id);
    await audit(
      tx,
      actor,
      'restaurant.put',
      `restaurant ${id}`,
      { ...setup, changes: after ? setupChanges(before?.setup ?? null, after.setup) : [] },
      id,
    );
    const [row] = await tx.$queryRaw<
      [Pick<Setup, 'name' | 'timeZone' | 'courses' | 'lead' | 'allergySeen'> & { id: string }]
    >`
      SELECT
        r.id, r.name, r.time_zone AS "timeZone", ${coursesJson} AS courses, r.lead, r.allergy_seen AS "allergySeen"
      FROM restaurants r
      WHERE r.id = ${id}
    `;
    await recordChanges(tx, new Map([[id, [FACTS]]]));
    return { ...row, stations };
  });
  bus.publish('feed', [id]);
  if (setup.courses || setup.lead || setup.stations.some(({ lead }) => lead)) bus.publish('courses', [id]);
  return answer;
}

/** The fields of a station that a set-up may leave out, which then stay as they were. */
type Kept = Pick<StationView, 'combine' | 'thresholds' | 'lead' | 'start' | 'screen'>;

type Stations = (RestaurantSetup['stations'][number] & Kept & { id: string })[];

/** Fields that the set-up leaves out stay as they were. */
async function writeStations(tx: Sql, restaurantId: string, wanted: RestaurantSetup['stations']): Promise<Stations> {
  const existing = await tx.$queryRaw<(Kept & { id: string; name: string })[]>`
    SELECT id, name, combine, thresholds, lead, start, screen FROM stations WHERE restaurant_id = ${restaurantId}
  `;
  const byName = new Map(existing.map((station) => [nameKey(station.name), station]));
  const stations = wanted.map((station) => {
    const was = byName.get(nameKey(station.name));
    return {
      id: was?.id ?? randomUUID(),
      ...station,
      combine: station.combine ?? was?.combine ?? false,
      thresholds: station.thresholds ?? was?.thresholds ?? {},
      lead: station.lead ?? was?.lead ?? {},
      start: station.start ?? was?.start ?? NO_START,
      screen: station.screen ?? was?.screen ?? true,
    };
  });
  const rows = JSON.stringify(stations.map(({ routes: _, ...station }, position) => ({ ...station, position })));
  await tx.$executeRaw`
    UPDATE stations
    SET retired_at = coalesce(retired_at, now()), fallback = false, position = position + 1000
    WHERE restaurant_id = ${restaurantId}
      AND retired_at IS NULL
      AND id NOT IN (SELECT (s ->> 'id')::uuid FROM jsonb_array_elements(${rows}::jsonb) AS s)
  `;
  await tx.$executeRaw`
    INSERT INTO stations (id, restaurant_id, name, position, fallback, combine, thresholds, lead, start, screen)
    SELECT
      s.id, ${restaurantId}, s.name, s.position, s.fallback, s.combine, s.thresholds, s.lead, s.start, s.screen
    FROM jsonb_to_recordset(${rows}::jsonb) AS s(
      id uuid, name text, position int, fallback boolean, combine boolean, thresholds jsonb, lead jsonb, start jsonb,
      screen boolean
    )
    ON CONFLICT (id) DO UPDATE SET
      name = EXCLUDED.name, position = EXCLUDED.position, fallback = EXCLUDED.fallback, retired_at = NULL,
      combine = EXCLUDED.combine, thresholds = EXCLUDED.thresholds, lead = EXCLUDED.lead, start = EXCLUDED.start,
      screen = EXCLUDED.screen
  `;
  return stations;
}

async function writeRules(tx: Sql, restaurantId: string, stations: Stations): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM routing_rules WHERE station_id IN (SELECT id FROM stations WHERE restaurant_id = ${restaurantId})
  `;
  const rules = JSON.stringify(
    stations.flatMap(({ id, routes }) =>
      routes.map((route, position) => ({ id: randomUUID(), station_id: id, position, ...route })),
    ),
  );
  await tx.$executeRaw`
    INSERT INTO routing_rules (id, station_id, position, category, sku, type)
    SELECT r.*
    FROM jsonb_to_recordset(${rules}::jsonb) AS r(
      id uuid, station_id uuid, position int, category text, sku text, type text
    )
  `;
}
