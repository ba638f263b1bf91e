// Reads a list of words, such as allergens, in the shapes that platforms send: a list of texts or of objects with a
// name, one text, one object, or an object that has the words as its fields.
import { isFields, readable, told, textOf } from './value.ts';

/** Texts that say that there is nothing to list. */
const NOTHING = /^(?:none|nil|n\/a|[-–—]*)$/i;
const SEPARATORS = /[,;\n、，；]+/;
/** Lists within lists are read down to this depth. */
const DEPTH = 6;
/** The fields by which an object says that its word does not apply. */
const APPLIES = ['contains', 'present', 'active', 'selected', 'value'] as const;

export interface WordList {
  words: string[];
  /** The parts that could not be read. */
  unread: unknown[];
}

export function readWordList(value: unknown): WordList {
  const list: WordList = { words: [], unread: [] };
  // One text may list several words. An entry of a list is one word, whatever is in it.
  if (typeof value === 'string') for (const word of value.split(SEPARATORS)) addText(list, word);
  else addTo(list, value);
  return { ...list, words: [...new Set(list.words)] };
}

/**
 * What a guest must not have. A part that cannot be read is kept as its own text: on a screen it is a warning like all
 * others.
 */
export function readAllergies(value: unknown): string[] {
  const { words, unread } = readWordList(value);
  return [...words, ...unread.map((part) => told('?', part))];
}

function addTo(list: WordList, value: unknown, depth = 0): void {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === 'string') addText(list, value);
  else if (Array.isArray(value) && depth < DEPTH) for (const part of value) addTo(list, part, depth + 1);
  else if (isFields(value)) addObject(list, value);
  else list.unread.push(value);
}

function addText(list: WordList, value: string): void {
  const word = readable(value).trim();
  if (!NOTHING.test(word)) list.words.push(word);
}

function addObject(list: WordList, value: Record<string, unknown>): void {
  if (APPLIES.some((field) => value[field] === false) && textOf(value) !== null) return;
  const text = textOf(value);
  if (text !== null) return addText(list, text);
  for (const [word, says] of Object.entries(value)) {
    if (says === true || says === 1) addText(list, word);
    else if (typeof says === 'string' && says.trim()) list.words.push(`${readable(word)}: ${readable(says).trim()}`);
    else if (says !== false && says !== null && says !== 0 && says !== '') list.unread.push({ [word]: says });
  }
}
