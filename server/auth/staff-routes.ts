// On a paired device: the names to choose from, signing in and out with a PIN, and the code that pairs a tablet.
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { Problem } from '../http/problems.ts';
import { answer } from '../http/answers.ts';
import { addRoute, readJson } from '../http/requests.ts';
import { PairedScreen } from '../protocol/devices.ts';
import { StaffAtDevice } from '../protocol/staff.ts';
import { StaffView } from '../protocol/views.ts';
import { addressOf } from './client-address.ts';
import { deviceCookie } from './cookies.ts';
import type { Devices } from './devices.ts';
import { screenOf } from './guard.ts';
import type { AttemptLimits } from './limits.ts';
import { pageOf } from './screens.ts';
import type { Staff } from './staff.ts';

interface Deps {
  staff: Staff;
  devices: Devices;
  limits: AttemptLimits;
}

const SignIn = z.strictObject({
  personId: z.uuid('must be the id of somebody of the list'),
  pin: z.string().regex(/^\d{4,8}$/, 'must be 4 to 8 digits'),
});
const Code = z.strictObject({ code: z.string().max(40, 'must be the 8 characters that the manager sees') });

export function addStaffRoutes(app: Hono, deps: Deps): void {
  const { staff } = deps;
  addRoute(app, '/screen/api/:device/staff', {
    GET: async (c) => answer(c, StaffAtDevice, await staff.at(screenOf(c))),
  });
  addRoute(app, '/screen/api/:device/staff/sign-in', {
    POST: async (c) => {
      const { personId, pin } = await readJson(c, SignIn);
      return answer(c, StaffView, await staff.signIn(screenOf(c), personId, pin));
    },
  });
  addRoute(app, '/screen/api/:device/staff/sign-out', {
    POST: async (c) => {
      await staff.signOut(screenOf(c));
      return c.body(null, 204);
    },
  });
  addRoute(app, '/auth/pair', { POST: (c) => pairByCode(c, deps) });
}

async function pairByCode(c: Context, { devices, limits }: Deps): Promise<Response> {
  const { code } = await readJson(c, Code);
  const [here, all] = [
    { limit: 'code:address', key: addressOf(c) },
    { limit: 'code:all', key: 'all' },
  ] as const;
  await limits.take(here, all);
  const paired = await devices.pairByCode(code);
  if (!paired)
    throw new Problem(404, 'There is no such code, or its five minutes are over. Ask the manager for a new one.');
  await limits.takeBack(here, all);
  c.header('set-cookie', deviceCookie(paired.claim, devices.secure));
  return answer(c, PairedScreen, {
    location: `${pageOf(paired.role, paired.station)}?device=${paired.claim.deviceId}`,
  });
}
