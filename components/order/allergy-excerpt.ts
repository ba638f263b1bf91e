// The sentences of a long note that warn of an allergy, for a card: the rest of the note must not push the dishes out of
// view. The sheets and the paper show the note whole.
import type { AllergyReader } from '../../server/protocol/readings.ts';
import { warningSentences, WHOLE_NOTE } from '../../server/protocol/rules/note-sentences.ts';
import { shortened } from './former-words.ts';

/** A long note is shown as an excerpt of as many characters as a note that is shown whole may have. */
export function allergyExcerpt(note: string, reader: AllergyReader): string {
  if (note.length <= WHOLE_NOTE) return note;
  const warning = warningSentences(note, reader).map((sentence) => sentence.trim());
  return shortened(warning.length ? `… ${[...new Set(warning)].join(' … ')} …` : note, WHOLE_NOTE);
}

/** Whether a card shows less of the note than there is. */
export const isExcerpted = (note: string | null, reader: AllergyReader): boolean =>
  note !== null && allergyExcerpt(note, reader) !== note;
