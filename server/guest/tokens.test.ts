// Only the server can make a guest's link, and one order's link opens no other order.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GuestTokens } from './tokens.ts';

const [ours, others] = [GuestTokens.of(Buffer.alloc(32, 1)), GuestTokens.of(Buffer.alloc(32, 2))];
const orderId = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 64 }).filter((id) => id.isWellFormed());

test('property: a token gives its own order back, fits into a path, and is of no use with another key', () => {
  fc.assert(
    fc.property(orderId, (id) => {
      const token = ours.tokenOf(id);
      expect(ours.orderIdOf(token)).toBe(id);
      expect(token).toMatch(/^[\w-]+\.[\w-]{22}$/);
      expect(others.orderIdOf(token)).toBeNull();
    }),
  );
});

test("property: no changed token opens anything, and one order's proof does not fit another order", () => {
  fc.assert(
    fc.property(orderId, orderId, fc.nat(), fc.constantFrom(...'Aa0_-.=+/é'), (id, other, place, character) => {
      const token = ours.tokenOf(id);
      const at = place % token.length;
      const changed = token.slice(0, at) + character + token.slice(at + 1);
      if (changed !== token) expect(ours.orderIdOf(changed)).toBeNull();
      if (other !== id)
        expect(ours.orderIdOf(`${ours.tokenOf(other).split('.')[0]}.${token.split('.')[1]}`)).toBeNull();
    }),
  );
});

test.each([
  '',
  '.',
  'a',
  'a.',
  '.b',
  'a.b.c',
  `${ours.tokenOf('o-1')}.`,
  ours.tokenOf('o-1').slice(0, -1),
  `${ours.tokenOf('o-1')}A`,
  'x'.repeat(10_000),
])('%j is no token', (text) => {
  expect(ours.orderIdOf(text)).toBeNull();
});

test('a short key is refused: it could be guessed', () => {
  expect(() => GuestTokens.of(Buffer.alloc(16))).toThrow('too short');
});
