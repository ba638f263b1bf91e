// For the demo only, where nobody is kept out: any browser may be any screen, in one tap.
import type { Context, Hono } from 'hono';
import type { PrismaClient } from '../db/client.ts';
import { Problem } from '../operator/problems.ts';
import { addRoute, hasNoRow } from '../operator/requests.ts';
import { nameKey } from '../operator/restaurant-setup.ts';
import { Role } from '../protocol/domain.ts';
import { liveStations } from './device-routes.ts';
import { deviceCookie } from './cookies.ts';
import type { Devices } from './devices.ts';
import { fits, pageOf, type ScreenAsked } from './screens.ts';

export interface DemoChoice { restaurants: { id: string; name: string; stations: { name: string }[] }[] }

interface Parts { prisma: PrismaClient; devices: Devices; publicUrl: string }

export function addDemoRoutes(app: Hono, parts: Parts): void {
  addRoute(app, '/demo/open', { GET: (c) => open(c, parts) });
}

/** What the front page of the demo offers. */
export async function demoChoice(prisma: PrismaClient): Promise<DemoChoice> {
  const restaurants = await prisma.restaurant.findMany({
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 50,
    select: { id: true, name: true, stations: { where: { retiredAt: null }, orderBy: { position: 'asc' }, select: { name: true } } },
  });
  return { restaurants };
}

async function open(c: Context, { prisma, devices, publicUrl }: Parts): Promise<Response> {
  const { restaurant: restaurantId = '', role: roleText, station: stationText = '' } = c.req.query();
  const role = Role.safeParse(roleText).data;
  if (!role) throw new Problem(400, `role: must be one of ${Role.options.join(', ')}`);
  const stations = hasNoRow(restaurantId) ? null : await liveStations(prisma, restaurantId);
  if (!stations) throw new Problem(404, 'There is no such restaurant yet: its first order makes it.');
  const station = role === 'kitchen' ? stations.find((one) => nameKey(one.name) === nameKey(stationText)) : undefined;
  if (role === 'kitchen' && !station) throw new Problem(404, `There is no such station; the stations are ${stations.map((one) => one.name).join(', ')}`);

  const asked: ScreenAsked = { role, ...(station ? { station: station.name } : {}) };
  const held = (await devices.list(c.req.header('cookie'))).find((screen) => screen.restaurant.id === restaurantId && fits(screen, asked));
  if (held) return c.redirect(`${pageOf(role, station?.name ?? null)}?device=${held.deviceId}`, 302);
  const name = `Demo ${station?.name ?? role}`;
  const { secret } = await devices.create({ name, restaurantId, role, stationId: station?.id ?? null }, 'demo');
  const paired = await devices.pair(secret);
  if (!paired) throw new Error('a device that was just made could not be paired');
  c.header('set-cookie', deviceCookie(paired.claim, publicUrl.startsWith('https:')));
  return c.redirect(`${pageOf(role, station?.name ?? null)}?device=${paired.claim.deviceId}`, 302);
}
