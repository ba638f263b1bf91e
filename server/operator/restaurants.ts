// Sets a restaurant up, in one transaction under its row's lock: of two operators at once, one wins as a whole.
// Stations keep their ids by name, since tickets, lines and devices point at them. A station that is no longer named is
// retired, not deleted.
import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import type { Bus } from '../db/bus.ts';
import type { PrismaClient, Sql } from '../db/client.ts';
import { FACTS, recordChanges } from '../feed/changes.ts';
import { coursesJson } from '../feed/facts.ts';
import { TOGETHER, type Courses, type Thresholds } from '../protocol/facts.ts';
import { audit, type Actor } from '../db/audit.ts';
import { Problem } from '../http/problems.ts';
import { addRoute, check, OPERATOR, readJson, upstreamId } from '../http/requests.ts';
import { nameKey } from '../protocol/setup.ts';
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
      INSERT INTO restaurants (id, name, time_zone, discovered, course_mode, course_gap_seconds)
      VALUES (
        ${id}, ${setup.name}, coalesce(${setup.timeZone ?? null}, 'UTC'), false, ${courses.mode},
        ${courses.gapSeconds}
      )
      ON CONFLICT (id) DO UPDATE SET
        name = EXCLUDED.name, time_zone = coalesce(${setup.timeZone ?? null}, restaurants.time_zone),
        discovered = false, course_mode = coalesce(${setup.courses?.mode ?? null}, restaurants.course_mode),
        course_gap_seconds = coalesce(${setup.courses?.gapSeconds ?? null}, restaurants.course_gap_seconds)
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
    const [row] = await tx.$queryRaw<[{ id: string; name: string; timeZone: string; courses: Courses }]>`
      SELECT r.id, r.name, r.time_zone AS "timeZone", ${coursesJson} AS courses FROM restaurants r WHERE r.id = ${id}`;
    await recordChanges(tx, new Map([[id, [FACTS]]]));
    return { ...row, stations };
  });
  bus.publish('feed', [id]);
  if (setup.courses) bus.publish('courses', [id]);
  return answer;
}

type Stations = (RestaurantSetup['stations'][number] & { id: string; combine: boolean; thresholds: Thresholds })[];

/** Fields that the set-up leaves out stay as they were. */
async function writeStations(tx: Sql, restaurantId: string, wanted: RestaurantSetup['stations']): Promise<Stations> {
  const existing = await tx.$queryRaw<
    { id: string; name: string; combine: boolean; thresholds: Thresholds }[]
  >`SELECT id, name, combine, thresholds FROM stations WHERE restaurant_id = ${restaurantId}`;
  const byName = new Map(existing.map((station) => [nameKey(station.name), station]));
  const stations = wanted.map((station) => {
    const was = byName.get(nameKey(station.name));
    return {
      id: was?.id ?? randomUUID(),
      ...station,
      combine: station.combine ?? was?.combine ?? false,
      thresholds: station.thresholds ?? was?.thresholds ?? {},
    };
  });
  const rows = JSON.stringify(
    stations.map(({ id, name, fallback, combine, thresholds }, position) => ({
      id,
      name,
      fallback,
      combine,
      thresholds,
      position,
    })),
  );
  await tx.$executeRaw`
    UPDATE stations
    SET retired_at = coalesce(retired_at, now()), fallback = false, position = position + 1000
    WHERE restaurant_id = ${restaurantId}
      AND retired_at IS NULL
      AND id NOT IN (SELECT (s ->> 'id')::uuid FROM jsonb_array_elements(${rows}::jsonb) AS s)
  `;
  await tx.$executeRaw`
    INSERT INTO stations (id, restaurant_id, name, position, fallback, combine, thresholds)
    SELECT s.id, ${restaurantId}, s.name, s.position, s.fallback, s.combine, s.thresholds
    FROM jsonb_to_recordset(${rows}::jsonb) AS s(
      id uuid, name text, position int, fallback boolean, combine boolean, thresholds jsonb
    )
    ON CONFLICT (id) DO UPDATE SET
      name = EXCLUDED.name, position = EXCLUDED.position, fallback = EXCLUDED.fallback, retired_at = NULL,
      combine = EXCLUDED.combine, thresholds = EXCLUDED.thresholds
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
