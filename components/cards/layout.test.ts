// For all heights: the oldest card is top left, nothing is cut and nothing is lost.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut, wholeHeight, type CardHeights, type Placement } from './layout.ts';

const frame = { columns: 4, height: 600, gap: 8 };
const card = (head: number, ...lines: number[]): CardHeights => ({ head, again: head, lines, foot: 50, strip: 30 });
const spots = (cards: CardHeights[]) =>
  layOut(cards, frame).map((page) => page.map(({ card: index, column, top, slot }) => [index, column, top, slot]));

const heights = fc.record({
  head: fc.integer({ min: 64, max: 200 }),
  again: fc.integer({ min: 64, max: 120 }),
  foot: fc.constantFrom(0, 64),
  strip: fc.constantFrom(30, 40),
  lines: fc.array(fc.integer({ min: 20, max: 200 }), { minLength: 1, maxLength: 25 }),
});
const boards = fc.tuple(fc.array(heights, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }));

describe('layOut', () => {
  it('reads left to right, then down', () => {
    const same = Array.from({ length: 6 }, () => card(100, 65));
    expect(spots(same)).toEqual([
      [
        [0, 0, 0, 1],
        [1, 1, 0, 2],
        [2, 2, 0, 3],
        [3, 3, 0, 4],
        [4, 0, 223, 5],
        [5, 1, 223, 6],
      ],
    ]);
  });

  it('passes over a column without room', () => {
    expect(spots([card(100, 430), card(100, 100), card(100, 100), card(100, 100), card(100, 60)])[0]!.at(-1)).toEqual([
      4, 1, 258, 5,
    ]);
  });

  it('turns the page when no column has room for the next card', () => {
    expect(spots([card(100, 400), card(100, 400), card(100, 400), card(100, 400), card(100, 65)])[1]).toEqual([
      [4, 0, 0, 1],
    ]);
  });

  it('continues a ticket in the next slot where that fills the page, in two parts at most', () => {
    const parts = layOut(
      [card(100, 150), card(100, 150), card(100, 400), card(100, 400), card(100, 60, 60, 60, 60)],
      frame,
    )[0]!.slice(-2);
    expect(parts.map(({ card: index, from, to, column, slot }) => [index, from, to, column, slot])).toEqual([
      [4, 0, 2, 0, 5],
      [4, 2, 4, 1, 6],
    ]);
  });

  it('continues a ticket taller than a column', () => {
    const parts = layOut([card(100, ...Array.from({ length: 10 }, () => 65)), card(100, 65)], frame)[0]!;
    expect(parts.map(({ card: index, from, to, column }) => [index, from, to, column])).toEqual([
      [0, 0, 7, 0],
      [0, 7, 10, 1],
      [1, 0, 1, 2],
    ]);
  });

  it('is one empty page without cards, and shows a card without lines', () => {
    expect(layOut([], frame)).toEqual([[]]);
    expect(layOut([card(700)], frame)[0]).toHaveLength(1);
  });

  it('shows every line of every card once, in order, without overlap, inside the page', () => {
    fc.assert(
      fc.property(boards, ([cards, columns]) => {
        const pages = layOut(cards, { columns, height: 600, gap: 8 });
        const shown = pages
          .flat()
          .flatMap(({ card: index, from, to }) =>
            Array.from({ length: to - from }, (_, step) => `${index}/${from + step}`),
          );
        expect(shown).toEqual(cards.flatMap(({ lines }, index) => lines.map((_, line) => `${index}/${line}`)));
        for (const page of pages) {
          const ends = new Map<number, number>();
          page.forEach(({ column, top, height, slot, card: index, from, to }, place) => {
            const { head, again, lines, foot, strip } = cards[index]!;
            expect(slot).toBe(place + 1);
            expect(top).toBe(ends.get(column) ?? 0);
            ends.set(column, top + height + 8);
            expect(height).toBe(
              (from ? again : head) +
                lines.slice(from, to).reduce((total, line) => total + line, 0) +
                (to < lines.length ? strip : foot),
            );
            expect(top + height).toBeLessThanOrEqual(600);
          });
        }
      }),
    );
  });

  it('goes from left to right in each row, and down in each column', () => {
    fc.assert(
      fc.property(boards, ([cards, columns]) => {
        for (const page of layOut(cards, { columns, height: 600, gap: 8 })) {
          const rows = new Map<number, number>();
          for (const [index, { column, top }] of page.entries()) {
            // The card's row within its column, counted from the top.
            const row = rows.get(column) ?? 0;
            rows.set(column, row + 1);
            for (const earlier of page.slice(0, index)) {
              if (earlier.column === column) expect(earlier.top).toBeLessThan(top);
            }
            if (row === 0) expect(page.slice(0, index).every((earlier) => earlier.column !== column)).toBe(true);
          }
          // The first row is complete before a second begins, unless a column had no room.
          const firsts = page.filter(({ top }) => top === 0).map(({ column }) => column);
          expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  /** The room that these placements leave in each column of a page of 600 px. */
  const rooms = (placements: readonly Placement[], columns: number) =>
    Array.from({ length: columns }, (_, column) =>
      Math.max(
        0,
        600 - placements.filter((one) => one.column === column).reduce((used, { height }) => used + height + 8, 0),
      ),
    );
  const isThirdEmpty = (placements: readonly Placement[], columns: number) =>
    rooms(placements, columns).reduce((total, room) => total + room, 0) > (columns * 600) / 3;

  it('leaves no third of a page empty for a card of which a line would fit', () => {
    fc.assert(
      fc.property(boards, ([cards, columns]) => {
        const pages = layOut(cards, { columns, height: 600, gap: 8 });
        for (const [index, page] of pages.slice(0, -1).entries()) {
          if (!isThirdEmpty(page, columns)) continue;
          const { card: next, from } = pages[index + 1]![0]!;
          const { head, again, lines, foot, strip } = cards[next]!;
          const least = (from ? again : head) + lines[from]! + (from === lines.length - 1 ? foot : strip);
          expect(Math.max(...rooms(page, columns))).toBeLessThan(least);
        }
      }),
    );
  });

  it('goes on with the next card where one row of cards would leave too much of the page', () => {
    const page = layOut(
      Array.from({ length: 12 }, () => card(100, 40, 40)),
      { columns: 4, height: 600, gap: 8 },
    );
    expect(page.map((placements) => placements.length)).toEqual([8, 4]);
    const high = layOut(
      Array.from({ length: 12 }, () => card(100, 60, 60, 60)),
      { columns: 4, height: 600, gap: 8 },
    );
    expect(high[0]!.map(({ card: index, from, to }) => [index, from, to])).toEqual([
      [0, 0, 3],
      [1, 0, 3],
      [2, 0, 3],
      [3, 0, 3],
      [4, 0, 2],
      [4, 2, 3],
    ]);
  });

  it('tears a card into more than two parts, over two pages or with one line alone only where a third of the page would be empty', () => {
    fc.assert(
      fc.property(boards, ([cards, columns]) => {
        const pages = layOut(cards, { columns, height: 600, gap: 8 });
        const parts = new Map<number, { part: Placement; page: number }[]>();
        pages.forEach((placements, page) => {
          for (const part of placements) parts.set(part.card, [...(parts.get(part.card) ?? []), { part, page }]);
        });
        for (const [index, of] of parts) {
          if (wholeHeight(cards[index]!) > 600 || of.length === 1) continue;
          const { part, page } = of[0]!;
          if (isThirdEmpty(pages[page]!.slice(0, pages[page]!.indexOf(part)), columns)) continue;
          expect(of).toHaveLength(2);
          expect(new Set(of.map(({ page }) => page)).size).toBe(1);
          for (const { part } of of) expect(part.to - part.from).toBeGreaterThanOrEqual(2);
        }
      }),
    );
  });
});
