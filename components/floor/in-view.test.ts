import { expect, test } from 'vitest';
import { outOfView, turnDown, turnUp, type Viewport } from './in-view.ts';

const BOTTOM = 735;

/**
 * Two columns of cards below a header of 100 px and above a bar at 735 px, scrolled by this much. Each card is [top on
 * the page, height].
 */
function scrolled(by: number, cards: readonly (readonly [number, number])[]): Viewport {
  return {
    top: 100,
    bottom: BOTTOM,
    cards: cards.map(([top, height], i) => ({
      id: `${i}`,
      top: top - by,
      bottom: top + height - by,
      headBottom: top + 50 - by,
    })),
  };
}
const page = BOTTOM - 100;
const evening = [
  [112, 300],
  [112, 400],
  [424, 250],
  [524, 300],
  [686, 200],
  [836, 500],
  [898, 300],
  [1210, 900],
  [1348, 200],
] as const;

test('a card is out of view when its head is, above or below; the bar hides what stands behind it', () => {
  expect(outOfView(scrolled(0, evening))).toEqual({ above: [], below: ['4', '5', '6', '7', '8'] });
  expect(
    outOfView(
      scrolled(0, [
        [BOTTOM - 50, 300],
        [BOTTOM - 49, 300],
      ]),
    ),
  ).toEqual({ above: [], below: ['1'] });
  expect(outOfView(scrolled(500, evening))).toEqual({ above: ['0', '1', '2', '3'], below: ['7', '8'] });
  expect(outOfView(scrolled(0, [[112, 100]]))).toEqual({ above: [], below: [] });
});

test('going down, the first card that was not seen whole begins the page; going up, the last one ends it', () => {
  const down = turnDown(scrolled(0, evening));
  // Card 3 ends at 824, behind the bar, so it begins the next page.
  expect(scrolled(down, evening).cards[3]!.top).toBe(112);
  const up = turnUp(scrolled(down, evening));
  expect(down + up).toBeLessThanOrEqual(0);
});

test('every card is seen, and the end is reached, however high the cards are', () => {
  const end = 2110 + 176 - 800;
  let at = 0;
  const seen = new Set<string>();
  for (let turns = 0; turns < 20 && at < end; turns += 1) {
    const view = scrolled(at, evening);
    const { above, below } = outOfView(view);
    for (const { id } of view.cards) if (!above.includes(id) && !below.includes(id)) seen.add(id);
    const by = turnDown(view);
    expect(by).toBeGreaterThan(1);
    expect(by).toBeLessThanOrEqual(page);
    at = Math.min(end, at + by);
  }
  expect(at).toBe(end);
  expect([...seen].sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8']);
  for (let turns = 0; turns < 20 && at > 0; turns += 1) {
    const by = turnUp(scrolled(at, evening));
    expect(by).toBeLessThan(-1);
    expect(by).toBeGreaterThanOrEqual(-page);
    at = Math.max(0, at + by);
  }
  expect(at).toBe(0);
});

test('fractions of a pixel leave nobody in the same place', () => {
  expect(
    turnDown(
      scrolled(0.4, [
        [112, 1500],
        [112, 300],
        [424, 300],
      ]),
    ),
  ).toBeGreaterThan(100);
  expect(
    turnUp(
      scrolled(1000, [
        [112, 1610.6],
        [112, 300],
      ]),
    ),
  ).toBeLessThan(-100);
});
