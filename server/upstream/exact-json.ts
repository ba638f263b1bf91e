// Parses JSON without loss: a whole number that a number of JavaScript cannot hold comes as a bigint. JSON.parse rounds
// it without a word, and gives no way to its digits before Node 22. Texts without such a number, nearly all, are parsed
// by JSON.parse alone.

/** A number of 16 digits and more. In a text it only costs time. */
const MAY_BE_LONG = /[:,[]\s*-?\d{16}/;
/** Texts first, since a number within one is none. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const LONG = /^-?\d{16,}$/;
/** Of a text that stands for a long number. */
const MARK = '\uE000exact:';

/** @throws SyntaxError */
export function parseExactly(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  if (!MAY_BE_LONG.test(text)) return parsed;
  const marked = text.replace(TOKENS, (token) =>
    LONG.test(token) && !Number.isSafeInteger(Number(token)) ? `"${MARK}${token}"` : token,
  );
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? bigintIn(value) : value,
  );
}

function bigintIn(marked: string): unknown {
  const digits = marked.slice(MARK.length);
  return LONG.test(digits) ? BigInt(digits) : marked;
}
