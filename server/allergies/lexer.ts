// Cuts a text into the words that matter for an allergy (words.ts), in any language, case and spelling.
import { ALLERGENS, type Allergen } from '../protocol/readings.ts';
import { plain } from '../protocol/rules/plain-text.ts';
import { remembered } from './remembered.ts';
import {
  ALLERGEN_WORDS,
  ALLERGY_PHRASES,
  ALLERGY_WORDS,
  FREE_BEGINNINGS,
  FREE_ENDINGS,
  LEFT_ENDINGS,
  ROLE_WORDS,
  type WordRole,
} from './words.ts';

/** The meaning of its absence; see ALLERGEN_WORDS. */
export type Grade = 'made' | 'name' | 'grave' | 'substance';

/** The mark before a word: none, a comma, one within a sentence, the end of a sentence. */
export const GAP = { none: 0, comma: 1, inner: 2, end: 3 } as const;

interface Meaning {
  readonly roles: readonly WordRole[];
  /** It says by itself that a guest must not have something. */
  readonly allergy: boolean;
  readonly allergens: readonly { readonly key: Allergen; readonly grade: Grade }[];
}
export interface Token extends Meaning {
  readonly text: string;
  readonly gap: number;
}

const NOTHING: Meaning = { roles: [], allergy: false, allergens: [] };

/** Scripts whose words stand between spaces and keep their beginning. */
const STEMMED = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u;
/** Scripts whose words stand between spaces, with particles before and behind. */
const PARTICLES = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Hangul}]/u;

interface Lexicon {
  readonly words: Map<string, Meaning>;
  readonly stems: Map<string, Meaning>;
  readonly longest: number;
  /** Entries of scripts that are not stemmed, by their first letter, the longest first. */
  readonly anywhere: Map<string, (Meaning & { readonly word: string })[]>;
  readonly inside: readonly string[];
  /** Phrases of several words, by their first word. */
  readonly phrases: Map<string, { readonly phrase: string; readonly whole: boolean }[]>;
}

const wordsOf = (list: string): string[] => plain(list).trim().split(/\s+/);

let lexicon: Lexicon | null = null;
const theLexicon = (): Lexicon => (lexicon ??= makeLexicon());

function makeLexicon(): Lexicon {
  const words = new Map<string, Meaning>();
  const stems = new Map<string, Meaning>();
  const loose = new Map<string, Meaning>();
  const phrases: Lexicon['phrases'] = new Map();
  const add = (list: string, more: Partial<Meaning>) => {
    for (const entry of wordsOf(list)) {
      const isStem = entry.endsWith('*');
      const word = isStem ? entry.slice(0, -1) : entry;
      if (word.includes('_')) {
        const first = word.slice(0, word.indexOf('_'));
        const phrase = { phrase: word.replaceAll('_', ' '), whole: !isStem && STEMMED.test(word) };
        phrases.set(
          first,
          [...(phrases.get(first) ?? []), phrase].sort((a, b) => b.phrase.length - a.phrase.length),
        );
      }
      const map = !STEMMED.test(word) ? loose : isStem ? stems : words;
      const { roles, allergy, allergens } = map.get(word) ?? NOTHING;
      map.set(word, {
        roles: [...roles, ...(more.roles ?? [])],
        allergy: allergy || (more.allergy ?? false),
        allergens: [...allergens, ...(more.allergens ?? [])],
      });
    }
  };
  add(ALLERGY_PHRASES, { allergy: true });
  for (const key of ALLERGENS)
    for (const [grade, list] of Object.entries(ALLERGEN_WORDS[key]))
      add(list, { allergens: [{ key, grade: grade as Grade }] });
  for (const [role, list] of Object.entries(ROLE_WORDS)) add(list, { roles: [role as WordRole] });
  const anywhere: Lexicon['anywhere'] = new Map();
  for (const [word, meaning] of [...loose].sort(([a], [b]) => b.length - a.length)) {
    const found = anywhere.get(word[0]!);
    if (found) found.push({ word, ...meaning });
    else anywhere.set(word[0]!, [{ word, ...meaning }]);
  }
  return {
    words,
    stems,
    longest: Math.max(...[...stems.keys()].map(({ length }) => length)),
    anywhere,
    inside: wordsOf(ALLERGY_WORDS),
    phrases,
  };
}

let speaks: RegExp | null = null;

/** Whether a word of allergy stands in the text. Most texts have none, and this is quick to see. */
export function speaksOfAllergy(text: string): boolean {
  speaks ??= new RegExp(
    wordsOf(`${ALLERGY_WORDS} ${ALLERGY_PHRASES}`)
      .map((word) => word.replace('*', '').replaceAll('_', '[ _-]'))
      .join('|'),
    'u',
  );
  return speaks.test(plain(text));
}

