// Whether a guest's or a waiter's words say that a guest must not have something. Pure; kept on the safe side: an
// allergy counts unless the words plainly deny it.
//
// - A word of allergy, intolerance or coeliac disease counts, unless denied: "no allergies", "Allergien: keine". With an
//   allergen between denial and allergy it counts: "no nut allergy" may be "NO NUTS! ALLERGY".
// - "Free" of an allergen counts, and so does an allergen that a guest "can't eat", "reacts to", is "sensitive" to.
// - Leaving out a substance that nobody leaves out for its taste (gluten, lactose, dairy, sulphites) counts. Leaving out
//   nuts, peanuts, shellfish, fish, sesame or soya counts in a note and not as a modifier, since tills offer those as a
//   choice of taste. Leaving out anything else counts where a note speaks of sickness, too.
import type { Allergen, AllergyReader, TextSource } from '../protocol/readings.ts';
import { speaksOfAllergy, tokensOf, GAP, type Grade, type Token } from './lexer.ts';
import { remembered } from './remembered.ts';
import { COELIAC, type WordRole } from './words.ts';

/** Reads by the words of all languages. A screen has none of them: it is sent readings (readings.ts). */
export const allergyReader: AllergyReader = {
  warningOf: (text, source) => warnings[source](text),
  allergensIn: (text) => contents(text),
};

const warnings: Record<TextSource, (text: string) => readonly Allergen[] | null> = {
  note: remembered((text) => read(text, 'note')),
  modifier: remembered((text) => read(text, 'modifier')),
  dish: remembered((text) => read(text, 'dish')),
};
const contents = remembered((text): readonly Allergen[] => {
  const tokens = tokensOf(text);
  return keysOf(tokens.filter((token, at) => !isFree(tokens, at) && !isLeftOut(tokens, at)));
});

const is = (token: Token | undefined, ...roles: readonly WordRole[]): boolean =>
  token !== undefined && roles.some((role) => token.roles.includes(role));
const graded = (token: Token, ...grades: readonly Grade[]): boolean =>
  token.allergens.some(({ grade }) => grades.includes(grade));
const names = (token: Token | undefined): boolean => token !== undefined && token.allergens.length > 0;
const keysOf = (tokens: readonly Token[]): Allergen[] => [
  ...new Set(tokens.flatMap(({ allergens }) => allergens.map(({ key }) => key))),
];

function read(text: string, source: TextSource): readonly Allergen[] | null {
  if (source === 'dish' && !speaksOfAllergy(text)) return null;
  const tokens = tokensOf(text);
  const evidence = tokens.map((token, at) => warns(tokens, at, token, source));
  const short = shortFor(text, source);
  if (!short && !evidence.includes(true)) return null;
  const sentence = sentencesOf(tokens);
  const warned = new Set(sentence.filter((_, at) => evidence[at]));
  const named = tokens.filter(
    (token, at) =>
      warned.has(sentence[at]!) &&
      !is(tokens[at - 1], 'more') &&
      !(graded(token, 'made') && is(tokens[at - 1], 'no', 'leave')),
  );
  const coeliac = tokens.some((token, at) => warned.has(sentence[at]!) && token.allergy && COELIAC.test(token.text));
  return [...new Set([...(short ? [short] : []), ...(coeliac ? (['gluten'] as const) : []), ...keysOf(named)])];
}

/** GF and DF of the till. "My GF" is a friend. */
function shortFor(text: string, source: TextSource): Allergen | null {
  if (source === 'dish') return null;
  const pattern = source === 'note' ? /(^|[^\p{L}])(GF|DF)(?![\p{L}'’])/u : /(^|[^\p{L}])(GF|DF)(?![\p{L}'’])/iu;
  const found = pattern.exec(text);
  if (!found || /\b(my|his|her|your|our|ur|the)\s*$/i.test(text.slice(0, found.index + found[1]!.length))) return null;
  return found[2]!.toUpperCase() === 'GF' ? 'gluten' : 'milk';
}

/** The number of each word's sentence. */
function sentencesOf(tokens: readonly Token[]): number[] {
  let sentence = 0;
  return tokens.map(({ gap }) => (gap === GAP.end ? ++sentence : sentence));
}

function warns(tokens: readonly Token[], at: number, token: Token, source: TextSource): boolean {
  if (token.allergy && (source !== 'dish' || !token.text.includes('allergen')))
    return !isDenied(tokens, at) || hasException(tokens, at);
  if (source === 'dish') return false;
  if (is(token, 'weak')) return !is(tokens[at - 1], 'no') && around(tokens, at).some(names);
  if (!names(token)) return false;
  if (isFree(tokens, at))
    return (
      !graded(token, 'made') &&
      !isPlainlyNot(tokens, at) &&
      (graded(token, 'substance') || tokens[at - 1]?.text !== 'extra')
    );
  if (!isLeftOut(tokens, at)) return false;
  if (graded(token, 'substance')) return true;
  return source === 'note' && (graded(token, 'grave') || tokens.some((other) => is(other, 'severe')));
}

/** The words near this one, in its sentence. */
function around(tokens: readonly Token[], at: number): Token[] {
  const sentence = sentencesOf(tokens);
  return tokens.filter((_, other) => sentence[other] === sentence[at] && Math.abs(other - at) <= 6);
}

// ---- denial

