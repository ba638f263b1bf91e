// A warning that nobody may overlook: a note about an allergy.
const ALLERGY = /allerg|anaphyla|coeliac|celiac|intoleran|epipen|过敏|過敏|乳糜泻|不耐/i;

/** A guest's or a waiter's note about an allergy is shown as a warning. */
export const warnsOfAllergy = (note: string | null): boolean => note !== null && ALLERGY.test(note);
