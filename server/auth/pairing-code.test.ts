// Codes as they are shown and typed.
import { expect, test } from 'vitest';
import { newCode, readCode } from './pairing-code.ts';

test('a code is read however it is typed', () => {
  for (let i = 0; i < 200; i += 1) {
    const code = newCode();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    const bare = code.replace('-', '');
    for (const typed of [
      code,
      bare,
      code.toLowerCase(),
      ` ${bare.slice(0, 2)} ${bare.slice(2)} `,
      bare.replaceAll('0', 'o').replaceAll('1', 'l'),
    ])
      expect(readCode(typed)).toBe(bare);
  }
});

test.each(['', '1234567', '123456789', '1234-567U', '1234-567ß', '\0\0\0\0\0\0\0\0', 'x'.repeat(40)])(
  '%j is no code',
  (typed) => expect(readCode(typed)).toBeNull(),
);
