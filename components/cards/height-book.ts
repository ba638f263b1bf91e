// The heights of cards: measured once a card has been drawn, estimated before. The estimate only has to be near, since
// each card that becomes visible is measured before it is painted. Estimating lets the layout page thousands of cards
// without drawing them.
import type { CardHeights, Placement } from './layout.ts';

/** One book holds the heights for one card width, one language and one set of sizes. Others need another book. */
export class HeightBook<C extends object> {
  readonly #estimates = new WeakMap<C, CardHeights>();
  readonly #measured = new WeakMap<C, { heights: CardHeights; parts: Set<string> }>();
  readonly #estimate: (card: C) => CardHeights;

  constructor(estimate: (card: C) => CardHeights) {
    this.#estimate = estimate;
  }

  heightsOf(card: C): CardHeights {
    const cached = this.#measured.get(card)?.heights ?? this.#estimates.get(card);
    if (cached) return cached;
    const heights = this.#estimate(card);
    this.#estimates.set(card, heights);
    return heights;
  }

  knows(card: C, part: Placement): boolean {
    return this.#measured.get(card)?.parts.has(`${part.from} ${part.to}`) ?? false;
  }

  /** Stores the measured heights of a card, or of a part of it. @returns true if they differ from the stored ones */
  measured(card: C, part: Placement, top: number, lines: readonly number[], bottom: number): boolean {
    const former = this.heightsOf(card);
    const next = {
      ...former,
      lines: [...former.lines],
      [part.from ? 'again' : 'head']: top,
      [part.to < former.lines.length ? 'strip' : 'foot']: bottom,
    };
    for (const [index, height] of lines.entries()) next.lines[part.from + index] = height;
    const parts = this.#measured.get(card)?.parts ?? new Set();
    parts.add(`${part.from} ${part.to}`);
    this.#measured.set(card, { heights: next, parts });
    const differs = (a: number, b: number | undefined) => b === undefined || Math.abs(a - b) > 0.01;
    return (
      differs(next.head, former.head) ||
      differs(next.again, former.again) ||
      differs(next.foot, former.foot) ||
      differs(next.strip, former.strip) ||
      next.lines.some((height, index) => differs(height, former.lines[index]))
    );
  }
}
