// A browser's devices are its cookies, one each, so that one tablet can be several screens, and signing out one leaves the others.
const PREFIX = 'heard_device_';
/** The longest that browsers keep a cookie; each visit begins it anew. */
const MAX_AGE_SECONDS = 400 * 24 * 3600;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** One device that a browser says it is, with the token that has to prove it. */
export interface Claim { deviceId: string; token: string }

/** The well-formed device cookies of a Cookie header, each device once. */
export function readClaims(cookieHeader: string | undefined): Claim[] {
  const claims = new Map<string, Claim>();
  for (const pair of (cookieHeader ?? '').split(';')) {
    const [name = '', token = ''] = pair.trim().split('=', 2);
    const deviceId = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : '';
    if (UUID.test(deviceId) && SECRET.test(token)) claims.set(deviceId, { deviceId, token });
  }
  return [...claims.values()];
}

export const isDeviceId = (text: string): boolean => UUID.test(text);

/** Set-Cookie for one device. @param secure whether browsers reach us by https */
export const deviceCookie = ({ deviceId, token }: Claim, secure: boolean): string => cookie(deviceId, token, MAX_AGE_SECONDS, secure);

/** Set-Cookie that makes the browser forget a device. */
export const expiredCookie = (deviceId: string, secure: boolean): string => cookie(deviceId, '', 0, secure);

const cookie = (deviceId: string, value: string, maxAge: number, secure: boolean) =>
  `${PREFIX}${deviceId}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
