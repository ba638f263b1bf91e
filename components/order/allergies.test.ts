// The band over an order's dishes and the marks at them, in the screen's language.
import { describe, expect, test } from 'vitest';
import { makeLine, makeOrder } from '../../test/orders.ts';
import type { OrderView } from '../../server/protocol/views.ts';
import { translatorOf } from '../i18n/compiled.ts';
import { allergyMark, allergyRows, isAllergyNote, isInBand } from './allergies.ts';

const en = translatorOf('en', 'common');
const zh = translatorOf('zh', 'common');

/** The band as it is read. */
const band = (order: OrderView, t = en) =>
  allergyRows(t, order, order.lines).flatMap(({ title, quotes }) => [title, ...quotes.map((quote) => `“${quote}”`)]);
const marks = (order: OrderView, t = en) => order.lines.map((line) => allergyMark(t, order, line));

describe('the band', () => {
  test('is not there for what a dish merely contains', () => {
    const order = makeOrder('o1', {
      note: 'birthday',
      lines: [makeLine('l1', { allergens: ['crustaceans', 'mustard'] })],
    });
    expect(band(order)).toEqual([]);
    expect(marks(order)).toEqual([null]);
    expect(isInBand(order)).toBe(false);
  });

  test('names what the order’s guests must not have, and quotes their own words', () => {
    const order = makeOrder('o2', { allergies: ['nuts', 'kiwi'], note: 'Alergia a los frutos secos' });
    expect(band(order)).toEqual(['ALLERGY: nuts, kiwi', '“Alergia a los frutos secos”']);
    expect(band(order, zh)).toEqual(['过敏：nuts (坚果), kiwi, 坚果', '“Alergia a los frutos secos”']);
    expect(isInBand(order)).toBe(true);
  });

  test('is there where nobody knows what it is about', () => {
    expect(band(makeOrder('o3', { note: 'allergy!!' }))).toEqual(['ALLERGY', '“allergy!!”']);
  });

  test('names the dish of one guest, where there are several', () => {
    const own = makeLine('l1', { name: 'Margherita', modifiers: [{ name: 'Sin gluten', kind: 'REMOVE' }] });
    expect(band(makeOrder('o4', { lines: [own] }))).toEqual(['ALLERGY: gluten']);
    const order = makeOrder('o5', { lines: [own, makeLine('l2', { name: 'Salad', note: 'severe nut allergy' })] });
    expect(band(order)).toEqual(['ALLERGY: gluten · Margherita', 'ALLERGY: nuts · Salad']);
    expect(order.lines.map((line) => isAllergyNote(order, line))).toEqual([false, true]);
  });

  test('has no row for a dish that is taken off', () => {
    const off = makeLine('l1', { note: 'nut allergy', voided: true, state: 'voided' });
    expect(band(makeOrder('o6', { lines: [off] }))).toEqual([]);
  });
});

describe('the mark of a dish', () => {
  test('says what its own guest must not have, and louder that the dish holds it', () => {
    const order = makeOrder('o7', {
      allergies: ['nuts'],
      lines: [
        makeLine('l1', { allergens: ['almonds', 'milk'], note: 'lactose intolerant' }),
        makeLine('l2', { allergens: ['fish'] }),
        makeLine('l3', { allergens: ['tree nuts'] }),
      ],
    });
    expect(marks(order)).toEqual([
      { own: 'ALLERGY: milk', meets: 'CONTAINS almonds (nuts), milk' },
      null,
      { own: null, meets: 'CONTAINS tree nuts' },
    ]);
    expect(marks(order, zh)[2]).toEqual({ own: null, meets: '含有 tree nuts (坚果)' });
  });
});
