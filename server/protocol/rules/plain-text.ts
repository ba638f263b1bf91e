// One form for texts that are compared. Pure.

const LETTERS: Record<string, string> = {
  ß: 'ss',
  œ: 'oe',
  æ: 'ae',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
};

/** Lower case, without accents and vowel signs, and with one form for each letter. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]|[\u0591-\u05c7]|[\u064b-\u0655]|[\u0640\u200b-\u200f\u2060\ufeff]/gu, '')
    .normalize('NFC')
    .replaceAll(/[ßœæøłđıىیکة]/gu, (letter) => LETTERS[letter]!);
