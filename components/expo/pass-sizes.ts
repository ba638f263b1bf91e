// The sizes of everything on an order's card at the pass, for each density and text size. The roomy one is for a screen
// above the pass that is read from two metres; cards there are smaller than in the kitchen, as the pass has the orders
// of all stations. Nobody taps single dishes here.
import { sizesIn, type Sizes } from '../kitchen/sizes.ts';
import type { Preferences } from '../ui/index.ts';

const densities: Record<Preferences['density'], Sizes> = {
  roomy: {
    column: 244,
    gap: 8,
    head: 56,
    foot: 56,
    line: 32,
    strip: 34,
    pad: 10,
    taps: false,
    number: [25, 29],
    age: [23, 28],
    place: [15, 19],
    name: [18, 22],
    extra: [16, 20],
    sub: [15, 20],
    allergy: [17, 22],
  },
  medium: {
    column: 204,
    gap: 8,
    head: 52,
    foot: 52,
    line: 28,
    strip: 30,
    pad: 8,
    taps: false,
    number: [21, 25],
    age: [19, 24],
    place: [14, 17],
    name: [17, 20],
    extra: [15, 18],
    sub: [14, 18],
    allergy: [16, 20],
  },
  compact: {
    column: 204,
    gap: 6,
    head: 52,
    foot: 52,
    line: 23,
    strip: 28,
    pad: 8,
    taps: false,
    number: [20, 24],
    age: [18, 23],
    place: [14, 17],
    name: [15, 18],
    extra: [14, 16],
    sub: [13, 16],
    allergy: [15, 18],
  },
};

const cache = new Map<string, Sizes>();

export function passSizesOf({ density, text }: Pick<Preferences, 'density' | 'text'>): Sizes {
  const key = `${density} ${text}`;
  let sizes = cache.get(key);
  if (!sizes) cache.set(key, (sizes = sizesIn(densities, { density, text })));
  return sizes;
}