function isDenied(tokens: readonly Token[], at: number): boolean {
  return !names(tokens[at]) && (isDeniedBefore(tokens, at) || isDeniedAfter(tokens, at));
}

/** "no known food allergies", "does not have allergies or intolerances", "keine Allergien". */
function isDeniedBefore(tokens: readonly Token[], at: number): boolean {
  let loose = false;
  for (let before = at; before > 0; before -= 1) {
    const here = tokens[before]!;
    const token = tokens[before - 1]!;
    if (here.gap > GAP.comma || (here.gap === GAP.comma && !token.allergy)) return false;
    if (names(token)) return false;
    if (is(token, 'no')) return token.text !== 'no' || (!loose && !saysWhat(tokens, at));
    if (is(token, 'loose') && !is(token, 'filler')) loose = true;
    else if (!token.allergy && !is(token, 'filler', 'and')) return false;
  }
  return false;
}

/** "NO allergy to nuts" may be a shout: with an allergen right behind it, it counts. */
function saysWhat(tokens: readonly Token[], at: number): boolean {
  let next = at + 1;
  while (next < tokens.length && tokens[next]!.gap === GAP.none && is(tokens[next], 'filler')) next += 1;
  return names(tokens[next]) && tokens[next]!.gap === GAP.none;
}

/** "Allergies: none", "アレルギーはありません", "alerjim yok". */
function isDeniedAfter(tokens: readonly Token[], at: number): boolean {
  for (let after = at + 1; after < tokens.length; after += 1) {
    const token = tokens[after]!;
    if (token.gap === GAP.end || names(token)) return false;
    if (is(token, 'none')) {
      let next = after + 1;
      while (next < tokens.length && tokens[next]!.gap === GAP.none && is(tokens[next], 'filler', 'loose', 'none'))
        next += 1;
      const rest = tokens[next];
      return rest === undefined || is(rest, 'except', 'but') || (rest.gap > GAP.none && !names(rest));
    }
    if (!token.allergy && !is(token, 'filler', 'and', 'loose')) return false;
  }
  return false;
}

/** "no allergies except nuts", "no allergies, just gluten". */
function hasException(tokens: readonly Token[], at: number): boolean {
  if (tokens.some((token) => is(token, 'except')) && tokens.some((token) => names(token) && !graded(token, 'made')))
    return true;
  const but = tokens.findIndex((token, other) => other > at && is(token, 'except', 'but'));
  if (but < 0) return false;
  const rest = tokens.slice(but + 1);
  const close = tokens.slice(at + 1, but).every((token) => is(token, 'filler', 'none', 'loose'));
  return is(tokens[but], 'except')
    ? close && rest.length > 0
    : rest.some((token, other) => names(token) && !graded(token, 'made') && !is(rest[other - 1], 'more'));
}

// ---- leaving out

/** "gluten free", "free of nuts", "glutenfrei", "nut and dairy free". */
function isFree(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]!;
  if (!names(token)) return false;
  if (is(token, 'free')) return true;
  let next = at + 1;
  while (inList(tokens, next)) next += 1;
  if (tokens[next]?.gap === GAP.none && is(tokens[next], 'free')) return true;
  let before = at - 1;
  while (
    before >= 0 &&
    tokens[before + 1]!.gap === GAP.none &&
    (names(tokens[before]) || is(tokens[before], 'and', 'filler'))
  )
    before -= 1;
  return before >= 0 && tokens[before + 1]!.gap === GAP.none && is(tokens[before], 'freeOf');
}

/** Whether the word goes on a list of allergens: "nut, egg and dairy". */
const inList = (tokens: readonly Token[], at: number): boolean =>
  at < tokens.length &&
  tokens[at]!.gap <= GAP.comma &&
  (names(tokens[at]) || is(tokens[at], 'and')) &&
  !is(tokens[at], 'free');

/** "not gluten free", "doesn't need to be gluten free". A bare "no" denies nothing here: "no gluten-free bun left". */
function isPlainlyNot(tokens: readonly Token[], at: number): boolean {
  for (let before = at - 1; before >= Math.max(0, at - 4); before -= 1) {
    if (tokens[before + 1]!.gap > GAP.none) return false;
    if (is(tokens[before], 'no'))
      return /^(?:not|dont|doesnt|isnt|nicht|niet|inte|ikke|pas)$/.test(tokens[before]!.text);
  }
  return false;
}

/** "no nuts", "without any egg or nuts", "nuts: 抜き", "fıstıksız". */
function isLeftOut(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]!;
  if (!names(token)) return false;
  if (is(token, 'left') || (is(tokens[at + 1], 'left') && tokens[at + 1]!.gap === GAP.none)) return true;
  for (let before = at; before > 0 && at - before < 6; before -= 1) {
    const here = tokens[before]!;
    const former = tokens[before - 1]!;
    if (here.gap > GAP.comma || is(former, 'more') || former.allergy) return false;
    if (here.gap === GAP.comma && !(names(former) || (before === at && endsHere(tokens, at)))) return false;
    if (is(former, 'no', 'leave')) return true;
    const listed = names(former) || is(former, 'and', 'filler');
    if (!listed && !(is(tokens[before], 'and') || here.gap === GAP.comma)) return false;
  }
  return false;
}

/** Whether a list ends or goes on behind this word. */
const endsHere = (tokens: readonly Token[], at: number): boolean =>
  at + 1 >= tokens.length || tokens[at + 1]!.gap > GAP.none || is(tokens[at + 1], 'and');
