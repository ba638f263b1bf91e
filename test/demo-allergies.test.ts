// The demo's guests: few tickets have a band, so that it is read, and it comes in every form.
import { expect, test } from 'vitest';
import { allergyReader } from '../server/allergies/reader.ts';
import * as rules from '../server/protocol/rules/allergies.ts';
import { anOrder } from '../simulator/guests.ts';
import { newLine } from '../simulator/order.ts';
import { Chance } from '../simulator/prng.ts';
import { restaurants } from '../simulator/restaurants/index.ts';

const allergiesOfOrder = (order: Parameters<typeof rules.allergiesOfOrder>[0]) =>
  rules.allergiesOfOrder(order, allergyReader);
const allergiesOfLine = (line: Parameters<typeof rules.allergiesOfLine>[0]) =>
  rules.allergiesOfLine(line, allergyReader);

test.each(restaurants.map((restaurant) => [restaurant.name, restaurant] as const))(
  'of %s, less than 10 % of the tickets have a band, and it is never for what a dish contains',
  (_, restaurant) => {
    const chance = new Chance(7);
    let [tickets, banded] = [0, 0];
    const sources = new Set<string>();
    for (let n = 0; n < 3000; n += 1) {
      const { note = null, allergies = [], items } = anOrder(restaurant, chance, Date.now());
      const lines = items.map((item, index) => newLine(item, `l${index + 1}`));
      const ofOrder = allergiesOfOrder({ note, allergies, lines });
      const stations = new Map<string | null, rules.Allergy[]>();
      for (const line of lines) {
        const station = restaurant.stations.find(({ categories }) => categories.includes(line.category!))!.name;
        const own = allergiesOfLine(line);
        stations.set(station, [...(stations.get(station) ?? []), ...own]);
        for (const { source } of own) sources.add(`line ${source}`);
      }
      for (const { source } of ofOrder) sources.add(`order ${source}`);
      tickets += stations.size;
      banded += [...stations.values()].filter((own) => ofOrder.length + own.length).length;
    }
    expect(banded / tickets).toBeLessThan(0.1);
    expect(banded / tickets).toBeGreaterThan(0.01);
    expect([...sources].sort()).toEqual(['line field', 'line modifier', 'line note', 'order field', 'order note']);
  },
);

test('each of its words for an allergy is one, and none of its other words is', () => {
  for (const { allergies, orderNotes, lineNotes, menu } of restaurants) {
    for (const note of [...allergies.orderNotes, ...allergies.lineNotes])
      expect(allergiesOfLine({ note, allergies: [], modifiers: [] }), note).toHaveLength(1);
    for (const name of allergies.modifiers)
      expect(allergiesOfLine({ note: null, allergies: [], modifiers: [{ name, kind: 'ADD' }] }), name).toHaveLength(1);
    for (const note of [...orderNotes, ...lineNotes])
      expect(allergiesOfLine({ note, allergies: [], modifiers: [] }), note).toEqual([]);
    for (const dish of menu)
      for (const name of [...dish.add, ...dish.remove])
        expect(allergiesOfLine({ note: null, allergies: [], modifiers: [{ name, kind: 'REMOVE' }] }), name).toEqual([]);
  }
});
