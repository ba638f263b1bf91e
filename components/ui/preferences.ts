// This device's preferences, stored in localStorage with a version and tolerant fields: an old or damaged entry costs
// no more than the field in question. Colours and text size are also stored in a cookie, from which the server renders
// the first frame, so nothing flashes while the page loads. The language has a cookie of its own (components/i18n).
import * as z from 'zod/mini';
import { LOOK_COOKIE, lookAttributes, lookCookie } from './look.ts';

/** Parsed field by field, because zod's own means for that would add 3 KB to every page. */
const field = <T>(schema: z.ZodMiniType<T>, otherwise: NoInfer<T>) => ({ schema, otherwise });

const fields = {
  /** `auto`: dark in the kitchen and on the floor, light at a desk. */
  theme: field(z.enum(['auto', 'dark', 'light']), 'auto'),
  text: field(z.enum(['normal', 'large', 'largest']), 'normal'),
  density: field(z.enum(['roomy', 'medium', 'compact']), 'roomy'),
  bump: field(z.enum(['single', 'double']), 'single'),
  /**
   * The tickets' places after one has left: `closing` moves them up, `fixed` keeps them and gives the free place to the
   * next new ticket.
   */
  places: field(z.enum(['closing', 'fixed']), 'closing'),
  sounds: field(z.object({ muted: z.boolean(), volume: z.number().check(z.gte(0), z.lte(1)) }), {
    muted: false,
    volume: 0.7,
  }),
  /** Keeps the screen from going to sleep while it is open. */
  awake: field(z.boolean(), true),
  /** Keys by action, as KeyboardEvent.code. An action without an entry has its usual keys. */
  keys: field(z.record(z.string(), z.array(z.string())), {}),
  /** The waiter's own tables, on the floor. */
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
    const stored = JSON.parse(raw) as Record<string, unknown> | null;
    return stored?.['version'] === 1 ? parsed(stored) : usual;
  } catch {
    return usual;
  }
}

const listeners = new Set<() => void>();
let current: Preferences | null = null;

/** The device's preferences now, or the usual ones if the browser has none stored. */
export function preferences(): Preferences {
  current ??= read();
  return current;
}

/** Applies at once on this page, and on the device's other pages. */
export function prefer(change: Partial<Omit<Preferences, 'version'>>): void {
  current = { ...preferences(), ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // The storage is full or forbidden. The preference holds as long as the page is open.
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
  current = null;
  changed();
}

function changed(): void {
  showLook();
  for (const listener of listeners) listener();
}

/** Applies colours and text size to the page, and writes them to the cookie for the next one. */
export function showLook(): void {
  const chosen = preferences();
  for (const [name, value] of Object.entries(lookAttributes(lookCookie(chosen)))) {
    if (value === undefined) document.documentElement.removeAttribute(name);
    else document.documentElement.setAttribute(name, value);
  }
  document.cookie = `${LOOK_COOKIE}=${lookCookie(chosen)}; path=/; max-age=${YEAR_S}; samesite=lax`;
}
