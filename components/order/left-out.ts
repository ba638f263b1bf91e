// Names of modifiers that say by themselves that an ingredient is left out, in the languages that guests and tills
// write: “No ice”, “sin gluten”, “玉ねぎ抜き”. Such a name is never shown as an addition, whatever kind came with it.

/** Words before the ingredient, where a language separates words by spaces. */
const BEFORE = [
  // English
  'no',
  'without',
  'w/o',
  'hold',
  'minus',
  'omit',
  'remove',
  'exclude',
  'skip',
  'leave out',
  'leave off',
  'do not add',
  "don't add",
  // Spanish, Portuguese, Catalan, Italian, Romanian, French
  'sin',
  'quitar',
  'sem',
  'não',
  'nao',
  'tirar',
  'sense',
  'senza',
  'niente',
  'non',
  'fără',
  'fara',
  'sans',
  'pas de',
  'retirer',
  'retirar',
  'togliere',
  // German, Dutch, Swedish, Danish, Norwegian, Icelandic
  'ohne',
  'kein',
  'keine',
  'keinen',
  'nicht',
  'bitte ohne',
  'bitte keine',
  'zonder',
  'geen',
  'niet',
  'utan',
  'inga',
  'ingen',
  'inget',
  'uden',
  'uten',
  'án',
  // Polish, Czech, Slovak, Croatian, Slovene, Latvian, Estonian, Finnish
  'bez',
  'ilma',
  'ilman',
  // Russian, Ukrainian, Bulgarian, Serbian, Greek
  'без',
  'не добавлять',
  'не класть',
  'χωρίς',
  'χωρις',
  // Arabic, Persian, Urdu, Hebrew, Hindi
  'بدون',
  'بلا',
  'من غير',
  'بغیر',
  'ללא',
  'בלי',
  'בלא',
  'बिना',
  // Indonesian, Malay, Vietnamese, Filipino, Swahili
  'tanpa',
  'không',
  'walang',
  'bila',
];
/** Words after the ingredient. */
const AFTER = [
  // “gluten free”, “glutenfrei”, “laktosfri”, “glutenvrij”
  'free',
  'frei',
  'frei(?:e|er|es|en)',
  'fri',
  'fritt',
  'vrij',
  // Hungarian and Turkish
  ' nélkül',
  'mentes',
  ' olmasın',
  ' istemiyorum',
  ' hariç',
  ' yok',
  // Hindi
  ' (?:नहीं|के बिना)',
];

/** Finnish and Turkish endings, with the usual ingredients: other words end like them (wonton). */
const ENDINGS =
  'gluteeniton|laktoositon|maidoton|sokeriton|(?:glüten|soğan|şeker|tuz|süt|acı|sarımsak|domates|buz)s[ızüu]z';

const spaced = new RegExp(`^(?:(?:${BEFORE.join('|')})\\s+(?!\\d)\\S|pas d['’])`, 'iu');
const ending = new RegExp(`(?:\\p{L}{2}[\\s-]?(?:${AFTER.join('|')})|${ENDINGS})[.!\\s]*$`, 'iu');
/**
 * Chinese, Thai, Japanese and Korean write no spaces. Left aside are words that begin or end alike: free-range (走地),
 * boneless (去骨), minced (免治), free of charge (免费), fig (無花果), pear (洋なし).
 */
const unspaced = new RegExp(
  [
    '^(?:请|請)?(?:不要|不加|不放|不吃|不含|不辣|别放|別放|别加|別加|免加|唔要|唔落)',
    '^走(?!地)',
    '^去(?![骨皮壳殼头頭])',
    '^免(?![治费費])',
    '^[无無](?!花果)',
    '^ไม่',
    '.(?:抜き|ぬき|無し|いらない)$',
    '[^洋和]なし$',
    '.(?:빼기|빼고|빼주세요|없이|제외)$',
  ].join('|'),
  'u',
);

/** English and Chinese, which the screens speak: of a name that is no more than this word and an ingredient. */
const plain = /^(?:(?:no|without)\s+|(?:不要|不加|不放)\s*)(?<what>.+)$/iu;
/** With one of these a name says more than the one ingredient, and stays as it is. */
const more = /[,;.:()+&/，。；、（）]|\b(?:and|but|with|extra|only|please|or)\b|但|要|和|加/iu;

export interface LeftOut {
  /** The ingredient, where the name says no more than that it is left out; null where the name stays as it is. */
  readonly what: string | null;
}

/** Null for a name that does not say that something is left out. */
export function leftOutBy(name: string): LeftOut | null {
  const text = name.trim();
  if (!spaced.test(text) && !ending.test(text) && !unspaced.test(text)) return null;
  const what = plain.exec(text)?.groups?.['what'];
  return { what: what === undefined || more.test(what) ? null : what };
}
