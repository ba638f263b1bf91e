// The things that a guest must not have: by upstream's `allergies`, by notes and by modifiers that say so. All screens
// show them, and the kitchen's rules ask for them, by these functions alone. The things that a dish merely contains are
// no warning. The words themselves are read by the reader that the caller has. Pure.
import type { LineView, Modifier, OrderView } from '../views.ts';
import type { Allergen, AllergyReader } from '../readings.ts';
import { isKeptOff } from './modifier-kinds.ts';
import { plain } from './plain-text.ts';

/** A guest's word may stand for several allergens of a menu. Many say "nuts" and mean peanuts as well. */
const COVERS: Partial<Record<Allergen, readonly Allergen[]>> = {
  nuts: ['peanuts'],
  shellfish: ['crustaceans', 'molluscs', 'seafood'],
  seafood: ['fish', 'crustaceans', 'molluscs', 'shellfish'],
  crustaceans: ['shellfish', 'seafood'],
  molluscs: ['shellfish', 'seafood'],
  fish: ['seafood'],
};

export interface Allergy {
  /** The words as they came, to be shown as they are. */
  readonly text: string;
  /** `field`: an entry of upstream's list. `dish`: a till rang it up as a dish. */
  readonly source: 'field' | 'note' | 'modifier' | 'dish';
  /** The allergens that the words name. A field may be one that no list knows, and a note may name none. */
  readonly allergens: readonly Allergen[];
}

type OrderWords = Pick<OrderView, 'allergies' | 'note'> & {
  readonly lines: readonly Pick<LineView, 'name' | 'voided'>[];
};
type LineWords = Pick<LineView, 'allergies' | 'note' | 'modifiers'>;
type DishWords = Pick<LineView, 'allergens' | 'modifiers' | 'name'>;

/** The allergies that hold for every dish of the order. */
export function allergiesOfOrder({ allergies, note, lines }: OrderWords, reader: AllergyReader): readonly Allergy[] {
  const found = [...listed(allergies, reader), ...noted(note, reader)];
  for (const { name, voided } of lines) {
    const allergens = voided ? null : reader.warningOf(name, 'dish');
    if (allergens) found.push({ text: name, source: 'dish', allergens });
  }
  return found;
}

/** The allergies of one line's guest. */
export function allergiesOfLine({ allergies, note, modifiers }: LineWords, reader: AllergyReader): readonly Allergy[] {
  return [...listed(allergies, reader), ...noted(note, reader), ...ofModifiers(modifiers, reader)];
}

/** Whether the name alone, without the till's word for it, says so. */
export const namesAllergy = (name: string, reader: AllergyReader): boolean =>
  reader.warningOf(name, 'modifier') !== null;

/** Whether the modifier says that the guest must not have something, as "Nut allergy" does: it is nothing to add. */
export const isAllergyModifier = (modifier: Modifier, reader: AllergyReader): boolean =>
  ofOneModifier(modifier, reader) !== null;

function listed(entries: readonly string[], reader: AllergyReader): Allergy[] {
  return entries
    .filter((text) => text.trim() && !SAYS_NONE.test(plain(text)))
    .map((text) => ({
      text,
      source: 'field' as const,
      allergens: reader.allergensIn(text.replace(/[-\s]*free$/i, '')),
    }));
}

/** An entry of the list that says that there is nothing to list. */
const SAYS_NONE =
  /^[^\p{L}\p{N}]*(?:no|none|nil|n\/?a|nein|keine?|ninguna?|aucune?|nessuna?|nenhuma?|geen|ingen|inga|brak|yok|нет|немає|无|無|没有|沒有|なし|無し|없음)?(?: (?:known )?(?:food )?(?:allerg|alerg)\p{L}*)?[^\p{L}\p{N}]*$|^(?:无|無)(?:过敏|過敏)$/u;

function noted(note: string | null, reader: AllergyReader): Allergy[] {
  const allergens = note ? reader.warningOf(note, 'note') : null;
  return allergens ? [{ text: note!, source: 'note', allergens }] : [];
}

const ofModifiers = (modifiers: readonly Modifier[], reader: AllergyReader): Allergy[] =>
  modifiers.flatMap((modifier) => {
    const own = ofOneModifier(modifier, reader);
    return [...(own ? [own] : []), ...ofModifiers(modifier.modifiers ?? [], reader)];
  });

/**
 * The till's word for the modifier (NO, REMOVE, ALLERGY, FREE_FROM) counts as its first word. It never denies an
 * allergy: REMOVE "Nut allergy" is one.
 */
function ofOneModifier({ name, kind }: Modifier, reader: AllergyReader): Allergy | null {
  const words = kind && !/^(?:add|extra|plus)$/i.test(kind) ? `${kind.replaceAll('_', ' ')} ${name}` : name;
  const allergens = reader.warningOf(name, 'modifier') ?? (words === name ? null : reader.warningOf(words, 'modifier'));
  return allergens ? { text: name, source: 'modifier', allergens } : null;
}

// ---- where an allergy meets the dish

/**
 * The words of the dish that meet an allergy of its guests: entries of its allergens, else added modifiers, else its
 * name.
 */
export function meetings(line: DishWords, allergies: readonly Allergy[], reader: AllergyReader): readonly string[] {
  const unwanted = new Set<Allergen>();
  const texts = new Set<string>();
  for (const { text, source, allergens } of allergies) {
    if (source === 'field') texts.add(plain(text).trim());
    for (const allergen of allergens) for (const each of [allergen, ...(COVERS[allergen] ?? [])]) unwanted.add(each);
  }
  if (!unwanted.size && !texts.size) return [];
  const meets = (words: string) =>
    texts.has(plain(words).trim()) || reader.allergensIn(words).some((allergen) => unwanted.has(allergen));
  const contained = line.allergens.filter(meets);
  if (contained.length) return contained;
  const added = addedOf(line.modifiers, reader).filter(meets);
  return added.length ? added : meets(line.name) ? [line.name] : [];
}

/** The names of the modifiers that put something on the plate. */
function addedOf(modifiers: readonly Modifier[], reader: AllergyReader): string[] {
  return modifiers.flatMap((modifier) => {
    const { name, modifiers: own = [] } = modifier;
    const leaves = isKeptOff(modifier);
    return [...(leaves || isAllergyModifier(modifier, reader) ? [] : [name]), ...addedOf(own, reader)];
  });
}
