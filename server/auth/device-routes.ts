// Devices over HTTP: an operator makes and revokes them, a browser becomes one by opening its link.
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { PrismaClient } from '../db/client.ts';
import { Problem } from '../http/problems.ts';
import { addRoute, check, label, OPERATOR, readJson, upstreamId } from '../http/requests.ts';
import { nameKey } from '../protocol/setup.ts';
import { Role } from '../protocol/domain.ts';
import { deviceCookie } from './cookies.ts';
import type { Devices } from './devices.ts';
import { pageOf } from './screens.ts';

const Body = z.strictObject({
  name: label(100),
  restaurantId: upstreamId,
  role: z.enum(Role.options, `must be one of ${Role.options.join(', ')}`),
  station: z.string().nullable().optional(),
});

interface Deps {
  prisma: PrismaClient;
  devices: Devices;
  publicUrl: string;
}

export function addDeviceRoutes(app: Hono, deps: Deps): void {
  addRoute(app, '/api/v1/devices', { POST: (c) => create(c, deps) });
  addRoute(app, '/api/v1/devices/:id', {
    DELETE: async (c) => {
      if (!(await deps.devices.revoke((c.req.param('id') ?? '').toLowerCase(), OPERATOR)))
        throw new Problem(404, 'There is no such device.');
      return c.body(null, 204);
    },
  });
  addRoute(app, '/pair/:secret', { GET: (c) => pair(c, deps) });
}

async function create(c: Context, { prisma, devices, publicUrl }: Deps): Promise<Response> {
  const { name, restaurantId, role, station } = await readJson(c, Body);
  const stations = await liveStations(prisma, restaurantId);
  if (!stations)
    throw new Problem(
      404,
      `There is no restaurant ${restaurantId}: PUT /api/v1/restaurants/{id} makes it, and so does its first order.`,
    );
  const { id, secret } = await devices.create(
    { name, restaurantId, role, stationId: stationOfScreen(role, station, stations) },
    OPERATOR,
  );
  return c.json({ id, url: `${publicUrl}/pair/${secret}` }, 201);
}

async function pair(c: Context, { devices, publicUrl }: Deps): Promise<Response> {
  // The link works once: a mere look must not use it up.
  if (c.req.method === 'HEAD')
    throw new Problem(405, 'Open this address in the browser that is to be the screen.', {}, { allow: 'GET' });
  const paired = await devices.pair(check(z.string(), c.req.param('secret'), 'secret'));
  if (!paired) return c.redirect('/not-paired?why=used', 302);
  c.header('set-cookie', deviceCookie(paired.claim, publicUrl.startsWith('https:')));
  return c.redirect(pageOf(paired.role, paired.station), 302);
}

/**
 * The station of a screen; null for a screen of the whole restaurant.
 * @throws Problem 400 that names the stations, where a kitchen screen has none of them
 */
export function stationOfScreen(
  role: Role,
  station: string | null | undefined,
  stations: readonly { id: string; name: string }[],
): string | null {
  if (role !== 'kitchen') return null;
  const found = stations.find((one) => nameKey(one.name) === nameKey(station?.trim() ?? ''));
  if (found) return found.id;
  const names = stations.map((one) => one.name);
  throw new Problem(400, `station: a kitchen screen needs one of this restaurant's stations: ${names.join(', ')}`, {
    errors: [{ field: 'station', message: 'must be one of the stations' }],
    stations: names,
  });
}

/** @returns null where there is no such restaurant */
export async function liveStations(
  prisma: PrismaClient,
  restaurantId: string,
): Promise<{ id: string; name: string }[] | null> {
  const restaurant = await prisma.restaurant.findUnique({
    where: { id: restaurantId },
    select: {
      stations: { where: { retiredAt: null }, orderBy: { position: 'asc' }, select: { id: true, name: true } },
    },
  });
  return restaurant?.stations ?? null;
}
