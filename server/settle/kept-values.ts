// Keeps the former value of a field where the new one says the same: the same modifiers or allergens in another order,
// the same text but for space, an empty text for none. So neither is a change: no flag, no sound, and nothing moves on a
// screen.
import type { Modifier } from '../protocol/views.ts';
import { sameValue } from './same-value.ts';

/** Fields whose lists are sets: their order says nothing. Equal entries count, since two of one is more than one. */
const LISTS = ['modifiers', 'allergens', 'allergies', 'unread'] as const;

/**
 * The new fields, with the former values of those that say the same.
 * @param after made for this call: it is changed in place, since a copy for each line costs more than the comparison
 */
export function keepingSame<T extends object>(before: Partial<Record<keyof T, unknown>> | null, after: T): T {
  if (before === null) return after;
  for (const field of Object.keys(after) as (keyof T)[])
    if (before[field] !== after[field] && saysSame(field, before[field], after[field]))
      after[field] = before[field] as T[keyof T];
  return after;
}

function saysSame(field: PropertyKey, before: unknown, after: unknown): boolean {
  if (isText(before) && isText(after)) return plain(before) === plain(after);
  if (!(LISTS as readonly PropertyKey[]).includes(field) || !Array.isArray(before) || !Array.isArray(after))
    return false;
  return sameValue(before.map(entry).sort(), after.map(entry).sort());
}

const isText = (value: unknown): value is string | null => value === null || typeof value === 'string';

const plain = (text: string | null): string => (text ?? '').trim().replace(/\s+/g, ' ');

/** A key that is equal for entries that say the same. */
function entry(value: string | Modifier): string {
  if (typeof value === 'string') return plain(value);
  const { name, kind, quantity, modifiers } = value;
  return JSON.stringify([plain(name), plain(kind), quantity ?? 1, (modifiers ?? []).map(entry).sort()]);
}
