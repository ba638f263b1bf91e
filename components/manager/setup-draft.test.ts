import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Setup } from '../../server/protocol/setup.ts';
import { added, moved, sameSetup, withFallback, without, withStation } from './setup-draft.ts';

const start: Setup = {
  name: 'A',
  timeZone: 'UTC',
  courses: { mode: 'together', gapSeconds: 900 },
  lead: {},
  allergySeen: false,
  stations: [],
};
const one = withFallback(added(start, 'Station'), 0);

it('property: whatever is done, there is a station, one of them takes the rest, and no two have one name', () => {
  const index = fc.integer({ min: 0, max: 5 });
  const step = fc.oneof(
    fc.constant((setup: Setup) => added(setup, 'Station')),
    index.map((i) => (setup: Setup) => without(setup, i)),
    index.map((i) => (setup: Setup) => (i < setup.stations.length ? withFallback(setup, i) : setup)),
    fc.tuple(index, fc.constantFrom(1 as const, -1 as const)).map(
      ([i, by]) =>
        (setup: Setup) =>
          moved(setup, i, by),
    ),
    index.map((i) => (setup: Setup) => withStation(setup, i, { combine: true })),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const { stations } = steps.reduce((setup, act) => act(setup), one);
      expect(stations.filter(({ fallback }) => fallback)).toHaveLength(1);
      expect(new Set(stations.map(({ name }) => name)).size).toBe(stations.length);
    }),
  );
});

it('moving a station up and down again changes nothing', () => {
  const three = added(added(one, 'Bar'), 'Wok');
  expect(moved(three, 2, -1).stations.map(({ name }) => name)).toEqual(['Station', 'Wok', 'Bar']);
  expect(sameSetup(moved(moved(three, 2, -1), 1, 1), three)).toBe(true);
  expect([moved(three, 0, -1), moved(three, 2, 1)].every((same) => sameSetup(same, three))).toBe(true);
});
