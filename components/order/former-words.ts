// What a changed line was before: one rule for all screens.
import type { AllergyReader } from '../../server/protocol/readings.ts';
import type { LineView } from '../../server/protocol/views.ts';
import { isolated, isolatedList } from '../../server/protocol/rules/isolate.ts';
import { modifierLine, type ModifierTexts } from './modifier-words.ts';
import { quantityWords } from '../../server/protocol/rules/quantity.ts';

/** The characters of a former note that are shown. The note as it now is stands on the line. */
const NOTE_SHOWN = 60;

/** “2 Roti, NO onion, “no salt””: the former values of the fields that changed. Empty where none is known. */
export function formerWords(
  t: ModifierTexts,
  line: Pick<LineView, 'quantity' | 'unit' | 'flag'>,
  reader: AllergyReader,
): string {
  const from = line.flag?.from;
  if (!from) return '';
  const { quantity, unit, name, modifiers, note, allergens, allergies } = from;
  const list = (words: readonly string[]) => (words.length ? isolatedList(words) : t('former.none'));
  const counted = quantity !== undefined || unit !== undefined;
  const dish = [
    counted && quantityWords(quantity ?? line.quantity, unit === undefined ? line.unit : unit),
    name !== undefined && isolated(name),
  ];
  return [
    dish.filter(Boolean).join(' '),
    modifiers && (modifiers.length ? modifierLine(t, modifiers, reader) : t('former.plain')),
    note !== undefined && (note ? `“${isolated(shortened(note))}”` : t('former.noNote')),
    allergies && t('former.allergies', { list: list(allergies) }),
    allergens && t('former.allergens', { list: list(allergens) }),
  ]
    .filter(Boolean)
    .join(', ');
}

/** A former text beside the new one need not be whole. */
export function shortened(text: string, characters = NOTE_SHOWN): string {
  const all = [...text];
  return all.length > characters ? `${all.slice(0, characters - 1).join('')}…` : text;
}
