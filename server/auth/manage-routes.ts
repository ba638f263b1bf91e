// Managers' calls about their restaurant's people and devices.
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { PrismaClient } from '../db/client.ts';
import { Problem } from '../http/problems.ts';
import { answer, type Sent } from '../http/answers.ts';
import { addRoute, check, label, readJson, upstreamId } from '../http/requests.ts';
import { DeviceList, PairingCode } from '../protocol/devices.ts';
import { PersonRole, Role } from '../protocol/domain.ts';
import { InvitationList, MadeLink } from '../protocol/invitations.ts';
import { PersonAdded, TeamList } from '../protocol/people.ts';
import { Email } from './account-routes.ts';
import { isUuid } from './cookies.ts';
import { liveStations, stationOfScreen } from './device-routes.ts';
import type { Devices, Pairing } from './devices.ts';
import { actorOf, personOf } from './guard.ts';
import { Pin } from './passwords.ts';
import type { People } from './people.ts';

interface Deps {
  prisma: PrismaClient;
  devices: Devices;
  people: People;
  publicUrl: string;
}

const personRole = z.enum(PersonRole.options, `must be one of ${PersonRole.options.join(', ')}`);
const NewPerson = z.strictObject({ name: label(80), role: personRole, pin: Pin.nullable().default(null) });
const PersonChange = z.strictObject({ name: label(80).optional(), role: personRole.optional() });
const NewPin = z.strictObject({ pin: Pin.nullable() });
const Invitation = z.strictObject({
  name: label(80).nullable().default(null),
  email: Email.nullable().default(null),
  role: personRole,
});
const WideInvitation = z
  .strictObject({
    name: label(80).nullable().default(null),
    email: Email.nullable().default(null),
    operator: z.boolean().default(false),
    restaurants: z.array(upstreamId).max(200).default([]),
  })
  .refine(({ operator, restaurants }) => operator || restaurants.length > 0, {
    path: ['restaurants'],
    message: 'must name at least one, unless it is for an operator',
  });
const staffMinutes = z.number().int().min(1, 'must be from 1 to 1440').max(1440, 'must be from 1 to 1440');
const NewDevice = z.strictObject({
  name: label(100),
  role: z.enum(Role.options, `must be one of ${Role.options.join(', ')}`),
  station: z.string().nullable().optional(),
  staffMinutes: staffMinutes.optional(),
});
const DeviceChange = z.strictObject({ name: label(100).optional(), staffMinutes: staffMinutes.optional() });

const here = (c: Context): string => check(upstreamId, c.req.param('restaurant'), 'restaurant');

function idIn(c: Context, what: string): string {
  const id = (c.req.param('id') ?? '').toLowerCase();
  if (!isUuid(id)) throw new Problem(404, `There is no such ${what} here.`);
  return id;
}

export function addManageRoutes(app: Hono, deps: Deps): void {
  const { people, devices } = deps;
  const at = '/manage/api/restaurants/:restaurant';
  const done = (c: Context) => c.body(null, 204);

  addRoute(app, `${at}/people`, {
    GET: async (c) => answer(c, TeamList, { people: await people.list(here(c)) }),
    POST: async (c) =>
      answer(c, PersonAdded, await people.add(personOf(c), here(c), await readJson(c, NewPerson)), 201),
  });
  addRoute(app, `${at}/people/:id`, {
    PUT: async (c) => {
      await people.change(personOf(c), here(c), idIn(c, 'person'), await readJson(c, PersonChange));
      return done(c);
    },
    DELETE: async (c) => {
      await people.remove(personOf(c), here(c), idIn(c, 'person'));
      return done(c);
    },
  });
  addRoute(app, `${at}/people/:id/pin`, {
    PUT: async (c) => {
      await people.setPin(personOf(c), here(c), idIn(c, 'person'), (await readJson(c, NewPin)).pin);
      return done(c);
    },
  });
  addRoute(app, `${at}/people/:id/password-link`, {
    POST: async (c) => answer(c, MadeLink, await people.passwordLink(personOf(c), here(c), idIn(c, 'person')), 201),
  });
  addRoute(app, `${at}/invitations`, {
    GET: async (c) => answer(c, InvitationList, { invitations: await people.invitations(here(c)) }),
    POST: async (c) => {
      const { role, ...invitation } = await readJson(c, Invitation);
      return answer(
        c,
        MadeLink,
        await people.invite(personOf(c), { ...invitation, operator: false, grants: [{ restaurantId: here(c), role }] }),
        201,
      );
    },
  });
  addRoute(app, `${at}/invitations/:id`, {
    DELETE: async (c) => {
      await people.endInvitation(personOf(c), here(c), idIn(c, 'invitation'));
      return done(c);
    },
  });
  addRoute(app, '/manage/api/invitations', {
    POST: async (c) => {
      const { restaurants, ...invitation } = await readJson(c, WideInvitation);
      return answer(
        c,
        MadeLink,
        await people.invite(personOf(c), {
          ...invitation,
          grants: restaurants.map((restaurantId) => ({ restaurantId, role: 'manager' })),
        }),
        201,
      );
    },
  });

  addRoute(app, `${at}/devices`, {
    GET: async (c) =>
      answer(c, DeviceList, {
        devices: await devices.of(here(c)),
        stations: ((await liveStations(deps.prisma, here(c))) ?? []).map(({ name }) => name),
      }),
    POST: (c) => newDevice(c, deps),
  });
  addRoute(app, `${at}/devices/:id`, {
    PUT: async (c) => {
      if (!(await devices.change(here(c), idIn(c, 'device'), await readJson(c, DeviceChange), actorOf(c))))
        throw noDevice();
      return done(c);
    },
    DELETE: async (c) => {
      if (!(await devices.revoke(idIn(c, 'device'), actorOf(c), here(c)))) throw noDevice();
      return done(c);
    },
  });
  addRoute(app, `${at}/devices/:id/code`, {
    POST: async (c) => {
      const made = await devices.renewPairing(here(c), idIn(c, 'device'), actorOf(c));
      if (!made) throw new Problem(409, 'This device is a screen already, or was revoked: make a new one.');
      return answer(c, PairingCode, pairing(made, deps.publicUrl), 201);
    },
  });
}

const noDevice = () => new Problem(404, 'There is no such device here.');

function pairing({ id, code, secret, expiresAt }: Pairing, publicUrl: string): Sent<PairingCode> {
  if (code === null) throw new Error('a device of a manager was made without a code');
  return { id, code, url: `${publicUrl}/pair/${secret}`, expiresAt };
}

async function newDevice(c: Context, { prisma, devices, publicUrl }: Deps): Promise<Response> {
  const { name, role, station, staffMinutes } = await readJson(c, NewDevice);
  const restaurantId = here(c);
  const stations = await liveStations(prisma, restaurantId);
  if (!stations) throw new Problem(404, 'There is no such restaurant here.');
  const made = await devices.create(
    {
      name,
      restaurantId,
      role,
      stationId: stationOfScreen(role, station, stations),
      ...(staffMinutes !== undefined && { staffMinutes }),
    },
    actorOf(c),
    true,
  );
  return answer(c, PairingCode, pairing(made, publicUrl), 201);
}
