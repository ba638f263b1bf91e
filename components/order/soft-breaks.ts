// Places at which a long word may break: between its syllables, with a hyphen, and not wherever the row ends. Browsers
// have no dictionary of most languages of dishes, nor do they know a dish's language, so the places follow the rule that
// most languages in Latin letters share: a syllable takes the consonants before its vowel that it can begin with.
const SOFT_HYPHEN = '\u00AD';
/** Shorter words fit into a row of any card. */
const LONG = 14;
/** No part is shorter than this. */
const LEAST = 3;

const VOWEL = /[aeiouyäöüåæøáéíóúàèìòùâêîôûãõëïœ]/i;
/** Consonants that begin a syllable together. */
const ONSET = /(?:sch|str|spr|ch|ck|ph|qu|th|sh|[bcdfgkptvw]r|[bcfgkps]l|st|sp|kn|zw|[^\s])$/i;

const longWord = new RegExp(`\\p{Script=Latin}{${LONG},}`, 'gu');

export const withSoftBreaks = (text: string): string => text.replace(longWord, broken);

function broken(word: string): string {
  let parts = '';
  let begin = 0;
  for (const { index } of word.matchAll(new RegExp(VOWEL, 'gi'))) {
    const at = syllableAt(word, index);
    if (at === null || at - begin < LEAST || word.length - at < LEAST) continue;
    parts += word.slice(begin, at) + SOFT_HYPHEN;
    begin = at;
  }
  return parts + word.slice(begin);
}

/** The place at which the syllable of this vowel begins; null where no vowel stands before it, or right before it. */
function syllableAt(word: string, vowel: number): number | null {
  let start = vowel;
  while (start > 0 && !VOWEL.test(word[start - 1]!)) start -= 1;
  if (start === 0 || start === vowel) return null;
  return vowel - (ONSET.exec(word.slice(start, vowel))?.[0].length ?? 0);
}
