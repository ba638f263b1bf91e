// The readings that an order is sent to screens with. They are made when it is sent and not when it is settled, so that
// a newer version's words hold for all orders at once. Texts repeat, and the reader knows those that it has read.
import {
  allergiesOfLine,
  allergiesOfOrder,
  isAllergyModifier,
  meetings,
  namesAllergy,
} from '../protocol/rules/allergies.ts';
import { warningSentences } from '../protocol/rules/note-sentences.ts';
import type { AllergyReader, TextReading } from '../protocol/readings.ts';
import type { LineView, Modifier, OrderView } from '../protocol/views.ts';
import { allergyReader } from './reader.ts';

type OrderTexts = Pick<OrderView, 'allergies' | 'note'> & {
  readonly lines: readonly Pick<
    LineView,
    'name' | 'voided' | 'allergies' | 'allergens' | 'note' | 'modifiers' | 'flag'
  >[];
};

/** All that screens ask of the order's texts: the questions are asked by the screens' own rules, and the answers kept. */
export function readingsOf(order: OrderTexts): TextReading[] {
  const found = new Map<string, TextReading>();
  const keep = (text: string, more: Partial<TextReading>) => found.set(text, { text, ...found.get(text), ...more });
  const reader: AllergyReader = {
    warningOf: (text, source) => {
      const allergens = allergyReader.warningOf(text, source);
      if (allergens) keep(text, { [source]: allergens });
      return allergens;
    },
    allergensIn: (text) => {
      const names = allergyReader.allergensIn(text);
      if (names.length) keep(text, { names: [...names] });
      return names;
    },
  };
  const note = (text: string | null | undefined) => text && warningSentences(text, reader);
  const modifiers = (list: readonly Modifier[]): void => {
    for (const modifier of list) {
      namesAllergy(modifier.name, reader);
      isAllergyModifier(modifier, reader);
      modifiers(modifier.modifiers ?? []);
    }
  };
  const all = allergiesOfOrder(order, reader);
  for (const { text } of all) note(text);
  note(order.note);
  for (const line of order.lines) {
    meetings(line, [...all, ...allergiesOfLine(line, reader)], reader);
    for (const allergen of line.allergens) reader.allergensIn(allergen);
    note(line.note);
    modifiers(line.flag?.from?.modifiers ?? []);
  }
  return [...found.values()];
}
