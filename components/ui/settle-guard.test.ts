// The boxes that ignore taps after they have moved.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GLIDE_MS, movedKeys, outline, SETTLE_MS, SettleGuard, type Box } from './settle-guard.ts';

const box = (left: number, top: number, height = 200) => ({ left, top, width: 300, height });

it('names what moved, what grew and what took another’s place, and not what came where nothing was', () => {
  const before = new Map([
    ['a', box(0, 0)],
    ['b', box(308, 0)],
    ['c', box(616, 0)],
    ['grows', box(924, 0)],
  ]);
  const after = new Map([
    ['a', box(0, 0)],
    ['c', box(308, 0)],
    ['new', box(616, 0)],
    ['free', box(0, 208)],
    ['grows', box(924, 0, 265)],
  ]);
  expect(movedKeys(before, after)).toEqual(['c', 'new', 'grows']);
});

describe('the cover', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  const makeGuard = () => {
    const element = { hidden: false, style: { clipPath: '' }, setAttribute: () => {} };
    const guard = new SettleGuard();
    guard.cover(element as unknown as HTMLElement);
    return { guard, covers: (x: number, y: number) => !element.hidden && isIn(element.style.clipPath, x, y) };
  };
  const boxes = (...all: [string, Box][]) => new Map(all);

  it('lies on what moved for 400 ms, and on nothing else', () => {
    const { guard, covers } = makeGuard();
    guard.settle(boxes(['a', box(0, 0)], ['b', box(308, 0)]));
    expect(covers(10, 10)).toBe(false);
    guard.settle(boxes(['a', box(0, 0)], ['b', box(308, 100)]));
    expect([covers(10, 10), covers(310, 90), covers(310, 110), covers(600, 290)]).toEqual([false, false, true, true]);
    vi.advanceTimersByTime(SETTLE_MS - 1);
    expect(covers(310, 110)).toBe(true);
    vi.advanceTimersByTime(1);
    expect(covers(310, 110)).toBe(false);
  });

  it('stays longer on what moves again, follows it, and leaves with what is gone', () => {
    const { guard, covers } = makeGuard();
    guard.settle(boxes(['a', box(0, 0)], ['b', box(308, 0)]));
    guard.settle(boxes(['a', box(0, 50)], ['b', box(308, 50)]));
    vi.advanceTimersByTime(300);
    guard.settle(boxes(['a', box(0, 50)], ['b', box(308, 400)]));
    expect([covers(10, 60), covers(310, 60), covers(310, 410)]).toEqual([true, false, true]);
    vi.advanceTimersByTime(100);
    expect([covers(10, 60), covers(310, 410)]).toEqual([false, true]);
    guard.settle(boxes(['a', box(0, 50)]));
    expect(covers(310, 410)).toBe(false);
  });

  it('is measured from its own corner, which moves no card', () => {
    const { guard, covers } = makeGuard();
    guard.settle(boxes(['a', box(20, 30)]), { origin: { left: 20, top: 30 } });
    guard.settle(boxes(['a', box(20, 130)]), { origin: { left: 20, top: 30 } });
    expect([covers(5, 105), covers(5, 5)]).toEqual([true, false]);
  });

  it('lies on the way, too, as long as a card glides', () => {
    const { guard, covers } = makeGuard();
    guard.settle(boxes(['a', box(0, 0)], ['stays', box(308, 0)]), { glide: true });
    guard.settle(boxes(['a', box(616, 0)], ['stays', box(308, 0)]), { glide: true });
    expect([covers(10, 10), covers(400, 10), covers(700, 10)]).toEqual([true, true, true]);
    vi.advanceTimersByTime(GLIDE_MS);
    expect([covers(10, 10), covers(400, 10), covers(700, 10)]).toEqual([false, false, true]);
  });
});

it('outlines what a box sweeps over in any direction: each place on its way, and no corner that it does not come to', () => {
  for (const [from, to] of [
    [box(0, 0), box(600, 400)],
    [box(600, 400), box(0, 0)],
    [box(0, 400), box(600, 0)],
    [box(600, 0), box(0, 400)],
  ] as const) {
    for (let step = 0; step <= 1; step += 0.125) {
      const [left, top] = [from.left + (to.left - from.left) * step, from.top + (to.top - from.top) * step];
      for (const [x, y] of [
        [1, 1],
        [299, 1],
        [1, 199],
        [299, 199],
      ] as const)
        expect(isIn(`path("${outline(from, to)}")`, left + x, top + y), JSON.stringify({ from, to, step, x, y })).toBe(
          true,
        );
    }
    const falls = Math.sign(to.left - from.left) === Math.sign(to.top - from.top);
    expect(isIn(`path("${outline(from, to)}")`, 890, falls ? 10 : 590)).toBe(false);
    expect(isIn(`path("${outline(from, to)}")`, 10, falls ? 590 : 10)).toBe(false);
  }
});

/** Whether a point is inside one of the outlines of a path of straight lines. */
function isIn(path: string, x: number, y: number): boolean {
  return path
    .slice(6, -2)
    .split('Z')
    .filter(Boolean)
    .some((outlined) => {
      let at = { x: 0, y: 0 };
      const corners = [...outlined.matchAll(/([MLHV])([-\d.]+)(?: ([-\d.]+))?/g)].map(([, kind, first, second]) => {
        at =
          kind === 'H'
            ? { x: Number(first), y: at.y }
            : kind === 'V'
              ? { x: at.x, y: Number(first) }
              : { x: Number(first), y: Number(second) };
        return at;
      });
      let inside = false;
      for (const [index, a] of corners.entries()) {
        const b = corners[(index + 1) % corners.length]!;
        if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
      }
      return inside;
    });
}
