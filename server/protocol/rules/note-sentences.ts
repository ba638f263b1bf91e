// The sentences of a long note that warn of an allergy. A card shows them alone: the rest of the note must not push the
// dishes out of view. Pure.
import type { AllergyReader } from '../readings.ts';

/** Notes up to this many characters are shown whole. */
export const WHOLE_NOTE = 200;

/** None of a note that is shown whole. */
export const warningSentences = (note: string, reader: AllergyReader): string[] =>
  note.length <= WHOLE_NOTE
    ? []
    : (note.match(/[^.!?。！？\n]+[.!?。！？\n]*/g) ?? []).filter((sentence) => reader.warningOf(sentence, 'note'));
