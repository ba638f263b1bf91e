// Reads one line of an order by itself. Whatever shape it has, it is a line: a part that cannot be read gets the
// nearest value that makes sense, and is told in `unread`.
import { hash } from 'node:crypto';
import type { LineOrigin, Modifier } from '../protocol/views.ts';
import { readModifiers } from './modifiers.ts';
import { booleanOf, filled, integerOf, isEmpty, isFields, jsonOf, noteOf, numberOf, storable, told } from './value.ts';
import { readAllergies, readWordList } from './word-list.ts';

/** A line of an order as upstream had it. */
export interface DetailItem {
  id: string;
  sku: string | null;
  name: string;
  category: string | null;
  quantity: number;
  unit: string | null;
  modifiers: Modifier[];
  allergens: string[];
  allergies: string[];
  note: string | null;
  course: number | null;
  seat: string | null;
  voided: boolean;
  movedFrom: LineOrigin | null;
  /** The parts that could not be read, each as `field: value`. */
  unread: string[];
}

const MAX_ID = 200;
/** A line tells no more unread parts than this, and the number of the others. */
const MAX_UNREAD = 8;
const NO_NAME = '?';

export function readItem(value: unknown): DetailItem {
  if (!isFields(value)) return nameOnly(value);
  const unread: string[] = [];
  /** A value of a field, or null where there is none. One that is there and cannot be read is told. */
  const read = <T>(field: string, of: (value: unknown) => T | null): T | null => {
    const given = value[field];
    if (isEmpty(given)) return null;
    const result = of(given);
    if (result === null) unread.push(told(field, given));
    return result;
  };
  const certain = <T>(field: string, of: (value: unknown) => T | null, otherwise: () => T): T => {
    const result = of(value[field]);
    if (result !== null) return result;
    // Before the others: what is missing of these is told in any case.
    unread.unshift(told(field, value[field]));
    return otherwise();
  };
  const sku = read('sku', filled);
  const name = certain('name', nameOf, () => sku ?? filled(value['id']) ?? NO_NAME);
  const allergens = readWordList(value['allergens']);
  unread.push(...allergens.unread.map((part) => told('allergens', part)));
  const item: DetailItem = {
    id: certain('id', idOf, () => madeUpId(sku ?? (name === NO_NAME ? jsonOf(value) : name))),
    sku,
    name,
    category: read('category', filled),
    quantity: certain('quantity', numberOf, () => 1),
    unit: read('unit', filled),
    modifiers: readModifiers(value['modifiers'], unread),
    allergens: allergens.words,
    allergies: readAllergies(value['allergies']),
    note: noteOf(value['note']),
    course: read('course', integerOf),
    seat: read('seat', filled),
    voided: read('voided', booleanOf) ?? false,
    movedFrom: read('movedFrom', originOf),
    unread,
  };
  item.unread = bounded(unread);
  return item;
}

/** A line that is only a text is a dish of that name. One that is nothing at all is told whole. */
function nameOnly(value: unknown): DetailItem {
  const name = typeof value === 'string' ? filled(value) : null;
  return {
    id: madeUpId(name ?? jsonOf(value)),
    sku: null,
    name: name ?? NO_NAME,
    category: null,
    quantity: 1,
    unit: null,
    modifiers: [],
    allergens: [],
    allergies: [],
    note: null,
    course: null,
    seat: null,
    voided: false,
    movedFrom: null,
    unread: [name === null ? told('item', value) : told('quantity', undefined)],
  };
}

/** A name may come in several languages, by their codes: the first one counts. */
function nameOf(value: unknown): string | null {
  const name = filled(value);
  if (name !== null || !isFields(value)) return name;
  return (
    Object.values(value)
      .map(filled)
      .find((text) => text !== null) ?? null
  );
}

function idOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return typeof value === 'string' && value.length >= 1 && value.length <= MAX_ID ? storable(value) : null;
}

/** The same line gets the same id each time that the order is fetched. */
const madeUpId = (about: string): string => `?${hash('sha256', about, 'hex').slice(0, 16)}`;

function originOf(value: unknown): LineOrigin | null {
  if (!isFields(value)) return null;
  const [orderId, itemId] = [idOf(value['orderId']), idOf(value['itemId'])];
  return orderId === null || itemId === null ? null : { orderId, itemId };
}

function bounded(unread: string[]): string[] {
  const more = unread.length - MAX_UNREAD;
  return more > 0 ? [...unread.slice(0, MAX_UNREAD), `… +${more}`] : unread;
}
