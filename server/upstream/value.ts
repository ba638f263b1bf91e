// Reads single values of the order service's answer leniently: a number where a text is wanted, an object that carries
// its text under a usual name. A value that cannot be read is told as `field: value`. Text is made storable: no NUL, no
// lone surrogate.
type Fields = Record<string, unknown>;

/** The names under which objects carry their text. */
const TEXT_FIELDS = ['name', 'label', 'title', 'text', 'value', 'description', 'code', 'number'] as const;
/** The characters of a value that are told. */
const TOLD = 80;
const NOTE_DEPTH = 6;

export const storable = (value: string): string => value.toWellFormed().replaceAll('\0', '\uFFFD');

/** Marks that turn the text behind them. A screen keeps each name to itself, and a note needs none. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g;

/** A text that people read, and not a key. */
export const readable = (value: string): string => storable(value).replace(TURNING, '');

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether the value says nothing: null, an empty text, list or object, or not there at all. */
export const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && !value.trim()) ||
  (Array.isArray(value) && !value.length) ||
  (isFields(value) && !Object.keys(value).length);

/** `quantity: "two"`; a value that is not there is told as a dash. */
export function told(field: string, value: unknown): string {
  const json = value === undefined ? '–' : readable(jsonOf(value));
  return `${field}: ${json.length > TOLD ? `${json.slice(0, TOLD - 1).toWellFormed()}…` : json}`;
}

/** The value as JSON. Values from an answer always have one; others are told by their type. */
export function jsonOf(value: unknown): string {
  try {
    if (typeof value === 'bigint') return String(value);
    return (
      JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? typeof value
    );
  } catch {
    return typeof value;
  }
}

/** The text of a value: of a string, a number, or an object with a usual name for it. Null if it has none. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return readable(value);
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (!isFields(value)) return null;
  for (const field of TEXT_FIELDS) {
    const text = value[field];
    if (typeof text === 'string' && text.trim()) return readable(text);
    if (typeof text === 'number' || typeof text === 'bigint') return String(text);
  }
  return null;
}

/** The text without space around it. Null if nothing is left. */
export const filled = (value: unknown): string | null => textOf(value)?.trim() || null;

/** A note in any shape, as text without space around it. Null for none, and never for a note that says something. */
export function noteOf(value: unknown, depth = 0): string | null {
  if (isEmpty(value) || value === false) return null;
  const text =
    Array.isArray(value) && depth < NOTE_DEPTH
      ? value
          .map((part) => noteOf(part, depth + 1))
          .filter((note) => note !== null)
          .join('\n')
      : (textOf(value) ?? readable(jsonOf(value)));
  return text.trim() || null;
}

/** A number, or a text that is one. Null for anything else. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*[+-]?(\d+([.,]\d+)?|[.,]\d+)\s*$/.test(value)) return null;
  return Number(value.trim().replace(',', '.'));
}

/** A whole number that the database's integer holds. */
export function integerOf(value: unknown): number | null {
  const number = numberOf(value);
  return number !== null && Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : null;
}

/** A point in time of the years 1970 to 2199, in UTC; also from a count since 1970, of seconds to nanoseconds. */
export function timeOf(value: unknown): string | null {
  const count = typeof value === 'bigint' ? Number(value) : value;
  const ms =
    typeof count === 'string' ? Date.parse(count) : typeof count === 'number' && count >= 1e9 ? epochMs(count) : NaN;
  return ms >= 0 && ms < Date.UTC(2200, 0) ? new Date(ms).toISOString() : null;
}

/** The unit is told by its size: each is a thousand times the next. */
const epochMs = (count: number): number =>
  count < 1e11 ? count * 1000 : count < 1e14 ? count : count < 1e17 ? count / 1000 : count / 1_000_000;

const truths: Record<string, boolean> = {
  true: true,
  yes: true,
  '1': true,
  false: false,
  no: false,
  '0': false,
  '': false,
};

export function booleanOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' || typeof value === 'number'
    ? (truths[String(value).trim().toLowerCase()] ?? null)
    : null;
}
