// Decides, before a page is rendered, which screen its browser is. The page learns it from a request header that only we can set.
import type { PrismaClient } from '../db/client.ts';
import { deviceCookie, expiredCookie, readClaims } from './cookies.ts';
import { demoChoice } from './demo.ts';
import type { Devices } from './devices.ts';
import { fits, screenAskedBy } from './screens.ts';

/** Above this many device cookies, those of devices that are gone are taken from the browser. */
const MANY_COOKIES = 10;

/** The page may be rendered with these request headers, or the browser belongs elsewhere; either way with these cookies set. */
export interface Admission { headers: Record<string, string>; redirect?: string; setCookies: string[] }

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export class PageGate {
  readonly #secure: boolean;
  constructor(private readonly parts: { devices: Devices; prisma: PrismaClient; publicUrl: string; demo: boolean }) {
    this.#secure = parts.publicUrl.startsWith('https:');
  }

  /** @returns null for what needs no device: assets, other pages */
  async admit(url: string, cookieHeader: string | undefined): Promise<Admission | null> {
    const asked = screenAskedBy(url);
    if (asked === 'invalid') return { headers: {}, redirect: '/not-paired', setCookies: [] };
    const front = url.split('?', 1)[0] === '/';
    if (!asked && !front) return null;
    const claims = readClaims(cookieHeader, this.#secure);
    const held = new Set<string>();
    const setCookies: string[] = [];
    const finish = (admission: Omit<Admission, 'setCookies'>): Admission => {
      if (claims.length > MANY_COOKIES) setCookies.push(...claims.filter((claim) => !held.has(claim.deviceId)).map((claim) => expiredCookie(claim.deviceId, this.#secure)));
      return { ...admission, setCookies };
    };
    const screens = await this.parts.devices.list(cookieHeader);
    for (const screen of screens) held.add(screen.deviceId);
    if (!asked) {
      return finish({ headers: { 'x-heard-screens': encode(screens), ...(this.parts.demo ? { 'x-heard-demo': encode(await demoChoice(this.parts.prisma)) } : {}) } });
    }
    const screen = screens.find((one) => fits(one, asked));
    if (!screen) return finish({ headers: {}, redirect: '/not-paired' });
    const claim = claims.find((one) => one.deviceId === screen.deviceId);
    if (claim) setCookies.push(deviceCookie(claim, this.#secure)); // a screen that is in use stays paired
    return finish({ headers: { 'x-heard-screen': encode(screen) } });
  }
}