export function tokensOf(text: string): Token[] {
  const { phrases } = theLexicon();
  const words = plain(text)
    .replaceAll('_', ' ')
    .replaceAll(/['’´`]s(?!\p{L})/gu, '')
    .replaceAll(/(\p{L}n)['’´`]t(?!\p{L})/gu, '$1t')
    .replaceAll(/(^|[^\p{L}])w\/o(?!\p{L})/gu, '$1without')
    .replaceAll(/(^|[^\p{L}])n\/a(?!\p{L})/gu, '$1none')
    .replaceAll(/(\p{L})-(?=\p{L})/gu, '$1 ')
    .replaceAll(/[ \t\u00a0]+/gu, ' ');
  const ready = joined(words, phrases);
  const tokens: Token[] = [];
  let end = 0;
  for (const { 0: run, index } of ready.matchAll(/[\p{L}\p{M}\p{N}_]+/gu)) {
    const between = ready.slice(end, index);
    let gap = tokens.length ? gapOf(between) : GAP.none;
    if (!gap && tokens.length && /[&+/]/u.test(between)) tokens.push({ ...NOTHING, text: '&', gap, roles: ['and'] });
    for (const token of meaningsOf(run)) {
      tokens.push({ ...token, gap });
      gap = GAP.none;
    }
    end = index + run.length;
  }
  return tokens;
}

/** The text with the words of each phrase joined, so that it is one word. */
function joined(text: string, phrases: Lexicon['phrases']): string {
  let [result, from] = ['', 0];
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    if (index < from) continue;
    const found = phrases
      .get(word)
      ?.find(
        ({ phrase, whole }) =>
          text.startsWith(phrase, index) && !(whole && /\p{L}/u.test(text[index + phrase.length] ?? '')),
      );
    if (!found) continue;
    result += text.slice(from, index) + found.phrase.replaceAll(' ', '_');
    from = index + found.phrase.length;
  }
  return result + text.slice(from);
}

function gapOf(between: string): number {
  if (/[.;!\n\r。！；…•·|]/u.test(between)) return GAP.end;
  if (/[:?=()[\]—–：？（）"“”]/u.test(between) || /\s-|-\s/u.test(between)) return GAP.inner;
  return /[,，،、]/u.test(between) ? GAP.comma : GAP.none;
}

type Word = Omit<Token, 'gap'>;

/**
 * The words of a run of letters: one, or several where the script has no spaces or a run has several scripts. All notes
 * are made of the same words, so most of them were looked up before.
 */
const meaningsOf = remembered((run): readonly Word[] => {
  const from = theLexicon();
  const parts = run.split(/(?<x>[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}_]+)/u).filter(Boolean);
  const whole = !STEMMED.test(run) || !parts.some((part) => !STEMMED.test(part) && part !== '_');
  return (whole ? [run] : parts).flatMap((part) => (STEMMED.test(part) ? [stemmed(part, from)] : unspaced(part, from)));
});

/** A word of a script with spaces: as a whole, by its beginning, or by its ending. */
function stemmed(text: string, { words, stems, longest, inside }: Lexicon): Word {
  const lookUp = (word: string): Meaning => {
    const found = words.get(word);
    if (found && found.allergens.length) return found;
    for (let length = Math.min(word.length, longest); length > 1; length -= 1) {
      const stem = stems.get(word.slice(0, length));
      if (stem) return found ? { ...stem, roles: [...found.roles, ...stem.roles] } : stem;
    }
    return found ?? NOTHING;
  };
  const without = (rest: string | undefined, role: WordRole): Word | null => {
    const { allergens } = rest && rest.length > 1 ? lookUp(rest) : NOTHING;
    return allergens.length ? { text, roles: [role], allergy: false, allergens } : null;
  };
  const cut = (endings: readonly string[]) => {
    const ending = endings.find((each) => text.endsWith(each));
    return ending && text.slice(0, -ending.length);
  };
  const beginning = FREE_BEGINNINGS.find((each) => text.startsWith(each));
  const meaning = lookUp(text);
  return (
    (!words.has(text) &&
      (without(cut(FREE_ENDINGS), 'free') ??
        without(beginning && text.slice(beginning.length), 'free') ??
        without(cut(LEFT_ENDINGS), 'left'))) || {
      ...meaning,
      text,
      allergy: meaning.allergy || inside.some((stem) => text.includes(stem)),
    }
  );
}

function unspaced(run: string, { anywhere }: Lexicon): Word[] {
  const particles = PARTICLES.test(run);
  const tokens: Word[] = [];
  let other = '';
  const flush = () => {
    if (other) tokens.push({ ...NOTHING, text: other });
    other = '';
  };
  for (let at = 0; at < run.length;) {
    const found = anywhere.get(run[at]!)?.find(
      ({ word, roles, allergens }) =>
        run.startsWith(word, at) &&
        // A short word of grammar stands alone, since its letters are in many other words.
        (!particles || word.length === run.length || allergens.length > 0 || !roles.length || word.length > 3),
    );
    if (found) {
      flush();
      const { word, ...meaning } = found;
      tokens.push({ ...meaning, text: word });
      at += word.length;
    } else other += run[at++];
  }
  flush();
  const known = tokens.filter(({ roles, allergy, allergens }) => roles.length || allergy || allergens.length);
  return particles && known.length ? known : tokens;
}
