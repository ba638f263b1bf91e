// Stands before every route: identifies the caller, asks the table, and lets the call through or refuses it. A route
// that the table does not name answers nobody.
import type { Context, Hono, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Logger } from '../logger.ts';
import type { Actor } from '../db/audit.ts';
import { requireToken } from '../http/token.ts';
import { Problem } from '../http/problems.ts';
import { hasNoRow } from '../http/requests.ts';
import type { ScreenIdentity } from '../protocol/views.ts';
import { isUuid } from './cookies.ts';
import type { Devices } from './devices.ts';
import { isFromOurPage } from './origins.ts';
import { type Allowed, type Caller, callerOf, callersOf, may, routes } from './permissions.ts';
import type { Sessions, SignedIn } from './sessions.ts';

export interface GuardDeps {
  opsToken: string;
  publicUrl: string;
  sessions: Sessions;
  devices: Devices;
  log: Logger;
}

const PERSON = 'heard-person';
const SCREEN = 'heard-screen';
/** Calls with a bearer token, which no browser sends by itself. */
const BY_TOKEN = /^\/(?:api|metrics)(?:\/|$)/;
/** Calls of signed-in people. */
const BY_SESSION = /^\/manage\//;
/** Calls of a paired device, which names itself in the path. */
const BY_DEVICE = /^\/screen\/api\//;

/** The signed-in person, for handlers of routes that only people may call. */
export function personOf(c: Context): SignedIn {
  const person = c.get(PERSON) as SignedIn | undefined;
  if (!person) throw new Error(`${c.req.routePath} is not a route for people`);
  return person;
}

/** The name for the audit. */
export const actorOf = (c: Context): Actor => {
  const { id, name } = personOf(c);
  return { id, name };
};

/** The paired screen that calls, for handlers of routes that only devices may call. */
export function screenOf(c: Context): ScreenIdentity {
  const screen = c.get(SCREEN) as ScreenIdentity | undefined;
  if (!screen) throw new Error(`${c.req.routePath} is not a route for screens`);
  return screen;
}

export function addGuard(app: Hono, deps: GuardDeps): void {
  const { opsToken, publicUrl, sessions, devices, log } = deps;
  const byToken = requireToken(opsToken);

  const bySession = async (c: Context, allowed: Allowed, restaurantId: string | undefined): Promise<void> => {
    const person = await sessions.find(c.req.header('cookie'));
    if (!person) throw new Problem(401, 'Nobody is signed in here, or not any more.');
    const callers = callersOf(person, restaurantId);
    if (!may(allowed, callers)) {
      // About a restaurant that is not theirs callers learn nothing, not even whether it exists.
      throw restaurantId === undefined
        ? new Problem(403, 'That is not yours to do.')
        : new Problem(404, 'There is no such restaurant here.');
    }
    c.set(PERSON, person);
  };

  const byDevice = async (c: Context, allowed: Allowed, deviceId: string | undefined): Promise<void> => {
    const screen =
      deviceId === undefined || !isUuid(deviceId) ? null : await devices.authenticate(c.req.header('cookie'), deviceId);
    if (screen === null || screen === 'revoked') throw new Problem(401, 'This browser is not that screen.');
    if (!may(allowed, [callerOf(screen)])) throw new Problem(403, 'That is not for this screen.');
    c.set(SCREEN, screen);
  };

  const guard: MiddlewareHandler = async (c, next) => {
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
    const path = c.req.path;
    const pattern = matchedRoutes(c).find((route) => !route.path.endsWith('*'))?.path;
    const allowed = pattern === undefined ? undefined : rule(method, pattern);
    if (BY_TOKEN.test(path)) {
      // Also for addresses that do not exist: without the token nobody learns which do.
      if (allowed && !allowed.includes('token')) throw notHere();
      return byToken(c, async () => {
        if (pattern !== undefined && !allowed) refuse(pattern);
        await next();
      });
    }
    if (pattern === undefined) return next();
    if (!allowed) return refuse(pattern);
    if (method !== 'GET') fromOurPage(c);
    if (BY_SESSION.test(path)) await bySession(c, allowed, parameter(pattern, path, ':restaurant'));
    else if (BY_DEVICE.test(path)) await byDevice(c, allowed, parameter(pattern, path, ':device'));
    else if (!may(allowed, [])) throw notHere();
    return next();
  };

  const refuse = (pattern: string): never => {
    log.error({ route: pattern }, 'a route that the table of permissions does not name');
    throw notHere();
  };

  const fromOurPage = (c: Context): void => {
    const sender = {
      origin: c.req.header('origin'),
      host: c.req.header('host'),
      fetchSite: c.req.header('sec-fetch-site'),
    };
    if (!isFromOurPage(sender, publicUrl)) throw new Problem(403, 'That did not come from a page of ours.');
    // Over the wire even a request without a body has a stream for one.
    const empty = (c.req.header('content-length') ?? '0') === '0' && c.req.header('transfer-encoding') === undefined;
    if (!empty && !/^application\/json(?:;|$)/i.test(c.req.header('content-type') ?? ''))
      throw new Problem(415, 'Send JSON, with the content type that says so.');
  };

  app.use(guard);
}

const notHere = () => new Problem(404, 'There is nothing at this address.');

/** A method that a route does not have is answered 405, for callers that may use one of its other methods. */
function rule(method: string, pattern: string): Allowed | undefined {
  const exact = routes[`${method} ${pattern}`];
  if (exact) return exact;
  const others = Object.entries(routes)
    .filter(([key]) => key.slice(key.indexOf(' ') + 1) === pattern)
    .flatMap(([, allowed]) => allowed);
  return others.length ? [...new Set<Caller>(others)] : undefined;
}

/** The part of a path at the place of this name in the pattern. @returns undefined where the pattern has none */
function parameter(pattern: string, path: string, name: string): string | undefined {
  const at = pattern.split('/').indexOf(name);
  if (at < 0) return undefined;
  try {
    const value = decodeURIComponent(path.split('/')[at] ?? '');
    return hasNoRow(value) ? '' : value;
  } catch {
    return '';
  }
}
