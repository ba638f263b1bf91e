// For the demo only, which keeps nobody out: any browser becomes any screen, or the manager, in one tap.
import { randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import type { PrismaClient } from '../db/client.ts';
import { Problem } from '../http/problems.ts';
import { addRoute, hasNoRow } from '../http/requests.ts';
import { nameKey } from '../protocol/setup.ts';
import type { DemoChoice } from '../protocol/demo.ts';
import { type PersonRole, Role } from '../protocol/domain.ts';
import { deviceCookie, sessionCookie } from './cookies.ts';
import { liveStations } from './device-routes.ts';
import type { Devices } from './devices.ts';
import { hashSecret } from './passwords.ts';
import { pages } from './permissions.ts';
import { fits, pageOf, type ScreenAsked } from './screens.ts';
import { ABSOLUTE_SECONDS, type Sessions } from './sessions.ts';

interface Deps {
  prisma: PrismaClient;
  devices: Devices;
  sessions: Sessions;
}

const DEMO_EMAIL = 'demo@heard.example';
/** The PIN of all staff in the demo. */
const DEMO_PIN = '2580';
const STAFF: [name: string, role: PersonRole][] = [
  ['Ana', 'chef'],
  ['Bo', 'chef'],
  ['Chen', 'expo'],
  ['Dilip', 'waiter'],
  ['Eve', 'waiter'],
  ['Fatima', 'manager'],
];

export function addDemoRoutes(app: Hono, deps: Deps): void {
  addRoute(app, '/demo/open', { GET: (c) => open(c, deps) });
  addRoute(app, '/demo/manage', { GET: (c) => manage(c, deps) });
}

/** The choices on the demo's front page. */
export async function demoChoice(prisma: PrismaClient): Promise<DemoChoice> {
  const restaurants = await prisma.restaurant.findMany({
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 50,
    select: {
      id: true,
      name: true,
      stations: { where: { retiredAt: null }, orderBy: { position: 'asc' }, select: { name: true } },
    },
  });
  return { restaurants };
}

/** The demo's own operator. @param password for a sign-in by form; null: only by a tap on the front page */
export async function makeDemoPerson(prisma: PrismaClient, password: string | null): Promise<string> {
  const hash = password === null ? null : await hashSecret(password);
  const [row] = await prisma.$queryRaw<[{ id: string }]>`
    INSERT INTO people (id, name, email, password_hash, operator, created_at)
    VALUES (${randomUUID()}::uuid, 'Demo', ${DEMO_EMAIL}, ${hash}, true, now())
    ON CONFLICT (email) DO UPDATE SET
      operator = true, revoked_at = NULL, password_hash = coalesce(EXCLUDED.password_hash, people.password_hash)
    RETURNING id
  `;
  return row.id;
}

/** Staff for a restaurant of the demo, so that there is a name to choose. */
async function makeStaff(prisma: PrismaClient, restaurantId: string): Promise<void> {
  if (await prisma.membership.count({ where: { restaurantId } })) return;
  const hash = await hashSecret(DEMO_PIN);
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM restaurants WHERE id = ${restaurantId} FOR UPDATE`;
    if (await tx.membership.count({ where: { restaurantId } })) return;
    for (const [name, role] of STAFF) {
      const id = randomUUID();
      await tx.$executeRaw`INSERT INTO people (id, name, created_at) VALUES (${id}::uuid, ${name}, now())`;
      await tx.$executeRaw`
        INSERT INTO memberships (person_id, restaurant_id, role, pin_hash, created_at)
        VALUES (${id}::uuid, ${restaurantId}, ${role}, ${hash}, now())
      `;
    }
  });
}

async function open(c: Context, { prisma, devices }: Deps): Promise<Response> {
  const { restaurant: restaurantId = '', role: roleText, station: stationText = '' } = c.req.query();
  const role = Role.safeParse(roleText).data;
  if (!role) throw new Problem(400, `role: must be one of ${Role.options.join(', ')}`);
  const stations = await stationsOf(prisma, restaurantId);
  const station = role === 'kitchen' ? stations.find((one) => nameKey(one.name) === nameKey(stationText)) : undefined;
  if (role === 'kitchen' && !station)
    throw new Problem(404, `There is no such station; the stations are ${stations.map((one) => one.name).join(', ')}`);
  await makeStaff(prisma, restaurantId);

  const asked: ScreenAsked = { role, ...(station ? { station: station.name } : {}) };
  const held = (await devices.list(c.req.header('cookie'))).find(
    (screen) => screen.restaurant.id === restaurantId && fits(screen, asked),
  );
  if (held) return c.redirect(`${pageOf(role, station?.name ?? null)}?device=${held.deviceId}`, 302);
  const name = `Demo ${station?.name ?? role}`;
  const { secret } = await devices.create({ name, restaurantId, role, stationId: station?.id ?? null }, 'demo');
  const paired = await devices.pair(secret);
  if (!paired) throw new Error('a device that was just made could not be paired');
  c.header('set-cookie', deviceCookie(paired.claim, devices.secure));
  return c.redirect(`${pageOf(role, station?.name ?? null)}?device=${paired.claim.deviceId}`, 302);
}

/** Signs this browser in as the demo's operator, and leads to a page of the manager's. */
async function manage(c: Context, { prisma, sessions }: Deps): Promise<Response> {
  const { restaurant: restaurantId = '', page = '/manager' } = c.req.query();
  if (!Object.hasOwn(pages, page) || page.includes('[')) throw new Problem(404, 'There is no such page.');
  await stationsOf(prisma, restaurantId);
  await makeStaff(prisma, restaurantId);
  if (!(await sessions.find(c.req.header('cookie')))?.operator) {
    const { token } = await sessions.open(prisma, await makeDemoPerson(prisma, null), c.req.header('user-agent'));
    c.header('set-cookie', sessionCookie(token, ABSOLUTE_SECONDS, sessions.secure));
  }
  return c.redirect(`${page}?${new URLSearchParams({ restaurant: restaurantId })}`, 302);
}

/** @throws Problem 404 where there is no such restaurant */
async function stationsOf(prisma: PrismaClient, restaurantId: string): Promise<{ id: string; name: string }[]> {
  const stations = hasNoRow(restaurantId) ? null : await liveStations(prisma, restaurantId);
  if (!stations) throw new Problem(404, 'There is no such restaurant yet: its first order makes it.');
  return stations;
}
