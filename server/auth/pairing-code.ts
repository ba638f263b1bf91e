// The short code that a manager reads out and somebody types on the tablet: 8 characters of Crockford's base 32, which
// has no letters that look like digits. 40 bits: enough, since a code lives five minutes and tries are counted
// (limits.ts).
import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** @returns such as `7K2M-QX4D` */
export function newCode(): string {
  const characters = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % 32]).join('');
  return `${characters.slice(0, 4)}-${characters.slice(4)}`;
}

/** A code as somebody typed it: in small letters, with blanks, with O for 0. @returns null where it cannot be one */
export function readCode(typed: string): string | null {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return code.length === LENGTH && [...code].every((character) => ALPHABET.includes(character)) ? code : null;
}
