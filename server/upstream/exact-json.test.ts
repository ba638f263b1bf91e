// No digit of a whole number is lost, and everything else is what JSON.parse makes of it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExactly } from './exact-json.ts';
import { isLower, versionOf } from './version.ts';

test('every text means what it means to JSON.parse, but for long whole numbers', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const rounded = (_: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
      expect(JSON.stringify(parseExactly(text), rounded)).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

test('whole numbers keep all digits, wherever they stand', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), fc.string(), (number, text) => {
      const exact = number >= -(2n ** 53n) + 1n && number <= 2n ** 53n - 1n ? Number(number) : number;
      const key = JSON.stringify(text);
      expect(parseExactly(`{${key}: ${number}, "list":[${number},{"deep":\n${number}}], "text":${key}}`)).toEqual({
        [text]: exact,
        list: [exact, { deep: exact }],
        text,
      });
    }),
  );
});

test('digits in texts, fractions and exponents stay as they are', () => {
  const text =
    '{"note":"a \\"v\\":9007199254740993, [9007199254740993","a":1.90071992547409931,' +
    '"b":9007199254740993e2,"c":9007199254740993}';
  expect(parseExactly(text)).toEqual({ ...(JSON.parse(text) as object), c: 9_007_199_254_740_993n });
});

test('what is no JSON stays none', () => {
  for (const text of ['{9007199254740993:1}', '[9007199254740993', '{"a":09007199254740993}', '[9007199254740993,]'])
    expect(() => parseExactly(text), text).toThrow(SyntaxError);
});

test('versions have one form each, and an order', () => {
  const numbers = [0n, 1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 62n, 2n ** 63n - 1n];
  const versions = numbers.map((number) => versionOf(number)!);
  expect(versions).toEqual([
    0,
    1,
    9_007_199_254_740_991,
    '9007199254740992',
    '9007199254740993',
    '4611686018427387904',
    '9223372036854775807',
  ]);
  for (const [i, one] of versions.entries())
    for (const [j, other] of versions.entries()) expect(isLower(one, other), `${one} ${other}`).toBe(i < j);
  expect([2n ** 63n, -1n, -1, 1.5, 2 ** 53, '4', null].map(versionOf)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});
