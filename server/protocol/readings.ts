// The readings of an order's texts: the allergens that a guest's, a waiter's or a menu's own words name, and whether they
// warn of them. The server reads the texts by word lists in many languages (server/allergies/) and sends the readings
// with each order, so that no screen carries these lists.
import * as z from 'zod/mini';

/** The allergens of the EU's list, and two words of guests that stand for several of them. */
export const ALLERGENS = [
  'gluten',
  'crustaceans',
  'eggs',
  'fish',
  'peanuts',
  'soya',
  'milk',
  'nuts',
  'celery',
  'mustard',
  'sesame',
  'sulphites',
  'lupin',
  'molluscs',
  'shellfish',
  'seafood',
] as const;
export const Allergen = z.enum(ALLERGENS);
export type Allergen = z.infer<typeof Allergen>;

/** `dish`: the name of a dish, which counts only where it speaks of an allergy: "NUT ALLERGY" rung up as a dish. */
export type TextSource = 'note' | 'modifier' | 'dish';

/**
 * `names`: the allergens that the text names as part of a dish. Under each source, the allergens that it warns of there;
 * an empty list warns, too. A field that is missing says that the text names, or warns of, nothing.
 */
export const TextReading = z.object({
  text: z.string(),
  names: z.optional(z.array(Allergen)),
  note: z.optional(z.array(Allergen)),
  modifier: z.optional(z.array(Allergen)),
  dish: z.optional(z.array(Allergen)),
});
export type TextReading = z.infer<typeof TextReading>;

/** Tells the meaning of a text: on the server by the words of all languages, on a screen by the order's readings. */
export interface AllergyReader {
  /** The allergens that the text warns of, or null if it warns of nothing. An allergy may name none: "allergy!!". */
  warningOf(text: string, source: TextSource): readonly Allergen[] | null;
  /** The allergens that a text names as part of a dish: not those that it leaves out. */
  allergensIn(text: string): readonly Allergen[];
}

type Read = { readonly readings: readonly TextReading[] };

const readers = new WeakMap<Read['readings'], AllergyReader>();

/** A screen's reader: by the readings that the order came with. */
export function readerOf({ readings }: Read): AllergyReader {
  let reader = readers.get(readings);
  if (!reader) {
    const byText = new Map(readings.map((reading) => [reading.text, reading]));
    reader = {
      warningOf: (text, source) => byText.get(text)?.[source] ?? null,
      allergensIn: (text) => byText.get(text)?.names ?? [],
    };
    readers.set(readings, reader);
  }
  return reader;
}
