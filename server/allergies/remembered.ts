// Remembers the answers about texts: the same dishes and notes come again with each change of their orders, and to read
// a note takes a tenth of a millisecond.

/** Of the texts of one generation, in characters; notes are long, names are short. */
const MOST = 1_000_000;

/**
 * The function, with its answers about the texts that were asked for last. There are two generations: once the younger
 * one is full, it becomes the older one, and those texts are forgotten that nobody has asked for since.
 */
export function remembered<T>(read: (text: string) => T, most = MOST): (text: string) => T {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  let characters = 0;
  return (text) => {
    const known = young.get(text);
    if (known !== undefined || young.has(text)) return known as T;
    const answer = old.has(text) ? (old.get(text) as T) : read(text);
    if (characters + text.length > most) {
      [old, young] = [young, new Map()];
      characters = 0;
    }
    young.set(text, answer);
    characters += text.length;
    return answer;
  };
}
