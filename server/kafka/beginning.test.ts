// Where an assignment begins, and which messages are missing there.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startOf } from './beginning.ts';

const at = (place: Partial<Parameters<typeof startOf>[0]>) =>
  startOf({ low: 0, high: 100, committed: -1, recorded: 0, ...place });

test("it begins at the group's offset, up to where all has ended; without one, at the topic's start", () => {
  expect(at({ committed: 40, recorded: 50 })).toMatchObject({ offset: 40, missingFrom: null, foreign: false });
  expect(at({ committed: 50, recorded: 50 })).toMatchObject({ offset: 50, foreign: false });
  expect(at({ committed: -1, recorded: 50 })).toMatchObject({ offset: 0, foreign: false });
});

test('an offset beyond what ended is not ours, and in a new incarnation none is', () => {
  expect(at({ committed: 51, recorded: 50 })).toMatchObject({ offset: 50, foreign: true });
  expect(at({ committed: 7, recorded: 0 })).toMatchObject({ offset: 0, foreign: true });
});

test('what the topic no longer has and had not ended is missing; what had ended is not', () => {
  expect(at({ low: 80, committed: 40, recorded: 50 })).toMatchObject({ offset: 80, missingFrom: 50, foreign: false });
  expect(at({ low: 45, committed: 40, recorded: 50 })).toMatchObject({ offset: 45, missingFrom: null });
  expect(at({ low: 80, committed: -2, recorded: 50 })).toMatchObject({ offset: 80, missingFrom: 50 });
});

test('property: it never begins behind what has not ended, nor before the topic', () => {
  fc.assert(
    fc.property(
      fc.nat(50),
      fc.nat(50),
      fc.integer({ min: -2, max: 120 }),
      fc.nat(100),
      (low, length, committed, recorded) => {
        const { offset, missingFrom } = startOf({ low, high: low + length, committed, recorded });
        expect(offset).toBeGreaterThanOrEqual(low);
        expect(offset).toBeLessThanOrEqual(Math.max(low, recorded));
        if (offset > recorded) expect(missingFrom).toBe(recorded);
      },
    ),
  );
});
