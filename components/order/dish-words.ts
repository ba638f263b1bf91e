// What nobody may overread, told alike on every screen: what is left out of a dish, and a note that speaks of an
// allergy.
import type { Modifier } from '../../server/protocol/views.ts';

const LEFT_OUT = /^(?:(?:no|without)\s+|(?:不要|不加|走|免|去)\s*)/i;
const ALLERGY = /allerg|anaphyla|coeliac|celiac|intoleran|epipen|过敏|過敏|乳糜泻|不耐/i;

/** The name of what is left out, without the words that say so, whatever upstream calls it; null for what is added. */
export function leftOut({ name, kind }: Modifier): string | null {
  return kind.toUpperCase() === 'REMOVE' ? name.replace(LEFT_OUT, '') || name : null;
}

/** A guest's or a waiter's note about an allergy is shown as one. */
export const warnsOfAllergy = (note: string | null): boolean => note !== null && ALLERGY.test(note);
