// Reads a dish's modifiers in the shapes that platforms send: a list of objects or of texts, one object, one text, or an
// object that has the modifiers' names as its fields. Each modifier is read by itself.
import type { Modifier } from '../protocol/views.ts';
import { isEmpty, isFields, numberOf, readable, textOf, told } from './value.ts';

/** Modifiers of modifiers are read down to this depth. What lies deeper is told as unread. */
const DEPTH = 6;
const SEPARATORS = /[,;\n、，；]+/;

/** @param unread takes what could not be read, each as `field: value` */
export function readModifiers(value: unknown, unread: string[], depth = 0): Modifier[] {
  if (isEmpty(value) || value === false) return [];
  if (depth >= DEPTH) return notRead(value, unread);
  // One text may list several modifiers: of “No onion, extra cheese” only the onion is left out.
  if (typeof value === 'string') return value.split(SEPARATORS).flatMap(named);
  if (Array.isArray(value)) return value.flatMap((part) => readEntry(part, unread, depth));
  if (isFields(value)) return isModifier(value) ? readModifier(value, unread, depth) : readMap(value, unread, depth);
  return notRead(value, unread);
}

function readEntry(value: unknown, unread: string[], depth: number): Modifier[] {
  if (typeof value === 'string') return named(value);
  if (isFields(value)) return isModifier(value) ? readModifier(value, unread, depth) : readMap(value, unread, depth);
  if (Array.isArray(value)) return readModifiers(value, unread, depth + 1);
  return notRead(value, unread);
}

const notRead = (value: unknown, unread: string[]): [] => {
  unread.push(told('modifiers', value));
  return [];
};

const named = (name: string): Modifier[] => (name.trim() ? [{ name: readable(name).trim(), kind: null }] : []);

/** Whether the object is one modifier, and not a map of them by name. */
const isModifier = (value: Record<string, unknown>): boolean =>
  ['name', 'kind', 'label', 'title', 'modifiers'].some((field) => Object.hasOwn(value, field)) ||
  textOf(value) !== null;

function readModifier(value: Record<string, unknown>, unread: string[], depth: number): Modifier[] {
  const name = textOf(value['name']) ?? textOf(value);
  if (!name?.trim()) return notRead(value, unread);
  const kind = textOf(value['kind']);
  if (kind === null && !isEmpty(value['kind'])) unread.push(told(`${name}.kind`, value['kind']));
  const quantity = numberOf(value['quantity']);
  if (quantity === null && !isEmpty(value['quantity'])) unread.push(told(`${name}.quantity`, value['quantity']));
  return [modifierOf(name, kind, quantity, readModifiers(value['modifiers'], unread, depth + 1))];
}

function modifierOf(name: string, kind: string | null, quantity: number | null, modifiers: Modifier[] = []): Modifier {
  return {
    name: readable(name).trim(),
    kind: kind?.trim() ? kind : null,
    ...(quantity !== null && { quantity }),
    ...(modifiers.length > 0 && { modifiers }),
  };
}

/** `{"cream": "REMOVE", "rice": 2, "hot": true, "toppings": ["olives"]}` */
function readMap(value: Record<string, unknown>, unread: string[], depth: number): Modifier[] {
  return Object.entries(value).flatMap(([name, says]) => {
    if (!name.trim() || says === null || says === false || says === undefined) return notRead({ [name]: says }, unread);
    if (says === true) return named(name);
    if (typeof says === 'string') return [modifierOf(name, readable(says), null)];
    if (typeof says === 'number') return [modifierOf(name, null, says)];
    if (isFields(says)) return readModifier({ name, ...says }, unread, depth + 1);
    return [modifierOf(name, null, null, readModifiers(says, unread, depth + 1))];
  });
}
