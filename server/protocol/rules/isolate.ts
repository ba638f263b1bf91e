// Text of upstream inside other text. A name in Arabic or Hebrew turns the digits and names beside it; between these
// two characters of Unicode it keeps to itself.
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';

/** Letters that are written from right to left, and marks that turn text. */
const TURNS = /[\u0590-\u08FF\u200F\uFB1D-\uFDFF\uFE70-\uFEFC]|[\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** Marks that turn all that follows them, and their end. The server takes them out of new orders. */
const CONTROLS = /[\u202A-\u202E\u2066\u2067]/g;
/** The two characters above: text that was put together here has as many of one as of the other. */
const ISOLATES = /[\u2068\u2069]/g;

const ISOLATED = /\u2068[^\u2068\u2069]*\u2069/g;

/** The text as it is where nothing in it is written from right to left. */
export function isolated(text: string): string {
  const kept = balanced(text.replace(CONTROLS, ''));
  return TURNS.test(outside(kept)) ? `${FIRST_STRONG_ISOLATE}${kept}${POP_DIRECTIONAL_ISOLATE}` : kept;
}

/** The text without the names in it that keep to themselves. Names may stand within names. */
function outside(text: string): string {
  const rest = text.replace(ISOLATED, '');
  return rest === text ? text : outside(rest);
}

/** The names, each kept to itself, with commas between. */
export const isolatedList = (names: readonly string[]): string => names.map(isolated).join(', ');

function balanced(text: string): string {
  let open = 0;
  for (const [mark] of text.matchAll(ISOLATES)) {
    open += mark === FIRST_STRONG_ISOLATE ? 1 : -1;
    if (open < 0) break;
  }
  return open === 0 ? text : text.replace(ISOLATES, '');
}
