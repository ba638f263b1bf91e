// A page knows whether it draws, keeps up and slept, and when it is drawn again.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CatchUp } from '../store/catch-up.ts';
import { DrawWatch, MOST_AT_ONCE } from './draw-watch.ts';
import { Pace, restOf } from '../store/pace.ts';
import { Slowness } from './slowness.ts';
import { SleepWatch } from './waking.ts';

const ticket = (id: string, firedAt = 'then') => ({ id, firedAt });

/** A page whose frames come when the test says so. */
function makePage() {
  let now = 0;
  let frames: (() => void)[] = [];
  const confirmed: { rev: number; ids: string[] }[] = [];
  let connected = true;
  let covered = false;
  const watch = new DrawWatch({
    now: () => now,
    afterFrame: (done) => frames.push(done),
    covered: () => covered,
    confirm: (rev, ids) => connected && Boolean(confirmed.push({ rev, ids })),
  });
  return {
    watch,
    confirmed,
    pass: (ms: number) => {
      now += ms;
    },
    frame: () => {
      const due = frames;
      frames = [];
      for (const done of due) done();
    },
    connect: (is: boolean) => {
      connected = is;
    },
    cover: (is: boolean) => {
      covered = is;
    },
    /** So many seconds in which the page runs; @returns whether it was ever found to have stopped drawing */
    run: (seconds: number, { visible = true, frames: drawn = true } = {}) => {
      let stuck = false;
      for (let n = 0; n < seconds * 4; n++) {
        now += 250;
        stuck = watch.check(visible) || stuck;
        if (drawn) {
          const due = frames;
          frames = [];
          for (const done of due) done();
        }
      }
      return stuck;
    },
  };
}

describe('what is confirmed', () => {
  it('is also the page that somebody turns to, without any change of the board', () => {
    const page = makePage();
    page.watch.show([ticket('a')]);
    page.watch.published(7);
    page.watch.inDocument(7);
    page.frame();
    page.watch.show([ticket('b')]);
    page.run(2);
    expect(page.confirmed.flatMap(({ ids }) => ids)).toEqual(['a', 'b']);
  });

  it('is nothing that a sheet covers, until it is closed', () => {
    const page = makePage();
    page.cover(true);
    page.watch.show([ticket('a')]);
    page.watch.published(7);
    page.watch.inDocument(7);
    page.frame();
    page.run(60);
    expect(page.confirmed).toEqual([]);
    page.cover(false);
    page.run(1);
    expect(page.confirmed).toEqual([{ rev: 7, ids: ['a'] }]);
  });

  it('is what a frame has drawn, and nothing before', () => {
    const page = makePage();
    page.watch.show([ticket('a'), ticket('b')]);
    page.watch.published(7);
    page.watch.inDocument(7);
    expect(page.confirmed).toEqual([]);
    page.frame();
    expect(page.confirmed).toEqual([{ rev: 7, ids: ['a', 'b'] }]);
  });

  it('is each ticket once for each fire, twice a second at most, and again where the server asks for it', () => {
    const page = makePage();
    const draw = (rev: number, ...tickets: { id: string; firedAt: string }[]) => {
      page.watch.show(tickets);
      page.watch.inDocument(rev);
      page.frame();
    };
    page.pass(1000);
    draw(1, ticket('a'));
    draw(2, ticket('a'), ticket('b'));
    expect(page.confirmed).toHaveLength(1);
    page.run(1);
    expect(page.confirmed).toEqual([
      { rev: 1, ids: ['a'] },
      { rev: 2, ids: ['b'] },
    ]);
    draw(3, ticket('a', 'later'), ticket('b'));
    page.run(1);
    expect(page.confirmed.at(-1)).toEqual({ rev: 3, ids: ['a'] });
    page.watch.tellAgain(['b']);
    page.run(1);
    expect(page.confirmed.at(-1)).toEqual({ rev: 3, ids: ['b'] });
    page.watch.tellAgain();
    page.run(1);
    expect(page.confirmed.at(-1)!.ids).toEqual(['a', 'b']);
  });

  it('waits while there is no socket, and goes in parts where it is much', () => {
    const page = makePage();
    page.connect(false);
    page.watch.show(Array.from({ length: MOST_AT_ONCE + 1 }, (_, index) => ticket(`t${index}`)));
    page.watch.inDocument(1);
    page.run(1);
    expect(page.confirmed).toEqual([]);
    page.connect(true);
    page.run(2);
    expect(page.confirmed.map(({ ids }) => ids.length)).toEqual([MOST_AT_ONCE, 1]);
  });
});

