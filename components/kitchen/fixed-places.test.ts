// Cards keep their places, whichever cards come, go and grow.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FixedPlaces } from './fixed-places.ts';
import type { CardHeights } from '../cards/layout.ts';

const frame = { columns: 3, height: 600, gap: 8 };
const card = (...lines: number[]): CardHeights => ({ head: 100, again: 80, lines, foot: 50, strip: 30 });

it('leaves a gap where a card was, and gives it and its number to the next that is new', () => {
  const places = new FixedPlaces();
  places.layOut(['a', 'b', 'c', 'd'], [card(65), card(65), card(65), card(65)], frame);
  const after = places.layOut(['a', 'c', 'd'], [card(65), card(65), card(65)], frame)[0]!;
  expect(after.map(({ column, top, slot }) => [column, top, slot])).toEqual([
    [0, 0, 1],
    [2, 0, 3],
    [0, 223, 4],
  ]);
  const next = places.layOut(['a', 'c', 'd', 'e'], [card(65), card(65), card(65), card(65)], frame)[0]!;
  expect(next.find((spot) => spot.card === 3)).toMatchObject({ column: 1, top: 0, slot: 2 });
});

it('moves only what stands below a card that grew', () => {
  const places = new FixedPlaces();
  const five = ['a', 'b', 'c', 'd', 'e'];
  places.layOut(
    five,
    five.map(() => card(65)),
    frame,
  );
  const after = places.layOut(five, [card(65, 65), ...five.slice(1).map(() => card(65))], frame)[0]!;
  expect(after.map(({ column, top }) => [column, top])).toEqual([
    [0, 0],
    [1, 0],
    [2, 0],
    [0, 288],
    [1, 223],
  ]);
});

it('shows every line of every card once, without overlap and inside the page; a card that is as it was stays, unless one in its column grew', () => {
  const height = fc.array(fc.integer({ min: 30, max: 150 }), { minLength: 1, maxLength: 12 });
  const step = fc.dictionary(fc.constantFrom(...'abcdefghijkl'), height, { maxKeys: 12 });
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 8 }), (steps) => {
      const places = new FixedPlaces();
      for (const board of steps) {
        const ids = Object.keys(board).sort();
        const cards = ids.map((id) => card(...board[id]!));
        const pages = places.layOut(ids, cards, frame);
        const shown = pages
          .flat()
          .flatMap(({ card: index, from, to }) =>
            Array.from({ length: to - from }, (_, line) => `${index}/${from + line}`),
          )
          .sort();
        expect(shown).toEqual(cards.flatMap(({ lines }, index) => lines.map((_, line) => `${index}/${line}`)).sort());
        for (const page of pages) {
          expect(new Set(page.map(({ slot }) => slot)).size).toBe(page.length);
          for (const spot of page) {
            expect(spot.top).toBeGreaterThanOrEqual(0);
            expect(spot.top + spot.height).toBeLessThanOrEqual(600);
            for (const other of page)
              if (other !== spot && other.column === spot.column && other.top >= spot.top)
                expect(other.top).toBeGreaterThanOrEqual(spot.top + spot.height + 8);
          }
        }
        // The same board again moves nothing.
        expect(places.layOut(ids, cards, frame)).toEqual(pages);
      }
    }),
  );
});
