// The cookies that identify browsers. Each device of a browser is a cookie of its own: one tablet can be several
// screens, and signing out one leaves the others. The session of a signed-in person is one more. Over https the names
// begin with __Host-: no other host of the domain can then set such a cookie.
const DEVICE = 'heard_device_';
const SESSION = 'heard_session';
/** The longest that browsers keep a cookie; each visit renews it. */
const DEVICE_SECONDS = 400 * 24 * 3600;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** A device that a browser claims to be, with the token that has to prove it. */
export interface DeviceClaim {
  deviceId: string;
  token: string;
}

export const isUuid = (text: string): boolean => UUID.test(text);

const named = (name: string, secure: boolean) => (secure ? `__Host-${name}` : name);

/**
 * The well-formed device cookies of a Cookie header, each device once. @param secure whether browsers reach us by https
 */
export function readClaims(cookieHeader: string | undefined, secure: boolean): DeviceClaim[] {
  const prefix = named(DEVICE, secure);
  const claims = new Map<string, DeviceClaim>();
  for (const [name, token] of pairs(cookieHeader)) {
    const deviceId = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    if (UUID.test(deviceId) && SECRET.test(token)) claims.set(deviceId, { deviceId, token });
  }
  return [...claims.values()];
}

/** The session token of the signed-in person. @returns undefined where there is none, or none that could be one */
export function readSession(cookieHeader: string | undefined, secure: boolean): string | undefined {
  const wanted = named(SESSION, secure);
  for (const [name, token] of pairs(cookieHeader)) if (name === wanted && SECRET.test(token)) return token;
  return undefined;
}

/** Set-Cookie for one device. */
export const deviceCookie = ({ deviceId, token }: DeviceClaim, secure: boolean): string =>
  cookie(`${DEVICE}${deviceId}`, token, DEVICE_SECONDS, secure);

/** Set-Cookie that makes the browser forget a device. */
export const expiredCookie = (deviceId: string, secure: boolean): string =>
  cookie(`${DEVICE}${deviceId}`, '', 0, secure);

/** Set-Cookie for a new session. */
export const sessionCookie = (token: string, seconds: number, secure: boolean): string =>
  cookie(SESSION, token, seconds, secure);

export const expiredSessionCookie = (secure: boolean): string => cookie(SESSION, '', 0, secure);

const cookie = (name: string, value: string, maxAge: number, secure: boolean) =>
  `${named(name, secure)}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;

function* pairs(cookieHeader: string | undefined): Generator<[name: string, value: string]> {
  for (const pair of (cookieHeader ?? '').split(';')) {
    const [name = '', value = ''] = pair.trim().split('=', 2);
    yield [name, value];
  }
}
