import { describe, expect, it, test } from 'vitest';
import { ticketPlaceWords } from '../kitchen/ticket-words.ts';
import { placeWords } from '../manager/place-words.ts';
import { translatorOf } from '../i18n/compiled.ts';
import { callOf, placeOf, tableOf, wayOf } from './place.ts';
import { order } from '../../test/floor-orders.ts';

const [en, zh] = [translatorOf('en', 'floor'), translatorOf('zh', 'floor')];

test('kitchen, floor and managers call a table alike', () => {
  const [board, manager] = [translatorOf('en', 'board'), translatorOf('en', 'manager')];
  for (const [table, called] of [
    ['12', 'Table 12'],
    ['T104', 'Table T104'],
    [' 7b ', 'Table 7b'],
    ['Bar', 'Bar'],
    ['八號', '八號'],
    ['طاولة 3', '\u2068طاولة 3\u2069'],
  ] as const) {
    const words = [
      tableOf(en, order({ table })),
      ticketPlaceWords(board, order({ table })),
      placeWords(manager, order({ table })),
    ];
    expect(words.map((text) => text?.replace('\u00A0', ' '))).toEqual([called, called, called]);
  }
});

describe('where an order goes', () => {
  it('names the table of a guest who sits, and says the word table only with a number', () => {
    expect(tableOf(en, order({ table: '12' }))).toBe('Table 12');
    expect(tableOf(zh, order({ table: ' T4 ' }))).toBe('T4 号桌');
    for (const name of ['Table 4', 'Terrace 3', 'Garden terrace by the pond', '包间三', '🎂'])
      expect(tableOf(en, order({ table: name }))).toBe(name);
  });

  it('needs no type for that', () => expect(placeOf(en, order({ type: null }))).toBe('Table 12'));

  it('names the way out for what leaves the house, even if a table was left in it', () => {
    expect(placeOf(en, order({ type: 'TAKEAWAY', table: '12' }))).toBe('Takeaway');
    expect(placeOf(zh, order({ type: 'DELIVERY', table: null }))).toBe('外送');
    expect(callOf(en, order({ type: 'TAKEAWAY', table: '12' }))).toBe('A102');
  });

  it('shows a type that nobody knows, and says when nothing is known', () => {
    expect(wayOf(en, order({ type: 'ROOM_SERVICE' }))).toBe('ROOM_SERVICE');
    expect(wayOf(en, order({ type: 'toString' }))).toBe('toString');
    expect(placeOf(en, order({ type: null, table: ' ' }))).toBe('No table');
  });
});
