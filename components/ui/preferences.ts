// What this device is set to, kept in the browser's storage: a version and tolerant fields, so that an older or a
// damaged entry costs no more than the field in question. Colours and text size also go into a cookie, from which the
// server draws the first frame: nothing flashes while the page loads. The language has a cookie of its own
// (components/i18n).
import * as z from 'zod/mini';
import { LOOK_COOKIE, lookAttributes, lookCookie } from './look.ts';

/** Field by field, since what zod has for it would bring 3 KB more into every page. */
const field = <T>(schema: z.ZodMiniType<T>, otherwise: NoInfer<T>) => ({ schema, otherwise });

const fields = {
  /** `auto`: dark in the kitchen and on the floor, light at a desk. */
  theme: field(z.enum(['auto', 'dark', 'light']), 'auto'),
  text: field(z.enum(['normal', 'large', 'largest']), 'normal'),
  density: field(z.enum(['roomy', 'medium', 'compact']), 'roomy'),
  bump: field(z.enum(['single', 'double']), 'single'),
  /**
   * Where tickets go when one has left: they close up, or keep their places and the free one goes to the next that is
   * new.
   */
  places: field(z.enum(['closing', 'fixed']), 'closing'),
  sounds: field(z.object({ muted: z.boolean(), volume: z.number().check(z.gte(0), z.lte(1)) }), {
    muted: false,
    volume: 0.7,
  }),
  /** The screen does not go to sleep while it is open. */
  awake: field(z.boolean(), true),
  /** Keys by action, as KeyboardEvent.code; an action that is not in it has its usual keys. */
  keys: field(z.record(z.string(), z.array(z.string())), {}),
  /** The floor's own tables. */
  tables: field(z.array(z.string()), []),
};
export type Preferences = { version: 1 } & { [Name in keyof typeof fields]: (typeof fields)[Name]['otherwise'] };

function parsed(raw: Readonly<Record<string, unknown>>): Preferences {
  const values = Object.entries(fields).map(([name, { schema, otherwise }]) => {
    const value = z.safeParse(schema, raw[name]);
    return [name, value.success ? value.data : otherwise];
  });
  return { version: 1, ...Object.fromEntries(values) } as Preferences;
}

export const usual: Preferences = parsed({});

const KEY = 'heard.preferences';
const YEAR_S = 31_536_000;

export function parsePreferences(raw: string | null): Preferences {
  if (raw === null) return usual;
  try {
    const kept = JSON.parse(raw) as Record<string, unknown> | null;
    return kept?.['version'] === 1 ? parsed(kept) : usual;
  } catch {
    return usual;
  }
}

const listeners = new Set<() => void>();
let held: Preferences | null = null;

/** What the device is set to now; what is usual where the browser keeps nothing. */
export function preferences(): Preferences {
  held ??= read();
  return held;
}

/** Applies at once on this page, and on the device's other pages. */
export function prefer(change: Partial<Omit<Preferences, 'version'>>): void {
  held = { ...preferences(), ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(held));
  } catch {
    // A full or forbidden storage: it holds as long as the page is open.
  }
  changed();
}

export function subscribePreferences(listener: () => void): () => void {
  if (!listeners.size) addEventListener('storage', stored);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (!listeners.size) removeEventListener('storage', stored);
  };
}

function read(): Preferences {
  try {
    return parsePreferences(localStorage.getItem(KEY));
  } catch {
    return usual;
  }
}

function stored(event: StorageEvent): void {
  if (event.key !== KEY && event.key !== null) return;
  held = null;
  changed();
}

function changed(): void {
  showLook();
  for (const listener of listeners) listener();
}

/** Puts colours and text size on the page, and into the cookie for the next one. */
export function showLook(): void {
  const look = preferences();
  for (const [name, value] of Object.entries(lookAttributes(lookCookie(look)))) {
    if (value === undefined) document.documentElement.removeAttribute(name);
    else document.documentElement.setAttribute(name, value);
  }
  document.cookie = `${LOOK_COOKIE}=${lookCookie(look)}; path=/; max-age=${YEAR_S}; samesite=lax`;
}
