// The description of a demo restaurant: its place, the stations and their dishes, and its menu.
import type { OrderType } from '../order.ts';

export interface Dish {
  sku: string;
  name: string;
  category: string;
  course: number;
  allergens: string[];
  add: string[];
  remove: string[];
}

export interface Restaurant {
  id: string;
  name: string;
  timeZone: string;
  tables: string[];
  stations: { name: string; categories: string[]; fallback?: true }[];
  menu: Dish[];
  types: (readonly [OrderType, number])[];
  orderNotes: string[];
  lineNotes: string[];
  /** What guests must not have, in every form in which it comes: entries of a list, notes, and the till's modifiers. */
  allergies: { entries: string[]; orderNotes: string[]; lineNotes: string[]; modifiers: string[] };
}

type Row = [sku: string, name: string, ...allergens: string[]];

export function section(
  category: string,
  course: number,
  modifiers: { add?: string[]; remove?: string[] },
  rows: Row[],
): Dish[] {
  return rows.map(([sku, name, ...allergens]) => ({
    sku,
    name,
    category,
    course,
    allergens,
    add: modifiers.add ?? [],
    remove: modifiers.remove ?? [],
  }));
}

export const tables = (count: number, prefix = '') => Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);
