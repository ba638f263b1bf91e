// Finds out the visitor before a page is rendered, and asks the table whether they may see it. The page learns the
// visitor from request headers that only we can set.
import type { PrismaClient } from '../db/client.ts';
import type { ScreenIdentity } from '../protocol/views.ts';
import { whoIs } from '../auth/account-routes.ts';
import { type DeviceClaim, deviceCookie, expiredCookie, readClaims, readSession } from '../auth/cookies.ts';
import { demoChoice } from '../auth/demo.ts';
import type { Devices } from '../auth/devices.ts';
import { type Allowed, callerOf, callersOf, may, pageAt, pages } from '../auth/permissions.ts';
import type { ScreenAccess } from '../auth/screen-access.ts';
import { fits, screenAskedBy } from '../auth/screens.ts';
import type { Sessions } from '../auth/sessions.ts';

/** Above this many device cookies, the cookies of revoked devices are taken from the browser. */
const MANY_COOKIES = 10;

/**
 * Either the page may be rendered with these request headers, or the browser is sent elsewhere; in both cases with
 * these cookies set.
 */
export interface Admission {
  headers: Record<string, string>;
  redirect?: string;
  setCookies: string[];
}

interface PageGateDeps {
  devices: Devices;
  sessions: Sessions;
  access: ScreenAccess;
  prisma: PrismaClient;
  demo: boolean;
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export class PageGate {
  constructor(private readonly deps: PageGateDeps) {}

  /** @returns undefined where there is no such page */
  async admit(url: string, cookieHeader: string | undefined): Promise<Admission | undefined> {
    const [path = '', query = ''] = url.split('?', 2);
    const pattern = pageAt(path);
    const allowed = pattern === undefined ? undefined : pages[pattern];
    if (pattern === undefined || !allowed) return undefined;
    const asked = new URLSearchParams(query);
    if (pattern === '/') return this.#front(cookieHeader);
    if (allowed.includes('anyone')) return { headers: {}, setCookies: [] };
    const person = await this.#person(allowed, asked, cookieHeader);
    if (person !== null && person !== 'not-theirs') return person;
    const signIn = person === null ? `/sign-in?${new URLSearchParams({ next: path })}` : '/account';
    return (
      (await this.#device(url, allowed, cookieHeader)) ?? {
        headers: {},
        setCookies: [],
        redirect: allowed.some((one) => one === 'person' || one === 'manager') ? signIn : '/not-paired',
      }
    );
  }

  /** The front page leads a browser to its screens, and a person to the pages that they manage. */
  async #front(cookieHeader: string | undefined): Promise<Admission> {
    const { devices, sessions, prisma, demo } = this.deps;
    const claims = readClaims(cookieHeader, devices.secure);
    const screens = await devices.list(cookieHeader);
    const person = await sessions.find(cookieHeader);
    return {
      headers: {
        'x-heard-screens': encode(screens),
        ...(person && { 'x-heard-person': encode(await whoIs(prisma, person)) }),
        ...(demo && { 'x-heard-demo': encode(await demoChoice(prisma)) }),
      },
      setCookies: this.#forgotten(claims, screens),
    };
  }

  /** @returns null where nobody is signed in, or a device is asked for */
  async #person(
    allowed: Allowed,
    asked: URLSearchParams,
    cookieHeader: string | undefined,
  ): Promise<Admission | 'not-theirs' | null> {
    const { sessions, access, prisma } = this.deps;
    if (
      asked.has('device') ||
      readSession(cookieHeader, sessions.secure) === undefined ||
      !may(allowed, ['person', 'manager', 'operator'])
    )
      return null;
    const person = await sessions.find(cookieHeader);
    if (!person) return null;
    const view = await whoIs(prisma, person);
    const headers = { 'x-heard-person': encode(view) };
    if (allowed.includes('person')) return { headers, setCookies: [] };
    const restaurantId =
      asked.get('restaurant') ?? view.restaurants.find(({ id }) => may(allowed, callersOf(person, id)))?.id;
    const screen = restaurantId === undefined ? null : await access.ofPerson(person, restaurantId);
    if (screen) return { headers: { ...headers, 'x-heard-screen': encode(screen) }, setCookies: [] };
    // A restaurant that is not theirs, or none at all: an operator before the first restaurant.
    return 'not-theirs';
  }

  async #device(url: string, allowed: Allowed, cookieHeader: string | undefined): Promise<Admission | null> {
    const { devices } = this.deps;
    const asked = screenAskedBy(url);
    if (!asked || asked === 'invalid') return null;
    const claims = readClaims(cookieHeader, devices.secure);
    const screens = await devices.list(cookieHeader);
    const setCookies = this.#forgotten(claims, screens);
    const screen = screens.find((one) => fits(one, asked) && may(allowed, [callerOf(one)]));
    if (!screen) return setCookies.length ? { headers: {}, redirect: '/not-paired', setCookies } : null;
    const claim = claims.find((one) => one.deviceId === screen.deviceId);
    if (claim) setCookies.push(deviceCookie(claim, devices.secure)); // a screen that is in use stays paired
    return { headers: { 'x-heard-screen': encode(screen) }, setCookies };
  }

  #forgotten(claims: DeviceClaim[], screens: ScreenIdentity[]): string[] {
    if (claims.length <= MANY_COOKIES) return [];
    const held = new Set(screens.map((screen) => screen.deviceId));
    return claims
      .filter((claim) => !held.has(claim.deviceId))
      .map((claim) => expiredCookie(claim.deviceId, this.deps.devices.secure));
  }
}
