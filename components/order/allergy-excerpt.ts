// The sentences of a long note that warn of an allergy, for a card: the rest of the note must not push the dishes out of
// view. The sheets and the paper show the note whole.
import { warningOf } from '../../server/protocol/rules/allergy-text.ts';
import { shortened } from './former-words.ts';

/** Notes up to this many characters are shown whole, longer ones as an excerpt of at most as many. */
const SHOWN = 200;
const KEPT = 200;

/** Reading a note takes long, and a card is drawn often. */
const excerpts = new Map<string, string>();

export function allergyExcerpt(note: string): string {
  if (note.length <= SHOWN) return note;
  let excerpt = excerpts.get(note);
  if (excerpt === undefined) {
    if (excerpts.size >= KEPT) excerpts.clear();
    excerpts.set(note, (excerpt = excerptOf(note)));
  }
  return excerpt;
}

/** Whether a card shows less of the note than there is. */
export const isExcerpted = (note: string | null): boolean => note !== null && allergyExcerpt(note) !== note;

function excerptOf(note: string): string {
  const sentences = note.match(/[^.!?。！？\n]+[.!?。！？\n]*/g) ?? [];
  const warning = sentences.filter((sentence) => warningOf(sentence, 'note')).map((sentence) => sentence.trim());
  return shortened(warning.length ? `… ${[...new Set(warning)].join(' … ')} …` : note, SHOWN);
}
