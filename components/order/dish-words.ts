// Two warnings that nobody may overlook, worded alike on every screen: an ingredient left out of a dish, and a note
// about an allergy.
import type { Modifier } from '../../server/protocol/views.ts';

const LEFT_OUT = /^(?:(?:no|without)\s+|(?:不要|不加|走|免|去)\s*)/i;
const ALLERGY = /allerg|anaphyla|coeliac|celiac|intoleran|epipen|过敏|過敏|乳糜泻|不耐/i;

/**
 * The name of the ingredient that is left out, without upstream's own word for "no". Null for an ingredient that is
 * added.
 */
export function leftOut({ name, kind }: Modifier): string | null {
  return kind?.toUpperCase() === 'REMOVE' ? name.replace(LEFT_OUT, '') || name : null;
}

/** A guest's or a waiter's note about an allergy is shown as a warning. */
export const warnsOfAllergy = (note: string | null): boolean => note !== null && ALLERGY.test(note);
