// Sets a restaurant up, in one transaction under its row's lock, so that two operators at once leave what one of them wrote. Stations keep
// their ids by name: tickets, lines and devices point at them. One that is no longer named is retired, not deleted.
import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import type { Bus } from '../db/bus.ts';
import type { PrismaClient, Sql } from '../db/client.ts';
import { recordChanges, FACTS } from '../feed/changes.ts';
import { audit } from './audit.ts';
import { addRoute, check, OPERATOR, readJson, upstreamId } from './requests.ts';
import { nameKey, RestaurantSetup } from './restaurant-setup.ts';

interface Parts { prisma: PrismaClient; bus: Pick<Bus, 'publish'> }

export function addRestaurantRoutes(app: Hono, parts: Parts): void {
  addRoute(app, '/api/v1/restaurants/:id', {
    PUT: async (c) => {
      const id = check(upstreamId, c.req.param('id'), 'id');
      return c.json(await setUpRestaurant(parts, id, await readJson(c, RestaurantSetup), OPERATOR));
    },
  });
}

/** Makes or changes a restaurant. @returns it as it now is, retired stations left out */
export async function setUpRestaurant({ prisma, bus }: Parts, id: string, setup: RestaurantSetup, actor: string) {
  const answer = await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO restaurants (id, name, time_zone, discovered) VALUES (${id}, ${setup.name}, coalesce(${setup.timeZone ?? null}, 'UTC'), false)
      ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, time_zone = coalesce(${setup.timeZone ?? null}, restaurants.time_zone), discovered = false`;
    const stations = await writeStations(tx, id, setup.stations);
    await writeRules(tx, id, stations);
    await audit(tx, actor, 'restaurant.put', `restaurant ${id}`, setup);
    const [row] = await tx.$queryRaw<[{ id: string; name: string; timeZone: string }]>`SELECT id, name, time_zone AS "timeZone" FROM restaurants WHERE id = ${id}`;
    await recordChanges(tx, new Map([[id, [FACTS]]]));
    return { ...row, stations };
  });
  bus.publish('feed', [id]);
  return answer;
}

type Stations = (RestaurantSetup['stations'][number] & { id: string })[];

async function writeStations(tx: Sql, restaurantId: string, wanted: RestaurantSetup['stations']): Promise<Stations> {
  const existing = await tx.$queryRaw<{ id: string; name: string }[]>`SELECT id, name FROM stations WHERE restaurant_id = ${restaurantId}`;
  const idByName = new Map(existing.map((station) => [nameKey(station.name), station.id]));
  const stations = wanted.map((station) => ({ id: idByName.get(nameKey(station.name)) ?? randomUUID(), ...station }));
  const rows = JSON.stringify(stations.map(({ id, name, fallback }, position) => ({ id, name, fallback, position })));
  await tx.$executeRaw`
    UPDATE stations SET retired_at = coalesce(retired_at, now()), fallback = false, position = position + 1000
    WHERE restaurant_id = ${restaurantId} AND retired_at IS NULL AND id NOT IN (SELECT (s ->> 'id')::uuid FROM jsonb_array_elements(${rows}::jsonb) AS s)`;
  await tx.$executeRaw`
    INSERT INTO stations (id, restaurant_id, name, position, fallback)
    SELECT s.id, ${restaurantId}, s.name, s.position, s.fallback FROM jsonb_to_recordset(${rows}::jsonb) AS s(id uuid, name text, position int, fallback boolean)
    ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, position = EXCLUDED.position, fallback = EXCLUDED.fallback, retired_at = NULL`;
  return stations;
}

async function writeRules(tx: Sql, restaurantId: string, stations: Stations): Promise<void> {
  await tx.$executeRaw`DELETE FROM routing_rules WHERE station_id IN (SELECT id FROM stations WHERE restaurant_id = ${restaurantId})`;
  const rules = JSON.stringify(stations.flatMap(({ id, routes }) => routes.map((route, position) => ({ id: randomUUID(), station_id: id, position, ...route }))));
  await tx.$executeRaw`
    INSERT INTO routing_rules (id, station_id, position, category, sku, type)
    SELECT r.* FROM jsonb_to_recordset(${rules}::jsonb) AS r(id uuid, station_id uuid, position int, category text, sku text, type text)`;
}
