// The oldest is top left, nothing is cut, nothing is lost, whatever the heights are.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut, type CardHeights } from './layout.ts';

const frame = { columns: 4, height: 600, gap: 8 };
const card = (chrome: number, ...lines: number[]): CardHeights => ({ chrome, lines });
const spots = (cards: CardHeights[]) => layOut(cards, frame).map((page) => page.map(({ card: index, column, top, slot }) => [index, column, top, slot]));

describe('layOut', () => {
  it('reads left to right, then down', () => {
    const same = Array.from({ length: 6 }, () => card(150, 65));
    expect(spots(same)).toEqual([[[0, 0, 0, 1], [1, 1, 0, 2], [2, 2, 0, 3], [3, 3, 0, 4], [4, 0, 223, 5], [5, 1, 223, 6]]]);
  });

  it('passes over a column without room, and turns the page when none has any', () => {
    const cards = [card(150, 400), card(150, 100), card(150, 100), card(150, 100), card(150, 150), card(550), card(100)];
    expect(spots(cards)).toEqual([[[0, 0, 0, 1], [1, 1, 0, 2], [2, 2, 0, 3], [3, 3, 0, 4], [4, 1, 258, 5]], [[5, 0, 0, 1], [6, 1, 0, 2]]]);
  });

  it('continues a ticket taller than a column in the next slot', () => {
    const parts = layOut([card(150, ...Array.from({ length: 10 }, () => 65)), card(150, 65)], frame)[0]!;
    expect(parts.map(({ card: index, from, to, column }) => [index, from, to, column])).toEqual([[0, 0, 6, 0], [0, 6, 10, 1], [1, 0, 1, 2]]);
  });

  it('is one empty page without cards, and shows a card without lines', () => {
    expect(layOut([], frame)).toEqual([[]]);
    expect(layOut([card(700)], frame)[0]).toHaveLength(1);
  });

  it('shows every line of every card once, in order, without overlap, inside the page', () => {
    const heights = fc.record({ chrome: fc.integer({ min: 120, max: 300 }), lines: fc.array(fc.integer({ min: 65, max: 200 }), { minLength: 1, maxLength: 25 }) });
    fc.assert(
      fc.property(fc.array(heights, { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), (cards, columns) => {
        const pages = layOut(cards, { columns, height: 600, gap: 8 });
        const shown = pages.flat().flatMap(({ card: index, from, to }) => Array.from({ length: to - from }, (_, step) => `${index}/${from + step}`));
        expect(shown).toEqual(cards.flatMap(({ lines }, index) => lines.map((_, line) => `${index}/${line}`)));
        for (const page of pages) {
          const ends = new Map<number, number>();
          page.forEach(({ column, top, height, slot, card: index, from, to }, place) => {
            expect(slot).toBe(place + 1);
            expect(top).toBeGreaterThanOrEqual(ends.get(column) ?? 0);
            ends.set(column, top + height);
            expect(height).toBe(cards[index]!.chrome + cards[index]!.lines.slice(from, to).reduce((total, line) => total + line, 0));
            expect(top + height).toBeLessThanOrEqual(600);
          });
        }
      }),
    );
  });
});
