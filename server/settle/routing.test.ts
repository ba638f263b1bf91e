// No dish is ever without a station.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { station } from '../../test/made.ts';
import { stationFor, type Route } from './routing.ts';

const route = (more: Partial<Route>): Route => ({ category: null, sku: null, type: null, ...more });
const line = (category: string | null, sku: string | null = null) => ({ category, sku });

test('the first station with a rule that matches takes the line, the fallback takes the rest', () => {
  const stations = [
    station('rest', { fallback: true }),
    station('bar', { routes: [route({ category: 'drinks' })] }),
    station('wok', { routes: [route({ category: 'rice' }), route({ sku: 'W7' })] }),
    station('late bar', { routes: [route({ category: 'drinks' })] }),
  ];
  expect(stationFor(stations, line('drinks'), null).id).toBe('bar');
  expect(stationFor(stations, line('soup', 'W7'), null).id).toBe('wok');
  expect(stationFor(stations, line('soup'), null).id).toBe('rest');
  expect(stationFor(stations, line(null), null).id).toBe('rest');
});

test('every field that a rule gives must match', () => {
  const stations = [
    station('parcels', { routes: [route({ category: 'rice', type: 'DELIVERY' })] }),
    station('rest', { fallback: true }),
  ];
  expect(stationFor(stations, line('rice'), 'DELIVERY').id).toBe('parcels');
  expect(stationFor(stations, line('rice'), 'DINE_IN').id).toBe('rest');
  expect(stationFor(stations, line('rice'), null).id).toBe('rest');
  expect(stationFor(stations, line('soup'), 'DELIVERY').id).toBe('rest');
});

test('without a fallback the last station takes what nobody matches', () => {
  expect(stationFor([station('a'), station('b')], line('soup'), null).id).toBe('b');
});

test('no station at all is a fault of ours, and no failure that waiting could heal', () => {
  expect(() => stationFor([], line('soup'), null)).toThrow(RangeError);
});

test("property: every line gets one of the restaurant's stations", () => {
  const word = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null });
  const stations = fc.array(
    fc.record({
      id: fc.string(),
      name: fc.string(),
      fallback: fc.boolean(),
      routes: fc.array(fc.record({ category: word, sku: word, type: word })),
    }),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(stations, word, word, word, (list, category, sku, type) => {
      expect(list).toContain(stationFor(list, { category, sku }, type));
    }),
  );
});