describe('a page that has stopped drawing', () => {
  it('is known by frames that do not come although it runs and is visible', () => {
    const page = makePage();
    expect(page.run(60)).toBe(false);
    expect(page.run(10, { frames: false })).toBe(false);
    expect(page.run(10, { frames: false })).toBe(true);
  });

  it('is known by a change that never gets into the document', () => {
    const page = makePage();
    page.run(1);
    page.watch.published(5);
    expect(page.run(14)).toBe(false);
    expect(page.run(3)).toBe(true);
    page.watch.inDocument(5);
    page.frame();
    expect(page.run(30)).toBe(false);
  });

  it('is not one that is hidden, or that slept', () => {
    const page = makePage();
    page.run(1);
    page.watch.published(5);
    expect(page.run(120, { visible: false, frames: false })).toBe(false);
    page.pass(3_600_000);
    expect(page.run(14)).toBe(false);
  });
});

describe('a slow device', () => {
  it('is one that is blocked for a third of the time, or draws changes late; it says so for a while', () => {
    const slowness = new Slowness();
    slowness.blocked(1000, 900);
    expect(slowness.slow(1000, [])).toBe(false);
    for (let at = 2000; at <= 5000; at += 1000) slowness.blocked(at, 800);
    expect(slowness.slow(5000, [])).toBe(true);
    expect(slowness.slow(19_000, [])).toBe(true);
    expect(slowness.slow(31_000, [])).toBe(false);
    const late = [1, 2, 3].map((n) => ({ at: 40_000 + n, ms: 600 }));
    expect(slowness.slow(40_100, late)).toBe(true);
    expect(
      new Slowness().slow(
        40_100,
        late.map(({ at }) => ({ at, ms: 90 })),
      ),
    ).toBe(false);
  });

  it('draws several changes at once, and a fast one each', () => {
    expect([0, 16, 20].map(restOf)).toEqual([0, 0, 0]);
    expect([21, 80, 1000].map(restOf)).toEqual([21, 80, 250]);
  });
});

describe('Pace', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('publishes what waits once the last is in the document and the device has rested, and at once where a person asks', async () => {
    const publish = vi.fn((_atOnce: boolean) => true);
    const pace = new Pace(publish);
    pace.soon();
    expect(publish.mock.calls).toEqual([[false]]);
    pace.soon();
    pace.soon();
    await vi.advanceTimersByTimeAsync(5000);
    expect(publish).toHaveBeenCalledTimes(1);
    pace.drawn(100);
    await vi.advanceTimersByTimeAsync(99);
    expect(publish).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(publish.mock.calls).toEqual([[false], [false]]);
    pace.soon();
    pace.now();
    expect(publish.mock.calls).toEqual([[false], [false], [true]]);
    pace.drawn(100);
    await vi.advanceTimersByTimeAsync(1000);
    expect(publish).toHaveBeenCalledTimes(3);
  });

  it('waits for nothing where there was nothing new to draw', () => {
    const publish = vi.fn(() => false);
    const pace = new Pace(publish);
    pace.soon();
    pace.soon();
    expect(publish).toHaveBeenCalledTimes(2);
  });
});

describe('SleepWatch', () => {
  it('tells a sleep by a gap, and by clocks that part', () => {
    const watch = new SleepWatch();
    expect(watch.slept(0, 0)).toBe(false);
    expect(watch.slept(250, 250)).toBe(false);
    expect(watch.slept(500, 60_500)).toBe(true);
    expect(watch.slept(750, 60_750)).toBe(false);
    expect(watch.slept(10_000, 70_000)).toBe(true);
  });
});

describe('CatchUp', () => {
  it('tells from the pace of the last seconds when nothing will wait any more, and nothing where that grows', () => {
    const catchUp = new CatchUp();
    for (let second = 0; second <= 10; second++) catchUp.hear(second * 1000, { messages: 500 - 20 * second });
    expect(catchUp.seconds).toBe(15);
    catchUp.hear(11_000, { messages: 600 });
    expect(catchUp.seconds).toBeNull();
    catchUp.hear(12_000, { messages: 0 });
    catchUp.hear(13_000, { messages: 10 });
    catchUp.hear(14_000, { messages: 9 });
    expect(catchUp.seconds).toBeNull();
  });
});
