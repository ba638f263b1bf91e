// The sizes of everything on a ticket, in CSS pixels, for each density and text size. Both CSS (as variables) and the
// layout use this one table.
import type { CSSProperties } from 'react';
import type { Preferences } from '../ui/index.ts';

type Face = readonly [size: number, leading: number];

export interface Sizes {
  /** The least width of a column. */
  readonly column: number;
  readonly gap: number;
  /**
   * The least height of the head, the foot and, where dishes are tapped one by one, a line. The roomy board has as much
   * as a wet finger needs.
   */
  readonly head: number;
  readonly foot: number;
  readonly line: number;
  /** The strip that says that a ticket goes on elsewhere, or why it waits. */
  readonly strip: number;
  readonly pad: number;
  readonly number: Face;
  readonly age: Face;
  readonly place: Face;
  readonly name: Face;
  readonly extra: Face;
  readonly sub: Face;
  readonly allergy: Face;
  /**
   * Whether a tap on a dish marks it. Where dishes stand too close for that, the head bumps, and the rest of the card,
   * at least two lines high, opens the ticket large.
   */
  readonly taps: boolean;
}

const densities: Record<Preferences['density'], Sizes> = {
  roomy: {
    column: 292,
    gap: 8,
    head: 64,
    foot: 64,
    line: 64,
    strip: 40,
    pad: 14,
    taps: true,
    number: [30, 34],
    age: [27, 32],
    place: [16, 19],
    name: [22, 27],
    extra: [19, 24],
    sub: [16, 24],
    allergy: [19, 24],
  },
  medium: {
    column: 244,
    gap: 8,
    head: 52,
    foot: 52,
    line: 44,
    strip: 34,
    pad: 10,
    taps: true,
    number: [24, 28],
    age: [21, 26],
    place: [15, 18],
    name: [18, 22],
    extra: [16, 20],
    sub: [15, 20],
    allergy: [16, 21],
  },
  compact: {
    column: 204,
    gap: 8,
    head: 64,
    foot: 0,
    line: 32,
    strip: 30,
    pad: 8,
    taps: false,
    number: [23, 26],
    age: [21, 25],
    place: [14, 17],
    name: [16, 19],
    extra: [15, 17],
    sub: [14, 17],
    allergy: [15, 18],
  },
};

const texts: Record<Preferences['text'], number> = { normal: 1, large: 1.1875, largest: 1.375 };

const cache = new Map<string, Sizes>();

export function sizesOf({ density, text }: Pick<Preferences, 'density' | 'text'>): Sizes {
  const key = `${density} ${text}`;
  let sizes = cache.get(key);
  if (!sizes) cache.set(key, (sizes = sizesIn(densities, { density, text })));
  return sizes;
}

/**
 * The sizes of a held ticket. It waits behind all that is to be cooked, and nobody taps its dishes: it is small on every
 * board.
 */
export const heldSizesOf = ({ text }: Pick<Preferences, 'text'>): Sizes => sizesOf({ density: 'compact', text });

/** The sizes of this density of a table, for this size of text. */
export function sizesIn(
  table: Record<Preferences['density'], Sizes>,
  { density, text }: Pick<Preferences, 'density' | 'text'>,
): Sizes {
  return grown(table[density], texts[text]);
}

function grown(sizes: Sizes, by: number): Sizes {
  if (by === 1) return sizes;
  const face = ([size, leading]: Face): Face => [Math.round(size * by), Math.round(leading * by)];
  return {
    ...sizes,
    column: Math.round(sizes.column * by),
    head: Math.round(sizes.head * by),
    strip: Math.round(sizes.strip * by),
    number: face(sizes.number),
    age: face(sizes.age),
    place: face(sizes.place),
    name: face(sizes.name),
    extra: face(sizes.extra),
    sub: face(sizes.sub),
    allergy: face(sizes.allergy),
  };
}

/** The sizes as CSS variables, for `text-(length:--card-name) leading-(--card-name-row)` and so on. */
export function sizeVariables(sizes: Sizes): CSSProperties {
  const variables: Record<string, string> = {};
  // The prefix keeps `line`, `head` and `allergy` apart from the colours of these names.
  for (const [name, value] of Object.entries(sizes) as [string, Sizes[keyof Sizes]][]) {
    if (typeof value === 'number') variables[`--card-${name}`] = `${value}px`;
    else if (typeof value === 'object') {
      variables[`--card-${name}`] = `${value[0]}px`;
      variables[`--card-${name}-row`] = `${value[1]}px`;
    }
  }
  return variables as CSSProperties;
}
