// This device's preferences, stored in localStorage with a version and tolerant fields: an old or damaged entry costs
// no more than the field in question. Colours and text size are also stored in a cookie, from which the server renders
// the first frame, so nothing flashes while the page loads. The language has a cookie of its own (components/i18n).
import * as z from 'zod/mini';
import { LOOK_COOKIE, lookAttributes, lookCookie } from './look.ts';

const Preferences = z.object({
  version: z.literal(1),
  /** `auto`: dark in the kitchen and on the floor, light at a desk. */
  theme: z.catch(z.enum(['auto', 'dark', 'light']), 'auto'),
  text: z.catch(z.enum(['normal', 'large', 'largest']), 'normal'),
  density: z.catch(z.enum(['roomy', 'medium', 'compact']), 'roomy'),
  bump: z.catch(z.enum(['single', 'double']), 'single'),
  /**
   * The tickets' places after one has left: `closing` moves them up, `fixed` keeps them and gives the free place to the
   * next new ticket.
   */
  places: z.catch(z.enum(['closing', 'fixed']), 'closing'),
  sounds: z.catch(z.object({ muted: z.boolean(), volume: z.number().check(z.gte(0), z.lte(1)) }), {
    muted: false,
    volume: 0.7,
  }),
  /** Keeps the screen from going to sleep while it is open. */
  awake: z.catch(z.boolean(), true),
  /** Keys by action, as KeyboardEvent.code. An action without an entry has its usual keys. */
  keys: z.catch(z.record(z.string(), z.array(z.string())), {}),
  /** A key was used on this device, so that the cards of pass and floor show their numbers. */
  keyed: z.catch(z.boolean(), false),
  /** The waiter's own tables, on the floor. */
  tables: z.catch(z.array(z.string()), []),
});
export type Preferences = z.infer<typeof Preferences>;

export const usual: Preferences = Preferences.parse({ version: 1 });

const KEY = 'heard.preferences';
const YEAR_S = 31_536_000;

export function parsePreferences(raw: string | null): Preferences {
  if (raw === null) return usual;
  try {
    const parsed = Preferences.safeParse(JSON.parse(raw));
    return parsed.success ? parsed.data : usual;
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
