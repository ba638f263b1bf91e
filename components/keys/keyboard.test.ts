// Digits choose the slot that they name and belong to one action, for all other presses and any number of slots
// that the page has meanwhile.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { DIGIT_MS, Keyboard, type Pressed } from './keyboard.ts';
import { keyMap, type KeyAction, usualKeys } from './keys.ts';

const keys = keyMap({});

/** The slots that are acted on, where each digit comes at once after the one before. */
function bumped(codes: string, slots: number): (number | null)[] {
  const keyboard = new Keyboard(keys);
  const acted: (number | null)[] = [];
  let chosen: number | null = null;
  for (const [at, code] of codes.split(' ').entries()) {
    const pressed = keyboard.press({ code: code === 'Enter' ? 'Enter' : `Digit${code}`, at }, slots);
    if (pressed?.kind === 'choose') chosen = pressed.slot;
    if (pressed?.kind === 'act') {
      acted.push(chosen);
      chosen = null;
    }
  }
  return acted;
}

describe('digits', () => {
  it.each([9, 10, 11, 44])('clear the first of %i slots twice by 1 Bump 1 Bump', (slots) => {
    expect(bumped('1 Enter 1 Enter', slots)).toEqual([1, 1]);
    expect(bumped('2 Enter 3 Enter', slots)).toEqual([2, 3]);
  });

  it('are one number of two where a page has such a slot', () => {
    expect(bumped('1 3 Enter', 14)).toEqual([13]);
    expect(bumped('1 0 Enter', 10)).toEqual([10]);
    expect(bumped('0 Enter', 10)).toEqual([10]);
    expect(bumped('0 7 Enter', 14)).toEqual([7]);
    // The third begins anew.
    expect(bumped('1 3 2 Enter', 14)).toEqual([2]);
    expect(bumped('1 3 2 Enter', 44)).toEqual([2]);
  });

  it('are each a number of its own where no slot begins with the first', () => {
    expect(bumped('1 2 Enter', 9)).toEqual([2]);
    expect(bumped('3 4 Enter', 14)).toEqual([4]);
  });

  it('choose nothing where no ticket has the number', () => {
    expect(bumped('1 9 Enter', 14)).toEqual([null]);
    expect(bumped('1 Enter 9 Enter', 4)).toEqual([1, null]);
    expect(bumped('0 0 Enter', 14)).toEqual([null]);
  });

  it('are not repeated by a key that is held down', () => {
    const keyboard = new Keyboard(keys);
    keyboard.press({ code: 'Digit1', at: 0 }, 11);
    expect(keyboard.press({ code: 'Digit1', at: 500, repeat: true }, 11)).toBeNull();
    expect(keyboard.press({ code: 'Enter', at: 600, repeat: true }, 11)).toBeNull();
    expect(keyboard.press({ code: 'ArrowDown', at: 700, repeat: true }, 11)).toEqual({ kind: 'act', action: 'down' });
  });

  it('are forgotten after a second, and after a tap', () => {
    const keyboard = new Keyboard(keys);
    keyboard.press({ code: 'Digit1', at: 0 }, 14);
    expect(keyboard.press({ code: 'Digit3', at: DIGIT_MS }, 14)).toEqual({ kind: 'choose', slot: 3 });
    keyboard.press({ code: 'Digit1', at: 2 * DIGIT_MS }, 14);
    keyboard.forget();
    expect(keyboard.press({ code: 'Digit3', at: 2 * DIGIT_MS + 1 }, 14)).toEqual({ kind: 'choose', slot: 3 });
  });
});

type Step =
  | { readonly kind: 'digit'; readonly digit: number }
  | { readonly kind: 'act'; readonly action: KeyAction }
  | { readonly kind: 'other' | 'tap' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('digit' as const), digit: fc.nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      action: fc.constantFrom<KeyAction>('bump', 'mark', 'recall', 'find', 'clear', 'up', 'undo'),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ kind: 'other' }, { kind: 'tap' }) },
);

test('property: a slot is chosen by the digits since the last action alone, and only if the page has it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(step, fc.oneof(fc.nat(200), fc.nat(1500)), fc.oneof(fc.constant(44), fc.nat(44))), {
        maxLength: 40,
        size: 'max',
      }),
      fc.constantFrom('Digit', 'Numpad'),
      (steps, row) => {
        const keyboard = new Keyboard(keys);
        let typed = '';
        let at = 0;
        for (const [one, wait, slots] of steps) {
          at += wait;
          if (one.kind === 'tap') {
            keyboard.forget();
            typed = '';
            continue;
          }
          const code =
            one.kind === 'digit' ? `${row}${one.digit}` : one.kind === 'act' ? usualKeys[one.action][0]! : 'F13';
          const pressed: Pressed | null = keyboard.press({ code, at }, slots);
          if (one.kind !== 'digit') {
            typed = '';
            expect(pressed).toEqual(one.kind === 'act' ? { kind: 'act', action: one.action } : null);
            continue;
          }
          typed += one.digit;
          if (pressed?.kind !== 'choose') throw new Error('a digit must choose');
          const { slot } = pressed;
          if (slot === null) continue;
          expect(slot).toBeLessThanOrEqual(slots);
          // It is the last digit, or the last two: and never one that an action has used.
          const alone = typed.slice(-1) === '0' ? 10 : Number(typed.slice(-1));
          expect([alone, Number(typed.slice(-2))]).toContain(slot);
          // Two digits that were a number are part of no other.
          if (slot !== alone) typed = '';
        }
      },
    ),
    { numRuns: 500 },
  );
});
